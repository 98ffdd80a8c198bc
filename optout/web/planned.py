"""The plan as its page shows it: the program's choice, with the channels the person preferred."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from optout.domain.errors import Refused
from optout.domain.gate import Gate
from optout.domain.person import Person
from optout.domain.plan import Action, Plan, Uncovered
from optout.domain.wanted import Choice, PlanWish
from optout.domain.words import ActionKind, Channel, Fact
from optout.planning.government import is_draft_only
from optout.planning.wanted import brokers_of
from optout.services import choices, people, plans, requests, wishes
from optout.services.desk import Desk
from optout.web.i18n import text as _
from optout.web.selection import channels

WRITTEN = frozenset({
    ActionKind.PLATFORM, ActionKind.NETWORK, ActionKind.JOINT, ActionKind.REQUEST})
"""Kinds of action that become a request; the others are for the person's own hand."""

NEW_FACT = "new-fact-to-broker"
"""The gate that a listing opens: it shows that the broker holds the facts already."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan's page shows.

    Args:
        plan: None where nothing is wished for.
        wanted: ids of the brokers that the wish means, those that were named first.
        preferred: channels that the person chose, by broker.
        choices: what the person chose about single brokers.
    """

    person: Person
    wish: PlanWish
    plan: Plan | None = None
    wanted: tuple[str, ...] = ()
    preferred: Mapping[str, Channel] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The steps, in the plan's order."""
        return self.plan.actions if self.plan else ()

    @property
    def uncovered(self) -> tuple[Uncovered, ...]:
        """The brokers that no step serves."""
        return self.plan.uncovered if self.plan else ()

    @property
    def registry_age_days(self) -> int:
        """Days since the registry was checked."""
        return self.plan.registry_age_days if self.plan else 0

    @property
    def own_gates(self) -> tuple[Gate, ...]:
        """Gates about the person, each once, not about one broker."""
        return tuple({g.id: g for a in self.actions for g in a.gates if not g.scope}.values())

    @property
    def minutes(self) -> int:
        """The person's own time for everything."""
        return sum(action.minutes for action in self.actions)

    @property
    def possible(self) -> tuple[Action, ...]:
        """The actions that can become requests now."""
        return tuple(a for a in self.actions if can_be_written(a))

    @property
    def saved(self) -> int:
        """How many requests fewer than one to each broker that the requests serve."""
        return self.plan.requests_saved if self.plan else 0

    def action_of(self, broker_id: str) -> Action | None:
        """The step that goes to a broker."""
        return next((a for a in self.actions if a.broker.id == broker_id), None)


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
    """The plan for what the person wishes to be covered.

    Raises:
        NotFound: when the person is unknown.
    """
    person = people.get_person(desk, person_id)
    wish = wishes.wish_of(desk, person_id)
    if wish.wanted.is_empty:
        return Planned(person, wish)
    preferred = channels(person_id)
    plan = plans.plan_for(desk, person_id, wanted=wish.wanted, channels=preferred)
    wanted = tuple(b.id for b in brokers_of(wish.wanted, person, desk.registry.brokers))
    return Planned(person, wish, plan, wanted, preferred, choices.choices_of(desk, person_id))


def served(action: Action, wanted: Collection[str]) -> tuple[str, ...]:
    """The wanted brokers that an action is for; a platform is asked for by its own id.

    Requests are made for these, not for the broker that serves them: so the plan behind a
    request is the plan that the page showed.
    """
    if action.kind is ActionKind.PLATFORM:
        return (action.broker.id,)
    ids = frozenset(wanted)
    return tuple(b for b in action.covers if b in ids) or (action.broker.id,)


def create(desk: Desk, person_id: str, ticked: Collection[str], actor: str) -> tuple[str, ...]:
    """Make requests of the actions ticked (by broker) that can go on: all of them, or none.

    Returns:
        The ids of the new requests.

    Raises:
        GateClosed, MissingFact, Refused: when the plan changed meanwhile.
    """
    planned = plan_page(desk, person_id)
    return _made(desk, planned, [a for a in planned.possible if a.broker.id in ticked], actor)


def create_all(desk: Desk, person_id: str, shown: Collection[str], actor: str) -> tuple[str, ...]:
    """Make requests of all actions that a page showed as this week's, by broker, or of none.

    Returns:
        The ids of the new requests.

    Raises:
        GateClosed, MissingFact, Refused: when one of them can no longer go on.
    """
    planned = plan_page(desk, person_id)
    possible = [a for a in planned.possible if a.broker.id in shown]
    if len(possible) != len(set(shown)):
        raise Refused(_("The plan has changed meanwhile, so nothing was made."),
                      remedy=_("Look at this week’s part again."))
    return _made(desk, planned, possible, actor)


def _made(
    desk: Desk, planned: Planned, actions: Collection[Action], actor: str,
) -> tuple[str, ...]:
    if not actions:
        return ()
    brokers = dict.fromkeys(i for a in actions for i in served(a, planned.wanted))
    files = requests.create_requests(
        desk, planned.person.id, tuple(brokers), channels=planned.preferred, actor=actor)
    return tuple(file.request.id for file in files)
