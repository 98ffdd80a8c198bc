"""Counts one period from its first day to its last, and keeps the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.footing import ComputedDate
from optout.domain.words import PeriodUnit
from optout.law.calendar import BusinessCalendar, add_months, spelled
from optout.law.parts import EndRule, Period

HOURS_IN_A_DAY = 24
_ONE_DAY = timedelta(days=1)

_UNIT_WORDS = {
    PeriodUnit.CALENDAR_DAYS: ("calendar day", "calendar days"),
    PeriodUnit.BUSINESS_DAYS: ("business day", "business days"),
    PeriodUnit.MONTHS: ("month", "months"),
    PeriodUnit.HOURS: ("hour", "hours"),
}


@dataclass(frozen=True, slots=True)
class _End:
    """The last day of a period, the first day of lateness, and how they came about."""

    day: date
    late_from: date
    lines: tuple[str, ...]


def count(
    period: Period, start: date, calendar: BusinessCalendar, end_rule: EndRule, citation: str
) -> ComputedDate:
    """The end of a period that starts on a day; that day is day 0 and is not counted.

    Args:
        period: number and unit; they are never converted into one another.
        start: the day on which the law's clock starts.
        calendar: the closed days.
        end_rule: what happens when the last day is a closed one.
        citation: of the period.

    Returns:
        The last day, and the first day on which lateness may be claimed: the day after the
        last, or after the next business day where the end may move.
    """
    end = _END_OF[period.unit](period, start, calendar, end_rule)
    lines = (f"Day 0: {spelled(start)} ({period.starts})", *end.lines,
             f"Late from {spelled(end.late_from)}.")
    complaint = calendar.complaint(end.late_from)
    uses_calendar = period.unit is not PeriodUnit.HOURS and end_rule is not EndRule.PLAIN
    return ComputedDate(
        day=end.day, late_from=end.late_from, starts_on=start, number=period.number,
        unit=period.unit, citation=period.section or citation,
        arithmetic=(*lines, complaint) if complaint else lines,
        calendar=calendar.name_and_version
        if uses_calendar or period.unit is PeriodUnit.BUSINESS_DAYS else "")


def in_words(period: Period) -> str:
    """Number and unit: `1 month`, `15 business days`."""
    one, many = _UNIT_WORDS[period.unit]
    return f"{period.number} {one if period.number == 1 else many}"


def _calendar_days(
    period: Period, start: date, calendar: BusinessCalendar, end_rule: EndRule
) -> _End:
    return _closed_end(start + timedelta(days=period.number), period, calendar, end_rule)


def _months(period: Period, start: date, calendar: BusinessCalendar, end_rule: EndRule) -> _End:
    return _closed_end(add_months(start, period.number), period, calendar, end_rule)


def _closed_end(last: date, period: Period, calendar: BusinessCalendar, end_rule: EndRule) -> _End:
    """Apply the end rule to a last day that was reached by counting every day."""
    line = f"{in_words(period)} later: {spelled(last)}."
    following = calendar.next_business_day(last)
    if end_rule is EndRule.PLAIN or following == last:
        return _End(last, last + _ONE_DAY, (line,))
    why = f"{spelled(last)} is closed ({calendar.closed_because(last)})"
    if end_rule is EndRule.MOVES:
        return _End(following, following + _ONE_DAY, (
            line, f"{why}, so the period ends on the next working day: {spelled(following)}."))
    return _End(last, following + _ONE_DAY, (
        line, f"{why}; an answer on {spelled(following)} still counts as in time."))


def _business_days(
    period: Period, start: date, calendar: BusinessCalendar, _end_rule: EndRule
) -> _End:
    last = calendar.add_business_days(start, period.number)
    skipped = tuple(f"Not counted: {spelled(day)} ({name})."
                    for day, name in calendar.holidays_between(start, last))
    line = f"{in_words(period)} later, without weekends and holidays: {spelled(last)}."
    return _End(last, last + _ONE_DAY, (*skipped, line))


def _hours(period: Period, start: date, _calendar: BusinessCalendar, _end_rule: EndRule) -> _End:
    """Hours run through closed days.

    The hour of day 0 is not known: the last day assumes its first hour (so that we warn early),
    lateness its last (so that we claim late).
    """
    last = start + timedelta(days=period.number // HOURS_IN_A_DAY)
    late = start + timedelta(days=-(-(HOURS_IN_A_DAY + period.number) // HOURS_IN_A_DAY))
    return _End(last, late, (f"{in_words(period)} later, hour by hour: {spelled(last)}.",))


_END_OF = {
    PeriodUnit.CALENDAR_DAYS: _calendar_days,
    PeriodUnit.BUSINESS_DAYS: _business_days,
    PeriodUnit.MONTHS: _months,
    PeriodUnit.HOURS: _hours,
}
