"""Looks: what the person saw at a broker, what proves it, and what the looking told it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from optout.domain.document import Evidence
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.request import Disclosure, Request
from optout.domain.words import Event
from optout.lifecycle.life import effective, possible, undo_target
from optout.planning.search import facts_shown
from optout.services import evidence, exposures, look_rows
from optout.services.desk import Desk
from optout.services.marking import Happening, record
from optout.services.people import careful_person
from optout.services.watching import renew_watch
from optout.store import audit, disclosures, people, requests, watches
from optout.store import looks as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EVENT_OF_RESULT: Mapping[LookResult, Event] = MappingProxyType({
    LookResult.LISTED: Event.LOOK_LISTED, LookResult.NOT_FOUND: Event.LOOK_NOT_FOUND,
    LookResult.COULD_NOT_LOOK: Event.LOOK_FAILED,
})

_LOOKED = "A look at the recipient’s own search."


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at one place of several that are told together; `reason` as in `Look`."""

    broker_id: str
    result: LookResult
    reason: NoLook | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """A look as it is to be stored, with what came with it.

    Args:
        listing: the address of the listing that was seen; empty without one.
        picture: what proves it; None without one.
    """

    look: Look
    listing: str
    picture: Evidence | None


def record_look(
    desk: Desk, person_id: str, broker_id: str, result: LookResult, *,
    reason: NoLook | None = None, url: str = "", proof: tuple[str, bytes] | None = None,
    on: date | None = None, corrects: str = "", actor: str,
) -> Look:
    """Write down a look, and in the ledger what it told the broker.

    Where a request to the broker was sent before that day, the look stands in its history too,
    so that its tasks of looking move on; elsewhere the place gets its next look of its own.

    Args:
        desk: the opened data.
        person_id: who was looked for.
        broker_id: where; it need not have a search link.
        result: what was seen; “could not look” is no absence, and a disclosure all the same.
        reason: why it could not tell; belongs to “could not look” and to nothing else.
        url: the address of the listing that was seen, if any; personal data.
        proof: name and content of a picture or page that shows what was seen.
        on: the day; default: today, or the day of the look that is corrected.
        corrects: the id of a look that was taken back: this is what it showed.
        actor: who looked.

    Raises:
        NotFound: when person, broker or the look to correct is unknown.
        InvalidInput: for a day to come, for an address that is none, for one where nothing was
            seen, for a reason that is missing or does not belong, or for a file that cannot be
            kept (field `file`).
        DiskFull: when there is no room; nothing is kept then.
    """
    desk.registry.get(broker_id)  # an unknown one is told before anything is kept
    day = desk.day(on)
    listing = _checked(desk, result, reason, url, day)
    picture = None if proof is None else replace(
        evidence.made_of(proof[1], name=proof[0], kind=EvidenceKind.LOOK, on=desk.clock.today()),
        person_id=person_id)
    sealing = (contextlib.nullcontext() if picture is None or proof is None
               else evidence.kept_file(desk, picture, proof[1]))
    with sealing, desk.store.writing() as session:
        look = Look(person_id, broker_id, result, day, actor, corrects, reason)
        return _written(desk, session, _Told(look, listing, picture), on)


def record_looks(
    desk: Desk, person_id: str, seen: Sequence[Seen], *, on: date | None = None, actor: str,
) -> tuple[Look, ...]:
    """Write down looks at several places, in this order: all of them, or none.

    Args:
        desk: the opened data.
        person_id: who was looked for.
        seen: what was seen where.
        on: the day; default: today.
        actor: who looked.

    Raises:
        NotFound: when the person or any broker is unknown.
        InvalidInput: for a day to come, or a reason that is missing or does not belong.
    """
    day = desk.day(on)
    for one in seen:
        desk.registry.get(one.broker_id)
        _checked(desk, one.result, one.reason, "", day)
    with desk.store.writing() as session:
        return tuple(
            _written(desk, session, _Told(Look(
                person_id, one.broker_id, one.result, day, actor, reason=one.reason), "", None), on)
            for one in seen)


def take_back_look(desk: Desk, look_id: str, *, actor: str) -> Look:
    """Take back what was entered about a look; enter what it showed with `corrects`.

    A look that was made stays a look: the broker was asked, and the ledger says so. Until it is
    corrected it counts as one that could not tell. Requests that it was told to take the entry
    back, leaving its trace in their histories; the audit keeps both entries.

    Returns:
        The look as it was entered.

    Raises:
        NotFound: when there is no such look.
        Refused: when something was written into a request after it; undo that first.
    """
    with desk.store.writing() as session:
        look = rows.get(session, look_id)
        for request in watches.requests_at(session, look.person_id, look.broker_id):
            _take_back_of(desk, session, request, look, actor=actor)
        look_rows.leave_open(session, look_id)
        renew_watch(desk, session, look.person_id, look.broker_id)
        audit.write(session, actor, "take_back_look", look_id, desk.clock.now())
    return look


def looks_of(desk: Desk, person_id: str) -> tuple[Look, ...]:
    """A person's looks, oldest first.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return rows.of_person(session, person_id)


def _checked(
    desk: Desk, result: LookResult, reason: NoLook | None, url: str, day: date
) -> str:
    """What is said of a look fits together; gives the address of the listing, if any."""
    if day > desk.clock.today():
        raise InvalidInput("The day of the look has not come yet.", field="on",
                           remedy="Enter today or an earlier day.")
    if url and result is not LookResult.LISTED:
        raise InvalidInput("The address of a listing belongs to a look that found one.",
                           field="url", remedy="Say that you are listed, or leave it out.")
    if result is LookResult.COULD_NOT_LOOK and reason is None:
        raise InvalidInput("A look that could not tell needs its reason.", field="reason",
                           remedy=f"The reasons are: {', '.join(NoLook)}.")
    if result is not LookResult.COULD_NOT_LOOK and reason is not None:
        raise InvalidInput("Only a look that could not tell has a reason.", field="reason",
                           remedy="Leave it out, or say that you could not look.")
    return exposures.checked_url(url) if url else ""


def _written(desk: Desk, session: Session, told: _Told, on: date | None) -> Look:
    """Store a look with all that follows from it; with an id, over the entry of that id."""
    look, again = told.look, bool(told.look.id)
    person = careful_person(session, look.person_id)
    look = _corrected(session, look, on) if again else look_rows.keep_look(session, look)
    request_told = _keep(desk, session, replace(told, look=look))
    if not request_told and not again:
        broker = desk.registry.get(look.broker_id)
        disclosures.add_many(session, (
            Disclosure(look.person_id, look.broker_id, fact, look.looked_on, _LOOKED)
            for fact in facts_shown(person, broker, look.looked_on)))
    audit.write(session, look.actor, f"look_{look.result}", look.id, desk.clock.now())
    return look


def _corrected(session: Session, look: Look, on: date | None) -> Look:
    """Write a look over the entry of it that was taken back.

    Raises:
        NotFound: when there is no such look of this person there.
    """
    before = rows.get(session, look.id)
    if (before.person_id, before.broker_id) != (look.person_id, look.broker_id):
        raise NotFound("There is no such look of this person there.")
    look = replace(look, looked_on=on or before.looked_on)
    look_rows.correct_look(session, look)
    return look


def _keep(desk: Desk, session: Session, told: _Told) -> bool:
    """Store what came with a look, and what follows from it; whether a request was told of it."""
    look = told.look
    if told.listing:
        exposures.keep(desk, session, Exposure(
            look.person_id, look.broker_id, told.listing, look.looked_on), actor=look.actor)
    if told.picture is not None:
        evidence.add_row(desk, session, replace(told.picture, look_id=look.id), actor=look.actor)
    happening = Happening(EVENT_OF_RESULT[look.result], look.looked_on, desk.clock.now(),
                          look.actor, look_id=look.id)
    found = tuple(_concerned(session, look, happening.event))
    for request in found:
        record(desk, session, request, happening)
    renew_watch(desk, session, look.person_id, look.broker_id)
    return bool(found)


def _concerned(session: Session, look: Look, event: Event) -> Iterator[Request]:
    for request in watches.requests_at(session, look.person_id, look.broker_id):
        sent = request.sent_on
        if (request.broker_id == look.broker_id and sent is not None and sent <= look.looked_on
                and event in possible(requests.events(session, request.id))):
            yield request


def _take_back_of(
    desk: Desk, session: Session, request: Request, look: Look, *, actor: str
) -> None:
    events = requests.events(session, request.id)
    if look.id not in {event.look_id for event in effective(events)}:
        return
    latest = undo_target(events)
    if latest is None or latest.look_id != look.id:
        raise Refused(f"Something was written into {request.id} after this look.",
                      remedy="Open that request and undo its last entries first.")
    record(desk, session, request, Happening(
        Event.UNDO, desk.clock.today(), desk.clock.now(), actor))
