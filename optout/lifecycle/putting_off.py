"""How far a task may be put off: tomorrow, a year, or to the last day that still counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.request import FollowUp, RequestEvent, StatutoryDate
from optout.domain.words import FollowUpKind
from optout.lifecycle.overdue import answer_by

LONGEST_DAYS = 366
"""Whoever wants to hear nothing for more than a year wants the task closed."""

NEEDS_REQUEST = frozenset({FollowUpKind.ANSWER_IDENTITY})
"""Kinds whose last day follows from the dates of their request."""

_ENDS_WITH_IT = {
    FollowUpKind.APPEAL_BY: "the law’s time for an appeal ends with it",
    FollowUpKind.CONFIRMATION_EXPIRES: "the link in their message may not work any longer",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The days to which a task may be put off.

    Args:
        first: the earliest: tomorrow, or its own day where that is still to come.
        last: the latest; before `first` when it cannot be put off at all.
        because: why it cannot wait longer, in words that follow “because”; empty where only
            the year ends it.
    """

    first: date
    last: date
    because: str = ""

    @property
    def open(self) -> bool:
        """Whether there is any day to which it may be put off."""
        return self.first <= self.last


def limit_of(
    task: FollowUp, today: date, dates: Sequence[StatutoryDate] = (),
    events: Sequence[RequestEvent] = (),
) -> Limit:
    """The days to which a task may be put off.

    Args:
        task: an open one.
        today: the day of the question.
        dates: the statutory dates of its request; needed for kinds in `NEEDS_REQUEST`.
        events: its history, likewise.
    """
    first = max(today + timedelta(days=1), task.due_on)
    a_year = max(today, task.due_on) + timedelta(days=LONGEST_DAYS)
    if task.kind in _ENDS_WITH_IT:
        return Limit(first, min(task.due_on, a_year), _ENDS_WITH_IT[task.kind])
    if task.kind is FollowUpKind.ANSWER_IDENTITY and (rests := _rests_until(dates, events)):
        return Limit(first, min(max(rests, task.due_on), a_year),
                     "while they wait for your answer their time does not run")
    return Limit(first, a_year)


def _rests_until(
    dates: Sequence[StatutoryDate], events: Sequence[RequestEvent]
) -> date | None:
    """The first day among those of clocks that rest; None where none rests."""
    ends = (answer_by(row, events) for row in dates)
    return min((end.day for end in ends if end is not None and end.provisional), default=None)
