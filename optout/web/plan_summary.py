"""The plan at a glance: this week’s part, the rest by what it costs, what waits, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from optout.domain.plan import Action, Uncovered
from optout.domain.wanted import Pace
from optout.domain.words import Effort
from optout.planning.pace import Week, by_effort, this_week, waiting
from optout.web.labels import label
from optout.web.planned import broker_gates, can_be_written

FEW = 6
"""Up to here a plan is read as a whole; a longer one begins with this week’s part."""

MOST_CAUSES = 6

MOST_ROWS = 25
"""Of one part so many steps stand on the plan’s page; a page of their own shows all."""

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that cost the same kind of effort, or that all wait.

    Args:
        name: an effort, or `waiting`.
    """

    name: str
    actions: tuple[Action, ...]

    @property
    def effort(self) -> Effort | None:
        """The effort; None for what waits."""
        return None if self.name == WAITING else Effort(self.name)

    @property
    def shown(self) -> tuple[Action, ...]:
        """The first of them."""
        return self.actions[:MOST_ROWS]

    @property
    def minutes(self) -> int:
        """The person's own time for all of them."""
        return sum(action.minutes for action in self.actions)


@dataclass(frozen=True, slots=True)
class Left:
    """Brokers that the plan leaves out for one reason."""

    reason: str
    brokers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan sorted by when and how its steps are done.

    Args:
        week: this week's part.
        parts: the rest, by effort; then what waits.
        causes: what most of the waiting steps wait for, with the number of steps.
        left: what is left out, the most frequent reason first.
        asked: brokers that a request stands for already.
        steps: of the whole plan.
    """

    week: Week
    parts: tuple[Part, ...]
    causes: tuple[tuple[str, int], ...]
    left: tuple[Left, ...]
    asked: tuple[str, ...]
    steps: int

    @property
    def is_long(self) -> bool:
        """Whether the steps are cut into weeks and parts."""
        return self.steps > FEW

    @property
    def ready(self) -> tuple[Action, ...]:
        """The steps of this week that can become requests now."""
        return tuple(a for a in self.week.actions if can_be_written(a))

    @property
    def number_left(self) -> int:
        """How many brokers are left out."""
        return sum(len(group.brokers) for group in self.left)


def overview_of(
    actions: Sequence[Action], uncovered: Sequence[Uncovered], pace: Pace, *,
    spent: int = 0, asked: Collection[str] = (),
) -> Overview:
    """Sort the steps of a plan; within a part they keep the plan's order.

    Args:
        actions: in the plan's order.
        uncovered: the brokers that no step serves.
        pace: how much of a week the person gives to it.
        spent: minutes of this week that are used up.
        asked: brokers that a request stands for.
    """
    week = this_week(actions, pace, spent=spent)
    now = {action.broker.id for action in week.actions}
    later = [a for a in actions if a.may_go_on and a.broker.id not in now]
    parts = [Part(effort.value, part) for effort, part in by_effort(later)]
    waits = waiting(actions)
    if waits:
        parts.append(Part(WAITING, waits))
    causes = Counter(cause for action in waits for cause in waits_for(action))
    return Overview(
        week=week, parts=tuple(parts), causes=tuple(causes.most_common(MOST_CAUSES)),
        left=_left([u for u in uncovered if u.broker not in asked]),
        asked=tuple(u.broker for u in uncovered if u.broker in asked), steps=len(actions))


def _left(uncovered: Sequence[Uncovered]) -> tuple[Left, ...]:
    reasons: dict[str, list[str]] = {}
    for one in uncovered:
        reasons.setdefault(one.reason, []).append(one.broker)
    groups = (Left(reason, tuple(brokers)) for reason, brokers in reasons.items())
    return tuple(sorted(groups, key=lambda group: -len(group.brokers)))


def waits_for(action: Action) -> tuple[str, ...]:
    """What holds a step back, in a few words each; questions about the person stand apart."""
    asked = [gate.question for gate in broker_gates(action) if gate.holds]
    missing = [label(need.fact) for need in action.missing]
    return tuple(dict.fromkeys((*asked, *missing)))


def part_of(overview: Overview, name: str) -> Part | None:
    """A part by its name; None where the plan has none of it."""
    return next((part for part in overview.parts if part.name == name), None)


def named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Names in the order of the alphabet, with commas."""
    return ", ".join(sorted((names.get(i, i) for i in ids), key=str.casefold))
