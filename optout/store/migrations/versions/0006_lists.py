"""Indexes that hold all that lists are filtered by, so that a filter reads no request."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ORDERS = ("created_on", "moved_on", "next_on")
FILTERS = ("standing", "channel", "claim", "last_look", "law", "broker_id", "person_id",
           "late_from", "sent_on")


def upgrade() -> None:
    for order in ORDERS:
        others = [day for day in ORDERS if day != order]
        op.create_index(f"ix_request_list_{order}", "request", [order, *FILTERS, *others])


def downgrade() -> None:
    for order in ORDERS:
        op.drop_index(f"ix_request_list_{order}", "request")
