"""What is kept of a plan: wishes, choices, the last plan, looks, and counsel."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("plan_wish", "plan_choice", "plan_memory", "look", "counsel")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=null)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"fk_{table}_person_id_person", ondelete="CASCADE")


def by_actor(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["actor_id"], ["actor.id"], name=f"fk_{table}_actor_id_actor")


def upgrade() -> None:
    op.create_table("plan_wish", text("person_id"), text("wanted"), number("minutes_a_day"),
                    number("days_a_week"), day("set_on"), key("plan_wish", "person_id"),
                    of_person("plan_wish"))
    op.create_table("plan_choice", text("person_id"), text("broker_id"), word("kind"),
                    text("reason"), day("until", null=True), day("chosen_on"), text("actor_id"),
                    key("plan_choice", "person_id", "broker_id"), of_person("plan_choice"),
                    by_actor("plan_choice"))
    op.create_table("plan_memory", text("person_id"), day("made_on"), text("content"),
                    key("plan_memory", "person_id"), of_person("plan_memory"))
    op.create_table("look", text("id"), text("person_id"), text("broker_id"), word("result"),
                    day("looked_on"), text("actor_id"), key("look", "id"), of_person("look"),
                    by_actor("look"))
    op.create_index("ix_look_person_id_broker_id", "look", ["person_id", "broker_id"])
    op.create_table("counsel", text("person_id"), text("name"), text("organisation"),
                    text("address"), sa.Column("may_show_home", sa.Boolean(), nullable=False),
                    day("confirmed_on"), text("actor_id"), key("counsel", "person_id"),
                    of_person("counsel"), by_actor("counsel"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
