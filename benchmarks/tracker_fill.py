"""A data folder with as many people and requests as are wanted, each of them a life that was lived.

A few hundred requests live their lives through the services, over two simulated years. The
others are their copies, at other companies and for other people: same events, same dates, same
tasks, stored with the store's own statements. A number of tasks is due on the last day, however
many there are; all others lie in the two years after it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.reference import ALPHABET
from optout.domain.request import RequestFile
from optout.domain.words import BrokerStatus, Event, FollowUpState
from optout.lifecycle.overdue import late_from
from optout.services import demo, people, requests, sweep
from optout.services.desk import Desk
from optout.store import bulk, matters
from optout.store import people as person_rows
from optout.store.models import EventRow, ExposureRow, FollowUpRow, RequestRow, StatutoryDateRow

TODAY = date(2026, 11, 27)
AHEAD_DAYS = 730
PAST_DAYS = 20
"""What is due has waited for up to so many days."""

BEGINNINGS = (720, 360, 120, 60)
"""Days before the last one on which lives begin; each later one lives through fewer days."""

LIVES = 30
"""How many requests of each beginning live."""

PER_PERSON = 100
EXPOSURES = 20
"""Listings of each person."""

PEOPLE_AT_ONCE = 100
"""People of one transaction."""

SENT, ACKNOWLEDGE = demo.Step(0, Event.MARK_SENT), demo.Step(2, Event.ACKNOWLEDGE)
STORIES: tuple[tuple[demo.Step, ...], ...] = (
    (SENT, ACKNOWLEDGE, demo.Step(20, Event.CLAIM_REMOVED), demo.Step(27, Event.LOOK_NOT_FOUND)),
    (SENT, ACKNOWLEDGE, demo.Step(9, Event.DEMAND_IDENTITY), demo.Step(12, Event.ANSWER_IDENTITY),
     demo.Step(40, Event.CLAIM_SUPPRESSED)),
    (SENT, ACKNOWLEDGE, demo.Step(14, Event.REFUSE)),
    (SENT, demo.Step(50, Event.REMIND), demo.Step(55, Event.CLAIM_NO_RECORD)),
    (SENT, ACKNOWLEDGE, demo.Step(30, Event.EXTEND, until=80)),
    (SENT, demo.Step(6, Event.CLAIM_REMOVED), demo.Step(8, Event.LOOK_NOT_FOUND),
     demo.Step(20, Event.LOOK_NOT_FOUND), demo.Step(58, Event.LOOK_LISTED)),
    (SENT, ACKNOWLEDGE, demo.Step(10, Event.REDIRECT)),
    (SENT,),
    (SENT, ACKNOWLEDGE, demo.Step(48, Event.REMIND), demo.Step(58, Event.COMPLAIN)),
    (SENT, demo.Step(12, Event.CLAIM_PARTLY), demo.Step(30, Event.LOOK_LISTED),
     demo.Step(45, Event.CLOSE)),
)
"""One to five events after the making; most standings of a request that was sent."""

GIVEN = ("Alex", "Blair", "Casey", "Devon", "Ellis", "Finley", "Gray", "Harper", "Indigo", "Jules")
FAMILY = ("Sample", "Example", "Placeholder", "Specimen", "Fictional")

_REQUESTS, _EVENTS, _DATES, _TASKS, _EXPOSURES = (
    cast("sa.Table", model.__table__)
    for model in (RequestRow, EventRow, StatutoryDateRow, FollowUpRow, ExposureRow))
_OPEN = (FollowUpState.WAITING.value, FollowUpState.RAISED.value)


@dataclass(frozen=True)
class Size:
    """How much is wanted.

    Args:
        people: how many people.
        due: how many tasks are due on the last day, in all.
        per_person: requests of each.
    """

    people: int
    due: int
    per_person: int = PER_PERSON

    @property
    def requests(self) -> int:
        """How many requests that makes."""
        return self.people * self.per_person


@dataclass(frozen=True)
class Pattern:
    """A lived life as rows of the store, to be copied; places of columns are named by `_at`."""

    request: bulk.Raw
    events: tuple[bulk.Raw, ...]
    dates: tuple[bulk.Raw, ...]
    tasks: tuple[bulk.Raw, ...]


def start_day() -> date:
    """The day on which the clock of the data folder must stand before it is filled."""
    return TODAY - timedelta(days=BEGINNINGS[0])


def fill(desk: Desk, clock: HandClock, size: Size, *, lives: int = LIVES,
         tell: Callable[[int], None] = lambda _done: None) -> None:
    """Fill an opened data folder; afterwards its clock shows `TODAY`.

    Args:
        desk: the opened data, with nobody in it.
        clock: its clock, on `start_day`.
        size: how much is wanted.
        lives: how many requests of each beginning live.
        tell: is told how many people are there.
    """
    files = [file for days in BEGINNINGS for file in _lived(desk, clock, days, lives)]
    _move(clock, TODAY)
    patterns = [_pattern(desk, requests.get_request(desk, file.request.id)) for file in files]
    sweep.sweep(desk)  # counts dates for the first time, while there are few
    with desk.store.writing() as session:
        session.execute(sa.update(_TASKS).where(
            _TASKS.c.state.in_(_OPEN), _TASKS.c.show_on <= TODAY).values(
                state=FollowUpState.DONE))
    _Copies(desk, patterns, size).store(tell)


def _lived(desk: Desk, clock: HandClock, days: int, lives: int) -> list[RequestFile]:
    """The requests of one person, whose lives began so many days ago."""
    begin = TODAY - timedelta(days=days)
    _move(clock, begin)
    person = people.add_person(desk, demo.sample_person(), actor=OWNER)
    made = demo.create(desk, person.id, demo.actions(desk, person.id)[:lives])
    happens = [(step.after, file.request.id, step) for file, story in zip(made, cycle(STORIES))
               for step in story]
    for after, request_id, step in sorted(happens, key=lambda entry: entry[0]):
        _move(clock, begin + timedelta(days=after))
        until = None if step.until is None else begin + timedelta(days=step.until)
        requests.mark(desk, request_id, step.event.value, until=until, actor=OWNER)
    return list(made)


def _move(clock: HandClock, day: date) -> None:
    clock.forward(days=(day - clock.today()).days)


def _pattern(desk: Desk, file: RequestFile) -> Pattern:
    """A life as the store keeps it, with its best footing alone: most have no other."""
    with desk.store.reading() as session:
        request, events, dates, tasks = (
            [bulk.raw(table, row._asdict())
             for row in session.execute(sa.select(table).where(table.c[column] == file.request.id))]
            for table, column in ((_REQUESTS, "id"), (_EVENTS, "request_id"),
                                  (_DATES, "request_id"), (_TASKS, "request_id")))
    best = bulk.raw(_REQUESTS, {
        "footings": file.request.footings[:1],
        "late_from": late_from(file.request, file.dates[:1], file.events)})
    return Pattern(
        _with(_REQUESTS, request[0], {
            name: best[_at(_REQUESTS, name)] for name in ("footings", "late_from")}),
        tuple(events), tuple(row for row in dates if row[_at(_DATES, "position")] == 0),
        tuple(tasks))


class _Copies:
    """Copies of lives for many people, each at companies of their own.

    Ids run on instead of being random: their indexes then fill from the left, and filling takes
    minutes instead of hours. Everything else is drawn with a fixed seed.
    """

    def __init__(self, desk: Desk, patterns: Sequence[Pattern], size: Size) -> None:
        self._desk = desk
        self._patterns = patterns
        self._size = size
        self._brokers = [broker.id for broker in desk.registry.all()
                         if broker.status is BrokerStatus.ACTIVE]
        self._draw = random.Random(7)  # noqa: S311 -- a bench, nothing secret
        self._taken = {pattern.request[_at(_REQUESTS, "id")] for pattern in patterns}
        self._requests = 0
        self._tasks = 0
        self._due = 0

    def store(self, tell: Callable[[int], None]) -> None:
        for first in range(0, self._size.people, PEOPLE_AT_ONCE):
            numbers = range(first, min(first + PEOPLE_AT_ONCE, self._size.people))
            with self._desk.store.writing() as session:
                self._some(session, numbers)
            tell(numbers.stop)

    def _some(self, session: Session, numbers: Iterable[int]) -> None:
        made: dict[sa.Table, list[bulk.Raw]] = {
            table: [] for table in (_REQUESTS, _EVENTS, _DATES, _TASKS, _EXPOSURES)}
        for number in numbers:
            person = person_rows.save(session, _person(number))
            matter = matters.current(session, person.id, TODAY)
            for place in range(self._size.per_person):
                self._request(made, self._patterns[(number + place) % len(self._patterns)],
                              {"person_id": person.id, "matter_id": matter.id,
                               "broker_id": self._brokers[place % len(self._brokers)]})
            made[_EXPOSURES] += [_exposure(number, place, person.id, broker) for place, broker
                                 in enumerate(self._brokers[:EXPOSURES])]
        # Tasks before their requests, which bring their next date along: else each task would
        # change its request once more.
        session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
        for table in (_TASKS, _REQUESTS, _EVENTS, _DATES, _EXPOSURES):
            bulk.add_raw(session, table, made[table])

    def _request(self, made: dict[sa.Table, list[bulk.Raw]], pattern: Pattern,
                 new: dict[str, Any]) -> None:
        self._requests += 1
        while reference(self._requests) in self._taken:
            self._requests += 1
        old_id = pattern.request[_at(_REQUESTS, "id")]
        request_id = reference(self._requests)
        of_request = {"request_id": request_id}
        days: list[str] = []
        for row in pattern.tasks:
            self._tasks += 1
            when = self._when(row)
            days += [when["show_on"]] if when else []
            made[_TASKS].append(_with(_TASKS, row, {
                "number": None, "id": f"F-{self._tasks:010}",
                "key": row[_at(_TASKS, "key")].replace(old_id, request_id), **of_request,
                "person_id": new["person_id"], "broker_id": new["broker_id"], **when}))
        made[_REQUESTS].append(_with(_REQUESTS, pattern.request, {
            **new, "id": request_id, "covers": "[]", "predecessor_id": None,
            "successor_id": None, "next_on": min(days, default=None), "number": 0}))
        made[_EVENTS] += [_with(_EVENTS, row, of_request) for row in pattern.events]
        made[_DATES] += [_with(_DATES, row, of_request) for row in pattern.dates]

    def _when(self, task: bulk.Raw) -> dict[str, Any]:
        """The day of an open task: the next one that is to be due, or one of the two years ahead.

        A little faster than evenly, so that the last requests need not be those with open tasks.
        """
        if task[_at(_TASKS, "state")] not in _OPEN:
            return {}
        if self._due < min(self._size.due,
                           1 + self._requests * self._size.due * 2 // self._size.requests):
            self._due += 1
            day = TODAY - timedelta(days=self._due % (PAST_DAYS + 1))
        else:
            day = TODAY + timedelta(days=self._draw.randint(1, AHEAD_DAYS))
        return {"due_on": day.isoformat(), "show_on": day.isoformat(),
                "state": FollowUpState.WAITING.value}


def reference(number: int) -> str:
    """The request id of a number, in the order of the numbers."""
    digits = ""
    for _ in range(6):
        number, rest = divmod(number, len(ALPHABET))
        digits = ALPHABET[rest] + digits
    return f"OPT-{digits}"


def _person(number: int) -> Person:
    return replace(
        demo.sample_person(),
        names=(PersonName(GIVEN[number % len(GIVEN)],
                          f"{FAMILY[number % len(FAMILY)]}-{reference(number)[-4:]}"),),
        emails=(ContactPoint(f"person.{number}@example.com"),))


def _exposure(number: int, place: int, person_id: str, broker_id: str) -> bulk.Raw:
    return bulk.raw(_EXPOSURES, {
        "id": f"X-{number * EXPOSURES + place:010}", "person_id": person_id,
        "broker_id": broker_id, "url": f"https://people.example.com/{number}/{place}",
        "seen_on": TODAY - timedelta(days=(number * 7 + place * 31) % BEGINNINGS[0]), "note": ""})


@cache
def _at(table: sa.Table, column: str) -> int:
    return [one.name for one in table.columns].index(column)


def _with(table: sa.Table, row: bulk.Raw, new: Mapping[str, Any]) -> bulk.Raw:
    """A row with other values in some columns."""
    changed = list(row)
    for column, value in new.items():
        changed[_at(table, column)] = value
    return tuple(changed)
