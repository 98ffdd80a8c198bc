"""Mailboxes and links that no server can have, however well they are formed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from optout.domain.broker import Broker
from optout.registry.kinds import Path
from optout.registry.lint.rules import Remark
from optout.registry.sites import host_of, site_of

SAMPLES = "example"
"""The top-level domain that belongs to samples (RFC 2606)."""


def look_at(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    """Every mailbox, link and domain that leads nowhere, as errors.

    Args:
        brokers: those that could be read, by id.
    """
    for broker in brokers.values():
        for path, link in links_of(broker):
            if not is_public(link):
                yield Remark(broker.id, path, f"“{host_of(link) or link}” is no domain that "
                             "anybody can register: mend it, or remove it")
        for number, way in enumerate(broker.procedures):
            fault = _mail_fault(way.email) if way.email else ""
            if fault:
                yield Remark(broker.id, ("procedures", number, "email"),
                             f"no mail can go there: {fault}")


def links_of(broker: Broker) -> Iterator[tuple[Path, str]]:
    """Every link and domain of an entry by which people act, with its path; not its sources."""
    for number, domain in enumerate(broker.domains):
        yield ("domains", number), domain
    for number, way in enumerate(broker.procedures):
        if way.url:
            yield ("procedures", number, "url"), way.url
    if broker.search and broker.search.url:
        yield ("search", "url"), broker.search.url


def is_public(link: str) -> bool:
    """Whether the host of a link stands below a domain that is open to registration."""
    host = host_of(link)
    if host.rpartition(".")[2] == SAMPLES:
        return True
    return bool(site_of(host)) and bool(_listed().privatesuffix(host))


@lru_cache(maxsize=1)
def _listed() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False)


def _mail_fault(mailbox: str) -> str:
    """Why no mail can go to a mailbox; "" where it can. Nothing is asked of the network."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(mailbox, check_deliverability=False)
    except EmailNotValidError as error:
        return str(error)
    return "" if is_public(mailbox) else "its domain can be registered by nobody"
