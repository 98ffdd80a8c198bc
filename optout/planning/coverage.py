"""The platforms of states: whom they serve, what they do, which brokers they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.words import BrokerStatus, Channel, Right


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


def reaches(platform: StatePlatform, broker: Broker, day: date) -> bool:
    """Whether a broker is alive and its registration stands on that day."""
    return (broker.registered_on(platform.registry, day)
            and broker.status is not BrokerStatus.DEFUNCT and broker.id != platform.broker)


def reached_by(
    platform: StatePlatform, registry: Mapping[str, Broker], day: date,
) -> tuple[str, ...]:
    """The living brokers whose registration stands on that day, in the registry's order."""
    return tuple(b.id for b in registry.values() if reaches(platform, b, day))
