"""What the tracker keeps: tasks of their own number, looks with reasons, counts, the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STANDINGS = (
    "draft", "ready", "sent", "undelivered", "confirmation_needed", "acknowledged",
    "identity_requested", "redirected", "extended", "answered", "escalated", "closed", "withdrawn")

TASKS = """
INSERT INTO follow_up (id, person_id, broker_id, request_id, kind, due_on, show_on, state, key,
                       why, sequence, changed_at, reason)
SELECT old.id, request.person_id, request.broker_id, old.request_id, old.kind, old.due_on,
       old.due_on, old.state, old.key, old.why, 0,
       strftime('%Y-%m-%d %H:%M:%f000', 'now'), ''
FROM follow_up_before AS old JOIN request ON request.id = old.request_id ORDER BY old.rowid
"""

PROOFS = """
INSERT INTO evidence (id, person_id, request_id, look_id, event_seq, kind, name, media_type,
                      sha256, size, added_on, actor_id, sealed_name)
SELECT old.id, request.person_id, old.request_id, NULL, old.event_seq, old.kind, old.name,
       old.media_type, old.sha256, old.size, old.added_on, old.actor_id, old.sealed_name
FROM evidence_before AS old JOIN request ON request.id = old.request_id ORDER BY old.rowid
"""

TRIGGERS = ("""
CREATE TRIGGER standing_count_added AFTER INSERT ON request BEGIN
  UPDATE standing_count SET requests = requests + 1 WHERE standing = new.standing;
END
""", """
CREATE TRIGGER standing_count_moved AFTER UPDATE OF standing ON request
WHEN old.standing IS NOT new.standing BEGIN
  UPDATE standing_count SET requests = requests - 1 WHERE standing = old.standing;
  UPDATE standing_count SET requests = requests + 1 WHERE standing = new.standing;
END
""", """
CREATE TRIGGER standing_count_removed AFTER DELETE ON request BEGIN
  UPDATE standing_count SET requests = requests - 1 WHERE standing = old.standing;
END
""")


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(40), nullable=nullable)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def belongs(table: str, column: str, to: str, *, goes_with: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}",
        ondelete="CASCADE" if goes_with else None)


def upgrade() -> None:
    _requests()
    _tasks()
    op.add_column("look", word("reason", nullable=True))
    _proofs()
    op.create_table(
        "outbox", text("id"), word("kind"), text("key"), text("message_id"), text("recipient"),
        sa.Column("raw", sa.LargeBinary(), nullable=False), word("state"), number("attempts"),
        instant("created_at"), instant("changed_at"), instant("next_try_at", nullable=True),
        text("answer"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"))
    op.create_index("ix_outbox_state_next_try_at", "outbox", ["state", "next_try_at"])
    _counts()


def _requests() -> None:
    with op.batch_alter_table("request", recreate="always") as table:
        table.add_column(day("late_from", nullable=True))
        table.add_column(day("moved_on", nullable=True))
        table.add_column(text("merged_into_id", nullable=True))
        table.create_foreign_key(
            "fk_request_merged_into_id_request", "request", ["merged_into_id"], ["id"],
            ondelete="SET NULL", deferrable=True, initially="DEFERRED")
    op.execute("UPDATE request SET moved_on = (SELECT max(happened_on) FROM request_event "
               "WHERE request_event.request_id = request.id)")
    op.create_index("ix_request_merged_into_id", "request", ["merged_into_id"],
                    sqlite_where=sa.text("merged_into_id IS NOT NULL"))
    op.create_index("ix_request_standing_moved_on", "request", ["standing", "moved_on"])
    op.create_index("ix_request_broker_id_standing", "request", ["broker_id", "standing"])
    op.create_index("ix_request_late_from", "request", ["late_from"],
                    sqlite_where=sa.text("late_from IS NOT NULL"))
    op.add_column("request_event", word("reason", nullable=True))
    op.add_column("request_event", text("look_id", nullable=True))
    # The first day of lateness follows from the whole history: every open request is counted
    # anew when the data folder is next opened.
    op.execute("DELETE FROM meta WHERE key = 'counted_by'")


def _tasks() -> None:
    op.drop_index("ix_follow_up_state_due_on", "follow_up")
    op.drop_index("ix_follow_up_request_id", "follow_up")
    op.rename_table("follow_up", "follow_up_before")
    op.create_table(
        "follow_up", number("number"), text("id"), text("person_id"), text("broker_id"),
        text("request_id", nullable=True), word("kind"), day("due_on"), day("show_on"),
        word("state"), text("key"), text("why"), number("sequence"), instant("changed_at"),
        text("reason"),
        sa.PrimaryKeyConstraint("number", name="pk_follow_up"),
        sa.UniqueConstraint("id", name="uq_follow_up_id"),
        sa.UniqueConstraint("key", name="uq_follow_up_key"),
        belongs("follow_up", "person_id", "person"),
        belongs("follow_up", "request_id", "request"),
        sqlite_autoincrement=True)
    op.execute(TASKS)
    op.drop_table("follow_up_before")
    op.create_index("ix_follow_up_state_show_on", "follow_up", ["state", "show_on"])
    op.create_index("ix_follow_up_request_id", "follow_up", ["request_id"])
    op.create_index("ix_follow_up_person_id_state_show_on", "follow_up",
                    ["person_id", "state", "show_on"])
    op.create_index("ix_follow_up_changed_at", "follow_up", ["changed_at"])


def _proofs() -> None:
    op.drop_index("ix_evidence_request_id", "evidence")
    op.rename_table("evidence", "evidence_before")
    op.create_table(
        "evidence", text("id"), text("person_id"), text("request_id", nullable=True),
        text("look_id", nullable=True), number("event_seq"), word("kind"), text("name"),
        text("media_type"), text("sha256"), number("size"), day("added_on"), text("actor_id"),
        text("sealed_name"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("sealed_name", name="uq_evidence_sealed_name"),
        belongs("evidence", "person_id", "person"), belongs("evidence", "request_id", "request"),
        belongs("evidence", "look_id", "look"),
        belongs("evidence", "actor_id", "actor", goes_with=False))
    op.execute(PROOFS)
    op.drop_table("evidence_before")
    op.create_index("ix_evidence_request_id", "evidence", ["request_id"])
    op.create_index("ix_evidence_person_id", "evidence", ["person_id"])
    op.create_index("ix_evidence_look_id", "evidence", ["look_id"],
                    sqlite_where=sa.text("look_id IS NOT NULL"))


def _counts() -> None:
    op.create_table(
        "standing_count", word("standing"), number("requests"),
        sa.PrimaryKeyConstraint("standing", name="pk_standing_count"))
    for standing in STANDINGS:
        op.execute(sa.text(
            "INSERT INTO standing_count (standing, requests) SELECT :standing, count(*) "
            "FROM request WHERE request.standing = :standing").bindparams(standing=standing))
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for name in ("added", "moved", "removed"):
        op.execute(f"DROP TRIGGER standing_count_{name}")
    op.drop_table("standing_count")
    op.drop_table("outbox")
    _old_proofs()
    op.drop_column("look", "reason")
    _old_tasks()
    op.drop_column("request_event", "look_id")
    op.drop_column("request_event", "reason")
    for name in ("late_from", "broker_id_standing", "standing_moved_on", "merged_into_id"):
        op.drop_index(f"ix_request_{name}", "request")
    with op.batch_alter_table("request", recreate="always") as table:
        table.drop_constraint("fk_request_merged_into_id_request", type_="foreignkey")
        for name in ("merged_into_id", "moved_on", "late_from"):
            table.drop_column(name)


def _old_tasks() -> None:
    for name in ("state_show_on", "request_id", "person_id_state_show_on", "changed_at"):
        op.drop_index(f"ix_follow_up_{name}", "follow_up")
    op.rename_table("follow_up", "follow_up_before")
    op.create_table(
        "follow_up", text("id"), text("request_id"), word("kind"), day("due_on"), word("state"),
        text("key"), text("why"), sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sa.UniqueConstraint("key", name="uq_follow_up_key"),
        belongs("follow_up", "request_id", "request"))
    op.execute(
        "INSERT INTO follow_up SELECT id, request_id, kind, due_on, "
        "CASE state WHEN 'not_needed' THEN 'done' ELSE state END, key, why "
        "FROM follow_up_before WHERE request_id IS NOT NULL ORDER BY number")
    op.drop_table("follow_up_before")
    op.create_index("ix_follow_up_state_due_on", "follow_up", ["state", "due_on"])
    op.create_index("ix_follow_up_request_id", "follow_up", ["request_id"])


def _old_proofs() -> None:
    for name in ("request_id", "person_id", "look_id"):
        op.drop_index(f"ix_evidence_{name}", "evidence")
    op.rename_table("evidence", "evidence_before")
    op.create_table(
        "evidence", text("id"), text("request_id"), number("event_seq"), word("kind"),
        text("name"), text("media_type"), text("sha256"), number("size"), day("added_on"),
        text("actor_id"), text("sealed_name"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("sealed_name", name="uq_evidence_sealed_name"),
        belongs("evidence", "request_id", "request"),
        belongs("evidence", "actor_id", "actor", goes_with=False))
    op.execute(
        "INSERT INTO evidence SELECT id, request_id, event_seq, kind, name, media_type, sha256, "
        "size, added_on, actor_id, sealed_name FROM evidence_before "
        "WHERE request_id IS NOT NULL ORDER BY rowid")
    op.drop_table("evidence_before")
    op.create_index("ix_evidence_request_id", "evidence", ["request_id"])
