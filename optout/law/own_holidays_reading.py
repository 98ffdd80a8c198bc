"""Reads the parsed list of own holidays; every mistake is named by its place and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from optout.domain.errors import InvalidInput
from optout.law.calendar import WEEKENDS, BusinessCalendar
from optout.law.own_holidays import OwnHoliday, OwnHolidays

FIRST_YEAR, LAST_YEAR = 1990, 2199
"""Years in which a closed day can matter to a clock."""

LONGEST_TEXT = 200
"""Characters of a name or a source."""

FIELDS = ("date", "name", "source")

Place = tuple[str | int, ...]
Problem = tuple[Place, str]
"""Where in the data, and what is wrong there and how to mend it."""


def read_own_holidays(data: object) -> tuple[OwnHolidays, tuple[Problem, ...]]:
    """The closed days of every region, and what is wrong.

    Args:
        data: by region, a list of `date`, `name` and, if known, `source`; all of it text.

    Returns:
        The days that are right, and the problems; whoever wants all or nothing refuses when
        there are any.
    """
    problems: list[Problem] = []
    if data is None:
        return OwnHolidays({}), ()
    if not isinstance(data, Mapping):
        return OwnHolidays({}), (((), "expected regions such as US-CA, each with its days."),)
    found = {}
    for region, entries in data.items():
        problems += _region_problems(str(region))
        found[str(region)] = _days((str(region),), entries, problems)
    return OwnHolidays(found), tuple(problems)


def checked_region(region: str) -> str:
    """The region, tidied.

    Raises:
        InvalidInput: when there is no holiday calendar for it.
    """
    tidy = region.strip().upper()
    if tidy.lower() == WEEKENDS:
        raise InvalidInput("Weekends are closed everywhere; they take no days of your own.",
                           field="region", remedy="Name a country or state, such as US-CA or DE.")
    BusinessCalendar(tidy)
    return tidy


def _region_problems(region: str) -> list[Problem]:
    try:
        tidy = checked_region(region)
    except InvalidInput as error:
        return [((region,), f"{error.message} {error.remedy}")]
    return [] if tidy == region else [((region,), f"write the region as {tidy}.")]


def _days(place: Place, entries: object, problems: list[Problem]) -> tuple[OwnHoliday, ...]:
    if not isinstance(entries, list):
        problems.append((place, "expected a list of days, each with date and name."))
        return ()
    days: dict[date, OwnHoliday] = {}
    for position, entry in enumerate(entries):
        one = _one((*place, position), entry, problems)
        if one is None:
            continue
        if one.day in days:
            problems.append(((*place, position, "date"),
                             f"{one.day.isoformat()} stands twice. Remove one."))
        days[one.day] = one
    return tuple(sorted(days.values()))


def _one(place: Place, entry: object, problems: list[Problem]) -> OwnHoliday | None:
    if not isinstance(entry, Mapping):
        problems.append((place, "expected a day with date and name."))
        return None
    before = len(problems)
    problems.extend(
        ((*place, str(key)), f"there is no such field. Known are {', '.join(FIELDS)}.")
        for key in entry if key not in FIELDS)
    day = _day((*place, "date"), entry.get("date"), problems)
    name = _text((*place, "name"), entry.get("name"), problems)
    source = entry.get("source")
    link = "" if source is None else _text((*place, "source"), source, problems)
    return OwnHoliday(day, name, link) if day and len(problems) == before else None


def _day(place: Place, value: Any, problems: list[Problem]) -> date | None:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        problems.append((place, "expected a date such as 2026-11-27."))
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        problems.append((place, f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}."))
        return None
    return day


def _text(place: Place, value: Any, problems: list[Problem]) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_TEXT or not text.isprintable():
        problems.append((
            place, f"expected a text of at most {LONGEST_TEXT} characters in one line."))
    return text
