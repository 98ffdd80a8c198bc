"""What decides between two steps that harm alike: a table with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optout.domain.plan import Action
from optout.domain.words import ActionKind
from optout.planning.disclosure import guarded, hard_demands
from optout.planning.stages import Asker, reach, says, told

PRIORITIES = {"crucial": 0, "high": 1}
"""The marks of the registry, the weightiest first; an entry without one comes after them."""

_A_MOMENT = 3
_SOON = 14
_LONG = 365
_MOST_SOURCES = 6

@dataclass(frozen=True, slots=True)
class Consideration:
    """What decides between two steps of one stage.

    Args:
        reason: why it counts.
        rank: smaller stands first.
        why: what it says about a step, in lower case; "" where it is nothing worth saying.
    """

    name: str
    reason: str
    rank: Callable[[Action, Asker], int]
    why: Callable[[Action], str]


def answers_within(action: Action) -> int | None:
    """Days until the broker answers, by its own word; None where it gave none. Never law."""
    measured = action.broker.deletion_requests
    known = [days for days in (action.procedure.expected_days,
                               measured.median_days if measured else None) if days is not None]
    # What it counted of itself says more than what it promises.
    return known[-1] if known else None


def _reach_why(action: Action) -> str:
    others = reach(action)
    if action.kind is ActionKind.PLATFORM or not others:
        return ""
    one = "one letter" if action.kind is ActionKind.JOINT else "one opt-out there"
    return f"{one} serves {others + 1} brokers"


def _speed(action: Action) -> int:
    """Days in the steps that a person would feel: days, a week, two, a month, or unknown."""
    days = answers_within(action)
    return next((limit for limit in (3, 7, 14, 30) if days is not None and days <= limit), _LONG)


def _speed_why(action: Action) -> str:
    days = answers_within(action)
    measured = action.broker.deletion_requests
    if days is None or days > _SOON or action.kind is ActionKind.PLATFORM:
        return ""
    within = ("on the same day" if days == 0 else
              "within a day" if days == 1 else f"within {days} days")
    if measured is not None and measured.median_days is not None:
        return f"half of its answers come {within}, by its own count"
    return f"it promises an answer {within}"


def _papers(action: Action, _: Asker) -> int:
    return 0 if action.kind in {ActionKind.LOOK, ActionKind.HYGIENE} else (
        hard_demands(action.procedure))


def _new_facts(action: Action, who: Asker) -> int:
    return sum(guarded(who.person, need, who.day) for need in action.needs)


def _priority(action: Action, _: Asker) -> int:
    return PRIORITIES.get(action.broker.priority, len(PRIORITIES))


def _minutes_why(action: Action) -> str:
    if action.kind is ActionKind.LOOK:
        return "a look shows whether there is anything to ask for"
    return f"it takes {action.minutes} minutes" if action.minutes <= _A_MOMENT else ""


WITHIN: tuple[Consideration, ...] = (
    Consideration("own-hand", "What makes the letters after it work comes before them.",
                  lambda a, _: int(a.kind is not ActionKind.HYGIENE), says("")),
    Consideration("priority", "Those who do this for others begin with these.",
                  _priority, says("")),
    Consideration("reach", "One step for many saves the most.",
                  lambda a, _: -reach(a), _reach_why),
    Consideration("identity-papers", "Papers are handed over only where nothing else is left.",
                  _papers, says("")),
    Consideration("new-facts", "A step that tells them nothing new cannot do harm.",
                  _new_facts, says("")),
    Consideration("told", "What it sold to others weighs more than what it may hold.",
                  lambda a, _: int(not told(a.broker)), lambda a: told(a.broker)),
    Consideration("well-known", "What many lists name has most people in it.",
                  lambda a, _: -min(len(a.broker.sources), _MOST_SOURCES), says("")),
    Consideration("speed", "What answers fast is soon gone, and shows that it works.",
                  lambda a, _: _speed(a), _speed_why),
    Consideration("minutes", "Between equals the quicker one comes first.",
                  lambda a, _: a.minutes, _minutes_why),
)
"""What decides inside a stage, first to last; between full equals the id decides."""
