"""The first form: persons, matters, permissions, requests, and an actor on every event."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "actor", "meta", "lease", "erased_person", "audit",
    "person", "person_name", "contact_point", "person_address", "residence",
    "matter", "authorization",
    "request", "request_event", "statutory_date", "follow_up",
    "document", "disclosure", "gate_answer", "exposure", "reply",
)  # parents before their children


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def word(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=null)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=null)


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def one(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=f"uq_{table}_{column}")


def to(
    table: str, column: str, parent: str, ondelete: str | None = "CASCADE", **more: Any,
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{parent}.id"], name=f"fk_{table}_{column}_{parent}",
        ondelete=ondelete, **more)


def index(table: str, *columns: str, **more: Any) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns), **more)


def upgrade() -> None:
    house()
    people()
    permissions()
    requests()
    life_of_a_request()
    records()
    replies()
    op.bulk_insert(
        sa.table("actor", sa.column("id"), sa.column("kind"), sa.column("name")),
        [{"id": "owner", "kind": "person", "name": ""},
         {"id": "scheduler", "kind": "program", "name": ""}])


def house() -> None:
    op.create_table("actor", text("id"), word("kind"), text("name"), key("actor", "id"))
    op.create_table("meta", text("key"), text("value"), key("meta", "key"))
    op.create_table("lease", text("name"), text("holder"), instant("until"), key("lease", "name"))
    op.create_table("erased_person", text("person_id"), instant("erased_at"),
                    key("erased_person", "person_id"))
    op.create_table("audit", number("id"), instant("at"), text("actor_id"), text("act"),
                    text("subject"), key("audit", "id"), to("audit", "actor_id", "actor", None))


def people() -> None:
    op.create_table("person", text("id"), day("date_of_birth", null=True), flag("at_risk"),
                    text("reply_email"), text("reply_address", null=True), text("language"),
                    flag("sample"), key("person", "id"))
    op.create_table("person_name", text("person_id"), number("position"), text("given"),
                    text("middle"), text("family"), word("kind"), word("sensitivity"),
                    day("valid_from", null=True), day("valid_to", null=True),
                    key("person_name", "person_id", "position"),
                    to("person_name", "person_id", "person"))
    op.create_table("contact_point", text("person_id"), word("kind"), number("position"),
                    text("value"), word("sensitivity"), day("valid_from", null=True),
                    day("valid_to", null=True),
                    key("contact_point", "person_id", "kind", "position"),
                    to("contact_point", "person_id", "person"))
    op.create_table("person_address", text("person_id"), number("position"), text("address"),
                    flag("current"), flag("substitute"), word("sensitivity"),
                    day("valid_from", null=True), day("valid_to", null=True),
                    key("person_address", "person_id", "position"),
                    to("person_address", "person_id", "person"))
    op.create_table("residence", text("person_id"), number("position"), text("code"),
                    day("valid_from", null=True), day("valid_to", null=True),
                    key("residence", "person_id", "position"),
                    to("residence", "person_id", "person"))


def permissions() -> None:
    op.create_table("matter", text("id"), text("person_id"), text("title"), day("opened_on"),
                    day("closed_on", null=True), key("matter", "id"),
                    to("matter", "person_id", "person"))
    index("matter", "person_id")
    op.create_table("authorization", text("id"), text("person_id"), text("agent_name"),
                    day("signed_on"), day("ends_on", null=True), day("revoked_on", null=True),
                    flag("power_of_attorney"), key("authorization", "id"),
                    to("authorization", "person_id", "person"))
    index("authorization", "person_id")


def requests() -> None:
    late: dict[str, Any] = {"ondelete": "SET NULL", "deferrable": True, "initially": "DEFERRED"}
    op.create_table("request", text("id"), text("person_id"), text("matter_id"),
                    text("broker_id"), text("law"), word("right"), text("footings"),
                    word("channel"), word("acting_as"), word("standing"), day("created_on"),
                    text("facts"), text("covers"), word("claim", null=True), text("claim_words"),
                    word("last_look", null=True), day("last_look_on", null=True),
                    day("sent_on", null=True), day("received_on", null=True),
                    text("predecessor_id", null=True), text("successor_id", null=True),
                    number("procedure_index"), key("request", "id"),
                    to("request", "person_id", "person"), to("request", "matter_id", "matter"),
                    to("request", "predecessor_id", "request", **late),
                    to("request", "successor_id", "request", **late))
    index("request", "person_id", "standing")
    index("request", "matter_id")
    for end in ("predecessor_id", "successor_id"):
        index("request", end, sqlite_where=sa.text(f"{end} IS NOT NULL"))


def life_of_a_request() -> None:
    op.create_table("request_event", text("request_id"), number("seq"), word("event"),
                    day("happened_on"), instant("recorded_at"), text("actor_id"),
                    word("standing_after"), text("detail"), day("received_on", null=True),
                    day("until", null=True),
                    key("request_event", "request_id", "seq"),
                    to("request_event", "request_id", "request"),
                    to("request_event", "actor_id", "actor", None))
    op.create_table("statutory_date", text("request_id"), number("position"), text("law"),
                    text("right"), number("started_by_seq"), day("acknowledge_by", null=True),
                    day("respond_by", null=True), day("extended_respond_by", null=True),
                    text("deadlines"), key("statutory_date", "request_id", "position"),
                    to("statutory_date", "request_id", "request"))
    op.create_table("follow_up", text("id"), text("request_id"), word("kind"), day("due_on"),
                    word("state"), text("key"), text("why"), key("follow_up", "id"),
                    to("follow_up", "request_id", "request"), one("follow_up", "key"))
    index("follow_up", "request_id")
    index("follow_up", "state", "due_on")


def records() -> None:
    op.create_table("document", text("id"), text("request_id"), word("kind"), text("file_name"),
                    text("media_type"), text("sha256"), day("made_on"), text("mailto"),
                    text("sealed_name"), text("sealed_sha256"), key("document", "id"),
                    to("document", "request_id", "request"), one("document", "sealed_name"))
    index("document", "request_id")
    op.create_table("disclosure", number("id"), text("person_id"), text("broker_id"),
                    word("fact"), day("disclosed_on"), text("why"), text("request_id", null=True),
                    key("disclosure", "id"), to("disclosure", "person_id", "person"),
                    to("disclosure", "request_id", "request", "SET NULL"))
    index("disclosure", "person_id", "broker_id")
    index("disclosure", "request_id")
    op.create_table("gate_answer", number("id"), text("person_id"), text("gate"), text("scope"),
                    flag("accepted"), day("answered_on"), text("actor_id"),
                    key("gate_answer", "id"), to("gate_answer", "person_id", "person"),
                    to("gate_answer", "actor_id", "actor", None))
    index("gate_answer", "person_id")


def replies() -> None:
    op.create_table("exposure", text("id"), text("person_id"), text("broker_id"), text("url"),
                    day("seen_on"), text("note"), key("exposure", "id"),
                    to("exposure", "person_id", "person"))
    index("exposure", "person_id", "broker_id")
    op.create_table("reply", number("id"), text("sha256"), text("message_id"),
                    text("request_id", null=True), text("matched_by"), word("reading"),
                    text("evidence"), instant("received_at", null=True), text("sealed_name"),
                    key("reply", "id"), to("reply", "request_id", "request"),
                    one("reply", "sha256"))
    index("reply", "request_id")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
