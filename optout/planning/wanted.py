"""Which brokers a wish means: what is relevant where a person lives or lived, or was named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.wanted import Wanted
from optout.domain.words import BrokerStatus, Role

LOCATION_CATEGORIES = frozenset({"location", "app_location"})
LOCATION_FLAG = "collects_precise_location"

NOBODY_TO_ASK = frozenset({
    Role.GOVERNMENT_SYSTEM, Role.TOOL_VENDOR, Role.PRACTICE, Role.PUBLIC_RECORD_SOURCE})
"""Roles that keep no file that a person can opt out of; each has a page that says what helps."""

NOT_BY_ITSELF = frozenset({"government_records", "protective_programs"})
"""Categories that no wish for “everything” means: an agency’s file, a programme to apply for."""


def is_relevant(broker: Broker, person: Person) -> bool:
    """Whether a broker deals in people where the person lives or has lived.

    One of which neither seat nor market is known may: it counts as relevant. In doubt a state's
    own list decides for the United States.
    """
    if broker.role in NOBODY_TO_ASK or broker.category in NOT_BY_ITSELF:
        return False
    countries = {home.country for home in person.residences}
    where = {broker.country, *broker.active_in} - {""}
    listed_in_a_state = bool(broker.registered_in) and "US" in countries
    return not where or bool(where & countries) or listed_in_a_state


def sells_location(broker: Broker) -> bool:
    """Whether a broker deals in where people are, by its kind or by its own word to a state."""
    return broker.category in LOCATION_CATEGORIES or broker.reported.get(LOCATION_FLAG, False)


def _meant(wanted: Wanted, person: Person, broker: Broker) -> bool:
    if broker.status is BrokerStatus.DEFUNCT:
        return False
    return ((wanted.relevant and is_relevant(broker, person))
            or (wanted.location and sells_location(broker))
            or broker.category in wanted.categories
            or any(broker.reported.get(flag, False) for flag in wanted.told))


def brokers_of(
    wanted: Wanted, person: Person, registry: Mapping[str, Broker],
) -> Iterator[Broker]:
    """The brokers that a wish means, each once, those that were named first.

    Args:
        wanted: the wish.
        person: decides what is relevant.
        registry: every broker by id; a named one that is gone from it is left out.
    """
    named = dict.fromkeys(wanted.brokers)
    yield from (registry[i] for i in named if i in registry)
    yield from (b for b in registry.values() if b.id not in named and _meant(wanted, person, b))
