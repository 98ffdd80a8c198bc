"""What lists and searches need: the next date of a request, indexes, the full text."""
# ruff: noqa: S608 -- every word of these statements is our own

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_request_created_on": (["created_on"], None),
    "ix_request_moved_on": (["moved_on"], None),
    "ix_request_next_on": (["next_on"], None),
    "ix_request_sent_on": (["sent_on"], "sent_on IS NOT NULL"),
    "ix_request_claim": (["claim"], "claim IS NOT NULL"),
    "ix_request_last_look": (["last_look"], "last_look IS NOT NULL"),
    "ix_request_law": (["law"], None),
    "ix_request_channel": (["channel"], None),
}

OPEN = "state IN ('waiting', 'raised')"

# The plus keeps the planner off the index of states and days, along which it would walk past
# the tasks of everybody else: the few tasks of the request are found by the request.
NEXT = f"""UPDATE request SET next_on = (
    SELECT min(show_on) FROM follow_up WHERE request_id = request.id AND +{OPEN})"""

NEXT_DATES = {
    "next_on_added": "AFTER INSERT ON follow_up WHEN new.request_id IS NOT NULL",
    # A sweep that raises a task changes nothing here.
    "next_on_moved": f"""AFTER UPDATE OF state, show_on, request_id ON follow_up
        WHEN new.request_id IS NOT NULL AND (
            old.show_on IS NOT new.show_on OR old.request_id IS NOT new.request_id
            OR (old.{OPEN}) IS NOT (new.{OPEN}))""",
}

DIGITS = "value"
for _sign in ("+", " ", "-", "(", ")", ".", "/", "\u00a0"):
    DIGITS = f"replace({DIGITS}, '{_sign}', '')"

PEOPLE = {
    # By table: what names the row, and its words, with NEW. before each column.
    "person_name": (
        "'name:' || {row}position",
        "trim({row}given || ' ' || {row}middle || ' ' || {row}family)", "true"),
    "contact_point": (
        "{row}kind || ':' || {row}position",
        # A number is found by its end too: without the country's code, or the area's.
        "CASE {row}kind WHEN 'phone' THEN " + " || ' ' || ".join(
            part.replace("value", "{row}value") for part in (
                DIGITS, *(f"substr({DIGITS}, -{places})" for places in (10, 9, 8, 7, 4))))
        + " ELSE {row}value END", "{row}kind IN ('email', 'phone')"),
}

OF_REQUEST = ("(SELECT person_id FROM request WHERE id = {row}request_id)",
              "(SELECT broker_id FROM request WHERE id = {row}request_id)")
NOTES = {
    # By table: kind, source, person, request, broker, words, and where the row is searched.
    "request": ("claim", "{row}id", "{row}person_id", "{row}id", "{row}broker_id",
                "{row}claim_words", "{row}claim_words != ''"),
    "request_event": ("note", "{row}request_id || ':' || {row}seq", OF_REQUEST[0],
                      "{row}request_id", OF_REQUEST[1], "{row}detail",
                      "{row}detail != '' AND {row}event != 'undo'"),
    "exposure": ("listing", "{row}id", "{row}person_id", "NULL", "{row}broker_id",
                 "trim({row}url || ' ' || {row}note)", "true"),
    "follow_up": ("task", "{row}id", "{row}person_id", "{row}request_id", "{row}broker_id",
                  ("trim(CASE {row}kind WHEN 'own_reminder' THEN {row}why ELSE '' END || ' ' "
                   "|| {row}reason)"), "({row}reason != '' OR {row}kind = 'own_reminder')"),
    "evidence": ("proof", "{row}id", "{row}person_id", "{row}request_id", OF_REQUEST[1],
                 "{row}name", "{row}name != ''"),
}
CHANGES = {"request": "claim_words", "request_event": "detail", "exposure": "url, note",
           "follow_up": "why, reason, kind", "evidence": "name"}


def upgrade() -> None:
    op.drop_table("lease")  # the system’s own locks took its place
    op.add_column("request", sa.Column("next_on", sa.Date(), nullable=True))
    op.execute(NEXT)
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "request", columns, sqlite_where=sa.text(where) if where else None)
    op.create_index("ix_person_name_position_family_given", "person_name",
                    ["position", "family", "given"])
    for name, when in NEXT_DATES.items():
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {NEXT} WHERE id = new.request_id; END")
    op.execute("CREATE TRIGGER next_on_removed AFTER DELETE ON follow_up "
               f"WHEN old.request_id IS NOT NULL AND old.{OPEN} "
               f"BEGIN {NEXT} WHERE id = old.request_id; END")
    _tables()
    for table in ("person_text", "note_text"):
        _full_text(table)
    for table in PEOPLE:
        _people(table)
    for table in NOTES:
        _notes(table)


def _tables() -> None:
    def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
        return sa.Column(name, sa.Text(), nullable=nullable)

    def belongs(table: str, to: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], ondelete="CASCADE",
                                       name=f"fk_{table}_{to}_id_{to}")

    op.create_table(
        "person_text", sa.Column("number", sa.Integer(), nullable=False), text("person_id"),
        text("source"), text("words"), sa.PrimaryKeyConstraint("number", name="pk_person_text"),
        sa.UniqueConstraint("person_id", "source", name="uq_person_text_person_id_source"),
        belongs("person_text", "person"))
    op.create_table(
        "note_text", sa.Column("number", sa.Integer(), nullable=False), text("kind"),
        text("source"), text("person_id"), text("request_id", nullable=True), text("broker_id"),
        text("words"), sa.PrimaryKeyConstraint("number", name="pk_note_text"),
        sa.UniqueConstraint("kind", "source", name="uq_note_text_kind_source"),
        belongs("note_text", "person"), belongs("note_text", "request"))
    op.create_index("ix_note_text_person_id", "note_text", ["person_id"])
    op.create_index("ix_note_text_request_id", "note_text", ["request_id"],
                    sqlite_where=sa.text("request_id IS NOT NULL"))


def _full_text(table: str) -> None:
    """The index over a table of words, and the triggers that keep it."""
    name = table.replace("_text", "_search")
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='{table}', "
        "content_rowid='number', columnsize=0, prefix='2 3 4', "
        "tokenize='unicode61 remove_diacritics 2')")
    # Without this, the words of what was deleted stay in the index until it is merged.
    op.execute(f"INSERT INTO {name}({name}, rank) VALUES ('secure-delete', 1)")
    op.execute(f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN "
               f"INSERT INTO {name}(rowid, words) VALUES (new.number, new.words); END")
    op.execute(f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN "
               f"INSERT INTO {name}({name}, rowid, words) "
               "VALUES ('delete', old.number, old.words); END")


def _people(table: str) -> None:
    source, words, when = PEOPLE[table]
    insert = ("INSERT INTO person_text (person_id, source, words) "
              "SELECT {row}person_id, " + f"{source}, {words}")
    delete = ("DELETE FROM person_text WHERE person_id = old.person_id "
              f"AND source = {source.format(row='old.')}")
    _keep(table, insert, delete, when)


def _notes(table: str) -> None:
    kind, source, person, request, broker, words, when = NOTES[table]
    insert = ("INSERT INTO note_text (kind, source, person_id, request_id, broker_id, words) "
              f"SELECT '{kind}', {source}, {person}, {request}, coalesce({broker}, ''), {words}")
    delete = f"DELETE FROM note_text WHERE kind = '{kind}' AND source = {source.format(row='old.')}"
    _keep(table, insert, delete, when, CHANGES[table])


def _keep(table: str, insert: str, delete: str, when: str, columns: str = "") -> None:
    """Take over what is there, then let triggers follow every change."""
    new, old = when.format(row="new."), when.format(row="old.")
    changed = " OR ".join(f"old.{column} IS NOT new.{column}"
                          for column in columns.split(", ")) if columns else "true"
    op.execute(f"{insert.format(row='')} FROM {table} WHERE {when.format(row='')} ORDER BY rowid")
    op.execute(f"CREATE TRIGGER {table}_words_added AFTER INSERT ON {table} WHEN {new} "
               f"BEGIN {insert.format(row='new.')}; END")
    op.execute(f"CREATE TRIGGER {table}_words_changed AFTER UPDATE "
               f"{'OF ' + columns if columns else ''} ON {table} WHEN {changed} "
               f"BEGIN {delete}; {insert.format(row='new.')} WHERE {new}; END")
    op.execute(f"CREATE TRIGGER {table}_words_removed AFTER DELETE ON {table} WHEN {old} "
               f"BEGIN {delete}; END")


def downgrade() -> None:
    for table in (*PEOPLE, *NOTES):
        for change in ("added", "changed", "removed"):
            op.execute(f"DROP TRIGGER {table}_words_{change}")
    for table in ("note_text", "person_text"):
        op.execute(f"DROP TABLE {table.replace('_text', '_search')}")
        op.drop_table(table)
    for name in (*NEXT_DATES, "next_on_removed"):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_index("ix_person_name_position_family_given", "person_name")
    for name in INDEXES:
        op.drop_index(name, "request")
    op.drop_column("request", "next_on")
    op.create_table(
        "lease", sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"))
