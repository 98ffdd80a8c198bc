"""One search over everything: requests, people, companies, notes and papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from optout.services.desk import Desk
from optout.services.listing import broker_name
from optout.services.reminders_own import WHY
from optout.store import people, search

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 20
"""Finds of one kind."""

LONGEST = 200
"""Characters of a search; what is longer is cut."""

_EXCERPT = 160
_ALIKE_ENOUGH = 80
"""Among other finds, a company whose name is only somewhat like the words would be noise."""

_SHORTEST_REFERENCE = 3
_REFERENCE = re.compile(r"(?:OPT)?[-–—_]?([0-9A-Z]{1,6})")
_PAPER = re.compile(r"([DE])[-–—_]?([0-9A-Z]{3,})")


class FoundKind(StrEnum):
    """What was found, in the order in which it is shown."""

    REQUEST = "request"
    PERSON = "person"
    COMPANY = "company"
    CLAIM = "claim"
    NOTE = "note"
    LISTING = "listing"
    TASK = "task"
    PROOF = "proof"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Find:
    """One thing that was found.

    Args:
        id: of the request, person, company or paper; for words, of the request they belong to.
        person_id, person_name: whose it is; empty for companies.
        broker_id: at whom; empty for people.
        label: what is shown of it.
    """

    kind: FoundKind
    id: str
    label: str
    person_id: str = ""
    person_name: str = ""
    broker_id: str = ""


def find(desk: Desk, words: str, *, people_only: bool = False) -> tuple[Find, ...]:
    """Everything that has these words, at most 20 of a kind, grouped by kind.

    References are forgiven their letter case, spaces and a missing “OPT-”. Names, addresses and
    notes are found by the beginnings of their words, without accents; phone numbers also by
    their last digits; companies as the registry's own search finds them.

    Args:
        desk: the opened data.
        words: what was typed; nothing in it is a command.
        people_only: look for people alone.
    """
    words = " ".join(words[:LONGEST].split())
    if not words:
        return ()
    with desk.store.reading() as session:
        found = _people(session, words)
        if not people_only:
            found = [*_requests(desk, session, words), *found, *_companies(desk, words),
                     *_notes(session, words), *_papers(session, words)]
        names = people.names_of(session, {one.person_id for one in found if one.person_id})
    return tuple(sorted((_named(one, names.get(one.person_id, "")) for one in found),
                        key=lambda one: list(FoundKind).index(one.kind)))


def _named(find: Find, name: str) -> Find:
    label = name if find.kind is FoundKind.PERSON else find.label
    return Find(find.kind, find.id, label, find.person_id, name, find.broker_id)


def _requests(desk: Desk, session: Session, words: str) -> list[Find]:
    typed = words.upper().replace(" ", "")
    match = _REFERENCE.fullmatch(typed)
    if match is None or (not typed.startswith("OPT") and len(match[1]) < _SHORTEST_REFERENCE):
        return []
    return [Find(FoundKind.REQUEST, row.id, broker_name(desk, row.broker_id), row.person_id,
                 broker_id=row.broker_id)
            for row in search.requests(session, f"OPT-{match[1]}", most=MOST)]


def _people(session: Session, words: str) -> list[Find]:
    return [Find(FoundKind.PERSON, person_id, "", person_id)
            for person_id in search.people(session, words, most=MOST)]


def _companies(desk: Desk, words: str) -> list[Find]:
    return [Find(FoundKind.COMPANY, broker.id, broker.name, broker_id=broker.id)
            for broker, score in desk.registry.search(words)[:MOST] if score >= _ALIKE_ENOUGH]


def _notes(session: Session, words: str) -> list[Find]:
    return [Find(FoundKind(note.kind), note.request_id, _excerpt(note.words), note.person_id,
                 broker_id=note.broker_id)
            for note in search.notes(session, words, most=MOST, fixed=WHY)]


def _papers(session: Session, words: str) -> list[Find]:
    match = _PAPER.fullmatch(words.upper().replace(" ", ""))
    if match is None:
        return []
    found: tuple[Any, ...] = search.papers(session, f"{match[1]}-{match[2]}", most=MOST)
    return [Find(FoundKind.PAPER, row.request_id or "", row.id, row.person_id,
                 broker_id=row.broker_id) for row in found]


def _excerpt(words: str) -> str:
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()} …"
