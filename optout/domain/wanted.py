"""What a person wants covered, at which pace, and what they chose about single brokers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.words import ChoiceKind

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan is to cover: the union of everything named here. Nothing named covers nothing.

    Args:
        relevant: every broker that deals in people where the person lives or has lived.
        location: everyone who sells or collects where people are.
        told: every broker that told a state registry this of itself, by the registry's flag
            (such as `sold_law_enforcement`).
        categories: every broker of these categories.
        brokers: brokers that the person named, by id.
    """

    relevant: bool = False
    location: bool = False
    told: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    brokers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return not (self.relevant or self.location or self.told or self.categories
                    or self.brokers)


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of their time a person gives to it.

    Args:
        minutes_a_day: on a day on which they work at it.
        days_a_week: 1 to 7.
    """

    minutes_a_day: int = 15
    days_a_week: int = 4

    @property
    def minutes_a_week(self) -> int:
        """The person's own minutes in one week."""
        return self.minutes_a_day * self.days_a_week


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What is kept of a person's wishes for their plan.

    Args:
        set_on: the day of the last change; None where nothing was chosen yet.
    """

    wanted: Wanted = Wanted()
    pace: Pace = Pace()
    set_on: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose about one broker of their plan; the newest counts.

    Args:
        kind: `ASK` asks without looking first and beside a platform, `SKIP` leaves it out,
            `POSTPONE` leaves it out until a day.
        reason: why it is left out, in the person's own words; personal data.
        until: for `POSTPONE`: the first day on which it stands in the plan again.
        actor: who chose.
    """

    broker_id: str
    kind: ChoiceKind
    chosen_on: date
    actor: str
    reason: str = ""
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it still counts on a day."""
        return self.kind is not ChoiceKind.POSTPONE or self.until is None or day < self.until
