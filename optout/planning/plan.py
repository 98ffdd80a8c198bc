"""Person, brokers, laws and a day in; the plan out. Same in, same out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from optout.domain.broker import Broker
from optout.domain.footing import Applicable
from optout.domain.gate import GateAnswer
from optout.domain.person import Authorization, Person
from optout.domain.plan import Action, Plan, Uncovered
from optout.domain.words import ActingAs, ActionKind, BrokerStatus, Channel, Fact, Right, Role
from optout.law.model import LawBook
from optout.planning.coverage import (
    PLATFORMS,
    Network,
    StatePlatform,
    does_what_is_asked,
    is_open_to,
    networks,
    reached_by,
)
from optout.planning.gates import Act, gates_for
from optout.planning.minutes import minutes_for
from optout.planning.notes import note, platform_note
from optout.planning.procedures import Way, Wish, ways, why_none
from optout.planning.rights import rights_against

_KIND_ORDER = {ActionKind.PLATFORM: 0, ActionKind.NETWORK: 1, ActionKind.JOINT: 2}
_PRIORITY_ORDER = {"crucial": 0, "high": 1}


def make_plan(
    person: Person,
    targets: Sequence[Broker],
    registry: Mapping[str, Broker],
    laws: LawBook,
    day: date,
    *,
    acting_as: ActingAs = ActingAs.SELF,
    answers: Collection[GateAnswer] = (),
    known: Mapping[str, frozenset[Fact]] | None = None,
    listing_urls: Mapping[str, tuple[str, ...]] | None = None,
    open_requests: Collection[str] = (),
    registry_checked: date,
    right: Right | None = None,
    channel: Channel | None = None,
    authorizations: Sequence[Authorization] = (),
) -> Plan:
    """The fewest, safest, best-ordered actions that cover the targets.

    A platform comes first, then networks, then single requests by priority; each broker gets
    at most one letter, on one law. What no action serves is named with its reason.

    Args:
        person: who asks.
        targets: the brokers to cover.
        registry: every broker by id; networks and platforms are found in it.
        laws: the law book.
        day: the day of the plan.
        acting_as: in which capacity the requests are made.
        answers: what the person answered to safety gates.
        known: by broker, the facts that it is known to have about the person.
        listing_urls: by broker, the listings of the person that were seen there.
        open_requests: ids of brokers with a request that is still open; they get no other.
        registry_checked: the day on which the registry was last checked.
        right: ask for this right only.
        channel: use this channel only.
        authorizations: the permissions to act for the person.
    """
    planner = _Planner(
        Wish(person, day, right, channel), registry, laws, acting_as, tuple(answers),
        known or {}, listing_urls or {}, frozenset(open_requests), tuple(authorizations),
        {broker.id: broker for broker in targets})
    actions = sorted(planner.actions(), key=_place)
    served = {broker_id for action in actions for broker_id in (
        action.covers if action.kind is not ActionKind.PLATFORM else (action.broker.id,))}
    uncovered = tuple(Uncovered(broker.id, planner.why_uncovered(broker))
                      for broker in planner.targets.values() if broker.id not in served)
    return Plan(person_id=person.id, day=day, actions=tuple(actions), uncovered=uncovered,
                registry_age_days=max(0, (day - registry_checked).days))


def _place(action: Action) -> tuple[int, int, int, str]:
    """What serves many first, then what harms most, then what is quick: a mail before a stamp."""
    return (_KIND_ORDER.get(action.kind, len(_KIND_ORDER)),
            _PRIORITY_ORDER.get(action.broker.priority, len(_PRIORITY_ORDER)),
            action.minutes, action.broker.id)


@dataclass(frozen=True)
class _Planner:
    """The circumstances of one plan, and what was worked out for each broker so far."""

    wish: Wish
    registry: Mapping[str, Broker]
    laws: LawBook
    acting_as: ActingAs
    answers: tuple[GateAnswer, ...]
    known: Mapping[str, frozenset[Fact]]
    listing_urls: Mapping[str, tuple[str, ...]]
    open_requests: frozenset[str]
    authorizations: tuple[Authorization, ...]
    targets: Mapping[str, Broker]
    _rights: dict[str, Applicable] = field(default_factory=dict)
    _ways: dict[str, tuple[Way, ...]] = field(default_factory=dict)

    def actions(self) -> Iterator[Action]:
        """Every action, in no order; each target is served once, platforms aside."""
        platforms = {platform.broker for platform in PLATFORMS}
        for platform in PLATFORMS:
            if (action := self._platform(platform)) is not None:
                yield action
        wanted = [b for b in self.targets.values()
                  if b.id not in platforms and not self._is_taken(b)]
        served: set[str] = set()
        for network in networks(wanted, self.registry, self._can_ask):
            served |= set(network.serves)
            yield self._action(ActionKind.NETWORK, network.parent, network=network)
        for broker in wanted:
            if broker.id not in served and self._can_ask(broker):
                kind = ActionKind.PLATFORM if broker.role is Role.PLATFORM else ActionKind.REQUEST
                yield self._action(kind, broker)

    def why_uncovered(self, broker: Broker) -> str:
        """Why no action serves a target."""
        if broker.id in self.open_requests:
            return "A request to it is open already."
        parent = self._open_parent(broker)
        if parent is not None:
            return f"The open request to {parent.name} covers it."
        return why_none(self.wish, broker, self._applicable(broker))

    def _open_parent(self, broker: Broker) -> Broker | None:
        return next((self.registry[i] for i in sorted(self.open_requests)
                     if i in self.registry
                     and any(cover.id == broker.id for cover in self.registry[i].covers)), None)

    def _is_taken(self, broker: Broker) -> bool:
        return broker.id in self.open_requests or self._open_parent(broker) is not None

    def _platform(self, platform: StatePlatform) -> Action | None:
        broker = self.registry.get(platform.broker) or self.targets.get(platform.broker)
        if broker is None or broker.id in self.open_requests or not self._can_ask(broker):
            return None
        if not is_open_to(platform, self.wish.person, self.wish.day):
            return None
        fits = does_what_is_asked(platform, self.wish.right, self.wish.channel)
        reached = self._reached[platform.broker]
        wanted = tuple(i for i in reached if i in self.targets)
        if broker.id not in self.targets and not (fits and wanted):
            return None
        return self._action(ActionKind.PLATFORM, broker, covers=reached,
                            text=platform_note(broker, reached, wanted))

    @cached_property
    def _reached(self) -> Mapping[str, tuple[str, ...]]:
        return {p.broker: reached_by(p, self.registry, self.wish.day) for p in PLATFORMS}

    def _platform_over(self, broker: Broker) -> Broker | None:
        """The platform that covers a broker for this person, if there is one."""
        return next((self.registry[p.broker] for p in PLATFORMS
                     if p.broker in self.registry and broker.id in self._reached[p.broker]
                     and is_open_to(p, self.wish.person, self.wish.day)), None)

    def _applicable(self, broker: Broker) -> Applicable:
        if broker.id not in self._rights:
            self._rights[broker.id] = rights_against(
                self.laws, self.wish.person, broker, self.wish.day,
                acting_as=self.acting_as, authorizations=self.authorizations)
        return self._rights[broker.id]

    def _listings(self, broker: Broker) -> tuple[str, ...]:
        """Listings at the broker and at those that its opt-out covers, its own first."""
        family = (broker.id, *(cover.id for cover in broker.covers))
        return tuple(dict.fromkeys(
            url for broker_id in family for url in self.listing_urls.get(broker_id, ())))

    def _ways_of(self, broker: Broker) -> tuple[Way, ...]:
        if broker.id not in self._ways:
            self._ways[broker.id] = ways(
                self.wish, broker, self._applicable(broker),
                known=self.known.get(broker.id, frozenset()), listing_urls=self._listings(broker))
        return self._ways[broker.id]

    def _can_ask(self, broker: Broker) -> bool:
        return (broker.status is not BrokerStatus.DEFUNCT
                and broker.id not in self.open_requests and bool(self._ways_of(broker)))

    def _action(
        self, kind: ActionKind, broker: Broker, *, covers: tuple[str, ...] = (),
        network: Network | None = None, text: str = "",
    ) -> Action:
        found = self._ways_of(broker)
        best = found[0]
        person, day = self.wish.person, self.wish.day
        act = Act(person, broker, best.procedure, best.disclosure, best.ask, day,
                  self.acting_as, self.authorizations)
        also = tuple(cover.id for cover in broker.covers) if network else covers
        return Action(
            kind=kind, broker=broker, covers=(broker.id, *also),
            channel=best.procedure.channel, procedure=best.procedure, footings=best.ask.footings,
            minutes=minutes_for(best.procedure), needs=best.disclosure.needs,
            missing=best.disclosure.missing, gates=gates_for(act, self.answers),
            withheld=(*self._applicable(broker).withheld, *best.ask.withheld),
            facts_withheld=best.disclosure.withheld,
            other_procedures=tuple(way.procedure for way in found[1:]),
            note=text or note(
                person, broker, found, network=network, registry=self.registry,
                platform=None if network else self._platform_over(broker),
                listed=bool(self._listings(broker))))
