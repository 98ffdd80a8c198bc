"""A plan for people: this week and the next, the questions, what is left, and the total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optout.cli.output import table
from optout.domain.fact_words import FACT_WORDS
from optout.domain.words import ActionKind, Effort

if TYPE_CHECKING:
    from optout.domain.plan import Action, Plan
    from optout.domain.wanted import Pace
    from optout.planning.pace import Week
    from optout.services.plan_memory import Changes

WEEKS_SHOWN = 2
MOST_LINES = 12
"""Lines of a list that people read; the rest is counted."""

_MOST_NAMES = 3
_REQUESTS = frozenset(
    {ActionKind.PLATFORM, ActionKind.NETWORK, ActionKind.JOINT, ActionKind.REQUEST})
_EFFORTS = {
    Effort.ONE_CLICK: "one click", Effort.FORM: "a form", Effort.STAMP: "a stamp",
    Effort.PHONE_CALL: "a phone call", Effort.OWN_HAND: "by your own hand",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan with everything that is told about it.

    Args:
        weeks: its steps that can be done, week by week.
        waiting: those that cannot go on yet.
        changes: since the last plan; None where none is kept, or another wish was planned.
    """

    plan: Plan
    weeks: tuple[Week, ...]
    waiting: tuple[Action, ...]
    pace: Pace
    changes: Changes | None = None


def for_people(shown: Shown, *, whole: bool) -> Iterator[Any]:
    """What is printed, in order.

    Args:
        shown: the plan.
        whole: print every week and every line.
    """
    plan = shown.plan
    yield from _changes(shown, whole=whole)
    near = shown.weeks if whole else shown.weeks[:WEEKS_SHOWN]
    for week in near:
        yield table(("step", "company", "how", "stands on", "carries", "min", "why here"),
                    map(_row, week.actions), title=f"{_title(week)}: {week.minutes} minutes")
    yield from _later(shown.weeks[len(near):])
    if not plan.actions:
        yield "There is nothing to do."
    yield from _waiting(shown.waiting)
    yield from _uncovered(plan, whole=whole)
    yield _total(shown)


def _title(week: Week) -> str:
    return {1: "This week", 2: "Next week"}.get(week.number, f"Week {week.number}")


def _row(action: Action) -> tuple[object, ...]:
    others = len(action.covers) - 1
    asks = action.kind in _REQUESTS
    return (
        action.kind.value, action.broker.name + (f" and {others} more" if others else ""),
        action.channel.value if asks else _EFFORTS[action.effort],
        f"{action.footing.law} {action.footing.right.value}" if asks else "",
        [FACT_WORDS[need.fact] for need in action.needs], action.minutes, action.why_here)


def _later(weeks: Sequence[Week]) -> Iterator[str]:
    actions = [action for week in weeks for action in week.actions]
    if actions:
        counts = Counter(action.effort for action in actions)
        parts = ", ".join(f"{counts[effort]} {words}" for effort, words in _EFFORTS.items()
                          if counts[effort])
        yield (f"After that, in {len(weeks)} more weeks: {len(actions)} steps ({parts}), "
               f"{sum(action.minutes for action in actions)} minutes. --all shows them.")


def _changes(shown: Shown, *, whole: bool) -> Iterator[str]:
    found = shown.changes
    if found is None or not found.changes:
        return
    lines = [change.text for change in found.changes]
    kept = lines if whole else lines[:MOST_LINES]
    rest = len(lines) - len(kept)
    yield "\n".join((f"Since {found.since.isoformat()}:", *(f"  {line}" for line in kept),
                     *([f"  … and {rest} more changes."] if rest else ())))


def _waiting(waiting: Sequence[Action]) -> Iterator[Any]:
    if not waiting:
        return
    gates = {gate.id: gate for action in waiting for gate in action.gates if gate.holds}
    if gates:
        yield table(
            ("question", "what is asked", "what to do", "for"),
            [(gate.id, f"{gate.question} {gate.explanation}",
              gate.remedy or f"--answer {gate.id}",
              _names(a.broker.name for a in waiting
                     if any(g.id == gate.id and g.holds for g in a.gates)))
             for gate in gates.values()],
            title="Before anything is made")
    missing = {need.fact: need for action in waiting for need in action.missing}
    if missing:
        yield table(
            ("missing", "what to do", "for"),
            [(FACT_WORDS[fact], need.remedy,
              _names(a.broker.name for a in waiting
                     if any(one.fact is fact for one in a.missing)))
             for fact, need in missing.items()],
            title="What some steps lack")


def _uncovered(plan: Plan, *, whole: bool) -> Iterator[Any]:
    if not plan.uncovered:
        return
    groups: dict[str, list[str]] = {}
    for item in plan.uncovered:
        groups.setdefault(item.reason, []).append(item.broker)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    kept = ordered if whole else ordered[:MOST_LINES]
    yield table(
        ("why", "how many", "not covered"),
        [(reason, len(ids), ", ".join(ids) if whole else _names(ids)) for reason, ids in kept],
        title="Not covered")
    rest = ordered[len(kept):]
    if rest:
        yield (f"… and {sum(len(ids) for _, ids in rest)} more, for {len(rest)} other reasons. "
               "--all shows them.")


def _names(names: Iterable[str]) -> str:
    every = list(names)
    rest = len(every) - _MOST_NAMES
    return ", ".join(every[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _total(shown: Shown) -> str:
    plan, pace = shown.plan, shown.pace
    saved = plan.requests_saved
    parts = [f"{_counted(plan.wanted, 'company', 'companies')} wanted, "
             f"{_counted(len(plan.actions), 'step', 'steps')}"
             + (f", {_counted(saved, 'request', 'requests')} fewer than one for each"
                if saved else "") + "."]
    parts.append(f"Your own time: about {plan.minutes} minutes"
                 + (f", over {len(shown.weeks)} weeks of {pace.days_a_week} × "
                    f"{pace.minutes_a_day} minutes" if len(shown.weeks) > 1 else "") + ".")
    parts.append("The registry was checked "
                 f"{_counted(plan.registry_age_days, 'day', 'days')} ago.")
    return " ".join(parts)


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
