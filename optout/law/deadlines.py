"""The statutory dates of a request, of an appeal, and of a platform."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.footing import ComputedDate, Deadlines
from optout.domain.words import Channel, Right
from optout.law.calendar import BusinessCalendar, calendar_for, spelled
from optout.law.counting import count, in_words
from optout.law.model import Law, LawBook
from optout.law.parts import Extension, Period

FIRST_YEAR, LAST_YEAR = 1990, 2190
"""Years that a clock may start in; beyond them no holiday calendar means anything."""


@dataclass(frozen=True, slots=True)
class PlatformDates:
    """The worst case of a platform, from the day of filing.

    Args:
        pick_up_by: the last day on which a broker fetches the request.
        respond_by: the last day on which a broker that fetched it then has processed it;
            lateness waits for those who fetched it just before a period became shorter.
    """

    pick_up_by: ComputedDate
    respond_by: ComputedDate


def deadlines(  # noqa: PLR0917  # the order of the command line: law, right, start, channel, calendar
    book: LawBook, law_id: str, right: Right, start: date, channel: Channel = Channel.EMAIL,
    calendar: str | None = None, *, broker: Broker | None = None,
) -> Deadlines:
    """The dates that a request starts.

    Args:
        book: the laws.
        law_id: the law; its version of the start day counts.
        right: the right that was asserted.
        start: the day on which the law's clock starts, mostly that of receipt; for a platform
            the day on which the broker picks the request up (`platform_dates` counts from
            filing).
        channel: how the request came; some periods differ by it.
        calendar: a region whose closed days replace the law's own.
        broker: the recipient, where a number binds some recipients only; without one, it is
            taken to be one that the number binds.

    Raises:
        NotFound: for an unknown law, or a right that it does not give.
        InvalidInput: for an unknown calendar, or a start that no clock can have.
    """
    law = book.law(law_id, _checked(start))
    rule = law.rule(right)
    clock = _Clock(law, start, calendar, rule.section, broker)
    period = rule.period_for(channel, broker)
    return _together(clock.end_of(rule.acknowledgement), clock.end_of(period),
                     clock.end_extended(period, rule.extension))


def appeal_deadlines(
    book: LawBook, law_id: str, start: date, calendar: str | None = None
) -> Deadlines:
    """The dates that an appeal to the recipient starts; all None where the law sets no number.

    Raises:
        NotFound: for an unknown law, or one without an appeal.
    """
    law = book.law(law_id, _checked(start))
    if not law.appeal.available:
        raise NotFound(f"{law.short_name} knows no appeal to the firm itself.",
                       remedy=f"Complain to {law.appeal.then_complain_to}.")
    clock = _Clock(law, start, calendar, law.appeal.section)
    period = law.appeal.answer_within
    return _together(None, clock.end_of(period), clock.end_extended(period, law.appeal.extension))


def platform_dates(
    book: LawBook, law_id: str, filed_on: date, right: Right = Right.DELETE,
    calendar: str | None = None,
) -> PlatformDates:
    """The worst case of a platform: pick-up counted from filing, then the period after it.

    Each period is the one in force on the day on which it starts. Filing before brokers had to
    fetch anything counts from the first day on which they had to.

    Raises:
        NotFound: for an unknown law or right, or a law without a platform.
    """
    law = book.law(law_id, _checked(filed_on))
    if law.platform is None:
        raise NotFound(f"{law.short_name} has no platform.",
                       remedy="Write to each recipient instead.")
    start = max(filed_on, law.platform.processing_from)
    pick_up = (book.law(law_id, start).platform or law.platform).pick_up
    if start > filed_on:
        pick_up = replace(pick_up, starts="the first day on which brokers must fetch requests")
    first = count(pick_up, start, calendar_for(law.counting.calendars, calendar),
                  law.counting.end_rule, law.citation)
    then = deadlines(book, law_id, right, first.day, Channel.PLATFORM, calendar).respond_by
    if then is None:
        raise NotFound(f"{law.short_name} sets no period for {right}.")
    slowest = _slowest(book, law_id, right, (start, first.day), calendar)
    lines = (*first.arithmetic[:-1], *then.arithmetic)
    if slowest is None or slowest.late_from <= then.late_from:
        return PlatformDates(first, replace(then, arithmetic=lines))
    why = (f"A broker that fetched it on {spelled(slowest.starts_on)} still has the longer period "
           "of that day.")
    return PlatformDates(first, replace(then, late_from=slowest.late_from, arithmetic=(
        *lines[:-1], why, *slowest.arithmetic[1:])))


def _slowest(
    book: LawBook, law_id: str, right: Right, fetching: tuple[date, date], calendar: str | None
) -> ComputedDate | None:
    """The latest end for brokers that fetched a request on the eve of a change of the law.

    `fetching` is the first and the last day on which brokers fetch the request.
    """
    first, last = fetching
    eves = (since - timedelta(days=1) for since, _ in book.histories[law_id].versions
            if first < since <= last)
    ends = (deadlines(book, law_id, right, eve, Channel.PLATFORM, calendar).respond_by
            for eve in eves)
    return max((end for end in ends if end is not None), key=lambda end: end.late_from,
               default=None)


def extension_counts(first: ComputedDate, extension: Extension | None, notice_on: date) -> bool:
    """Whether a notice of extension came in time; a late one does not extend.

    Where the law asks for no notice, something else extends (the person's own new facts).
    """
    if extension is None:
        return False
    return not extension.notice_required or notice_on < first.late_from


def _checked(start: date) -> date:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise InvalidInput(f"No clock can start on {start.isoformat()}.", field="from",
                           remedy="Check the year; write the date like 2026-11-23.")
    return start


class _Clock:
    """One law's way of counting from one day."""

    def __init__(
        self, law: Law, start: date, calendar: str | None, citation: str,
        broker: Broker | None = None,
    ) -> None:
        self._start = start
        self._there = None if calendar or law.counting.calendars else _calendar_of(broker)
        self._open_days = calendar_for(law.counting.calendars, calendar)
        self._end_rule = law.counting.end_rule
        self._citation = citation

    def end_of(self, period: Period | None) -> ComputedDate | None:
        """The end of a period; None where there is none."""
        return None if period is None else self._count(period)

    def end_extended(
        self, period: Period | None, extension: Extension | None
    ) -> ComputedDate | None:
        """The first period and its extension, counted as one from the same start.

        So does Cal. Code Regs. tit. 11, § 7021(b) (90 days from receipt). For months it never
        ends earlier than two steps would: 30 January plus 3 months is 30 April, not 28 April.
        """
        if period is None or extension is None or extension.number is None:
            return None
        whole = replace(period, number=period.number + extension.number,
                        section=extension.section or period.section)
        found = self._count(whole)
        condition = extension.notice or "if they say so in time"
        day_zero, *lines = found.arithmetic
        together = f"{in_words(period)}, and {extension.number} more ({condition})."
        return replace(found, arithmetic=(day_zero, together, *lines))


    def _count(self, period: Period) -> ComputedDate:
        """The end by the law's calendar; lateness waits for the recipient's own holidays.

        Where the law names no holidays (GDPR: those of the place), the day shown is early and
        lateness is claimed late.
        """
        found = count(period, self._start, self._open_days, self._end_rule, self._citation)
        if self._there is None or self._there.is_business_day(found.day):
            return found
        following = self._there.next_business_day(found.day)
        late = following + timedelta(days=1)
        why = (f"{spelled(found.day)} is a holiday where the recipient is "
               f"({self._there.closed_because(found.day)}); an answer on {spelled(following)} "
               "still counts as in time.")
        return replace(found, late_from=late, arithmetic=(
            *found.arithmetic[:-1], why, f"Late from {spelled(late)}."))


def _calendar_of(broker: Broker | None) -> BusinessCalendar | None:
    """The holidays of the country where a recipient is established; None if unknown."""
    if broker is None or not broker.country:
        return None
    try:
        return BusinessCalendar(broker.country)
    except InvalidInput:
        return None


def _together(
    acknowledge: ComputedDate | None, respond: ComputedDate | None, extended: ComputedDate | None
) -> Deadlines:
    found = (acknowledge, respond, extended)
    citations = dict.fromkeys(item.citation for item in found if item is not None)
    return Deadlines(acknowledge, respond, extended, tuple(citations))
