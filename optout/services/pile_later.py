"""Letters about requests that are written and wait for the post: each ready to go, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optout.domain.broker import Broker
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind, Purpose
from optout.domain.errors import NotFound, Refused
from optout.domain.person import Person
from optout.domain.request import Request
from optout.domain.words import ActingAs, Channel
from optout.services.complaint_ordering import authority_lines
from optout.services.desk import Desk
from optout.services.later_standing import heard_by
from optout.services.later_unsent import has_left
from optout.services.ordering import posting_country
from optout.services.people import careful_person
from optout.services.progress_bar import UNWATCHED, Progress
from optout.services.stored import Shelf
from optout.store import documents as rows
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.pile import LeftOut, LetterFacts, PiledLetter

_POSTAL_CODE = re.compile(r"\b\d{4,6}(?:-\d{3,4})?\b")
"""In the address of an authority, which is kept as lines; for the order of a pile only."""


@dataclass(frozen=True, slots=True)
class LaterPile:
    """The later letters of a person that go by post.

    Args:
        letters: those that may go today, in the order in which they were written.
        left_out: those that may not.
    """

    letters: tuple[PiledLetter, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a letter goes: the lines of the envelope, and what they say for the pile."""

    name: str
    lines: tuple[str, ...]
    country: str
    postal_code: str


def later_pile(
    desk: Desk, person_id: str, document_ids: Sequence[str] | None = None, *,
    progress: Progress = UNWATCHED,
) -> LaterPile:
    """The reminders, appeals, complaints and so on that wait for the post.

    Each is read back from what is kept, as `Shelf` hands it out. What it refuses is left out of
    the pile, and the others go. A letter for a fax machine is passed over.

    Args:
        desk: the opened data.
        person_id: whose letters.
        document_ids: which, also those that have left; default: all that have not left, of
            several for the same purpose the latest.
        progress: is told how many letters were read, and may stop the work.

    Raises:
        NotFound: when the person is unknown, or has no such letter.
        Tampered: when the file of one was changed or lost.
        Cancelled: when `progress` says so.
    """
    from optout.documents.pile import LeftOut, PiledLetter

    with desk.store.reading() as session:
        person = careful_person(session, person_id)
        mine = {request.id: request for request in requests.every(session, person_id)}
        chosen = _chosen(session, person_id, document_ids)
    shelf, found, left_out = Shelf(desk), list[PiledLetter](), list[LeftOut]()
    for number, document in enumerate(chosen, start=1):
        request = mine[document.request_id]
        broker = desk.registry.brokers.get(request.broker_id)
        try:
            piled = _piled(desk, person, request, broker, shelf.read(document.id))
        except Refused as reason:
            left_out.append(LeftOut(document.id, request.id,
                                    broker.name if broker else request.broker_id,
                                    document.purpose, str(reason)))
        else:
            found.extend(piled)
        progress.advance(number, len(chosen))
    return LaterPile(tuple(found), tuple(left_out))


def waiting_later(desk: Desk, person_id: str) -> tuple[str, ...]:
    """The ids of the letters that `later_pile` takes by itself, whether they may go or not.

    Raises:
        NotFound: when the person is unknown.
    """
    with desk.store.reading() as session:
        careful_person(session, person_id)
        return tuple(one.id for one in _chosen(session, person_id, None))


def _chosen(
    session: Session, person_id: str, document_ids: Sequence[str] | None
) -> list[Document]:
    written = [one.document for one in rows.later_of_person(session, person_id)
               if one.document.kind is DocumentKind.LETTER]
    if document_ids is not None:
        known = {document.id: document for document in written}
        for document_id in document_ids:
            if document_id not in known:
                raise NotFound(f"This person has no later letter {document_id} on paper.")
        return [known[one] for one in dict.fromkeys(document_ids)]
    latest = {(one.request_id, one.purpose): one for one in written}
    return [one for one in latest.values()
            if not has_left(one, requests.events(session, one.request_id))]


def _piled(
    desk: Desk, person: Person, request: Request, broker: Broker | None, document: Document
) -> tuple[PiledLetter, ...]:
    """A letter as the pile knows it; nothing for one that does not go by post."""
    from optout.documents.pile import LetterFacts, PiledLetter

    facts = LetterFacts(document.content)
    if document.purpose is Purpose.COMPLAINT:
        places, about = list(_authorities(desk, person, request)), (
            broker.name if broker else request.broker_id)
    else:
        places, about = list(_offices(person, broker, document)), ""
    place = next((one for one in places if facts.says(one.lines)), None)
    if place is None:
        if about == "" and broker is not None and any(
                way.channel is Channel.FAX for way in broker.procedures):
            return ()
        raise Refused("It bears another address than the recipient has by now.",
                      remedy="Write it anew.")
    return (PiledLetter(
        document_id=document.id, reference=request.id, name=place.name, recipient=place.lines,
        country=place.country, postal_code=place.postal_code, pages=facts.pages,
        paper=facts.paper, enclosures=_enclosures(desk, request, document, facts),
        purpose=document.purpose, about=about),)


def _offices(person: Person, broker: Broker | None, document: Document) -> Iterator[_Place]:
    """The addresses of the recipient itself, as the registry has them now."""
    from optout.documents.languages import language_of_country
    from optout.documents.order import recipient_of

    posted_from = posting_country(person, document.made_on)
    for way in broker.procedures if broker else ():
        if way.channel is Channel.POSTAL_MAIL and way.address is not None and broker:
            lines, country = recipient_of(broker, way, posted_from=posted_from,
                                          language=language_of_country(posted_from))
            yield _Place(broker.name, lines, country, way.address.postal_code)


def _authorities(desk: Desk, person: Person, request: Request) -> Iterator[_Place]:
    """The addresses of those who hear a complaint about the request."""
    today = desk.clock.today()
    for heard in heard_by(desk, person, request, today):
        if Channel.POSTAL_MAIL in heard.channels:
            lines, country = authority_lines(heard, person, today)
            codes = (_POSTAL_CODE.search(line) for line in reversed(lines))
            code = next((found[0] for found in codes if found), "")
            yield _Place(heard.hearing.name, lines, country, code)


def _enclosures(
    desk: Desk, request: Request, document: Document, facts: LetterFacts
) -> tuple[str, ...]:
    """What a complaint says that it encloses, in its own words; other later letters are alone.

    The exhibits are those on file by now which the letter itself names.
    """
    from optout.documents.later_words import later_terms
    from optout.documents.texts import languages, terms
    from optout.services.case_exhibits import labels_of, material_of

    if document.purpose is not Purpose.COMPLAINT:
        return ()
    with desk.store.reading() as session:
        events = tuple(requests.events(session, request.id))
        exhibits = labels_of(material_of(session, request, events))
    named = list[str]()
    for language in languages():
        small = later_terms(language)
        if request.acting_as is not ActingAs.SELF:
            named += [terms(language)[f"enclosure.{one}"] for one in ActingAs
                      if one is not ActingAs.SELF]
        named += [small["exhibit"].replace("{letter}", one.label).replace(
            "{what}", small[f"exhibit.{one.key}"]) for one in exhibits]
    return facts.writes(dict.fromkeys(named))
