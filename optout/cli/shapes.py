"""The JSON shapes that the command line promises (DESIGN, section 6), made of domain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optout.domain.footing import ComputedDate, Deadlines, Footing
    from optout.domain.gate import Gate
    from optout.domain.plan import Action, Plan
    from optout.domain.request import DueItem, FollowUp, Request, RequestEvent, RequestFile
    from optout.planning.pace import Week

Shape = dict[str, Any]


def plain(value: Any) -> Any:
    """Any domain value as JSON knows it: dates and words as text, frozen values as objects."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def footing(value: Footing) -> Shape:
    """One right that may be asserted."""
    return {
        "law": value.law, "right": value.right.value, "citation": value.citation,
        "reaches_third_party_data": value.reaches_third_party_data,
        "limits": plain(value.limits), "law_name": value.law_name, "reason": value.reason,
        "source": value.source, "checked": plain(value.checked),
    }


def gate(value: Gate) -> Shape:
    """One safety question, with what it holds back."""
    return {**plain(value), "holds": value.holds}


def action(value: Action, week: int | None = None) -> Shape:
    """One thing to do; facts by name, never by value; null as week while it cannot go on."""
    return {
        "kind": value.kind.value, "broker": value.broker.id, "broker_name": value.broker.name,
        "covers": list(value.covers), "channel": value.channel.value,
        "law": value.footing.law, "right": value.footing.right.value,
        "citation": value.footing.citation, "minutes": value.minutes,
        "needs": [need.fact.value for need in value.needs],
        "missing": [need.fact.value for need in value.missing],
        "gates": [gate(item) for item in value.gates],
        "footings": [footing(item) for item in value.footings],
        "remedies": {need.fact.value: need.remedy for need in value.missing},
        "new_to_broker": [need.fact.value for need in value.needs if need.new_to_broker],
        "facts_withheld": {need.fact.value: need.reason for need in value.facts_withheld},
        "rights_withheld": plain(value.withheld), "note": value.note,
        "presence": value.presence.value, "effort": value.effort.value,
        "why_here": value.why_here, "why_channel": value.why_channel, "week": week,
    }


def plan(value: Plan, weeks: Iterable[Week] = ()) -> Shape:
    """The whole plan, and in which week each of its steps stands."""
    weeks = tuple(weeks)
    week_of = {id(item): week.number for week in weeks for item in week.actions}
    return {
        "actions": [action(item, week_of.get(id(item))) for item in value.actions],
        "uncovered": plain(value.uncovered), "minutes": value.minutes,
        "registry_age_days": value.registry_age_days, "person": value.person_id,
        "on": plain(value.day), "wanted": value.wanted, "cost": value.cost,
        "least_cost": value.least_cost,
        "weeks": [{"number": week.number, "minutes": week.minutes,
                   "brokers": [item.broker.id for item in week.actions]} for week in weeks],
    }


def deadlines(value: Deadlines) -> Shape:
    """Statutory dates, each with its arithmetic; null where the law sets none.

    A provisional date will still move, and there is no day of lateness.
    """
    dates: dict[str, ComputedDate | None] = {
        "acknowledge_by": value.acknowledge_by, "respond_by": value.respond_by,
        "extended_respond_by": value.extended_respond_by,
    }
    return {
        **{name: plain(found.day) if found else None for name, found in dates.items()},
        "citations": list(value.citations),
        "late_from": {n: None if d.provisional else plain(d.late_from)
                      for n, d in dates.items() if d},
        "provisional": [n for n, d in dates.items() if d and d.provisional],
        "arithmetic": {n: list(d.arithmetic) for n, d in dates.items() if d},
        "calendars": {n: d.calendar for n, d in dates.items() if d and d.calendar},
    }


def request(value: Request) -> Shape:
    """One request on a line."""
    return {
        "id": value.id, "person": value.person_id, "broker": value.broker_id,
        "law": value.footing.law, "right": value.footing.right.value,
        "channel": value.channel.value, "standing": value.standing.value,
        "claim": plain(value.claim), "last_look": plain(value.last_look),
        "created_on": plain(value.created_on), "sent_on": plain(value.sent_on),
    }


def event(value: RequestEvent) -> Shape:
    """One line of a request's history."""
    return {
        "seq": value.seq, "event": value.event.value, "on": plain(value.on),
        "actor": value.actor, "standing": value.standing_after.value,
        "recorded_at": plain(value.recorded_at), "detail": value.detail,
        "reason": plain(value.reason),
    }


def follow_up(value: FollowUp) -> Shape:
    """One dated task."""
    return {
        "id": value.id, "request": value.request_id or None, "kind": value.kind.value,
        "due_on": plain(value.due_on), "show_on": plain(value.shown_on),
        "state": value.state.value, "why": value.why, "number": value.number,
        "person": value.person_id, "broker": value.broker_id or None, "reason": value.reason,
    }


def request_file(value: RequestFile) -> Shape:
    """A request with its history, its dates and what can happen next."""
    asked = value.request
    return {
        **request(asked),
        "footings": [footing(item) for item in asked.footings],
        "covers": list(asked.covers), "facts": plain(asked.facts),
        "acting_as": asked.acting_as.value, "claim_words": asked.claim_words,
        "last_look_on": plain(asked.last_look_on), "received_on": plain(asked.received_on),
        "predecessor": asked.predecessor_id or None, "successor": asked.successor_id or None,
        "merged_into": asked.merged_into or None,
        "overdue_days": value.overdue_days,
        "dates": [{"law": item.law, "right": item.right, **deadlines(item.deadlines)}
                  for item in value.dates],
        "events": [event(item) for item in value.events],
        "follow_ups": [follow_up(item) for item in value.follow_ups],
        "allowed": plain(value.allowed),
    }


def due(items: Iterable[DueItem]) -> list[Shape]:
    """What waits for the person, the longest overdue first as the service orders it."""
    return [{
        "id": item.follow_up.id, "kind": item.follow_up.kind.value,
        "request": item.follow_up.request_id or None, "broker": item.broker_id or None,
        "due_on": plain(item.follow_up.due_on), "days_overdue": item.days_overdue,
        "broker_name": item.broker_name, "why": item.follow_up.why,
        "person": item.follow_up.person_id, "show_on": plain(item.follow_up.shown_on),
        "number": item.follow_up.number,
        "words": item.follow_up.reason if item.follow_up.kind.value == "own_reminder" else "",
    } for item in items]
