"""Where to look again, and when: listings that were seen, removals to confirm, returns to find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.broker import Broker
from optout.domain.look import Look
from optout.domain.person import Person
from optout.domain.request import Request
from optout.domain.words import Event, FollowUpKind, LookResult
from optout.lifecycle.life import effective
from optout.lifecycle.look_tasks import AT_RISK_INTERVAL, INTERVALS, RETRY_DAYS
from optout.planning.presence import look_again_on
from optout.planning.search import search_url
from optout.services.desk import Desk
from optout.services.people import careful_person
from optout.store import exposures, followups, looks, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PRIVATE_WINDOW = (
    "Use a private window of your browser, and close it afterwards: then no search for your name "
    "stays in the history of this computer. Each site learns the name that you type and your "
    "internet address.")
"""Said once to people at risk before they look."""

_KINDS = frozenset({FollowUpKind.RECHECK, FollowUpKind.CONFIRM_REMOVAL})


@dataclass(frozen=True, slots=True)
class Again:
    """One place to look at again.

    Args:
        search_url: filled in for the person; empty where none is known. Opening it tells the
            broker who is looked for.
        last_seen: the day on which a listing was last seen; None if never.
        due_on: from when it is worth a look.
    """

    broker_id: str
    name: str
    search_url: str
    last_seen: date | None
    due_on: date


@dataclass(frozen=True, slots=True)
class Recheck:
    """Everything to look at again.

    Args:
        advice: what people at risk should know before they look; else empty.
    """

    places: tuple[Again, ...]
    advice: str = ""


def recheck(desk: Desk, person_id: str, *, on: date | None = None) -> Recheck:
    """Where to look again, the soonest first.

    Every broker at which a listing of the person was seen, where a request waits for a look, or
    where a look found nothing or could not tell. A task of a request sets the day; else the
    re-check interval does.

    Args:
        desk: the opened data.
        person_id: who is looked for.
        on: fills in the links as of this day; default: today.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        person = careful_person(session, person_id)
        newest = looks.newest(session, person_id)
        seen = _last_seen(session, person_id)
        tasks = _tasks(session, person_id)
    brokers = desk.registry.brokers
    due = {broker_id: seen_on + _interval(person, brokers.get(broker_id))
           for broker_id, seen_on in seen.items()}
    due.update((look.broker_id, _after(person, look)) for look in newest.values()
               if look.result is not LookResult.LISTED
               and look.looked_on >= seen.get(look.broker_id, look.looked_on))
    due.update(tasks)
    places = []
    for broker_id, due_on in due.items():
        broker = brokers.get(broker_id)
        places.append(Again(
            broker_id, broker.name if broker else broker_id,
            search_url(person, broker, day) if broker else "", seen.get(broker_id), due_on))
    places.sort(key=lambda place: (place.due_on, place.name.casefold(), place.broker_id))
    return Recheck(tuple(places), PRIVATE_WINDOW if person.at_risk and places else "")


def _interval(person: Person, broker: Broker | None) -> timedelta:
    """Until the next look at a listing about which nothing was asked yet."""
    days = broker.recheck_days if broker is not None and broker.recheck_days else INTERVALS[0]
    return timedelta(days=min(days, AT_RISK_INTERVAL) if person.at_risk else days)


def _after(person: Person, look: Look) -> date:
    """The day for the next look after one that found nothing, or could not tell."""
    if look.result is LookResult.NOT_FOUND:
        return look_again_on(person, look)
    return look.looked_on + timedelta(days=RETRY_DAYS)


def _last_seen(session: Session, person_id: str) -> Mapping[str, date]:
    """By broker, the newest day on which a listing was seen there."""
    days: dict[str, date] = {}

    def saw(broker_id: str, day: date) -> None:
        days[broker_id] = max(day, days.get(broker_id, day))

    for exposure in exposures.of_person(session, person_id):
        saw(exposure.broker_id, exposure.seen_on)
    for look in looks.of_person(session, person_id):
        if look.result is LookResult.LISTED:
            saw(look.broker_id, look.looked_on)
    histories = requests.events_by_request(session, person_id)
    for request in requests.every(session, person_id):
        for event in effective(histories.get(request.id, ())):
            if event.event is Event.LOOK_LISTED:
                saw(request.broker_id, event.on)
    return days


def _tasks(session: Session, person_id: str) -> Mapping[str, date]:
    """By broker, the soonest day on which a request calls for a look there.

    The task of a request that serves several brokers is a task at each where a listing is known.
    """
    listed = {exposure.broker_id for exposure in exposures.of_person(session, person_id)}
    mine = {request.id: request for request in requests.every(session, person_id)}
    days: dict[str, date] = {}
    for request_id, tasks in followups.by_request(session, person_id).items():
        due = [task.due_on for task in tasks
               if task.kind in _KINDS and task.state in followups.OPEN]
        if due:
            for broker_id in _looked_at(mine[request_id], listed):
                days[broker_id] = min(days.get(broker_id, due[0]), *due)
    return days


def _looked_at(request: Request, listed: Iterable[str]) -> set[str]:
    return {request.broker_id} | (set(request.covers) & set(listed))
