"""A request in the moment after an event: what the follow-ups are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import FollowUpKind, Standing
from optout.lifecycle.life import replay

PLATFORM_DAYS = 90
"""Days until a platform's report is looked for, where it promises no other number."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the registry expects of a recipient; shown as such, never as law.

    Args:
        expected_days: the recipient's own promise, in calendar days; None if it makes none.
        median_days: the calendar days in which it told a state to answer half of the requests.
        recheck_days: the recipient's own re-check interval, in days; None if unknown.
        at_risk: the person is at risk: looks come at least every 30 days.
        came_back_days: the fewest days after which a listing that was gone there was seen again,
            the person's own or another's in this data folder; None if none came back.
        platform_days: days until a platform reports.
        confirmation_days: days for which a confirmation link works; 1 unless known.
        can_look: there is a listing that can be looked at.
        can_appeal: one of its laws knows an appeal to the recipient itself.
        appeal_days: days that the law gives the person for an appeal; None if it sets none.
        appeal_answer_days: days from the appeal that the law gives for its answer, a longer time
            that was announced for it in time included; None likewise.
    """

    expected_days: int | None = None
    median_days: int | None = None
    recheck_days: int | None = None
    at_risk: bool = False
    came_back_days: int | None = None
    platform_days: int = PLATFORM_DAYS
    confirmation_days: int = 1
    can_look: bool = True
    can_appeal: bool = True
    appeal_days: int | None = None
    appeal_answer_days: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A dated task that a rule calls for, before it has a key.

    Args:
        yields_to: one of its kind that is open already and due by this day stands for it; None
            where none does.
    """

    kind: FollowUpKind
    due_on: date
    why: str
    yields_to: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A request after an event, its dates, its history with that event, and what is expected."""

    request: Request
    event: RequestEvent
    dates: tuple[StatutoryDate, ...]
    expectation: Expectation
    history: tuple[RequestEvent, ...]

    @classmethod
    def after(
        cls, request: Request, event: RequestEvent, dates: Sequence[StatutoryDate],
        expectation: Expectation, history: Sequence[RequestEvent] = (),
    ) -> Situation:
        """The situation; a history that does not hold the event yet is completed by it."""
        known = tuple(history)
        if all(e.seq != event.seq for e in known):
            known = (*known, event)
        return cls(request, event, tuple(dates), expectation, known)

    @property
    def on(self) -> date:
        """The day of the event."""
        return self.event.on

    @property
    def standing(self) -> Standing:
        """Where the request stands after the event."""
        return self.request.standing

    @property
    def before(self) -> Standing:
        """Where it stood before the event; as after it, where the history is not known."""
        earlier = [e for e in self.history if e.seq < self.event.seq]
        return replay(earlier).standing if earlier else self.standing

    @property
    def named_days(self) -> int | None:
        """Days from the event to the date that the broker named in it; None if it named none."""
        return None if self.event.until is None else (self.event.until - self.on).days

    def in_days(self, number: int) -> date:
        """The day that many calendar days after the event."""
        return self.on + timedelta(days=number)

    @property
    def promised_on(self) -> date:
        """The day by which the recipient promised to be done; the event's where it did not."""
        start = self.request.sent_on or self.on
        return max(self.on, start + timedelta(days=self.expectation.expected_days or 0))
