"""What is worked out about each broker for one person: its rights, its ways, its action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import VOLUNTARY, Applicable
from optout.domain.gate import Gate, GateAnswer
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.person import Authorization
from optout.domain.plan import Action, Need
from optout.domain.words import ActingAs, ActionKind, BrokerStatus, Channel, Fact, Presence
from optout.law.model import LawBook
from optout.planning.asks import Ask
from optout.planning.channels import why_channel
from optout.planning.coverage import PLATFORMS, StatePlatform, is_open_to, reached_by, reaches
from optout.planning.disclosure import Disclosure
from optout.planning.gates import Act, GateBook, gates_for
from optout.planning.minutes import LOOK, minutes_for
from optout.planning.notes import ONE_DESK, look_note, note, platform_note
from optout.planning.options import Candidate, shows_listings_of
from optout.planning.presence import presence_at
from optout.planning.procedures import Way, Wish, ways, why_none
from optout.planning.reasons import A_LOOK_SHOWS
from optout.planning.rights import rights_against


@dataclass(frozen=True)
class Planner:
    """The circumstances of one plan; what was worked out for a broker is kept.

    Args:
        wish: who asks, when, for what, by which channel.
        known: by broker, the facts that it is known to have about the person.
        listing_urls: by broker, the listings of the person that were seen there.
        looks: by broker, the newest look there.
        channels: by broker, the channel that the person prefers there.
        rules: the safety rules.
    """

    wish: Wish
    registry: Mapping[str, Broker]
    laws: LawBook
    acting_as: ActingAs
    answers: tuple[GateAnswer, ...]
    known: Mapping[str, frozenset[Fact]]
    listing_urls: Mapping[str, tuple[str, ...]]
    looks: Mapping[str, Look]
    channels: Mapping[str, Channel]
    authorizations: tuple[Authorization, ...]
    rules: GateBook
    _rights: dict[str, Applicable] = field(default_factory=dict)
    _ways: dict[str, tuple[Way, ...]] = field(default_factory=dict)

    def applicable(self, broker: Broker) -> Applicable:
        """What the law gives the person against a broker."""
        if broker.id not in self._rights:
            self._rights[broker.id] = rights_against(
                self.laws, self.wish.person, broker, self.wish.day,
                acting_as=self.acting_as, authorizations=self.authorizations)
        return self._rights[broker.id]

    def ways(self, broker: Broker) -> tuple[Way, ...]:
        """The ways that serve, best first; by the channel that the person prefers, if any does."""
        if broker.id not in self._ways:
            found = ways(
                self.wish, broker, self.applicable(broker),
                known=self.known.get(broker.id, frozenset()),
                listing_urls=self._listings(broker))
            wanted = self.channels.get(broker.id)
            if wanted is not None:
                found = tuple(sorted(found, key=lambda way: way.procedure.channel is not wanted))
            self._ways[broker.id] = found
        return self._ways[broker.id]

    def ways_of(self, candidate: Candidate) -> tuple[Way, ...]:
        """The ways of a request, the one that it goes by first."""
        found, chosen = self.ways(candidate.broker), candidate.way
        if chosen is None:
            return found
        return (chosen, *(way for way in found if way is not chosen))

    def can_ask(self, broker: Broker) -> bool:
        """Whether a request to a broker is possible."""
        return broker.status is not BrokerStatus.DEFUNCT and bool(self.ways(broker))

    def why_none(self, broker: Broker) -> str:
        """Why a broker cannot be asked."""
        return why_none(self.wish, broker, self.applicable(broker))

    def presence(self, broker: Broker) -> Presence:
        """What is known of whether a broker lists the person."""
        return presence_at(self.wish.person, broker, self.looks.get(broker.id),
                           self.listing_urls.get(broker.id, ()), self.wish.day)

    def platform_broker(self, platform: StatePlatform) -> Broker | None:
        """A platform that is open to the person; None where it is not."""
        broker = self.registry.get(platform.broker)
        fits = broker is not None and is_open_to(platform, self.wish.person, self.wish.day)
        return broker if fits else None

    @cached_property
    def reached(self) -> Mapping[str, tuple[str, ...]]:
        """By platform, the brokers that it reaches."""
        return {p.broker: reached_by(p, self.registry, self.wish.day) for p in PLATFORMS}

    def platform_over(self, broker: Broker) -> Broker | None:
        """The platform that reaches a broker for this person, if there is one."""
        return next((found for p in PLATFORMS if reaches(p, broker, self.wish.day)
                     and (found := self.platform_broker(p)) is not None), None)

    def platform_action(
        self, broker: Broker, wanted: tuple[str, ...], left_to_it: tuple[str, ...],
    ) -> Action:
        """The action of a state's platform.

        Args:
            broker: the platform.
            wanted: the brokers of this plan that it reaches.
            left_to_it: those of them that get no request of their own.
        """
        reached = self.reached[broker.id]
        return self._action(ActionKind.PLATFORM, broker, reached,
                            platform_note(broker, reached, wanted, left_to_it),
                            self.ways(broker))

    def request_action(self, candidate: Candidate) -> Action:
        """The action of a request, single or for several."""
        broker, found = candidate.broker, self.ways_of(candidate)
        text = note(
            self.wish.person, broker, found, candidate=candidate,
            registry=self.registry, presence=self.presence(broker),
            platform=None if candidate.also else self.platform_over(broker),
            listed=bool(self._listings(broker)))
        action = self._action(candidate.kind, broker, candidate.also, text, found)
        shares = candidate.also and found[0] is not self.ways(broker)[0]
        return replace(action, why_channel=ONE_DESK) if shares else action

    def look_action(self, broker: Broker) -> Action:
        """A look, before anything is asked: it tells a name and an internet address."""
        procedure = Procedure(channel=Channel.WEB_FORM,
                              url=broker.search.url if broker.search else "")
        reveals = broker.search.reveals if broker.search else ()
        shown = Disclosure(tuple(Need(fact, A_LOOK_SHOWS) for fact in reveals))
        look = self.looks.get(broker.id)
        return Action(
            kind=ActionKind.LOOK, broker=broker, covers=(broker.id,),
            channel=procedure.channel, procedure=procedure, footings=(VOLUNTARY,),
            minutes=LOOK.minutes, needs=shown.needs,
            gates=self._gates(broker, Way(procedure, Ask((VOLUNTARY,)), shown), looking=True),
            note=look_note(broker, look if look and look.result is LookResult.NOT_FOUND
                           else None),
            presence=self.presence(broker))

    def _listings(self, broker: Broker) -> tuple[str, ...]:
        """Listings that a request to the broker may name, its own first."""
        family = shows_listings_of(broker, self.registry)
        return tuple(dict.fromkeys(
            url for broker_id in family for url in self.listing_urls.get(broker_id, ())))

    def _gates(
        self, broker: Broker, way: Way, *, looking: bool = False,
    ) -> tuple[Gate, ...]:
        act = Act(self.wish.person, broker, way.procedure, way.disclosure, way.ask,
                  self.wish.day, self.acting_as, self.authorizations,
                  listed=bool(self._listings(broker)), looking=looking,
                  counsel=self.wish.counsel)
        return gates_for(act, self.answers, self.rules)

    def _action(
        self, kind: ActionKind, broker: Broker, also: tuple[str, ...], text: str,
        found: tuple[Way, ...],
    ) -> Action:
        best = found[0]
        return Action(
            kind=kind, broker=broker, covers=(broker.id, *also),
            channel=best.procedure.channel, procedure=best.procedure, footings=best.ask.footings,
            minutes=minutes_for(best.procedure), needs=best.disclosure.needs,
            missing=best.disclosure.missing, gates=self._gates(broker, best),
            withheld=(*self.applicable(broker).withheld, *best.ask.withheld),
            facts_withheld=best.disclosure.withheld,
            other_procedures=tuple(way.procedure for way in found[1:]), note=text,
            presence=self.presence(broker),
            why_channel=why_channel(self.wish.person, broker, found))
