"""What triggers keep beside the rows, compared with them: numbers, and the words to be found."""
# ruff: noqa: S608 -- every word of these statements is our own

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

INDEXES = ("person_search", "note_search")
"""The full-text indexes, over the words of `person_text` and of `note_text`."""


class _Source(NamedTuple):
    """Rows whose words are searched.

    Args:
        table: where they stand.
        key: how `note_text.source` names one of them.
        words: what is found of it.
        where: which rows have any.
        request: the column that says of which request they are; empty where no row is of one.
    """

    table: str
    key: str
    words: str
    where: str
    request: str = "request_id"


_NOTES = {
    "claim": _Source("request", "id", "claim_words", "claim_words != ''", "id"),
    "note": _Source("request_event", "request_id || ':' || seq", "detail",
                    "detail != '' AND event != 'undo'"),
    "listing": _Source("exposure", "id", "trim(url || ' ' || note)", "true", ""),
    "task": _Source("follow_up", "id",
                    "trim(CASE kind WHEN 'own_reminder' THEN why ELSE '' END || ' ' || reason)",
                    "(reason != '' OR kind = 'own_reminder')"),
    "proof": _Source("evidence", "id", "name", "name != ''"),
}
_OF = " AND {column} IN (SELECT value FROM json_each(:ids))"

# A number is searched by its digits and by their ends: whether it is there is all that is asked.
_PEOPLE = {
    "name": ("person_name", "'name:' || position",
             "trim(given || ' ' || middle || ' ' || family)", "true"),
    "contact": ("contact_point", "kind || ':' || position",
                "CASE kind WHEN 'email' THEN value END", "kind IN ('email', 'phone')"),
}


def out_of_order(session: Session) -> Iterator[str]:
    """Requests whose number is not greater than that of the one before them; reads every one."""
    yield from session.scalars(sa.text(
        "SELECT id FROM (SELECT id, number, lag(number) OVER (ORDER BY rowid) AS before "
        "FROM request) WHERE number <= before"))


def unsearched(session: Session) -> Iterator[str]:
    """What is not found by the words it has, as kind and id; reads everything that has words.

    Words that are found and belong to nothing are told by the kind alone.
    """
    for kind, source in _NOTES.items():
        yield from _differing(session, kind, source, "", {})
        there, kept = (session.scalar(sa.text(f"SELECT count(*) FROM {of}"), {"kind": kind})
                       for of in (f"{source.table} WHERE {source.where}",
                                  "note_text WHERE kind = :kind"))
        if kept > there:
            yield f"a {kind} that is gone"
    yield from _people(session)


def unsearched_of(session: Session, request_ids: Collection[str]) -> Iterator[str]:
    """The same of a few requests; nothing else is read."""
    ids, there = {"ids": json.dumps(list(request_ids))}, 0
    for kind, source in _NOTES.items():
        if source.request:
            of = _OF.format(column=source.request)
            yield from _differing(session, kind, source, of, ids)
            there += session.scalar(sa.text(
                f"SELECT count(*) FROM {source.table} WHERE {source.where}{of}"), ids) or 0
    kept = session.scalar(sa.text(
        f"SELECT count(*) FROM note_text WHERE true{_OF.format(column='request_id')}"), ids) or 0
    if kept > there:
        yield "a note that is gone"


def broken_indexes(session: Session) -> tuple[str, ...]:
    """The full-text indexes that hold other words than the tables beside them; reads all words.

    Args:
        session: of a writing transaction, as SQLite asks for one; nothing is written.
    """
    return tuple(name for name in INDEXES if not _agrees(session, name))


def _differing(
    session: Session, kind: str, source: _Source, of: str, ids: dict[str, str],
) -> Iterator[str]:
    yield from (f"{kind} {key}" for key in session.scalars(sa.text(
        f"SELECT has.key FROM (SELECT {source.key} AS key, {source.words} AS words "
        f"FROM {source.table} WHERE {source.where}{of}) AS has LEFT JOIN note_text "
        "ON note_text.kind = :kind AND note_text.source = has.key "
        "WHERE note_text.words IS NOT has.words"), {"kind": kind, **ids}))


def _people(session: Session) -> Iterator[str]:
    there = 0
    for table, key, words, where in _PEOPLE.values():
        yield from (f"{source} of {person_id}" for person_id, source in session.execute(sa.text(
            f"SELECT has.person_id, has.key FROM (SELECT person_id, {key} AS key, "
            f"{words} AS words FROM {table} WHERE {where}) AS has LEFT JOIN person_text AS kept "
            "ON kept.person_id = has.person_id AND kept.source = has.key "
            "WHERE kept.words IS NULL OR kept.words != has.words")))
        there += session.scalar(sa.text(
            f"SELECT count(*) FROM {table} WHERE {where}")) or 0
    if (session.scalar(sa.text("SELECT count(*) FROM person_text")) or 0) > there:
        yield "a name or an address that is gone"


def _agrees(session: Session, name: str) -> bool:
    try:
        session.execute(sa.text(
            f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)"))
    except sa.exc.OperationalError:
        raise  # the disk or another process; it says nothing of the words
    except sa.exc.DatabaseError:
        return False
    return True
