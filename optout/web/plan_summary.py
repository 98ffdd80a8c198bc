"""The plan at a glance: what is ready, what waits and for what, what is left to one's own hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from optout.domain.plan import Action
from optout.web.labels import label
from optout.web.planned import WRITTEN, broker_gates, can_be_written

FEW = 6
"""Up to here a plan is read as a whole; a longer one begins with a summary, its steps folded."""

MOST_CAUSES = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan sorted by what the person can do about its steps.

    Args:
        waiting: would become requests, once something is answered or given.
        by_hand: never become requests.
        causes: what most of the waiting steps wait for, with the number of steps.
    """

    ready: tuple[Action, ...]
    waiting: tuple[Action, ...]
    by_hand: tuple[Action, ...]
    causes: tuple[tuple[str, int], ...]

    @property
    def is_long(self) -> bool:
        """Whether the steps are folded."""
        return len(self.ready) + len(self.waiting) + len(self.by_hand) > FEW

    @property
    def groups(self) -> tuple[tuple[str, tuple[Action, ...]], ...]:
        """The groups that hold anything, what can be done now first."""
        named = (("ready", self.ready), ("waiting", self.waiting), ("by-hand", self.by_hand))
        return tuple((name, actions) for name, actions in named if actions)


def summary_of(actions: Sequence[Action]) -> Summary:
    """Sort the steps of a plan; within a group they keep the plan's order."""
    ready = tuple(a for a in actions if can_be_written(a))
    waiting = tuple(a for a in actions if a.kind in WRITTEN and not can_be_written(a))
    by_hand = tuple(a for a in actions if a.kind not in WRITTEN)
    causes = Counter(cause for action in waiting for cause in waits_for(action))
    return Summary(ready, waiting, by_hand, tuple(causes.most_common(MOST_CAUSES)))


def waits_for(action: Action) -> tuple[str, ...]:
    """What holds a step back, in a few words each; questions about the person stand apart."""
    asked = [gate.question for gate in broker_gates(action) if gate.holds]
    missing = [label(need.fact) for need in action.missing]
    return tuple(dict.fromkeys((*asked, *missing)))
