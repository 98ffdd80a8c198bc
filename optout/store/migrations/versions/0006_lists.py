"""Indexes that hold what lists and tasks are filtered by, so that a filter reads no row in vain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ORDERS = ("created_on", "moved_on", "next_on")
FILTERS = ("standing", "channel", "claim", "last_look", "law", "broker_id", "person_id",
           "late_from", "sent_on")
AT_RISK = "at_risk = 1"
ENDED = "state NOT IN ('waiting', 'raised')"

# An index cannot hold the number that SQLite gives a row, and a copy of the file may change it.
NUMBERED = """
CREATE TRIGGER request_numbered AFTER INSERT ON request WHEN new.number = 0 BEGIN
  UPDATE request SET number = 1 + (SELECT max(number) FROM request) WHERE rowid = new.rowid;
END
"""


def upgrade() -> None:
    op.add_column("request", sa.Column(
        "number", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE request SET number = rowid")
    op.create_index("ix_request_number", "request", ["number"], unique=True)
    op.execute(NUMBERED)
    for order in ORDERS:
        op.drop_index(f"ix_request_{order}", "request")
        others = [day for day in ORDERS if day != order]
        op.create_index(f"ix_request_list_{order}", "request",
                        [order, "number", *FILTERS, *others])
    op.create_index("ix_person_at_risk", "person", ["at_risk"], sqlite_where=sa.text(AT_RISK))
    op.create_index("ix_follow_up_kind_state_show_on", "follow_up", ["kind", "state", "show_on"])
    op.drop_index("ix_follow_up_changed_at", "follow_up")
    op.create_index("ix_follow_up_ended", "follow_up", ["changed_at"], sqlite_where=sa.text(ENDED))


def downgrade() -> None:
    op.drop_index("ix_follow_up_ended", "follow_up")
    op.create_index("ix_follow_up_changed_at", "follow_up", ["changed_at"])
    op.drop_index("ix_follow_up_kind_state_show_on", "follow_up")
    op.drop_index("ix_person_at_risk", "person")
    for order in ORDERS:
        op.drop_index(f"ix_request_list_{order}", "request")
        op.create_index(f"ix_request_{order}", "request", [order])
    op.execute("DROP TRIGGER request_numbered")
    op.drop_index("ix_request_number", "request")
    op.drop_column("request", "number")
