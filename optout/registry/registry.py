"""The registry as the program uses it: brokers by id, found, counted, and how old they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType
from typing import Any

from optout.domain.broker import Broker
from optout.domain.errors import NotFound
from optout.domain.words import BrokerStatus, Trust
from optout.registry.families import Family, families_of
from optout.registry.filters import is_stale
from optout.registry.match import HostIndex
from optout.registry.search import SearchIndex


class Registry:
    """Checked brokers, in the order of their file.

    Args:
        brokers: by id.
        checked: the day up to which the packaged registry was compiled.
    """

    def __init__(self, brokers: Mapping[str, Broker], checked: date) -> None:
        self.brokers: Mapping[str, Broker] = MappingProxyType(dict(brokers))
        self.checked = checked

    def __len__(self) -> int:
        return len(self.brokers)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.brokers

    def get(self, id_: str) -> Broker:
        """The broker with that id.

        Raises:
            NotFound: naming ids that look alike.
        """
        found = self.brokers.get(id_)
        if found:
            return found
        alike = get_close_matches(id_.lower(), self.brokers, n=3, cutoff=0.6) or [
            broker.id for broker, _ in self.search(id_)[:3]]
        names = ", ".join(f"“{one}”" for one in alike)
        raise NotFound(f"The registry has no broker “{id_}”.",
                       remedy=f"Did you mean {names}?" if alike else
                       "Look for it with: optout registry search NAME")

    def all(self) -> tuple[Broker, ...]:
        """Every broker, in the file's order."""
        return tuple(self.brokers.values())

    def covered_by(self, id_: str) -> tuple[str, ...]:
        """The ids of the brokers whose opt-out also serves this one.

        Raises:
            NotFound: for an unknown id.
        """
        self.get(id_)
        return self._coverers.get(id_, ())

    def search(self, words: str) -> list[tuple[Broker, int]]:
        """Brokers by name, domain, alias or operator, best first, with a score from 0 to 100."""
        return [(self.brokers[id_], score) for id_, score in self._index.search(words)]

    def match(self, link: str) -> Broker | None:
        """The broker that a pasted link belongs to, mirrors included; None if it is unknown."""
        id_ = self._hosts.owner(link)
        return self.brokers[id_] if id_ else None

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """Every contact that several entries share, and whether anybody confirmed it."""
        return families_of(self.brokers.values())

    def shared_contacts(self, id_: str) -> tuple[Family, ...]:
        """The contacts that a broker shares with others.

        Raises:
            NotFound: for an unknown id.
        """
        self.get(id_)
        return tuple(family for family in self.families if id_ in family.ids)

    @cached_property
    def by_category(self) -> Mapping[str, tuple[Broker, ...]]:
        """The brokers of each category."""
        found: dict[str, list[Broker]] = {}
        for broker in self.brokers.values():
            found.setdefault(broker.category, []).append(broker)
        return {category: tuple(found[category]) for category in sorted(found)}

    @cached_property
    def by_name(self) -> tuple[Broker, ...]:
        """Every broker, by name."""
        return tuple(sorted(self.brokers.values(), key=lambda broker: broker.name.casefold()))

    @property
    def oldest_checked(self) -> date | None:
        """The oldest check among all procedures; None where there is none."""
        return min((procedure.checked for broker in self.brokers.values()
                    for procedure in broker.procedures if procedure.checked), default=None)

    def stale(self, id_: str, day: date) -> bool:
        """Whether, on that day, every way out of this broker wants a look first.

        Raises:
            NotFound: for an unknown id.
        """
        return is_stale(self.get(id_), day)

    def stats(self) -> dict[str, Any]:
        """Counts, in the shape of DESIGN section 6.

        `by_channel` counts the brokers that offer a channel, `registered_in` those that filed
        in a registry in any year, `unconfirmed_shared` the contacts that several brokers share
        though nobody confirmed them; every other count is of brokers too, and sums to `brokers`.
        """
        brokers = self.all()
        trust = Counter(broker.trust for broker in brokers)
        oldest = self.oldest_checked
        return {
            "brokers": len(brokers),
            "by_category": {name: len(members) for name, members in self.by_category.items()},
            "by_channel": _counted(channel for broker in brokers for channel in
                                   {procedure.channel for procedure in broker.procedures}),
            "by_role": _counted(broker.role for broker in brokers),
            "by_status": _counted(broker.status for broker in brokers),
            "registered_in": _counted(name for broker in brokers for name in
                                      {one.registry for one in broker.registered_in}),
            "with_source": sum(bool(broker.sources) for broker in brokers),
            "with_way_out": sum(broker.status is not BrokerStatus.DEFUNCT
                                and bool(broker.procedures) for broker in brokers),
            "verified": trust[Trust.VERIFIED],
            "corroborated": trust[Trust.CORROBORATED],
            "unverified": trust[Trust.UNVERIFIED],
            "unconfirmed_shared": sum(not family.confirmed for family in self.families),
            "oldest_checked": oldest.isoformat() if oldest else None,
            "checked": self.checked.isoformat(),
        }

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self.brokers.values())

    @cached_property
    def _hosts(self) -> HostIndex:
        return HostIndex(self.brokers.values())

    @cached_property
    def _coverers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for broker in self.brokers.values():
            for cover in broker.covers:
                found[cover.id] = (*found.get(cover.id, ()), broker.id)
        return found


def _counted(words: Any) -> dict[str, int]:
    counts = Counter(str(word) for word in words)
    return {word: counts[word] for word in sorted(counts)}
