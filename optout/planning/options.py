"""The requests that could be made, each with the brokers that it would serve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from optout.domain.broker import Broker, trust_of
from optout.domain.words import ActionKind, BrokerStatus, Role, Trust
from optout.planning.gate_when import SUPERVISION, VOTER_FILES
from optout.planning.procedures import Way

_OF_AN_AGENCY = "government_records"


def is_programme(broker: Broker) -> bool:
    """Whether it is a programme that one applies to for protection, and no recipient."""
    return broker.category == "protective_programs"


def stands_alone(broker: Broker) -> bool:
    """Whether its own safety rules hold it, so that no request to another one may name it."""
    return (broker.role is Role.GOVERNMENT_SYSTEM or broker.id == VOTER_FILES
            or broker.category == SUPERVISION)


def shows_listings_of(broker: Broker, registry: Mapping[str, Broker]) -> tuple[str, ...]:
    """The brokers whose listings a request to a broker may name: its own first.

    Those that its opt-out is proven to serve, and those of the same legal person. A link to a
    stranger's page would tell one firm what another one shows.
    """
    return (broker.id, *(cover.id for cover in broker.covers
                         if trust_of(cover.basis) is not Trust.UNVERIFIED
                         or (cover.id in registry and broker.operator
                             and registry[cover.id].operator == broker.operator)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One request that could be made.

    Args:
        kind: what it is in the plan.
        broker: whom it goes to.
        serves: ids of the wanted brokers that it serves.
        also: ids of the brokers that its document names beside the recipient.
        unproven: ids of wanted brokers of which nobody has proven that it serves them.
        brands: of a letter for several, each brand with its way to their common desk, the
            recipient first; empty for every other request.
    """

    kind: ActionKind
    broker: Broker
    serves: tuple[str, ...]
    also: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    brands: tuple[tuple[Broker, Way], ...] = ()

    @property
    def way(self) -> Way | None:
        """The way that it has to go by; None for the best way of the recipient."""
        return self.brands[0][1] if self.brands else None

    @property
    def key(self) -> str:
        """A name that no other candidate has."""
        name = f"{self.kind.value} {self.broker.id}"
        if self.way is None:
            return name
        procedure = self.way.procedure
        return " ".join((name, procedure.channel.value, procedure.email, *self.serves))


def single(broker: Broker) -> Candidate:
    """A request for one broker alone.

    A programme of an industry or an agency, such as OptOutPrescreen, speaks for many at once
    by what it is: that is a joint opt-out, though no single broker's whole record goes by it.
    """
    if broker.role is Role.PLATFORM:
        kind = ActionKind.PLATFORM
    elif broker.role is Role.PROGRAM and broker.category != _OF_AN_AGENCY:
        kind = ActionKind.JOINT
    else:
        kind = ActionKind.REQUEST
    return Candidate(kind, broker, (broker.id,))


def networks(
    wanted: Sequence[Broker], registry: Mapping[str, Broker], can_ask: Callable[[Broker], bool],
) -> Iterator[Candidate]:
    """One opt-out that serves several: the parent's, by the registry's `covers`.

    A parent that nobody asked for is asked for two wanted brokers or more, or for one that has
    no way of its own: each recipient more is one more that learns of the person.

    Args:
        wanted: the brokers to be asked.
        registry: every broker by id.
        can_ask: whether a request to a broker is possible.
    """
    ids = {broker.id for broker in wanted}
    for parent in registry.values():
        if not parent.covers or parent.status is BrokerStatus.DEFUNCT:
            continue
        family = dict.fromkeys((parent.id, *(
            cover.id for cover in parent.covers
            if cover.id not in registry or not stands_alone(registry[cover.id]))))
        serves = tuple(i for i in family if i in ids)
        lone = len(serves) == 1 and (serves[0] == parent.id or can_ask(registry[serves[0]]))
        if serves and not lone and can_ask(parent):
            yield Candidate(
                ActionKind.NETWORK, parent, serves, tuple(family)[1:],
                tuple(cover.id for cover in parent.covers
                      if cover.id in serves and trust_of(cover.basis) is Trust.UNVERIFIED))
