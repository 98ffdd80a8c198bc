"""One month of tasks, and one day of them: as much as a page shows, whatever exists."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from optout.domain.request import FollowUp
from optout.services.desk import Desk
from optout.store import calendar as rows
from optout.store import people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_IN_A_DAY = 4
"""Tasks that the month shows of one day; the day's own page has them all."""

MOST_COUNTED = 999
"""Beyond this a day has “more than 999”."""

DAY_PAGE = 100
"""Tasks on one page of a day."""

FIRST, LAST = date(2000, 1, 1), date(2199, 11, 30)


@dataclass(frozen=True, slots=True)
class Entry:
    """One task as a page shows it.

    Args:
        broker: the company's name; its id where the registry does not know it any more.
        person: whose it is; empty where all tasks of the page are one person's.
    """

    task: FollowUp
    broker: str
    person: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month.

    Args:
        count: how many tasks it has; `MOST_COUNTED` + 1 stands for more than that.
        entries: the first of them.
        inside: it belongs to the month, and not to a week that the month begins or ends in.
    """

    on: date
    count: int
    entries: tuple[Entry, ...]
    inside: bool

    @property
    def more(self) -> int:
        """How many are not among the entries."""
        return self.count - len(self.entries)


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, each from Sunday on.

    Args:
        first: its first day.
        several: more than one person is stored.
        whose: the name of the person whose tasks alone are shown; empty for everyone's.
    """

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    several: bool
    whose: str

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the month alone."""
        return tuple(day for week in self.weeks for day in week if day.inside)


@dataclass(frozen=True, slots=True)
class DayPage:
    """One page of a day's tasks.

    Args:
        following: the number after which the next page begins; 0 where this is the last one.
        whose: as in `Month`.
    """

    on: date
    entries: tuple[Entry, ...]
    following: int
    whose: str


def month(desk: Desk, first: date, *, person_id: str = "") -> Month:
    """The open tasks of one month.

    Args:
        desk: the opened data.
        first: any day of the month.
        person_id: only theirs; empty for everyone's.

    Raises:
        NotFound: when no such person is stored.
    """
    weeks = Calendar(firstweekday=6).monthdatescalendar(first.year, first.month)
    days = [day for week in weeks for day in week if day.month == first.month]
    with desk.store.reading() as session:
        whose, several = _whose(session, person_id)
        counts = rows.counts(session, days, most=MOST_COUNTED + 1, person_id=person_id)
        tasks = rows.of_days(session, sorted(counts), most=MOST_IN_A_DAY, person_id=person_id)
        names = _names(session, chain.from_iterable(tasks.values()), wanted=several and not whose)

    def made(day: date) -> Day:
        return Day(day, min(counts.get(day, 0), MOST_COUNTED + 1),
                   _entries(desk, tasks.get(day, ()), names), inside=day.month == first.month)

    return Month(first.replace(day=1),
                 tuple(tuple(made(day) for day in week) for week in weeks), several, whose)


def one_day(desk: Desk, on: date, *, person_id: str = "", after: int = 0) -> DayPage:
    """The open tasks of one day, a page of them.

    Args:
        desk: the opened data.
        on: the day.
        person_id: only theirs; empty for everyone's.
        after: the number before the first one shown.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        whose, several = _whose(session, person_id)
        found = rows.of_day(session, on, limit=DAY_PAGE + 1, after=after, person_id=person_id)
        shown = found[:DAY_PAGE]
        names = _names(session, shown, wanted=several and not whose)
    following = shown[-1].number if len(found) > DAY_PAGE else 0
    return DayPage(on, _entries(desk, shown, names), following, whose)


def _whose(session: Session, person_id: str) -> tuple[str, bool]:
    """The name of the chosen person, and whether there are several."""
    name = people.get(session, person_id).main_name.full if person_id else ""
    return name, people.are_several(session)


def _names(session: Session, tasks: Iterable[FollowUp], *, wanted: bool) -> Mapping[str, str]:
    whose = {task.person_id for task in tasks} if wanted else set()
    return people.names_of(session, whose) if whose else {}


def _entries(
    desk: Desk, tasks: tuple[FollowUp, ...], names: Mapping[str, str]
) -> tuple[Entry, ...]:
    brokers = desk.registry.brokers
    return tuple(
        Entry(task, brokers[task.broker_id].name if task.broker_id in brokers else task.broker_id,
              names.get(task.person_id, "")) for task in tasks)
