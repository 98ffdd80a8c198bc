"""What changed since the last plan, told in plain words, one sentence for each company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.plan import Action, Plan
from optout.domain.words import ActionKind, Channel, Fact, Presence, Standing

_HOW = {
    Channel.EMAIL: "by e-mail", Channel.WEB_FORM: "by a form on the web",
    Channel.POSTAL_MAIL: "by post", Channel.FAX: "by fax", Channel.PHONE: "by phone",
    Channel.ACCOUNT: "in an account", Channel.PLATFORM: "through the platform",
    Channel.PORTAL: "through a portal",
}
_HAND = frozenset({ActionKind.LOOK, ActionKind.HYGIENE})
_MADE = frozenset({Standing.DRAFT, Standing.READY})


class ChangeKind(StrEnum):
    """What became of a step, or of the whole plan."""

    ASKED = "asked"
    ANSWERED = "answered"
    POSSIBLE = "possible"
    NEW = "new"
    MOVED_UP = "moved_up"
    OTHER_WAY = "other_way"
    WAITS = "waits"
    FELL_AWAY = "fell_away"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Args:
        broker: the id of the company; empty where it is about the whole plan.
        text: one or two short sentences.
    """

    kind: ChangeKind
    broker: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is remembered of one action: ids and words, no value of anybody.

    Args:
        asks: the ids of the gates that held it.
        missing: the facts that it lacked, by name.
    """

    broker: str
    kind: ActionKind
    covers: tuple[str, ...]
    channel: Channel
    minutes: int
    presence: Presence
    asks: tuple[str, ...] = ()
    missing: tuple[Fact, ...] = ()

    @property
    def may_go_on(self) -> bool:
        """Whether nothing held it."""
        return not (self.asks or self.missing)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a plan.

    Args:
        made_on: the day of the plan.
        steps: its actions, in order.
        uncovered: brokers that no action served. Their reasons are not kept: they may hold the
            person's own words.
    """

    made_on: date
    steps: tuple[Step, ...]
    uncovered: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """The person's own time for all of it."""
        return sum(step.minutes for step in self.steps)


def memory_of(plan: Plan) -> Memory:
    """What is worth remembering of a plan."""
    return Memory(plan.day, tuple(map(_step, plan.actions)),
                  tuple(item.broker for item in plan.uncovered))


def _step(action: Action) -> Step:
    return Step(
        action.broker.id, action.kind, action.covers, action.channel, action.minutes,
        action.presence, tuple(dict.fromkeys(gate.id for gate in action.gates if gate.holds)),
        tuple(dict.fromkeys(need.fact for need in action.missing)))


def changes(
    before: Memory, now: Plan, *, standings: Mapping[str, Standing] | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """What changed, at most one sentence for each company, what was reached first.

    Args:
        before: the last plan.
        now: today's.
        standings: by broker, where the newest request that serves it stands; without those that
            were withdrawn.
        names: names of brokers that are in no action of today's plan, by id.
    """
    found = [*_gone(before, now, standings or {}, names or {}), *_there(before, now),
             *_minutes(before, now)]
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


# --- what was there and is no more --------------------------------------------------------------


def _gone(
    before: Memory, now: Plan, standings: Mapping[str, Standing], names: Mapping[str, str],
) -> Iterator[Change]:
    still = {action.broker.id for action in now.actions}
    served = _by_served(now.actions)
    reasons = {item.broker: item.reason for item in now.uncovered}
    for step in before.steps:
        broker = step.broker
        if broker in still:
            continue
        name = names.get(broker, broker)
        if broker in standings:
            yield _stands(broker, name, standings[broker])
        elif broker in reasons:
            yield Change(ChangeKind.FELL_AWAY, broker, f"{name}: {reasons[broker]}")
        elif broker in served:
            yield Change(ChangeKind.OTHER_WAY, broker,
                         f"{name}: the step at {served[broker].broker.name} covers it now.")
        else:
            yield Change(ChangeKind.FELL_AWAY, broker,
                         f"{name}: it is no longer in what you want covered.")


def _stands(broker: str, name: str, standing: Standing) -> Change:
    if standing in _MADE:
        return Change(ChangeKind.ASKED, broker,
                      f"{name}: a request is made. It has not left yet.")
    if standing is Standing.ANSWERED:
        return Change(ChangeKind.ANSWERED, broker, f"{name}: it answered.")
    if standing is Standing.CLOSED:
        return Change(ChangeKind.ANSWERED, broker, f"{name}: the request is closed.")
    return Change(ChangeKind.ASKED, broker, f"{name}: you asked. The answer is not there yet.")


def _by_served(actions: Iterable[Action]) -> dict[str, Action]:
    return {broker: action for action in actions for broker in action.covers}


# --- what is there ------------------------------------------------------------------------------


def _there(before: Memory, now: Plan) -> Iterator[Change]:
    steps = {step.broker: step for step in before.steps}
    served = {broker: step for step in before.steps for broker in step.covers}
    raised = _raised(before, now)
    for action in now.actions:
        broker = action.broker.id
        step = steps.get(broker)
        if step is not None:
            change = _changed(step, action, seen_first=broker in raised)
        else:
            change = _new(before, served.get(broker), action)
        if change is not None:
            kind, text = change
            yield Change(kind, broker, f"{action.broker.name}: {text}")


def _new(before: Memory, served: Step | None, action: Action) -> tuple[ChangeKind, str]:
    if action.presence is Presence.LISTED:
        return _after_a_look(action)
    if served is not None:
        return ChangeKind.OTHER_WAY, "it has a step of its own now."
    if action.broker.id in before.uncovered:
        return ChangeKind.POSSIBLE, "something can be done there now."
    return ChangeKind.NEW, "it is new in the plan."


def _changed(
    step: Step, action: Action, *, seen_first: bool,
) -> tuple[ChangeKind, str] | None:
    """The one change of a step that matters most; None where there is none."""
    if ActionKind.LOOK in {step.kind, action.kind} and step.kind is not action.kind:
        return _after_a_look(action)
    if step.may_go_on and not action.may_go_on:
        return ChangeKind.WAITS, _why_it_waits(action)
    if action.may_go_on and not step.may_go_on:
        return ChangeKind.POSSIBLE, (
            "nothing is missing any more. You can go on." if step.missing else
            "you answered its question. You can go on.")
    if step.channel is not action.channel and action.kind not in _HAND:
        return ChangeKind.OTHER_WAY, f"now {_HOW[action.channel]}, before {_HOW[step.channel]}."
    if seen_first:
        return ChangeKind.MOVED_UP, "you saw a listing there, so it comes earlier."
    return None


def _after_a_look(action: Action) -> tuple[ChangeKind, str]:
    if action.kind is ActionKind.LOOK:
        return ChangeKind.OTHER_WAY, "look there before you ask."
    if not action.may_go_on:
        return ChangeKind.WAITS, _why_it_waits(action)
    seen = "you saw a listing there. It" if action.presence is Presence.LISTED else "it"
    return ChangeKind.POSSIBLE, f"{seen} can be asked now."


def _why_it_waits(action: Action) -> str:
    if action.missing:
        return f"it must wait. {action.missing[0].remedy}"
    gate = next(gate for gate in action.gates if gate.holds)
    return f"it must wait. {gate.question}"


def _raised(before: Memory, now: Plan) -> frozenset[str]:
    """Brokers that come earlier among the steps of both plans since a listing was seen there."""
    kept = {action.broker.id: action for action in now.actions}
    common = [step for step in before.steps if step.broker in kept]
    then = {step.broker: place for place, step in enumerate(common)}
    today = [broker for broker in kept if broker in then]
    unseen = {step.broker for step in common if step.presence is not Presence.LISTED}
    return frozenset(
        broker for place, broker in enumerate(today)
        if place < then[broker] and broker in unseen
        and kept[broker].presence is Presence.LISTED)


def _minutes(before: Memory, now: Plan) -> Iterator[Change]:
    more = now.minutes - before.minutes
    if more:
        word = "more" if more > 0 else "fewer"
        yield Change(ChangeKind.MINUTES, "",
                     f"Your own time: about {now.minutes} minutes, {abs(more)} {word} than "
                     "before.")
