"""Counts one period from its first day to its last, and keeps the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from optout.domain.errors import InvalidInput
from optout.domain.footing import ComputedDate
from optout.domain.words import PeriodUnit
from optout.law.calendar import BusinessCalendar, add_months, spelled
from optout.law.parts import Period
from optout.law.words import EndRule

RULES_VERSION = 2
"""Raise it when the same question gets another answer: open requests are then counted anew."""

LATE_FROM = "Late from "
"""How the line of arithmetic begins that names the first day of lateness."""

HOURS_IN_A_DAY = 24
_ONE_DAY = timedelta(days=1)

_UNIT_WORDS = {
    PeriodUnit.CALENDAR_DAYS: ("calendar day", "calendar days"),
    PeriodUnit.BUSINESS_DAYS: ("business day", "business days"),
    PeriodUnit.MONTHS: ("month", "months"),
    PeriodUnit.HOURS: ("hour", "hours"),
}


@dataclass(frozen=True, slots=True)
class Rest:
    """Days in which a period stands still: those after `after`, up to and with `until`.

    Args:
        why: one line of arithmetic.

    Raises:
        InvalidInput: when it ends before it begins.
    """

    after: date
    until: date
    why: str = ""

    def __post_init__(self) -> None:
        if self.until < self.after:
            raise InvalidInput("A rest of the clock cannot end before it begins.", field="until")

    @property
    def days(self) -> int:
        """How many calendar days it lasts."""
        return (self.until - self.after).days

    def __iter__(self) -> Iterator[date]:
        return (self.after + timedelta(days=n) for n in range(1, self.days + 1))


@dataclass(frozen=True, slots=True)
class Way:
    """How one law counts at one recipient.

    Args:
        calendar: the closed days.
        end_rule: what happens when the last day is a closed one.
        citation: of periods that carry none.
        there: the closed days where the recipient is, if the law leaves them to the place:
            lateness waits for them, and the day shown does not.
    """

    calendar: BusinessCalendar
    end_rule: EndRule
    citation: str
    there: BusinessCalendar | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """The last day of a period, the first day of lateness, and how they came about."""

    day: date
    late_from: date
    lines: tuple[str, ...]


def count(
    period: Period, start: date, way: Way, rests: tuple[Rest, ...] = (), *,
    provisional: bool = False,
) -> ComputedDate:
    """The end of a period that starts on a day; that day is day 0 and is not counted.

    Args:
        period: number and unit; they are never converted into one another.
        start: the day on which the law's clock starts.
        way: how the law counts.
        rests: when the clock stood still, in order, none before the start, none overlapping.
            Calendar days of rest are added to periods of calendar days, months and hours;
            business days are counted past them.
        provisional: the end will still move, so that no lateness is named.

    Returns:
        The last day, and the first day on which lateness may be claimed: the day after the
        last, or after the next business day where the end may move.
    """
    end = _at_latest(period, start, way, rests)
    late = () if provisional else (f"{LATE_FROM}{spelled(end.late_from)}.",)
    counted = period.unit is PeriodUnit.BUSINESS_DAYS or (
        period.unit is not PeriodUnit.HOURS and way.end_rule is not EndRule.PLAIN)
    used = [way.calendar] if counted else []
    names = [calendar.name_and_version for calendar in used]
    if way.there is not None:
        used.append(way.there)
        names.append(f"for lateness {way.there.name_and_version}")
    complaints = dict.fromkeys(one.complaint(end.late_from) for one in used)
    return ComputedDate(
        day=end.day, late_from=end.late_from, starts_on=start, number=period.number,
        unit=period.unit, citation=period.section or way.citation,
        arithmetic=(f"Day 0: {spelled(start)} ({period.starts})", *end.lines, *late,
                    *filter(None, complaints)),
        calendar="; ".join(names),
        regions=tuple(dict.fromkeys(region for one in used for region in one.regions)),
        provisional=provisional)


def in_words(period: Period) -> str:
    """Number and unit: `1 month`, `15 business days`."""
    one, many = _UNIT_WORDS[period.unit]
    return f"{period.number} {one if period.number == 1 else many}"


def noted(found: ComputedDate, *lines: str) -> ComputedDate:
    """The same date with more lines of arithmetic at its end."""
    return replace(found, arithmetic=(*found.arithmetic, *lines))


def _at_latest(period: Period, start: date, way: Way, rests: tuple[Rest, ...]) -> _End:
    """The end; lateness waits for the longer time that some recipients have."""
    end = _there(_END_OF[period.unit](period, start, way, rests), way.there)
    if period.late_number is None:
        return end
    slow = replace(period, number=period.late_number, late_number=None)
    slowest = _there(_END_OF[period.unit](slow, start, way, rests), way.there)
    why = f"{period.late_why} So lateness waits for {in_words(slow)}: {spelled(slowest.day)}."
    return _End(end.day, slowest.late_from, (*end.lines, why.strip()))


def _there(end: _End, there: BusinessCalendar | None) -> _End:
    """Lateness waits for the recipient's own holidays, where the law leaves them to the place."""
    if there is None or there.is_business_day(end.day):
        return end
    following = there.next_business_day(end.day)
    why = (f"{spelled(end.day)} is a holiday where the recipient is "
           f"({there.closed_because(end.day)}); an answer on {spelled(following)} "
           "still counts as in time.")
    return _End(end.day, following + _ONE_DAY, (*end.lines, why))


def _calendar_days(period: Period, start: date, way: Way, rests: tuple[Rest, ...]) -> _End:
    return _closed_end(start + timedelta(days=period.number), period, way, rests)


def _months(period: Period, start: date, way: Way, rests: tuple[Rest, ...]) -> _End:
    return _closed_end(add_months(start, period.number), period, way, rests)


def _rested(last: date, rests: tuple[Rest, ...]) -> tuple[date, tuple[str, ...]]:
    """The last day with the days of rest added to it, and the lines that say so."""
    lines: list[str] = []
    for rest in rests:
        last += timedelta(days=rest.days)
        many = "1 day is" if rest.days == 1 else f"{rest.days} days are"
        lines += [line for line in (rest.why, f"{many} added: {spelled(last)}.") if line]
    return last, tuple(lines)


def _closed_end(last: date, period: Period, way: Way, rests: tuple[Rest, ...]) -> _End:
    """Apply the end rule to a last day that was reached by counting every day."""
    first = f"{in_words(period)} later: {spelled(last)}."
    last, added = _rested(last, rests)
    lines = (first, *added)
    following = way.calendar.next_business_day(last)
    if way.end_rule is EndRule.PLAIN or following == last:
        return _End(last, last + _ONE_DAY, lines)
    why = f"{spelled(last)} is closed ({way.calendar.closed_because(last)})"
    if way.end_rule is EndRule.MOVES:
        return _End(following, following + _ONE_DAY, (
            *lines,
            f"{why}, so the period ends on the next working day: {spelled(following)}."))
    return _End(last, following + _ONE_DAY, (
        *lines, f"{why}; an answer on {spelled(following)} still counts as in time."))


def _business_days(period: Period, start: date, way: Way, rests: tuple[Rest, ...]) -> _End:
    resting = {day for rest in rests for day in rest}
    last = way.calendar.add_business_days(start, period.number, resting)
    skipped = tuple(f"Not counted: {spelled(day)} ({name})."
                    for day, name in way.calendar.holidays_between(start, last))
    without = "weekends, holidays and days of rest" if rests else "weekends and holidays"
    line = f"{in_words(period)} later, without {without}: {spelled(last)}."
    return _End(last, last + _ONE_DAY, (
        *skipped, *(rest.why for rest in rests if rest.why), line))


def _hours(period: Period, start: date, _way: Way, rests: tuple[Rest, ...]) -> _End:
    """Hours run through closed days.

    The hour of day 0 is not known: the last day assumes its first hour (so that we warn early),
    lateness its last (so that we claim late).
    """
    last = start + timedelta(days=period.number // HOURS_IN_A_DAY)
    margin = timedelta(days=-(-(HOURS_IN_A_DAY + period.number) // HOURS_IN_A_DAY)
                       - period.number // HOURS_IN_A_DAY)
    first = f"{in_words(period)} later, hour by hour: {spelled(last)}."
    last, added = _rested(last, rests)
    return _End(last, last + margin, (first, *added))


_END_OF = {
    PeriodUnit.CALENDAR_DAYS: _calendar_days,
    PeriodUnit.BUSINESS_DAYS: _business_days,
    PeriodUnit.MONTHS: _months,
    PeriodUnit.HOURS: _hours,
}
