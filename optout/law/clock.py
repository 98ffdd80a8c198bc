"""What happens to a clock after it started: it rests, starts later, is made longer, or goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput
from optout.domain.footing import ComputedDate
from optout.law.calendar import BusinessCalendar, calendar_for, spelled
from optout.law.counting import LATE_FROM, Rest, Way, count, in_words, noted
from optout.law.model import Law
from optout.law.own_holidays import NO_OWN_HOLIDAYS, OwnHolidays
from optout.law.parts import Extension, Period, VerificationRule
from optout.law.words import ClockStart

HELD_BACK = frozenset({ClockStart.VERIFICATION, ClockStart.COMPLETE})
"""Starts that wait for the person's answer, where the recipient asks who they are."""


@dataclass(frozen=True, slots=True)
class Question:
    """The recipient asks who the person is, or what they mean.

    Args:
        answered_on: the day of the person's answer; None while it is open.

    Raises:
        InvalidInput: when it is answered before it was asked.
    """

    asked_on: date
    answered_on: date | None = None

    def __post_init__(self) -> None:
        if self.answered_on is not None and self.answered_on < self.asked_on:
            raise InvalidInput("The answer lies before the question.", field="answered_on",
                               remedy="Check both days.")


@dataclass(frozen=True, slots=True)
class ClockHistory:
    """What happened to a request after its clock started.

    Args:
        questions: when the recipient asked who is asking, in order; the later ones count only
            from where the earlier ones ended.
        extended_on: the day of the first notice that they take longer; None without one.
    """

    questions: tuple[Question, ...] = ()
    extended_on: date | None = None


NOTHING_HAPPENED = ClockHistory()


def extension_counts(
    first: ComputedDate, extension: Extension | None, notice_on: date
) -> bool:
    """Whether a notice of extension came in time; a late one does not extend.

    Where the law asks for no notice, something else extends (the person's own new facts). While
    the clock rests the first period is not over, so that a notice is in time.
    """
    if extension is None:
        return False
    return not extension.notice_required or first.provisional or notice_on < first.late_from


class Clock:
    """One law's way of counting from one day, with what happened since.

    Args:
        law: as it stands on the day of the start.
        start: the day on which the law's clock starts.
        calendar: a region whose closed days replace the law's own; None for those.
        citation: of periods that carry none.
        broker: the recipient, if known.
        history: what happened after the start.
        own: closed days that the person entered.
        verification: the law's rule on questions of identity; default: that of `law`.
    """

    def __init__(
        self, law: Law, start: date, calendar: str | None, citation: str,
        broker: Broker | None = None, *, history: ClockHistory = NOTHING_HAPPENED,
        own: OwnHolidays = NO_OWN_HOLIDAYS,
        verification: VerificationRule | None = None,
    ) -> None:
        there = None if calendar or law.counting.calendars else _calendar_of(broker, own)
        self._start = start
        self._way = Way(calendar_for(law.counting.calendars, calendar, own),
                        law.counting.end_rule, citation, there)
        self._history = history
        self._rule = verification or law.verification

    def end_of(self, period: Period | None) -> ComputedDate | None:
        """The end of a period; None where there is none."""
        return None if period is None else self._count(period)

    def both_ends(
        self, period: Period | None, extension: Extension | None
    ) -> tuple[ComputedDate | None, ComputedDate | None]:
        """The ends of a period without and with its extension, and whether its notice counts."""
        first, longer = self.end_of(period), self._end_extended(period, extension)
        notice = self._history.extended_on
        if first is None or notice is None:
            return first, longer
        announced = f"On {spelled(notice)} they announced that they take longer"
        if longer is None:
            return noted(first, f"{announced}. No longer time is known for this right, so this "
                                "date stays."), None
        if extension is not None and not extension.notice_required and (
                longer.provisional or notice < longer.late_from):
            return _waits_for(first, longer, f"{announced}. Whether they may is no matter of "
                              f"notice ({extension.notice}), so lateness waits for this date.")
        if first.provisional or notice < first.late_from:
            return first, noted(longer, f"{announced}: in time, so this date holds.")
        late = (f"{announced}. That was too late: the first period was over, so it was not made "
                "longer.")
        return noted(first, late), noted(longer, late)

    def _end_extended(
        self, period: Period | None, extension: Extension | None
    ) -> ComputedDate | None:
        """The first period and its extension, counted as one from the same start.

        So does Cal. Code Regs. tit. 11, § 7021(b) (90 days from receipt). For months it never
        ends earlier than two steps would: 30 January plus 3 months is 30 April, not 28 April.
        """
        if period is None or extension is None or extension.number is None:
            return None
        slow = period.late_number and period.late_number + extension.number
        whole = replace(period, number=period.number + extension.number, late_number=slow,
                        section=extension.section or period.section)
        found = self._count(whole)
        condition = extension.notice or "if they say so in time"
        day_zero, *lines = found.arithmetic
        together = f"{in_words(period)}, and {extension.number} more ({condition})."
        return replace(found, arithmetic=(day_zero, together, *lines))

    def _count(self, period: Period) -> ComputedDate:
        if not self._history.questions:
            return count(period, self._start, self._way)
        if period.starts_at in HELD_BACK:
            return self._held_back(period)
        if self._rule.pauses_clock:
            return self._resting(period)
        return noted(count(period, self._start, self._way), *map(
            self._goes_on, self._history.questions))

    def _goes_on(self, question: Question) -> str:
        asked = f"On {spelled(question.asked_on)} they asked who you are. "
        if self._rule.pause_section:
            return (f"{asked}That does not stop the clock: it runs from receipt "
                    f"({self._rule.pause_section}).")
        return f"{asked}No rule is known here that stops the clock for it, so it goes on."

    def _held_back(self, period: Period) -> ComputedDate:
        """Counted from the answer to the last question; from receipt while one is open."""
        last = self._history.questions[-1]
        asked = f"On {spelled(last.asked_on)} they asked who you are."
        if last.answered_on is None:
            return noted(
                count(period, self._start, self._way, provisional=True),
                f"{asked} This period starts only when they can verify your request, so this "
                "date is not final: it is counted anew from the day of your answer, and until "
                "then nobody is late.")
        start = max(self._start, last.answered_on)
        found = count(replace(period, starts="your answer to their question who you are"),
                      start, self._way)
        day_zero, *lines = found.arithmetic
        why = (f"{asked} This period starts only when they can verify your request, so it is not "
               f"counted from {spelled(self._start)}.")
        return replace(found, arithmetic=(day_zero, why, *lines))

    def _resting(self, period: Period) -> ComputedDate:
        """The period with every day added in which a question was open.

        A question counts only if it came before the period, as it stood then, was over.
        """
        rests: tuple[Rest, ...] = ()
        found = count(period, self._start, self._way)
        begin = self._start
        for question in self._history.questions:
            asked = f"On {spelled(question.asked_on)} they asked who you are"
            if question.asked_on >= found.late_from:
                return noted(found, f"{asked}. The period was over by then, so that changes "
                                    "nothing.")
            begin = max(begin, question.asked_on)
            if question.answered_on is None:
                open_now = count(period, self._start, self._way, rests, provisional=True)
                return noted(open_now, f"{asked}. {self._while_open()}",
                             "This date is not final: each day until your answer is added to it, "
                             "and until then nobody is late.")
            end = max(begin, question.answered_on)
            why = f"{asked}, and on {spelled(question.answered_on)} you answered. "
            rests = (*rests, Rest(begin, end, why + self._while_open()))
            found, begin = count(period, self._start, self._way, rests), end
        return found

    def _while_open(self) -> str:
        section = f" ({self._rule.pause_section})" if self._rule.pause_section else ""
        condition = self._rule.note or (
            "That holds where their doubt is justified and they asked without delay.")
        return f"While that question is open the clock may rest{section}. {condition}"


def _waits_for(
    first: ComputedDate, longer: ComputedDate, why: str
) -> tuple[ComputedDate, ComputedDate]:
    """Nobody is late under the first date who may have the longer time without having said so."""
    if not first.provisional and not longer.provisional:
        lines = [line for line in first.arithmetic if not line.startswith(LATE_FROM)]
        first = replace(first, late_from=longer.late_from, arithmetic=(
            *lines, why.replace("this date", spelled(longer.day)),
            f"{LATE_FROM}{spelled(longer.late_from)}."))
    return first, noted(longer, why)


def _calendar_of(broker: Broker | None, own: OwnHolidays) -> BusinessCalendar | None:
    """The holidays of the country where a recipient is established; None if unknown."""
    if broker is None or not broker.country:
        return None
    try:
        return BusinessCalendar(broker.country, own=own)
    except InvalidInput:
        return None
