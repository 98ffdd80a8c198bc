"""Looks: what the person saw at a broker, and what the looking told it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput
from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.request import Disclosure, Request
from optout.domain.words import Event, LookResult
from optout.lifecycle.life import possible
from optout.planning.search import facts_shown
from optout.services import exposures
from optout.services.desk import Desk
from optout.services.marking import Happening, record
from optout.services.people import careful_person
from optout.store import audit, disclosures, people, requests
from optout.store import looks as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EVENT_OF_RESULT: Mapping[LookResult, Event] = MappingProxyType({
    LookResult.LISTED: Event.LOOK_LISTED, LookResult.NOT_FOUND: Event.LOOK_NOT_FOUND,
    LookResult.COULD_NOT_LOOK: Event.LOOK_FAILED,
})

_LOOKED = "A look at the recipient’s own search."


def record_look(
    desk: Desk, person_id: str, broker_id: str, result: LookResult, *, url: str = "",
    on: date | None = None, actor: str,
) -> Look:
    """Write down a look, and in the ledger what it told the broker.

    Where a request to the broker was sent before that day, the look stands in its history too,
    so that its tasks of looking move on.

    Args:
        desk: the opened data.
        person_id: who was looked for.
        broker_id: where; it need not have a search link.
        result: what was seen; “could not look” is no absence, and a disclosure all the same.
        url: the address of the listing that was seen, if any; personal data.
        on: the day; default: today.
        actor: who looked.

    Raises:
        NotFound: when person or broker is unknown.
        InvalidInput: for a day to come, for an address that is none, or for one where nothing
            was seen.
    """
    broker = desk.registry.get(broker_id)
    day = desk.day(on)
    if day > desk.clock.today():
        raise InvalidInput("The day of the look has not come yet.", field="on",
                           remedy="Enter today or an earlier day.")
    if url and result is not LookResult.LISTED:
        raise InvalidInput("The address of a listing belongs to a look that found one.",
                           field="url", remedy="Say that you are listed, or leave it out.")
    listing = exposures.checked_url(url) if url else ""
    look = Look(person_id, broker_id, result, day, actor)
    with desk.store.writing() as session:
        person = careful_person(session, person_id)
        look = rows.add(session, look)
        if listing:
            exposures.keep(desk, session, Exposure(person_id, broker_id, listing, day),
                           actor=actor)
        if not _tell_requests(desk, session, look):
            disclosures.add_many(session, (
                Disclosure(person_id, broker_id, fact, day, _LOOKED)
                for fact in facts_shown(person, broker, day)))
        audit.write(session, actor, f"look_{result}", look.id, desk.clock.now())
    return look


def looks_of(desk: Desk, person_id: str, broker_id: str | None = None) -> tuple[Look, ...]:
    """A person's looks, at every broker or at one, oldest first.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return rows.of_person(session, person_id, broker_id)


def _tell_requests(desk: Desk, session: Session, look: Look) -> bool:
    """Write the look into the requests that it concerns, with what follows from it.

    Returns:
        Whether there was one; its history brings its own entries in the ledger.
    """
    happening = Happening(EVENT_OF_RESULT[look.result], look.looked_on, desk.clock.now(),
                          look.actor)
    found = tuple(_concerned(session, look, happening.event))
    for request in found:
        record(desk, session, request, happening)
    return bool(found)


def _concerned(session: Session, look: Look, event: Event) -> Iterator[Request]:
    for request in requests.every(session, look.person_id):
        sent = request.sent_on
        if (request.broker_id == look.broker_id and not request.successor_id
                and sent is not None and sent <= look.looked_on
                and event in possible(requests.events(session, request.id))):
            yield request
