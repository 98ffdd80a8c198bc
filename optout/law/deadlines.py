"""The statutory dates of a request, of an appeal, and of a platform."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.footing import ComputedDate, Deadlines
from optout.domain.words import Channel, Right
from optout.law.calendar import calendar_for, spelled
from optout.law.clock import HELD_BACK, NOTHING_HAPPENED, Clock, ClockHistory
from optout.law.counting import Way, count
from optout.law.model import Law, LawBook
from optout.law.parts import VerificationRule

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
    history: ClockHistory = NOTHING_HAPPENED,
) -> Deadlines:
    """The dates that a request starts; a number that is not certain starts none.

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
        history: what happened to the request after the clock started.

    Raises:
        NotFound: for an unknown law, or a right that it does not give.
        InvalidInput: for an unknown calendar, or a start that no clock can have.
    """
    law = book.law(law_id, _checked(start))
    rule = law.rule(right)
    clock = Clock(law, start, calendar, rule.section, broker, history=history,
                  own=book.own_holidays, verification=_asking(book, law, history))
    return _together(clock.end_of(rule.acknowledgement),
                     *clock.both_ends(law.deadline_of(right, channel, broker),
                                      law.extension_of(right)))


def waits_for_identity(
    book: LawBook, law_id: str, right: Right, start: date, history: ClockHistory
) -> bool:
    """Whether a question about identity moves the end of the period, or may do so.

    Args:
        book: the laws.
        law_id: the law; its version of the start day counts, and for questions that of the first.
        right: the right that was asserted.
        start: the day on which the law's clock starts.
        history: what happened to the request after that.

    Raises:
        NotFound: for an unknown law, or a right that it does not give.
    """
    law = book.law(law_id, _checked(start))
    period = law.rule(right).deadline
    held_back = period is not None and period.starts_at in HELD_BACK
    return held_back or _asking(book, law, history).pauses_clock


def appeal_deadlines(
    book: LawBook, law_id: str, start: date, calendar: str | None = None, *,
    extended_on: date | None = None,
) -> Deadlines:
    """The dates that an appeal to the recipient starts; all None where no number is certain.

    Args:
        book: the laws.
        law_id: the law; its version of the start day counts.
        start: the day on which the recipient had the appeal.
        calendar: a region whose closed days replace the law's own.
        extended_on: the day on which they announced that they take longer for it.

    Raises:
        NotFound: for an unknown law, or one without an appeal.
    """
    law = _with_appeal(book, law_id, start)
    clock = Clock(law, start, calendar, law.appeal.section, own=book.own_holidays,
                  history=ClockHistory(extended_on=extended_on))
    return _together(None, *clock.both_ends(
        law.known("appeal.answer_within", law.appeal.answer_within),
        law.known("appeal.extension", law.appeal.extension)))


def appeal_by(
    book: LawBook, law_id: str, refused_on: date, calendar: str | None = None
) -> ComputedDate | None:
    """The last day on which the person may appeal; None where no number is certain.

    Args:
        book: the laws.
        law_id: the law; its version of that day counts.
        refused_on: the day on which the person had the refusal.
        calendar: a region whose closed days replace the law's own.

    Raises:
        NotFound: for an unknown law, or one without an appeal.
    """
    law = _with_appeal(book, law_id, refused_on)
    clock = Clock(law, refused_on, calendar, law.appeal.section, own=book.own_holidays)
    return clock.end_of(law.known("appeal.file_within", law.appeal.file_within))


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
    first = count(pick_up, start, Way(
        calendar_for(law.counting.calendars, calendar, book.own_holidays),
        law.counting.end_rule, law.citation))
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


def _with_appeal(book: LawBook, law_id: str, day: date) -> Law:
    law = book.law(law_id, _checked(day))
    if not law.appeal.available:
        raise NotFound(f"{law.short_name} knows no appeal to the firm itself.",
                       remedy=f"Complain to {law.appeal.then_complain_to}.")
    return law


def _asking(book: LawBook, law: Law, history: ClockHistory) -> VerificationRule:
    """The law's rule on questions of identity, as it stands when the first one is asked.

    A rule that lets the clock rest may have come after the request.
    """
    if not history.questions:
        return law.verification
    return book.law(law.id, history.questions[0].asked_on).verification


def _checked(start: date) -> date:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise InvalidInput(f"No clock can start on {start.isoformat()}.", field="from",
                           remedy="Check the year; write the date like 2026-11-23.")
    return start


def _together(
    acknowledge: ComputedDate | None, respond: ComputedDate | None, extended: ComputedDate | None
) -> Deadlines:
    found = (acknowledge, respond, extended)
    citations = dict.fromkeys(item.citation for item in found if item is not None)
    return Deadlines(acknowledge, respond, extended, tuple(citations))
