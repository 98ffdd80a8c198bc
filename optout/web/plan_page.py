"""What the pages of a plan are filled with: one plan for each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import session

from optout.domain.broker import Broker
from optout.domain.errors import NotFound
from optout.domain.gate import Gate, GatePlace
from optout.domain.outcome_words import NoLook
from optout.domain.plan import Action
from optout.domain.words import ActionKind
from optout.planning.government import is_draft_only
from optout.planning.hygiene import RULES, steps_for
from optout.planning.minutes import LOOK, Cost, costs
from optout.services import looks, plan_memory, safety
from optout.services.desk import Desk
from optout.services.glance import glance_at
from optout.services.plan_memory import Changes
from optout.services.search_links import search_links
from optout.web.forms.setup import BareForm
from optout.web.plan_drop import DropCard, drop_card
from optout.web.plan_progress import (
    Progress,
    asked_brokers,
    minutes_by_hand,
    minutes_spent,
    progress_of,
)
from optout.web.plan_summary import Overview, named, overview_of, waits_for
from optout.web.planned import (
    Planned,
    broker_gates,
    can_be_written,
    may_use_listing,
    plan_page,
    waits_for_person,
    wants_listing,
)

OWN_STEPS = {rule.entry: rule.title for rule in RULES}
"""What a step by one's own hand is called, by the entry behind it."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with everything that its pages show about it.

    Args:
        unsent: ids of the requests that wait for the person to send them.
        advice: what a plan's page tells besides the questions of its steps.
    """

    planned: Planned
    overview: Overview
    drop: DropCard | None
    progress: Progress
    names: Mapping[str, str]
    today: date
    changes: Changes | None
    links: Mapping[str, str]
    unsent: tuple[str, ...]
    advice: tuple[Gate, ...]

    def words(self, here: str, **more: Any) -> dict[str, Any]:
        """The values of a template.

        Args:
            here: which page it is: `plan`, `part` or `action`.
            more: further values.
        """
        listing = more.get("listing")
        return {
            "person": self.planned.person, "planned": self.planned, "overview": self.overview,
            "drop": self.drop, "progress": self.progress, "names": self.names,
            "today": self.today, "changes": self.changes, "links": self.links, "here": here,
            "unsent": self.unsent, "advice": self.advice,
            "form": BareForm(), "listing": listing, "wrong": None, "named": named,
            "opened": listing.broker.data if listing else session.pop("opened", ""),
            "can_be_written": can_be_written, "is_draft_only": is_draft_only,
            "broker_gates": broker_gates,
            "wants_listing": wants_listing, "may_use_listing": may_use_listing,
            "waits_for_person": waits_for_person, "waits_for": waits_for,
            "costs_of": costs_of, "own_steps": OWN_STEPS, "no_looks": tuple(NoLook), **more}


def plan_view(desk: Desk, person_id: str) -> PlanView:
    """The plan of a person as its pages show it.

    Raises:
        NotFound: when the person is unknown.
    """
    planned = plan_page(desk, person_id)
    brokers, today = desk.registry.brokers, desk.clock.today()
    seen = glance_at(desk, person_id)
    spent = minutes_spent(seen, brokers, today) + minutes_by_hand(
        looks.looks_of(desk, person_id), planned.choices,
        steps_for(planned.person, brokers, today, wanted=planned.wanted), today)
    overview = overview_of(planned.actions, planned.uncovered, planned.wish.pace,
                           spent=spent, asked=asked_brokers(seen))
    drop = drop_card(planned.person, brokers, today, wanted=planned.wanted,
                     actions=planned.actions, seen=seen)
    shown = planned.actions if not overview.is_long else overview.week.actions
    changes = plan_memory.since_last(desk, person_id, planned.plan) if planned.plan else None
    return PlanView(planned, overview, drop, progress_of(seen),
                    {b.id: b.name for b in brokers.values()}, today, changes,
                    _links(desk, person_id, shown), seen.to_send,
                    _advice(desk, planned))


def _advice(desk: Desk, planned: Planned) -> tuple[Gate, ...]:
    """What the safety rules tell on a plan's page, without what its steps ask already."""
    asked = {gate.id for gate in planned.own_gates}
    return tuple(gate for gate in safety.gates_on_page(desk, GatePlace.PLAN, planned.person.id)
                 if gate.id not in asked)


def _links(desk: Desk, person_id: str, actions: tuple[Action, ...]) -> dict[str, str]:
    wanted = [a.broker.id for a in actions if a.kind is ActionKind.LOOK]
    return search_links(desk, person_id, wanted)


def action_page(desk: Desk, person_id: str, broker_id: str, **more: Any) -> dict[str, Any]:
    """The values of the page of one company.

    Raises:
        NotFound: when person or company is unknown, or the plan says nothing of the company.
    """
    broker: Broker = desk.registry.get(broker_id)
    view = plan_view(desk, person_id)
    action = view.planned.action_of(broker_id)
    reason = next((u.reason for u in view.planned.uncovered if u.broker == broker_id), "")
    serves = next((a for a in view.planned.actions if broker_id in a.covers), None)
    if action is None and not reason and serves is None:
        raise NotFound(f"{broker.name} is not part of this plan.",
                       remedy="Choose it by hand, then look at the plan again.")
    values = view.words("action", **more)
    links = {} if action is None else _links(desk, person_id, (action,))
    return {**values, "links": links, "broker": broker, "action": action, "reason": reason,
            "serves": serves, "choice": view.planned.choices.get(broker_id)}


def costs_of(action: Action) -> tuple[Cost, ...]:
    """What the minutes of a step are spent on; empty where the table does not tell."""
    if action.kind is ActionKind.LOOK:
        return (LOOK,)
    found = tuple(costs(action.procedure))
    return found if sum(cost.minutes for cost in found) == action.minutes else ()
