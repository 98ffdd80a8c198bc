"""Entries that share a contact: one wrong address would void every request to all of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from optout.domain.broker import Broker, Procedure
from optout.domain.words import Trust
from optout.registry.lint.kin import company_of

DESK, FORM, ADDRESS = "desk", "form", "address"


@dataclass(frozen=True, slots=True)
class Family:
    """Entries that share one contact.

    Args:
        kind: `desk` for a mailbox, `form` for a link, `address` for the post of one operator.
        contact: what they share, as it is shown.
        ids: the entries, in the file's order; two or more.
        confirmed: whether more than one source, or an own look, confirms the contact at any
            of them.
    """

    kind: str
    contact: str
    ids: tuple[str, ...]
    confirmed: bool


def families_of(brokers: Iterable[Broker]) -> tuple[Family, ...]:
    """Every contact that at least two entries share, in the file's order."""
    shown: dict[tuple[str, Hashable], str] = {}
    members: dict[tuple[str, Hashable], dict[str, None]] = {}
    confirmed: set[tuple[str, Hashable]] = set()
    for broker in brokers:
        for way in broker.procedures:
            for kind, value, text in _contacts(broker, way):
                key = kind, value
                shown.setdefault(key, text)
                members.setdefault(key, {})[broker.id] = None
                if way.trust is not Trust.UNVERIFIED:
                    confirmed.add(key)
    return tuple(Family(key[0], shown[key], tuple(ids), key in confirmed)
                 for key, ids in members.items() if len(ids) > 1)


def _contacts(broker: Broker, way: Procedure) -> Iterator[tuple[str, Hashable, str]]:
    if way.email:
        yield DESK, way.email, way.email
    if way.url:
        yield FORM, way.url.casefold().rstrip("/"), way.url
    if way.address:
        place = way.address
        where = tuple(" ".join(part.casefold().replace(".", " ").split()) for part in
                      (*place.lines, place.city, place.region, place.postal_code, place.country))
        yield ADDRESS, (company_of(broker), where), place.one_line()
