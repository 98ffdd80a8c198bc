"""Where to look again, and when: listings that were seen, removals to confirm, returns to find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.request import FollowUp, Request
from optout.domain.words import Standing
from optout.planning.search import search_url
from optout.services.desk import Desk
from optout.services.people import careful_person
from optout.services.watching import Place, stands_for
from optout.store import exposures, looks, requests, watches
from optout.store.rows import grouped

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PRIVATE_WINDOW = (
    "Use a private window of your browser, and close it afterwards: then no search for your name "
    "stays in the history of this computer. Each site learns the name that you type and your "
    "internet address.")
"""Said once to people at risk before they look."""


@dataclass(frozen=True, slots=True)
class Again:
    """One place to look at again.

    Args:
        search_url: filled in for the person; empty where none is known. Opening it tells the
            broker who is looked for.
        last_seen: the day on which a listing was last seen; None if never.
        due_on: from when it is worth a look; None where nothing calls for one now.
    """

    broker_id: str
    name: str
    search_url: str
    last_seen: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Recheck:
    """Everything to look at again.

    Args:
        advice: what people at risk should know before they look; else empty.
    """

    places: tuple[Again, ...]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored of one person, and of nobody else, by broker."""

    looks: Mapping[str, tuple[Look, ...]]
    listings: Mapping[str, tuple[Exposure, ...]]
    asked: tuple[Request, ...]
    tasks: tuple[FollowUp, ...]

    def last_seen(self) -> Mapping[str, date]:
        """By broker, the newest day on which a listing was seen there."""
        days: dict[str, date] = {}
        for broker_id, day in self._sights():
            days[broker_id] = max(day, days.get(broker_id, day))
        return days

    def _sights(self) -> Iterator[tuple[str, date]]:
        yield from ((one.broker_id, one.seen_on) for there in self.listings.values()
                    for one in there)
        yield from ((one.broker_id, one.looked_on) for there in self.looks.values()
                    for one in there if one.result is LookResult.LISTED)
        yield from ((one.broker_id, one.last_look_on) for one in self.asked
                    if one.last_look is LookResult.LISTED and one.last_look_on is not None)

    def due(self, person_id: str) -> Mapping[str, date]:
        """By broker, the soonest day on which a task calls for a look there.

        The task of a request that serves several brokers is a task at each where a listing is
        known, until that one is looked at.
        """
        mine = {request.id: request for request in self.asked}
        days: dict[str, date] = {}
        for task in self.tasks:
            there = [task.broker_id]
            request = mine.get(task.request_id)
            if request is not None:
                there += [broker_id for broker_id in self.listings
                          if broker_id in request.covers and broker_id != request.broker_id
                          and stands_for(request, [task], Place(
                              person_id, broker_id, self.looks.get(broker_id, ()), ()))]
            for broker_id in there:
                days[broker_id] = min(task.shown_on, days.get(broker_id, task.shown_on))
        return days

    def places(self) -> Sequence[str]:
        """The brokers where there is anything to look for."""
        asked = (one.broker_id for one in self.asked
                 if one.sent_on is not None and one.standing is not Standing.WITHDRAWN)
        return tuple(dict.fromkeys((*self.looks, *self.listings, *asked)))


def recheck(
    desk: Desk, person_id: str, *, on: date | None = None, due_only: bool = False,
    everything: bool = False,
) -> Recheck:
    """Where to look again, the soonest first; only what is stored of this person is read.

    Args:
        desk: the opened data.
        person_id: who is looked for.
        on: fills in the links as of this day; default: today.
        due_only: only what is due on that day.
        everything: also places where nothing calls for a look now; they come last.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        person = careful_person(session, person_id)
        known = _known(session, person_id)
    brokers = desk.registry.brokers
    seen, due = known.last_seen(), known.due(person_id)
    others = [id_ for id_ in known.places() if id_ in brokers and id_ not in due]
    places = []
    for broker_id in (*due, *(others if everything else ())):
        broker = brokers.get(broker_id)
        places.append(Again(
            broker_id, broker.name if broker else broker_id,
            search_url(person, broker, day) if broker else "", seen.get(broker_id),
            due.get(broker_id)))
    if due_only:
        places = [place for place in places if place.due_on is not None and place.due_on <= day]
    places.sort(key=lambda place: (place.due_on or date.max, place.name.casefold(),
                                   place.broker_id))
    return Recheck(tuple(places), PRIVATE_WINDOW if person.at_risk and places else "")


def _known(session: Session, person_id: str) -> _Known:
    return _Known(
        grouped((one.broker_id, one) for one in looks.of_person(session, person_id)),
        grouped((one.broker_id, one) for one in exposures.of_person(session, person_id)),
        requests.every(session, person_id), watches.looking(session, person_id))
