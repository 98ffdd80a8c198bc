"""Closed days by region, counting business days, and counting months; pure but for the library.

A region is `US` (federal holidays, 5 U.S.C. 6103), a state such as `US-CA` (federal and state),
a country such as `DE`, a part of one such as `DE-BY`, or `weekends`.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from optout.domain.errors import InvalidInput
from optout.law.own_holidays import NO_OWN_HOLIDAYS, OwnHolidays, digest

WEEKENDS = "weekends"
GOOD_UNTIL = date(2028, 12, 31)
"""Until when the holidays were compared with the laws that set them; renew it with the library."""

COMPLAIN_BEFORE = timedelta(days=31)
SATURDAY = 5

_CLOSES_NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({
    # Observed, but no day off: Cal. Gov. Code 19853 lists the days on which the state closes.
    "US-CA": frozenset({"Susan B. Anthony Day", "Diwali"}),
})
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
"""As ISO 3166 writes them."""

_ONE_DAY = timedelta(days=1)
_NAMES = "en_US"
"""The language of holiday names; else the library takes that of the machine it runs on."""


class BusinessCalendar:
    """The open days of one region, or of several whose closed days add up.

    Args:
        regions: their names.
        own: closed days that the person entered; those of these regions count.

    Raises:
        InvalidInput: for a region that the holiday library does not know.
    """

    def __init__(self, *regions: str, own: OwnHolidays = NO_OWN_HOLIDAYS) -> None:
        self.regions = tuple(region for region in regions if region != WEEKENDS)
        self._own = {one.day: one.name for one in own.of(self.regions)}
        self._own_version = digest(own.of(self.regions)) if self._own else ""
        for region in self.regions:
            _closed_days(region, GOOD_UNTIL.year)

    @property
    def name_and_version(self) -> str:
        """What a computed date keeps: the regions, the library's version, the person's own days."""
        if not self.regions:
            return "weekends only"
        own = f" + {len(self._own)} of your own, {self._own_version}" if self._own else ""
        return f"{' + '.join(self.regions)} (holidays {library_version()}{own})"

    @property
    def good_until(self) -> date:
        """The last day for which the closed days were checked; no end for weekends."""
        return GOOD_UNTIL if self.regions else date.max

    def complaint(self, day: date) -> str:
        """What to say when the calendar runs out within a month of that day; else nothing."""
        if not self.regions or day <= GOOD_UNTIL - COMPLAIN_BEFORE:
            return ""
        return (f"The holiday calendar was checked only until {spelled(GOOD_UNTIL)}. "
                "Update the program before you rely on later dates.")

    def closed_because(self, day: date) -> str:
        """Why a day is closed: the holiday's name, or the weekday; empty if it is open."""
        if day.weekday() >= SATURDAY:
            return f"{day:%A}"
        names = (_closed_days(region, day.year).get(day, "") for region in self.regions)
        known = next(filter(None, names), "")
        return known or (f"{self._own[day]}, entered by you" if day in self._own else "")

    def is_business_day(self, day: date) -> bool:
        """Whether the region's offices are open."""
        return not self.closed_because(day)

    def next_business_day(self, day: date) -> date:
        """That day if it is open, else the first open day after it."""
        while not self.is_business_day(day):
            day += _ONE_DAY
        return day

    def add_business_days(
        self, start: date, number: int, resting: Collection[date] = frozenset()
    ) -> date:
        """The business day that is `number` open days after `start`; `start` is day 0.

        Days in `resting` are not counted either.
        """
        day = start
        for _ in range(number):
            day = self.next_business_day(day + _ONE_DAY)
            while day in resting:
                day = self.next_business_day(day + _ONE_DAY)
        return day

    def holidays_between(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """The closed weekdays after `first` up to `last`, with their names."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return tuple((day, self.closed_because(day)) for day in days
                     if day.weekday() < SATURDAY and not self.is_business_day(day))


def add_months(start: date, number: int) -> date:
    """The same date so many months later, or the last day of that month if it has no such date.

    Source: Regulation (EEC, Euratom) 1182/71, Art. 3(2)(c).
    """
    count = start.year * 12 + start.month - 1 + number
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))


def spelled(day: date) -> str:
    """A date with its weekday: `Monday 23 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def plain(day: date) -> str:
    """A date without its weekday: `1 January 2027`."""
    return f"{day.day} {day:%B %Y}"


def calendar_for(
    regions: Sequence[str], override: str | None = None, own: OwnHolidays = NO_OWN_HOLIDAYS
) -> BusinessCalendar:
    """The calendar of a law, or the one that the person named instead."""
    return BusinessCalendar(*([override] if override else regions), own=own)


@cache
def library_version() -> str:
    """The version of the holiday library; looking it up takes milliseconds, so once."""
    from importlib.metadata import version  # here, because start-up must not pay for it

    return version("holidays")


@lru_cache(maxsize=512)
def _closed_days(region: str, year: int) -> Mapping[date, str]:
    """The closed days of a region in a year, each with its name."""
    country, _, part = region.partition("-")
    try:
        found = [_of_library(country, part, year)]
    except (NotImplementedError, AttributeError):
        found = []
    # The library also takes other names, such as UK for GB and USA for US, and stock exchanges.
    # Days that the person entered would then stand under a name that no law asks for.
    if not _REGION.fullmatch(region) or any(table.country != country for table in found):
        found = []
    if not found:
        raise InvalidInput(f"There is no holiday calendar for “{region}”.", field="calendar",
                           remedy="Write a country or state such as US, US-CA or DE, "
                                  f"or “{WEEKENDS}”.")
    if country == "US":
        # A state may drop a federal holiday from its own list; both count here. Not the
        # library's category `government`: it holds days closed by a president's order too,
        # which are no legal public holidays.
        found.append(_of_library("US", "", year))
    ignored = _CLOSES_NOTHING.get(region, frozenset())
    return {day: "; ".join(names) for table in found for day in table
            if (names := [name for name in table.get_list(day) if name not in ignored])}


def _of_library(country: str, part: str, year: int) -> Any:
    import holidays  # here, because start-up must not pay for it

    return holidays.country_holidays(country, subdiv=part or None, years=year, language=_NAMES)
