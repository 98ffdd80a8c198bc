"""The plan as its page shows it: the program's choice, with the channels the person preferred."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from optout.domain.gate import Gate
from optout.domain.plan import Action, Uncovered
from optout.domain.words import ActionKind, Channel, Fact
from optout.services import plans, requests
from optout.services.desk import Desk
from optout.web.selection import channels, chosen, drop

WRITTEN = frozenset({
    ActionKind.PLATFORM, ActionKind.NETWORK, ActionKind.JOINT, ActionKind.REQUEST})
"""Kinds of action that become a request; the others are for the person's own hand."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan's page shows.

    Args:
        own_gates: gates about the person, each once, not about one broker.
        preferred: channels that the person chose, by broker.
    """

    actions: tuple[Action, ...]
    uncovered: tuple[Uncovered, ...]
    own_gates: tuple[Gate, ...]
    preferred: dict[str, Channel]
    registry_age_days: int

    @property
    def minutes(self) -> int:
        """The person's own time for everything."""
        return sum(action.minutes for action in self.actions)

    @property
    def possible(self) -> tuple[Action, ...]:
        """The actions that can become requests now."""
        return tuple(a for a in self.actions if can_be_written(a))


def can_be_written(action: Action) -> bool:
    """Whether a request can be made of it now."""
    return action.kind in WRITTEN and action.may_go_on


def lacks_listing(action: Action) -> bool:
    """Whether the link of a listing is what is missing."""
    return any(need.fact is Fact.LISTING_URL for need in action.missing)


def broker_gates(action: Action) -> tuple[Gate, ...]:
    """The gates of an action that are about its broker."""
    return tuple(gate for gate in action.gates if gate.scope)


def plan_page(desk: Desk, person_id: str) -> Planned:
    """The plan for what the person selected.

    Raises:
        NotFound: when person or broker is unknown.
    """
    selected, preferred = chosen(person_id), channels(person_id)
    usual = [broker for broker in selected if broker not in preferred]
    made = [plans.plan_for(desk, person_id, brokers=usual)] if usual else []
    made += [plans.plan_for(desk, person_id, brokers=(broker,), channel=preferred[broker])
             for broker in selected if broker in preferred]
    actions = tuple(action for plan in made for action in plan.actions)
    gates = {g.id: g for action in actions for g in action.gates if not g.scope}
    return Planned(
        actions, tuple(u for plan in made for u in plan.uncovered), tuple(gates.values()),
        preferred, made[0].registry_age_days if made else 0)


def create(desk: Desk, person_id: str, wanted: Collection[str], actor: str) -> tuple[str, ...]:
    """Make requests of the actions ticked (by broker) that can go on; they leave the selection.

    Returns:
        The ids of the new requests.

    Raises:
        GateClosed, MissingFact, Refused: when the plan changed meanwhile.
    """
    planned, selected = plan_page(desk, person_id), chosen(person_id)
    groups: dict[Channel | None, list[str]] = {}
    for action in planned.possible:
        if action.broker.id in wanted:
            # The brokers that were selected, not the one that serves them: so the plan behind
            # the request is the plan that the page showed.
            served = [b for b in selected if b in action.covers] or [action.broker.id]
            groups.setdefault(planned.preferred.get(served[0]), []).extend(served)
    made: list[str] = []
    for channel, brokers in groups.items():
        files = requests.create_requests(
            desk, person_id, tuple(dict.fromkeys(brokers)), channel=channel, actor=actor)
        made += [file.request.id for file in files]
        drop(person_id, brokers)
    return tuple(made)
