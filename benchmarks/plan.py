"""What a plan for the whole registry saves, what is proven of it, and how long it takes.

The rival is what everybody does who has no plan: one request to each broker that can be asked.
The floor is its work: the law and the ways of every broker, and nothing that a plan adds (whom
one request serves beside, in which order, with which questions and reasons).
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.timing import cpu, report
from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.places import Residence
from optout.domain.plan import Plan
from optout.domain.wanted import Wanted
from optout.domain.words import ActingAs, ActionKind, BrokerStatus
from optout.planning.minutes import minutes_for
from optout.planning.plan import make_plan
from optout.planning.procedures import Way, Wish, ways
from optout.planning.rights import rights_against
from optout.planning.wanted import brokers_of
from optout.services import demo
from optout.services.desk import Library
from optout.settings import Settings

DAY = date(2026, 11, 27)
PLACES = (("a Californian", "US-CA"), ("a Texan", "US-TX"),
          ("a New Yorker, whose state has no such law", "US-NY"), ("a German", "DE"))


@dataclass(frozen=True)
class _Task:
    """Everything that is relevant where a person lives."""

    library: Library
    person: Person
    wanted: Sequence[Broker]

    def plan(self) -> Plan:
        registry = self.library.registry
        return make_plan(self.person, self.wanted, registry.brokers, self.library.laws, DAY,
                         named=(), rules=self.library.gates, registry_checked=registry.checked)

    def one_each(self) -> list[Way]:
        """The best way of every broker that can be asked."""
        wish = Wish(self.person, DAY)
        found = [ways(wish, broker, rights_against(
                     self.library.laws, self.person, broker, DAY, acting_as=ActingAs.SELF,
                     authorizations=()))
                 for broker in self.wanted if broker.status is not BrokerStatus.DEFUNCT]
        return [serving[0] for serving in found if serving]


def run() -> None:
    """Print the plan of each person, and the time of all."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Settings(instance=Path(folder) / "none"))
        for name, place in PLACES:
            person = replace(demo.sample_person(), residences=(Residence(place),))
            wanted = tuple(brokers_of(Wanted(relevant=True), person, library.registry.brokers))
            _measure(name, _Task(library, person, wanted))


def _measure(name: str, task: _Task) -> None:
    floor, ours = cpu([task.one_each, task.plan])
    report(f"The plan of {name}: {len(task.wanted):,} brokers wanted", [
        ("one request per broker, only worked out", floor, "ms CPU"),
        ("the plan", ours, "ms CPU")], floor=0)
    for line in _figures(task.plan(), task.one_each()):
        print(f"  {line}")


def _figures(plan: Plan, rival: Sequence[Way]) -> list[str]:
    kinds = Counter(action.kind for action in plan.actions)
    minutes = sum(minutes_for(way.procedure) for way in rival)
    proof = "proven to be the least" if plan.cost == plan.least_cost else (
        f"at most {plan.cost / plan.least_cost - 1:.1%} above the least")
    return [
        ", ".join(f"{kinds[kind]:,} {kind.value}" for kind in ActionKind if kinds[kind])
        + f"; {len(plan.uncovered):,} stay uncovered",
        f"steps: {len(plan.actions):,} instead of {len(rival):,}, "
        + _saved(len(plan.actions), len(rival)),
        f"minutes: {plan.minutes:,} instead of {minutes:,}, {_saved(plan.minutes, minutes)}",
        f"cost: {plan.cost:,}, and nothing can cost less than {plan.least_cost:,}: {proof}",
    ]


def _saved(ours: int, rival: int) -> str:
    return f"{rival - ours:,} saved ({(rival - ours) / rival:.0%})"
