"""The sentences of a plan: why this action, what it covers, what to know before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.words import BrokerStatus, Fact
from optout.planning.coverage import Network
from optout.planning.disclosure import hard_demands
from optout.planning.procedures import Way

_MOST_NAMES = 3


def _names(ids: tuple[str, ...], registry: Mapping[str, Broker]) -> str:
    names = [registry[i].name if i in registry else i for i in ids]
    rest = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def platform_note(platform: Broker, reached: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    """What one request through a platform does and does not do."""
    return (f"One request through {platform.name} reaches every broker that is registered there: "
            f"{len(wanted)} of those you chose, and at least {len(reached)} in all. It works by "
            "its own clock, so those you chose get a request of their own as well.")


def note(
    person: Person,
    broker: Broker,
    ways: tuple[Way, ...],
    *,
    platform: Broker | None = None,
    network: Network | None = None,
    registry: Mapping[str, Broker],
    listed: bool = False,
) -> str:
    """Why this way was chosen for this broker, in a few short sentences."""
    shared = [] if network is None else list(_of_network(network, registry))
    also = [] if platform is None else [f"{platform.name} covers it as well."]
    return " ".join((*shared, *also, *_of_way(broker, ways),
                     *_of_presence(person, broker, listed=listed)))


def _of_network(network: Network, registry: Mapping[str, Broker]) -> Iterator[str]:
    yield f"One opt-out here serves {len(network.serves)} of the brokers you chose."
    if network.unproven:
        yield (f"That it covers {_names(network.unproven, registry)} is not proven: look there "
               "afterwards.")


def _of_way(broker: Broker, ways: tuple[Way, ...]) -> Iterator[str]:
    best = ways[0]
    if best.ask.is_voluntary:
        yield ("No law that this program holds stands behind this request; it asks them to follow "
               "their own rules.")
    preferred = broker.procedures[0]
    if preferred is not best.procedure and hard_demands(preferred) > hard_demands(best.procedure):
        yield "Their preferred way asks for more of you than this one."
    elif Fact.LISTING_URL in preferred.needs and Fact.LISTING_URL not in best.disclosure.facts:
        yield "If you find your listing there and enter its link, a shorter way opens."


def _of_presence(person: Person, broker: Broker, *, listed: bool) -> Iterator[str]:
    if person.at_risk and broker.search is not None and not listed:
        yield "Nothing shows that they list you. Look first: asking tells them about you."
    if broker.status is BrokerStatus.UNCLEAR:
        yield "It is not clear whether they are still in business."
