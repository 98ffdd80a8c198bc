"""The plan as its page shows it: the program's choice, with the channels the person preferred."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from optout.domain.gate import Gate
from optout.domain.plan import Action, Uncovered
from optout.domain.words import ActionKind, Channel, Fact
from optout.planning.government import is_draft_only
from optout.services import plans, requests
from optout.services.desk import Desk
from optout.web.selection import channels, chosen, drop

WRITTEN = frozenset({
    ActionKind.PLATFORM, ActionKind.NETWORK, ActionKind.JOINT, ActionKind.REQUEST})
"""Kinds of action that become a request; the others are for the person's own hand."""

NEW_FACT = "new-fact-to-broker"
"""The gate that a listing opens: it shows that the broker holds the facts already."""


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
    """Whether a request can be made of it now; a draft for counsel has a page of its own."""
    return action.kind in WRITTEN and action.may_go_on and not is_draft_only(action.broker)


def wants_listing(action: Action) -> bool:
    """Whether the link of a listing would help: it is missing, or nothing shows that they know."""
    return any(need.fact is Fact.LISTING_URL for need in action.missing) or any(
        gate.id == NEW_FACT and gate.holds for gate in action.gates)


def may_use_listing(action: Action) -> bool:
    """Whether another way of this broker works from a listing."""
    return any(Fact.LISTING_URL in way.needs for way in action.other_procedures)


def broker_gates(action: Action) -> tuple[Gate, ...]:
    """The gates of an action that are about its broker."""
    return tuple(gate for gate in action.gates if gate.scope)


def waits_for_person(action: Action) -> bool:
    """Whether a gate about the person, shown once for all actions, holds it."""
    return any(gate.holds and not gate.scope for gate in action.gates)


def plan_page(desk: Desk, person_id: str) -> Planned:
    """The plan for what the person selected.

    Raises:
        NotFound: when person or broker is unknown.
    """
    selected, preferred = chosen(person_id), channels(person_id)
    if not selected:
        return Planned((), (), (), preferred, 0)
    plan = plans.plan_for(desk, person_id, brokers=selected)
    actions: list[Action] = []
    uncovered = list(plan.uncovered)
    for action in plan.actions:
        channel = preferred.get(action.broker.id)
        if channel is None or action.kind is ActionKind.PLATFORM:
            actions.append(action)
            continue
        other = plans.plan_for(
            desk, person_id, brokers=served(action, selected), channel=channel)
        actions += [a for a in other.actions if a.kind is not ActionKind.PLATFORM]
        uncovered += other.uncovered
    gates = {g.id: g for action in actions for g in action.gates if not g.scope}
    return Planned(tuple(actions), tuple(dict.fromkeys(uncovered)), tuple(gates.values()),
                   preferred, plan.registry_age_days)


def served(action: Action, selected: Sequence[str]) -> tuple[str, ...]:
    """The selected brokers that an action is for; a platform is asked for by its own id.

    Requests are made for these, not for the broker that serves them: so the plan behind a
    request is the plan that the page showed.
    """
    if action.kind is ActionKind.PLATFORM:
        return (action.broker.id,)
    return tuple(b for b in selected if b in action.covers) or (action.broker.id,)


def create(desk: Desk, person_id: str, wanted: Collection[str], actor: str) -> tuple[str, ...]:
    """Make requests of the actions ticked (by broker) that can go on; they leave the selection.

    Returns:
        The ids of the new requests.

    Raises:
        GateClosed, MissingFact, Refused: when the plan changed meanwhile.
    """
    planned, selected = plan_page(desk, person_id), chosen(person_id)
    groups: dict[Channel | None, list[str]] = {}
    heads: dict[Channel | None, list[str]] = {}
    for action in planned.possible:
        if action.broker.id in wanted:
            channel = planned.preferred.get(action.broker.id)
            groups.setdefault(channel, []).extend(served(action, selected))
            heads.setdefault(channel, []).append(action.broker.id)
    made: list[str] = []
    for channel, brokers in groups.items():
        files = requests.create_requests(
            desk, person_id, tuple(dict.fromkeys(brokers)), channel=channel, actor=actor)
        made += [file.request.id for file in files]
        drop(person_id, [*brokers, *heads[channel]])
    return tuple(made)
