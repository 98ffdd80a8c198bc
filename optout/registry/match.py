"""Whose page is this: from a pasted link to the broker that shows it."""

from __future__ import annotations

from collections.abc import Iterable

from optout.domain.broker import Broker
from optout.domain.words import BrokerStatus
from optout.registry.sites import host_of, site_of


class HostIndex:
    """Which broker each host belongs to.

    A longer host wins: an entry with `people.example.com` before one with `example.com`. Where
    two entries name the same domain, one that is alive wins, then the one that names it earlier
    in its own list, then the first in the file.
    """

    def __init__(self, brokers: Iterable[Broker]) -> None:
        claims = sorted(
            ((broker.status is BrokerStatus.DEFUNCT, place, number, domain, broker.id)
             for number, broker in enumerate(brokers)
             for place, domain in enumerate(broker.domains)))
        self._owners: dict[str, str] = {}
        self._sites: dict[str, str] = {}
        for _, _, _, domain, id_ in claims:
            self._owners.setdefault(host_of(domain), id_)
            # an entry for www.example.com is meant for the whole of it
            if host_of(domain) == f"www.{site_of(domain)}":
                self._sites.setdefault(site_of(domain), id_)

    def owner(self, link: str) -> str | None:
        """The id of the broker whose site a link, host or mailbox is on; None if unknown.

        Args:
            link: only its host is looked at.
        """
        host = host_of(link)
        site = site_of(host)
        if not site:
            return None
        rest = host
        while len(rest) >= len(site):
            if rest in self._owners:
                return self._owners[rest]
            rest = rest.partition(".")[2]
        return self._sites.get(site)
