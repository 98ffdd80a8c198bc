"""Who is served together: the state's platform, and the networks behind one opt-out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker, trust_of
from optout.domain.person import Person
from optout.domain.words import BrokerStatus, Channel, Right, Trust


@dataclass(frozen=True, slots=True)
class StatePlatform:
    """A platform that reaches every broker of a state's registry with one request.

    Args:
        broker: id of the platform's entry in our registry.
        registry: the official registry whose brokers it reaches.
        residence: where the person must live.
        rights: what it does.
    """

    broker: str
    registry: str
    residence: str
    rights: frozenset[Right]


PLATFORMS: tuple[StatePlatform, ...] = (
    # Cal. Civ. Code 1798.99.86: registered brokers fetch and carry out what it collects.
    StatePlatform("california-drop", "us-ca", "US-CA",
                  frozenset({Right.DELETE, Right.OPT_OUT_OF_SALE})),
)


def is_open_to(platform: StatePlatform, person: Person, day: date) -> bool:
    """Whether the person lives where the platform serves."""
    return any(platform.residence in home.containing() for home in person.residences_on(day))


def does_what_is_asked(
    platform: StatePlatform, right: Right | None, channel: Channel | None,
) -> bool:
    """Whether the platform fits a wish for a right and a channel, where there is one."""
    return (right is None or right in platform.rights) and channel in {None, Channel.PLATFORM}


def reached_by(
    platform: StatePlatform, registry: Mapping[str, Broker], day: date,
) -> tuple[str, ...]:
    """The living brokers whose registration stands on that day, in the registry's order."""
    return tuple(b.id for b in registry.values()
                 if b.registered_on(platform.registry, day)
                 and b.status is not BrokerStatus.DEFUNCT and b.id != platform.broker)


@dataclass(frozen=True, slots=True)
class Network:
    """One opt-out and the wanted brokers that it serves."""

    parent: Broker
    serves: tuple[str, ...]

    @property
    def unproven(self) -> tuple[str, ...]:
        """The wanted brokers of which nobody has proven that this opt-out covers them."""
        return tuple(cover.id for cover in self.parent.covers
                     if cover.id in self.serves and trust_of(cover.basis) is Trust.UNVERIFIED)


def networks(
    wanted: Sequence[Broker],
    registry: Mapping[str, Broker],
    serves: Callable[[Broker], bool],
) -> Iterator[Network]:
    """The networks that save requests, the largest first; each wanted broker is served once.

    A network stands for its parent and one more wanted broker, or for two wanted ones whose
    parent nobody asked for. Equal ones come in the order of their ids.

    Args:
        wanted: the brokers that are to be covered.
        registry: every broker by id.
        serves: whether a request to a parent is possible.
    """
    left = {broker.id for broker in wanted}
    parents = [b for b in registry.values() if left.intersection(c.id for c in b.covers)
               and b.status is not BrokerStatus.DEFUNCT and serves(b)]
    while True:
        sizes = {parent.id: _served(parent, left) for parent in parents}
        best = min((p for p in parents if len(sizes[p.id]) > 1),
                   key=lambda p: (-len(sizes[p.id]), p.id), default=None)
        if best is None:
            return
        yield Network(best, sizes[best.id])
        left -= set(sizes[best.id])


def _served(parent: Broker, left: Collection[str]) -> tuple[str, ...]:
    family = dict.fromkeys((parent.id, *(cover.id for cover in parent.covers)))
    return tuple(broker_id for broker_id in family if broker_id in left)
