"""Which brokers are meant: by what they are, where they are, what they told and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from optout.domain.broker import Broker


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that must all hold; an empty one lets everything through.

    Args:
        category: what it deals in.
        role: what the recipient is.
        channel: a way by which it takes requests.
        status: `active`, `unclear` or `defunct`.
        trust: the best trust that any of its ways has.
        country: where it is established, two letters.
        region: such as US-CA, US or DE: where it is established or active, where it filed, or
            where its post goes.
        registered_in: a registry that it filed with, such as us-ca.
        told: a flag of `reported` that it answered with yes.
        holds: words, each of which must occur in what it holds or who buys it.
        right: a right that one of its ways names.
        regulated_as: a law that limits rights against it.
        operator: words in the name of the company behind it.
        stale: whether every one of its ways wants a look first; None for either.
    """

    category: str = ""
    role: str = ""
    channel: str = ""
    status: str = ""
    trust: str = ""
    country: str = ""
    region: str = ""
    registered_in: str = ""
    told: str = ""
    holds: str = ""
    right: str = ""
    regulated_as: str = ""
    operator: str = ""
    stale: bool | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) not in ("", None) for one in fields(self))

    def matches(self, broker: Broker, day: date) -> bool:
        """Whether the broker meets every condition.

        Args:
            broker: any entry.
            day: on which it is asked whether the entry is stale.
        """
        return self._kind(broker) and self._place(broker) and self._facts(broker, day)

    def _kind(self, broker: Broker) -> bool:
        return (self.category in ("", broker.category)
                and self.role in ("", broker.role)
                and self.status in ("", broker.status)
                and (not self.channel or any(self.channel == way.channel
                                             for way in broker.procedures))
                and (not self.right or any(self.right in way.rights
                                           for way in broker.procedures))
                and (not self.trust or self.trust == broker.trust))

    def _place(self, broker: Broker) -> bool:
        return (self.country.upper() in ("", broker.country)
                and (not self.region or self.region.upper() in regions_of(broker))
                and (not self.registered_in or any(self.registered_in == one.registry
                                                   for one in broker.registered_in)))

    def _facts(self, broker: Broker, day: date) -> bool:
        return ((not self.told or broker.reported.get(self.told) is True)
                and (not self.regulated_as or self.regulated_as in broker.regulated_as)
                and _within(self.operator, (broker.operator,))
                and _within(self.holds, (*broker.holds, *broker.buyers))
                and (self.stale is None or self.stale is is_stale(broker, day)))


def regions_of(broker: Broker) -> frozenset[str]:
    """Codes such as US and US-CA: established or active there, filed there, or has its post there.

    A state counts for its country too.
    """
    return frozenset(code for whole in _places(broker)
                     for code in (whole, whole.partition("-")[0]) if code)


def _places(broker: Broker) -> Iterator[str]:
    yield broker.country
    yield from broker.active_in
    yield from (one.registry.upper() for one in broker.registered_in)
    for way in broker.procedures:
        if way.address and way.address.region:
            yield f"{way.address.country}-{way.address.region}".upper()
        elif way.address:
            yield way.address.country


def is_stale(broker: Broker, day: date) -> bool:
    """Whether, on that day, every way out of the broker wants a look first."""
    return bool(broker.procedures) and all(way.wants_a_look(day) for way in broker.procedures)


def _within(words: str, texts: tuple[str, ...]) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())
