"""Which broker a filing belongs to: by its number, by its own site, then by its name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from optout.domain.broker import Broker
from optout.domain.words import Role
from optout.registry.names import plain_name
from optout.registry.official.contacts import own_sites
from optout.registry.official.filing import Filing

_NO_COMPANIES = frozenset({Role.PLATFORM, Role.PRACTICE, Role.PROGRAM, Role.GOVERNMENT_SYSTEM})
"""Entries that no company can be, whatever site they stand on."""


@dataclass(slots=True)
class Group:
    """The filings of one broker.

    Args:
        broker: its entry; None where the registry has none yet.
    """

    broker: Broker | None
    filings: list[Filing] = field(default_factory=list)


def join(filings: Iterable[Filing], brokers: Sequence[Broker]) -> list[Group]:
    """The filings, those of one broker together, in the order of the file.

    A site or a name that several entries share leads to the one that filed with the same
    registry before, else to the first.
    """
    index = _Index(brokers)
    for filing in filings:
        index.take(filing)
    return [group for group in index.groups if group.filings]


class _Index:
    """Entries and new groups by what finds them; what was entered first is found first."""

    def __init__(self, brokers: Sequence[Broker]) -> None:
        self.groups: list[Group] = []
        self._by: dict[tuple[str, Hashable], list[Group]] = {}
        named: list[tuple[Group, Broker]] = []
        for broker in brokers:
            if broker.role not in _NO_COMPANIES:
                group = Group(broker)
                self.groups.append(group)
                named.append((group, broker))
                for filed in broker.registered_in:
                    if filed.id:
                        self._enter("id", (filed.registry, filed.id), group)
                self._enter_all("site", own_sites(broker.domains), group)
                self._enter("name", plain_name(broker.name), group)
        for group, broker in named:  # an entry's own name goes before another's alias
            self._enter_all("name", map(plain_name, broker.aliases), group)

    def take(self, filing: Filing) -> None:
        """Put a filing where it belongs, and let what it tells find later ones."""
        sites = own_sites(filing.websites)
        name = plain_name(filing.name)
        group = self._find(filing, sites, name)
        if group is None:
            group = Group(None)
            self.groups.append(group)
        group.filings.append(filing)
        self._enter_all("site", sites, group)
        self._enter("name", name, group)

    def _find(self, filing: Filing, sites: Sequence[str], name: str) -> Group | None:
        by_id = self._by.get(("id", (filing.registry, filing.id))) if filing.id else None
        if by_id:
            return by_id[0]
        by_name = self._by.get(("name", name), [])
        by_site = [group for site in sites for group in self._by.get(("site", site), [])]
        both = [group for group in by_site if group in by_name]
        for found in (both, by_site, by_name):
            if found:
                return next((group for group in found if _filed_before(group, filing.registry)),
                            found[0])
        return None

    def _enter_all(self, kind: str, keys: Iterable[str], group: Group) -> None:
        for key in keys:
            self._enter(kind, key, group)

    def _enter(self, kind: str, key: Hashable, group: Group) -> None:
        entered = self._by.setdefault((kind, key), [])
        if key != "" and not any(one is group for one in entered):
            entered.append(group)


def _filed_before(group: Group, registry: str) -> bool:
    return group.broker is not None and any(
        filed.registry == registry for filed in group.broker.registered_in)
