"""Where a request stands when a letter is to follow it, and who hears a complaint about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput, NotFound
from optout.domain.person import Person
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import Channel, Event
from optout.law.authorities import Hears
from optout.law.model import Law
from optout.law.reach import lives_under
from optout.lifecycle.later import Standpoint
from optout.lifecycle.life import effective
from optout.services.complaints import Hearing, authorities_for
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.services.marking_effects import REFUSALS, expectation_of
from optout.services.people import careful_people
from optout.services.returns import Returns, returns_of
from optout.services.statutory import last_day_for_appeal
from optout.store import history

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_NO_ENFORCER = "does not enforce"
"""In the role of an office that takes complaints about anything, but has no say under the law."""

_HEARS_PEOPLE = frozenset({Hears.ANYONE, Hears.FIRMS_OF_A_STATE})
"""Whom a complaint about a firm goes to; churches, broadcasters and agencies have their own."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who hears a complaint under a law, and the ways that are confirmed.

    Args:
        is_theirs: it is there for the whole country, or for the state where the person lives.
    """

    law: Law
    hearing: Hearing
    channels: tuple[Channel, ...]
    is_theirs: bool = True


def standpoint_of(desk: Desk, session: Session, request: Request, day: date) -> Standpoint:
    """All that decides which letters may follow a request on a day."""
    return standpoints_of(desk, session, [request], day)[request.id]


def standpoints_of(
    desk: Desk, session: Session, requests: Sequence[Request], day: date,
) -> Mapping[str, Standpoint]:
    """The same of several requests, by their ids, in a handful of queries.

    Args:
        desk: the opened data.
        session: the caller's.
        requests: few, as of a page.
        day: on which letters are to be written.
    """
    ids = [request.id for request in requests]
    persons = careful_people(session, {request.person_id for request in requests})
    returned = returns_of(session, {request.broker_id for request in requests})
    events, dates = history.events_of(session, ids), history.dates_of(session, ids)
    return {
        one.id: _standpoint(desk, session, one, day, person=persons[one.person_id],
                            events=events.get(one.id, ()), dates=dates.get(one.id, ()),
                            returned=returned[one.broker_id])
        for one in requests}


def _standpoint(
    desk: Desk, session: Session, request: Request, day: date, *, person: Person,
    events: tuple[RequestEvent, ...], dates: tuple[StatutoryDate, ...], returned: Returns,
) -> Standpoint:
    expectation = expectation_of(
        desk.registry.brokers.get(request.broker_id), request, dates, desk.laws,
        at_risk=person.at_risk, history=events, came_back_days=returned.soonest)
    refused = [event for event in effective(events) if event.event in REFUSALS]
    return Standpoint(
        request=request, events=events, dates=dates, expectation=expectation, day=day,
        for_counsel=is_for_counsel(desk, session, request),
        appeal_by=last_day_for_appeal(desk.laws, request, refused[-1].on) if refused else None,
        heard=frozenset(one.law.id for one in heard_by(desk, person, request, day)))


def heard_by(desk: Desk, person: Person, request: Request, day: date) -> tuple[Heard, ...]:
    """Who hears a complaint about a request and can be reached, the likeliest first."""
    return tuple(_heard_by(desk, person, request, day))


def _heard_by(desk: Desk, person: Person, request: Request, day: date) -> Iterator[Heard]:
    for law_id in dict.fromkeys(footing.law for footing in request.footings):
        try:
            law = desk.laws.law(law_id, day)
        except NotFound:
            continue  # voluntary, or no longer in the book
        home = _home(person, law, day)
        for hearing in authorities_for(desk.library, law, home):
            channels = channels_to(hearing)
            if channels and hearing.hears in _HEARS_PEOPLE and _NO_ENFORCER not in hearing.role:
                yield Heard(law, hearing, channels, hearing.region in {"", home})


def _home(person: Person, law: Law, day: date) -> str:
    """The residence that brings the person under the law; any other where none does."""
    homes = person.residences_on(day) or person.residences
    under = [home.code for home in homes if lives_under(law, home)]
    return (under or [home.code for home in homes])[0]


def channels_to(hearing: Hearing) -> tuple[Channel, ...]:
    """The confirmed ways to an authority: its form, its address, its mailbox."""
    contact = hearing.contact
    ways = ((Channel.WEB_FORM, contact.url if contact.url_confirmed else ""),
            (Channel.POSTAL_MAIL, contact.postal), (Channel.EMAIL, contact.email))
    return tuple(channel for channel, there in ways if there)


def chosen_authority(found: Sequence[Heard], name: str) -> Heard:
    """The authority of that name, or the one that is meant where none is named.

    Args:
        found: who hears it, the likeliest first; never empty.
        name: letter case and spaces around it are forgiven; empty for the likeliest.

    Raises:
        InvalidInput: for a name that none of them has, or where a country has several and nothing
            says which one is there for the person.
    """
    names = "; ".join(dict.fromkeys(one.hearing.name for one in found))
    wanted = name.strip().casefold()
    if wanted:
        for one in found:
            if one.hearing.name.casefold() == wanted:
                return one
        raise InvalidInput("No such authority hears this complaint.", field="authority",
                           remedy=f"Choose one of: {names}.")
    theirs = [one for one in found if one.is_theirs]
    if theirs:
        return theirs[0]
    raise InvalidInput("Several authorities could hear this complaint.", field="authority",
                       remedy=f"Choose the one where you live: {names}.")


def last_refusal(at: Standpoint) -> date | None:
    """The day of their last refusal; None without one."""
    found = at.last(Event.REFUSE, Event.CLAIM_PARTLY)
    return found.on if found and at.refused else None
