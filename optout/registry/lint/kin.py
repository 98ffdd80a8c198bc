"""Which entries belong together: by coverage, and by the company behind them."""

from __future__ import annotations

from collections.abc import Mapping

from optout.domain.broker import Broker
from optout.registry.names import plain_name


def company_of(broker: Broker) -> str:
    """The company behind an entry in a form that compares: small, without its legal form."""
    return plain_name(broker.operator or broker.name)


class Kinship:
    """Entries that cover each other, are related, or have one operator.

    Args:
        brokers: by id.
    """

    def __init__(self, brokers: Mapping[str, Broker]) -> None:
        self._kin: dict[str, set[str]] = {id_: {id_} for id_ in brokers}
        by_company: dict[str, set[str]] = {}
        for broker in brokers.values():
            by_company.setdefault(company_of(broker), set()).add(broker.id)
            for other in (*(cover.id for cover in broker.covers), *broker.related):
                if other in brokers:
                    self._kin[broker.id].add(other)
                    self._kin[other].add(broker.id)
        for company in by_company.values():
            for id_ in company:
                self._kin[id_] |= company

    def of(self, id_: str) -> frozenset[str]:
        """The entry itself and those next to it."""
        return frozenset(self._kin[id_])

    def are_kin(self, one: str, other: str) -> bool:
        """Whether two entries stand next to each other, or share a neighbour."""
        return not self._kin[one].isdisjoint(self._kin[other])
