"""The pace of a plan: so many minutes a day, a week at a time, and nothing that cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optout.domain.plan import Action
from optout.domain.wanted import Pace
from optout.domain.words import Effort

LOOK_AHEAD = 5
"""How many of the next steps may be searched for one that fills the rest of a day.

The order is by harm, so a step is moved forward by a few places at most: only as far as is worth
it for the minutes of a day that would else be left over.
"""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a plan.

    Args:
        number: from 1, which is this week.
        days: the steps of each day on which the person works at it; a day may be empty.
    """

    number: int
    days: tuple[tuple[Action, ...], ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """The steps of the week, in order."""
        return tuple(action for day in self.days for action in day)

    @property
    def minutes(self) -> int:
        """The person's own minutes in this week."""
        return sum(action.minutes for action in self.actions)


def weeks(actions: Sequence[Action], pace: Pace, *, spent: int = 0) -> tuple[Week, ...]:
    """The steps that can be done, week by week; each stands in exactly one week.

    No day gets more than its minutes, except that a step which is longer than a day's share has
    a day for itself. The order is kept, except that one of the next `LOOK_AHEAD` steps may fill
    the rest of a day into which the next one does not fit.

    Args:
        actions: in the order of the plan. Those that cannot go on yet are left out: see `waiting`.
        pace: at least one minute a day, on one to seven days a week.
        spent: minutes that were given to it this week already, so that a week can come to an end.
    """
    left = [action for action in actions if action.may_go_on]
    spent = min(spent, pace.minutes_a_week)
    days: list[tuple[Action, ...]] = []
    while left:
        used = min(pace.minutes_a_day, max(0, spent - len(days) * pace.minutes_a_day))
        days.append(_day(left, pace.minutes_a_day - used, is_whole=used == 0))
    return tuple(
        Week(number, tuple(days[start:start + pace.days_a_week]))
        for number, start in enumerate(range(0, len(days), pace.days_a_week), start=1))


def _day(left: list[Action], minutes: int, *, is_whole: bool) -> tuple[Action, ...]:
    """Take the steps of one day out of those that are left."""
    if is_whole and left[0].minutes > minutes:
        return (left.pop(0),)
    chosen: list[Action] = []
    while (place := next((i for i, action in enumerate(left[:LOOK_AHEAD + 1])
                          if action.minutes <= minutes), None)) is not None:
        minutes -= left[place].minutes
        chosen.append(left.pop(place))
    return tuple(chosen)


def this_week(actions: Sequence[Action], pace: Pace, *, spent: int = 0) -> Week:
    """The part of this week; empty where nothing can be done or its minutes are spent."""
    return next(iter(weeks(actions, pace, spent=spent)), Week(1, ()))


def waiting(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The steps that cannot go on: a fact is missing, or a question is not answered.

    They use up no minutes of a week, because a week must be doable.
    """
    return tuple(action for action in actions if not action.may_go_on)


def by_effort(actions: Sequence[Action]) -> tuple[tuple[Effort, tuple[Action, ...]], ...]:
    """The steps by what they cost: a click, a form, a stamp, a call, one's own hand.

    Each part keeps the order of the plan; a part without steps is left out.
    """
    parts = ((effort, tuple(a for a in actions if a.effort is effort)) for effort in Effort)
    return tuple((effort, part) for effort, part in parts if part)
