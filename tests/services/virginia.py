"""Days in Virginia, counted a second time: when its offices are closed, and when one is late."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The so-manieth Monday (0), Thursday (3) of a month."""
    first = date(year, month, 1)
    return later(first, (weekday - first.weekday()) % 7 + 7 * (number - 1))


def holidays(year: int) -> set[date]:
    """When Virginia is closed, as its calendar of state holidays says."""
    fixed = {date(year, *day) for day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))}
    fixed.add(date(year + 1, 1, 1))
    moved = {later(day, {5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed}
    may, thanks = date(year, 5, 31), nth(year, 11, 3, 4)
    return moved | {
        nth(year, 1, 0, 3), nth(year, 2, 0, 3), later(may, -may.weekday()), nth(year, 9, 0, 1),
        nth(year, 10, 0, 2), later(nth(year, 11, 0, 1), 1), thanks, later(thanks, 1)}


@cache
def late_after(day: date) -> date:
    """The first day of lateness: a last day on which offices are closed waits for an open one."""
    while day.weekday() > 4 or day in holidays(day.year):
        day = later(day, 1)
    return later(day, 1)
