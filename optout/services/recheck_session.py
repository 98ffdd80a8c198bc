"""A re-check session: one place after the other, what is known of each, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.document import Evidence
from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.person import Person
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Fact
from optout.lifecycle.life import effective
from optout.lifecycle.outcome import DAYS_BETWEEN_LOOKS, confirmed_gone, relisted
from optout.lifecycle.table import ASKS_ANEW, CLAIMS
from optout.lifecycle.watch import clean_days, seen_gone
from optout.planning.facts import main_name, shown_address
from optout.planning.search import facts_shown, search_url
from optout.services.desk import Desk
from optout.services.people import careful_person
from optout.services.recheck import recheck
from optout.services.watching import Place, place_of
from optout.store import evidence, people, requests, watches

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_PEOPLE = 50
"""People shown at once who have looks to make; the next ones move up as these are done."""


@dataclass(frozen=True, slots=True)
class Done:
    """One place that the person is through with: looked at, or skipped without a look."""

    broker_id: str
    look_id: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a person stands in a session; plain values, kept by whoever shows it.

    Args:
        brokers: the places, in the order in which they come.
        done: what was entered, in that order.
        taken_back: by broker, the look whose entry was taken back and is to be entered anew.
    """

    brokers: tuple[str, ...]
    done: tuple[Done, ...] = ()
    taken_back: Mapping[str, str] = field(default_factory=dict)

    @property
    def current(self) -> str:
        """The broker to look at now; empty at the end."""
        return self.brokers[len(self.done)] if len(self.done) < len(self.brokers) else ""

    def at(self, broker_id: str) -> Walk:
        """The walk with this place next, whether it was among those to come or not."""
        before, ahead = self.brokers[:len(self.done)], self.brokers[len(self.done):]
        return replace(self, brokers=(
            *before, broker_id, *(other for other in ahead if other != broker_id)))

    def looked(self, look_id: str) -> Walk:
        """The walk after a look at the current place."""
        left = {key: value for key, value in self.taken_back.items() if key != self.current}
        return replace(self, done=(*self.done, Done(self.current, look_id)), taken_back=left)

    def skipped(self) -> Walk:
        """The walk without a look at the current place."""
        open_look = self.taken_back.get(self.current, "")
        return replace(self, done=(*self.done, Done(self.current, open_look)))

    def back(self) -> Walk:
        """The walk one place earlier; a look that was made there is to be entered anew."""
        last = self.done[-1]
        again = {last.broker_id: last.look_id} if last.look_id else {}
        return replace(self, done=self.done[:-1], taken_back={**self.taken_back, **again})


@dataclass(frozen=True, slots=True)
class PlaceView:
    """What the person needs to look at one place, and no more of them than the look reveals.

    Args:
        search_url: filled in for the person; empty where none is known.
        tells: the facts that the look hands over, by name.
        shown: the words of the person that the search takes; nothing else of them is shown.
        listings: known addresses of listings there, newest first.
        last_look: the newest look; None if there was none.
        pictures: what proves that look.
        kept: what proves any look there, oldest first.
        claim: what the broker said to the newest request; None where nothing.
        claimed_on: the day on which it said that.
        asked_on: the day on which it was sent; None where none was.
    """

    broker_id: str
    name: str
    search_url: str
    tells: tuple[Fact, ...]
    shown: tuple[str, ...]
    listings: tuple[Exposure, ...]
    last_look: Look | None
    pictures: tuple[Evidence, ...]
    kept: tuple[Evidence, ...]
    claim: Claim | None
    claimed_on: date | None
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a place after a look.

    Args:
        look: the look; None where the place was skipped.
        request_id: the newest request there that goes on; empty where none was sent.
        gone: it counts as confirmed gone.
        back: it was confirmed gone, and this look saw it again.
        gone_from: the day from which one more clean look would confirm it; None where one look
            cannot, or it is confirmed.
    """

    broker_id: str
    name: str
    look: Look | None
    request_id: str = ""
    gone: bool = False
    back: bool = False
    gone_from: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has looks to make: the name they go by, and at how many places."""

    person_id: str
    name: str
    places: int


def begin(desk: Desk, person_id: str, *, everything: bool = False) -> Walk:
    """A new session: everything that is due, the soonest first, or every known place.

    Only places where there is something to see: a recipient that shows nothing is asked again, and
    an empty look there would count as gone.

    Raises:
        NotFound: when no such person is stored.
    """
    found = recheck(desk, person_id, due_only=not everything, everything=everything)
    known, shown = desk.registry.brokers, searchable(desk)
    with desk.store.reading() as session:
        seen = watches.places_of(session, person_id)
    return Walk(tuple(
        place.broker_id for place in found.places
        if place.broker_id in known and (place.broker_id in shown or place.broker_id in seen)))


def searchable(desk: Desk) -> frozenset[str]:
    """The brokers that have a search of their own."""
    return frozenset(broker.id for broker in desk.registry.brokers.values()
                     if broker.search is not None)


def view_of(desk: Desk, person_id: str, broker_id: str) -> PlaceView:
    """What to show of one place; a few rows are read, however many the person has.

    Raises:
        NotFound: when the person or the broker is unknown.
    """
    broker, today = desk.registry.get(broker_id), desk.clock.today()
    with desk.store.reading() as session:
        person = careful_person(session, person_id)
        place = place_of(session, person_id, broker_id)
        asked = watches.requests_at(session, person_id, broker_id)
        last = place.looks[-1] if place.looks else None
        kept = tuple(stored.evidence for stored in evidence.of_looks(
            session, [look.id for look in place.looks])) if last is not None else ()
        newest = asked[-1] if asked else None
        claimed_on = _claimed_on(requests.events(session, newest.id)) if newest else None
    tells = facts_shown(person, broker, today)
    return PlaceView(
        broker_id, broker.name, search_url(person, broker, today), tells,
        _words(person, tells, today), tuple(reversed(place.listings)),
        last, tuple(one for one in kept if last is not None and one.look_id == last.id), kept,
        newest.claim if newest else None, claimed_on,
        newest.sent_on if newest else None)


def _claimed_on(events: Sequence[RequestEvent]) -> date | None:
    """The day of the claim that stands; None without one."""
    said: date | None = None
    for event in effective(events):
        if event.event in CLAIMS:
            said = event.on
        elif event.event in ASKS_ANEW:
            said = None
    return said


def outcomes(desk: Desk, person_id: str, done: Sequence[Done]) -> tuple[Outcome, ...]:
    """What came of a session, place by place, in its order.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return tuple(_outcome(desk, session, person_id, one) for one in done)


def waiting_people(desk: Desk) -> tuple[Waiting, ...]:
    """Everyone who has looks to make today, those with most first; at most `MOST_PEOPLE`."""
    with desk.store.reading() as session:
        found = dict(watches.waiting_people(session, desk.clock.today(), MOST_PEOPLE,
                                            shown=searchable(desk)))
        names = people.names_of(session, found)
        return tuple(Waiting(person_id, names[person_id], number)
                     for person_id, number in found.items())


def _outcome(desk: Desk, session: Session, person_id: str, done: Done) -> Outcome:
    place = place_of(session, person_id, done.broker_id)
    broker = desk.registry.brokers.get(done.broker_id)
    asked = [request for request in watches.requests_at(session, person_id, done.broker_id)
             if request.broker_id == done.broker_id]
    bare = Outcome(
        done.broker_id, broker.name if broker else done.broker_id,
        next((look for look in place.looks if look.id == done.look_id), None),
        asked[-1].id if asked else "")
    if bare.look is None or bare.look.result is LookResult.COULD_NOT_LOOK:
        return bare
    return _judged(session, bare, place, asked)


def _judged(
    session: Session, bare: Outcome, place: Place, asked: Sequence[Request]
) -> Outcome:
    events = requests.events(session, asked[-1].id) if asked else ()
    gone = confirmed_gone(events) or seen_gone(place.looks, place.listings)
    clean = clean_days(place.looks, place.listings)
    return replace(
        bare, gone=gone, back=relisted(events),
        gone_from=clean[0] + timedelta(days=DAYS_BETWEEN_LOOKS) if clean and not gone else None)


def _words(person: Person, tells: Sequence[Fact], day: date) -> tuple[str, ...]:
    """The person's words for the facts that a search takes, to type them where no link does."""
    name, place = main_name(person, day), shown_address(person, day)
    words = []
    if Fact.FULL_NAME in tells and name is not None:
        words.append(name.full)
    if Fact.CITY_STATE in tells and place is not None:
        words.append(", ".join(filter(None, (place.address.city, place.address.region))))
    return tuple(words)
