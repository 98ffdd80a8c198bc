"""What is kept around documents: why each was written, proofs, and scanned signatures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=False)


def belongs(table: str, column: str, to: str, *, goes_with: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}",
        ondelete="CASCADE" if goes_with else None)


def sealed(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("sealed_name", name=f"uq_{table}_sealed_name")


def upgrade() -> None:
    op.add_column("document", sa.Column(
        "purpose", sa.String(40), nullable=False, server_default="request"))
    op.create_table(
        "evidence", text("id"), text("request_id"), number("event_seq"), word("kind"),
        text("name"), text("media_type"), text("sha256"), number("size"), day("added_on"),
        text("actor_id"), text("sealed_name"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"), sealed("evidence"),
        belongs("evidence", "request_id", "request"),
        belongs("evidence", "actor_id", "actor", goes_with=False))
    op.create_index("ix_evidence_request_id", "evidence", ["request_id"])
    op.create_table(
        "signature", text("person_id"), text("sha256"), day("added_on"), text("actor_id"),
        text("sealed_name"), sa.PrimaryKeyConstraint("person_id", name="pk_signature"),
        sealed("signature"), belongs("signature", "person_id", "person"),
        belongs("signature", "actor_id", "actor", goes_with=False))


def downgrade() -> None:
    op.drop_table("signature")
    op.drop_table("evidence")
    op.drop_column("document", "purpose")
