"""Which actions cover what is wanted: the platform, a look first, then the cheapest requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from optout.domain.broker import Broker
from optout.domain.plan import Action, Uncovered
from optout.domain.wanted import Choice
from optout.domain.words import ChoiceKind, Presence
from optout.planning import uncovered as words
from optout.planning.coverage import PLATFORMS, StatePlatform, does_what_is_asked
from optout.planning.desks import each_once, joint_letters
from optout.planning.hygiene import When, action_of, steps_for
from optout.planning.options import Candidate, is_programme, networks, single
from optout.planning.overlap import with_least_overlap
from optout.planning.planner import Planner
from optout.planning.presence import look_again_on, shows_to_strangers
from optout.planning.procedures import Way
from optout.planning.set_cover import Cover, Option, cheapest
from optout.planning.weights import cost_of


@dataclass(frozen=True, slots=True)
class Result:
    """What covers the targets, in no order, and what stays uncovered, in the targets' order."""

    actions: tuple[Action, ...]
    uncovered: tuple[Uncovered, ...]
    served: int
    """How many targets the requests serve."""
    cost: int
    least_cost: int


@dataclass(frozen=True)
class Covering:
    """One wish against what is known: who is asked, who is looked at, who is left alone.

    Args:
        planner: what is worked out about each broker.
        targets: the brokers to cover, by id.
        named: those that the person named one by one.
        choices: by broker, what the person chose about it.
        open_requests: ids of brokers with a request that is still open.
        settled: by broker, why it is not asked again now.
        looking_first: whether one looks before one asks.
        named_in: by broker, the recipient of an open request that asks for it as well.
    """

    planner: Planner
    targets: Mapping[str, Broker]
    named: frozenset[str]
    choices: Mapping[str, Choice]
    open_requests: frozenset[str]
    settled: Mapping[str, str]
    looking_first: bool
    named_in: Mapping[str, str] = field(default_factory=dict)
    _reasons: dict[str, str] = field(default_factory=dict)

    def result(self) -> Result:
        """The actions, and each uncovered target with its reason."""
        cover = self._cover
        requests = tuple(map(self.planner.request_action, each_once(with_least_overlap(
            [self._candidates[option.key] for option in cover.chosen],
            self._candidates.values(), lambda candidate: self._option(candidate).cost))))
        asked = frozenset(i for action in requests for i in action.covers)
        platforms = tuple(self._platform_actions(asked))
        served = {i for action in (*platforms, *requests) for i in action.covers
                  if i in self.targets and not self._left(self.targets[i])}
        by_request = len(served)
        looks = tuple(self.planner.look_action(broker) for broker in self._to_look_at
                      if broker.id not in asked)
        served.update(action.broker.id for action in looks)
        own = tuple(self._own_steps(frozenset(
            action.broker.id for action in (*platforms, *requests, *looks))))
        served.update(action.broker.id for action in own)
        return Result(
            (*platforms, *requests, *looks, *own),
            tuple(Uncovered(broker.id, self._why_uncovered(broker))
                  for broker in self.targets.values() if broker.id not in served),
            by_request, cover.cost, cover.least_cost)

    def _own_steps(self, dealt_with: frozenset[str]) -> Iterator[Action]:
        """What the person does by their own hand, besides requests.

        Whoever named single brokers wants those; only what must come before any request to keep
        somebody safe is added then.
        """
        wish = self.planner.wish
        if wish.right is not None or wish.channel is not None or not self.looking_first:
            return
        for step in steps_for(wish.person, self.planner.registry, wish.day,
                              wanted=tuple(self.targets), asked=dealt_with):
            wanted = self._wants_more_than_named or (
                wish.person.at_risk and step.when is When.FIRST)
            if wanted and not self._is_skipped(step.broker):
                yield action_of(step)

    @cached_property
    def _wants_more_than_named(self) -> bool:
        return any(broker_id not in self.named for broker_id in self.targets)

    # --- who is asked -----------------------------------------------------------------------

    @cached_property
    def _to_ask(self) -> tuple[Broker, ...]:
        """The brokers for which a request is wanted, whether or not one is possible."""
        return tuple(broker for broker in self.targets.values()
                     if not self._is_platform(broker) and not is_programme(broker)
                     and not self._left(broker)
                     and not self._left_to_platform(broker) and not self._looks_first(broker))

    @cached_property
    def _to_look_at(self) -> tuple[Broker, ...]:
        return tuple(broker for broker in self.targets.values()
                     if not self._is_platform(broker) and not self._left(broker)
                     and not self._left_to_platform(broker) and self._looks_first(broker))

    def _left(self, broker: Broker) -> bool:
        """Whether nothing is done about a broker now."""
        return bool(self._why_left(broker))

    def _why_left(self, broker: Broker) -> str:
        """Why nothing is done about a broker that could perhaps be asked; "" if it is."""
        if broker.id not in self._reasons:
            self._reasons[broker.id] = self._reason(broker)
        return self._reasons[broker.id]

    def _reason(self, broker: Broker) -> str:
        if broker.id in self.open_requests:
            return words.ASKED_ALREADY
        if (parent := self._open_parent(broker)) is not None:
            return words.covered_by_open(parent)
        choice = self._choice(broker)
        if choice is not None:
            return "" if choice.kind is ChoiceKind.ASK else words.chosen(choice)
        if broker.id in self.settled and broker.id not in self.named:
            return self.settled[broker.id]
        if self.looking_first and self.planner.presence(broker) is Presence.NOT_FOUND:
            return self._not_found(broker)
        return ""

    def _not_found(self, broker: Broker) -> str:
        look = self.planner.looks[broker.id]
        return words.not_found(look, look_again_on(self.planner.wish.person, look))

    def _choice(self, broker: Broker) -> Choice | None:
        choice = self.choices.get(broker.id)
        return choice if choice is not None and choice.holds_on(self.planner.wish.day) else None

    def _looks_first(self, broker: Broker) -> bool:
        return (self.looking_first and self._choice(broker) is None
                and self.planner.presence(broker) is Presence.NOT_LOOKED
                and self.planner.can_ask(broker))

    def _open_parent(self, broker: Broker) -> Broker | None:
        registry = self.planner.registry
        if (recipient := registry.get(self.named_in.get(broker.id, ""))) is not None:
            return recipient
        return next((registry[i] for i in self._open_families
                     if broker.id in self._open_families[i]), None)

    @cached_property
    def _open_families(self) -> Mapping[str, frozenset[str]]:
        registry = self.planner.registry
        return {i: frozenset(cover.id for cover in registry[i].covers)
                for i in sorted(self.open_requests) if i in registry and registry[i].covers}

    # --- platforms --------------------------------------------------------------------------

    def _is_platform(self, broker: Broker) -> bool:
        return any(broker.id == platform.broker for platform in PLATFORMS)

    def _platform_actions(self, asked: frozenset[str]) -> list[Action]:
        """The platforms to ask, beside requests to these brokers."""
        found = []
        for platform in PLATFORMS:
            broker = self._usable(platform)
            if broker is None:
                continue
            reached = self.planner.reached[broker.id]
            wanted = tuple(i for i in reached if i in self.targets)
            left = tuple(i for i in wanted if self._left_to_platform(self.targets[i])
                         and i not in asked and not self._left(self.targets[i]))
            if broker.id in self.targets or (wanted and self._does_what_is_asked(platform)):
                found.append(self.planner.platform_action(broker, wanted, left))
        return found

    def _usable(self, platform: StatePlatform) -> Broker | None:
        """A platform that can be asked now: open to the person, not asked, not left out."""
        broker = self.planner.platform_broker(platform)
        if broker is None or self._left(broker) or not self.planner.can_ask(broker):
            return None
        return broker

    def _does_what_is_asked(self, platform: StatePlatform) -> bool:
        wish = self.planner.wish
        return does_what_is_asked(platform, wish.right, wish.channel)

    def _left_to_platform(self, broker: Broker) -> bool:
        """Whether a platform covers a broker well enough, asked or about to be asked.

        It does for what shows nothing to strangers. What anybody can look up today does not
        wait for the platform’s months, and what the person named is asked as they wished.
        """
        if broker.id in self.named or self._choice(broker) is not None:
            return False
        if shows_to_strangers(broker) or self.planner.presence(broker) is Presence.LISTED:
            return False
        over = self.planner.platform_over(broker)
        return over is not None and over.id in self._platforms_at_work

    @cached_property
    def _platforms_at_work(self) -> frozenset[str]:
        """The platforms that carry out what is asked: by a request of before or one of this plan.

        A platform goes on by itself after its request was closed.
        """
        asked = {*self.open_requests, *self.settled}
        return frozenset(
            platform.broker for platform in PLATFORMS if self._does_what_is_asked(platform)
            and (platform.broker in asked or self._usable(platform) is not None))

    # --- the cheapest requests --------------------------------------------------------------

    @cached_property
    def _candidates(self) -> Mapping[str, Candidate]:
        planner = self.planner
        wanted = [b for b in self._to_ask if not self._left(b)]
        askable = [b for b in wanted if planner.can_ask(b)]
        found = (*networks(wanted, planner.registry, self._can_be_asked_now),
                 *joint_letters(askable, self._ways_to_join, self._price), *map(single, askable))
        return {candidate.key: candidate for candidate in found}

    def _can_be_asked_now(self, broker: Broker) -> bool:
        return not (broker.id in self.open_requests or self._is_skipped(broker)) and (
            self.planner.can_ask(broker))

    def _is_skipped(self, broker: Broker) -> bool:
        choice = self._choice(broker)
        return choice is not None and choice.kind is not ChoiceKind.ASK

    @cached_property
    def _cover(self) -> Cover:
        options = [self._option(candidate) for candidate in self._candidates.values()]
        reachable = {i for option in options for i in option.covers}
        return cheapest(reachable, options)

    def _option(self, candidate: Candidate) -> Option:
        wish = self.planner.wish
        cost = cost_of(wish.person, self.planner.ways_of(candidate)[0], wish.day,
                       unproven=len(candidate.unproven))
        return Option(candidate.key, frozenset(candidate.serves), cost)

    def _price(self, way: Way) -> int:
        return cost_of(self.planner.wish.person, way, self.planner.wish.day)

    def _ways_to_join(self, broker: Broker) -> tuple[Way, ...]:
        """The ways by which a letter for several may go: the person’s own choice holds."""
        wanted = self.planner.channels.get(broker.id)
        return tuple(way for way in self.planner.ways(broker)
                     if wanted is None or way.procedure.channel is wanted)

    # --- what stays uncovered ---------------------------------------------------------------

    def _why_uncovered(self, broker: Broker) -> str:
        why = self._why_left(broker)
        if why:
            return why
        over = self.planner.platform_over(broker)
        if self._left_to_platform(broker) and over is not None:
            return words.covered_by_platform(over)
        if is_programme(broker):
            return words.PROGRAMME
        return self.planner.why_none(broker)
