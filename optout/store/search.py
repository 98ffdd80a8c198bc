"""Finding by words: people by name, address or number; notes; requests and papers by reference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.store.models import (
    DocumentRow,
    EvidenceRow,
    LookRow,
    NoteTextRow,
    PersonTextRow,
    RequestRow,
)

_PEOPLE = cast("sa.Table", PersonTextRow.__table__)
_NOTES = cast("sa.Table", NoteTextRow.__table__)
_REQUESTS = cast("sa.Table", RequestRow.__table__)
_DOCUMENTS = cast("sa.Table", DocumentRow.__table__)
_EVIDENCE = cast("sa.Table", EvidenceRow.__table__)
_LOOKS = cast("sa.Table", LookRow.__table__)

MOST_WORDS = 12
_ROWS_A_PERSON = 40
"""Names and numbers that one person may have before others are crowded out of a first look."""

_MOST_BEHIND = 500
"""Notes that begin with words of this program, read to see whether the others are in them too."""

_PHONE = re.compile(r"[-+()./\s\d\u00a0]+")
_SHORTEST_NUMBER = 4
_WITH_ZEROS = 7


@dataclass(frozen=True, slots=True)
class FoundNote:
    """Words that someone wrote, as they were found.

    Args:
        kind: `claim`, `note`, `listing`, `task` or `proof`.
        request_id: empty where they belong to no request.
    """

    kind: str
    source: str
    person_id: str
    request_id: str
    broker_id: str
    words: str


def expression(text: str) -> str:
    """Words as the full-text search takes them: all must be there, each may go on.

    Each word is quoted, so that nothing that was typed is an operator. Empty when there is
    nothing to look for.
    """
    words = [word.replace('"', '""') for word in text.replace("\0", " ").split()
             if any(sign.isalnum() for sign in word)]
    return " ".join(f'"{word}"*' for word in words[:MOST_WORDS])


def number(text: str) -> str:
    """The digits of what looks like a phone number, without the zeros before them, else empty."""
    if not _PHONE.fullmatch(text):
        return ""
    digits = "".join(sign for sign in text if sign in "0123456789")
    if len(digits) >= _WITH_ZEROS:
        digits = digits.lstrip("0")
    return digits if len(digits) >= _SHORTEST_NUMBER else ""


def people(session: Session, text: str, *, most: int) -> tuple[str, ...]:
    """Ids of people with such a name, address or number, the latest entered first.

    Args:
        session: the caller's.
        text: what was typed.
        most: how many at most.
    """
    found: dict[str, None] = {}
    digits = number(text)
    for asked in filter(None, (expression(text), expression(digits))):
        for row in session.execute(_matching(_PEOPLE, "person_search", asked,
                                             most * _ROWS_A_PERSON)):
            found.setdefault(row.person_id)
            if len(found) >= most:
                break
    return tuple(found)[:most]


def notes(
    session: Session, text: str, *, most: int, fixed: str = "",
) -> tuple[FoundNote, ...]:
    """What someone wrote with all these words in it, the latest first.

    Args:
        session: the caller's.
        text: what was typed.
        most: how many at most.
        fixed: words of this program that may stand before theirs, as in each reminder of their
            own: nothing is found by them alone, and they are not given back.
    """
    asked = expression(text)
    if not asked:
        return ()
    shared = [token for token in _tokens(text)
              if any(word.startswith(token) for word in _tokens(fixed))]
    if not shared:
        rows: list[Any] = _notes(session, asked, most)
    else:
        phrase = '"{}"'.format(fixed.replace('"', '""'))
        behind = _notes(session, f"({asked}) AND {phrase}", _MOST_BEHIND)
        rows = [*_notes(session, f"({asked}) NOT {phrase}", most),
                *(row for row in behind if _begin_words(shared, _own(row.words, fixed)))]
        rows = sorted(rows, key=lambda row: row.number, reverse=True)[:most]
    return tuple(
        FoundNote(row.kind, row.source, row.person_id, row.request_id or "", row.broker_id,
                  _own(row.words, fixed))
        for row in rows)


def _notes(session: Session, asked: str, most: int) -> list[Any]:
    return list(session.execute(_matching(_NOTES, "note_search", asked, most)))


def _own(words: str, fixed: str) -> str:
    return words.removeprefix(fixed).strip()


def _tokens(text: str) -> list[str]:
    """The words of a text, without accents and letter case, much as the full text has them."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold())
                    if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain)


def _begin_words(tokens: Sequence[str], text: str) -> bool:
    """Whether each of these is how some word of the text begins."""
    words = _tokens(text)
    return all(any(word.startswith(token) for word in words) for token in tokens)


def requests(session: Session, start: str, *, most: int) -> tuple[Any, ...]:
    """Id, person and broker of the requests whose reference begins so, in their order."""
    return tuple(session.execute(
        sa.select(_REQUESTS.c.id, _REQUESTS.c.person_id, _REQUESTS.c.broker_id)
        .where(*_begins(_REQUESTS.c.id, start)).order_by(_REQUESTS.c.id).limit(most)))


def papers(session: Session, start: str, *, most: int) -> tuple[Any, ...]:
    """Id, request, person and broker of the documents and proofs whose id begins so.

    What proves a look may belong to no request; it is then of the broker that was looked at.
    """
    documents = sa.select(
        _DOCUMENTS.c.id, _DOCUMENTS.c.request_id, _REQUESTS.c.person_id, _REQUESTS.c.broker_id,
    ).join(_REQUESTS, _REQUESTS.c.id == _DOCUMENTS.c.request_id)
    proofs = sa.select(
        _EVIDENCE.c.id, _EVIDENCE.c.request_id, _EVIDENCE.c.person_id,
        sa.func.coalesce(_REQUESTS.c.broker_id, _LOOKS.c.broker_id, "").label("broker_id"),
    ).outerjoin(_REQUESTS, _REQUESTS.c.id == _EVIDENCE.c.request_id).outerjoin(
        _LOOKS, _LOOKS.c.id == _EVIDENCE.c.look_id)
    found: list[Any] = []
    for rows, of in ((documents, _DOCUMENTS.c.id), (proofs, _EVIDENCE.c.id)):
        found += session.execute(rows.where(*_begins(of, start)).order_by(of).limit(most))
    return tuple(found[:most])


def _begins(column: sa.ColumnElement[str], start: str) -> tuple[sa.ColumnElement[bool], ...]:
    """As a range of the column's own index."""
    return column >= start, column < start + "\U0010ffff"


def _matching(table: sa.Table, index: str, asked: str, most: int) -> sa.Select[Any]:
    """Rows of a table of words that its full-text index finds, the latest first.

    The inner statement ends at the limit: what is common costs no more than what is rare.
    """
    full_text = sa.table(index, sa.column("rowid"))
    inner = (sa.select(full_text.c.rowid)
             .where(sa.literal_column(index).op("MATCH")(sa.bindparam("asked", asked)))
             .order_by(full_text.c.rowid.desc()).limit(most).subquery())
    return (sa.select(table).join(inner, table.c.number == inner.c.rowid)
            .order_by(table.c.number.desc()))
