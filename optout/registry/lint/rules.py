"""What no single field can show: the cross-checks over a broker and over the whole registry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from optout.domain.broker import Basis, Broker, Procedure
from optout.domain.words import (
    NEVER_BY_DEFAULT,
    BasisKind,
    BrokerStatus,
    Channel,
    Role,
    Verification,
)
from optout.registry.kinds import Path, near
from optout.registry.names import plain_contact

_CONTACT_OF = {
    Channel.EMAIL: "email",
    Channel.WEB_FORM: "url",
    Channel.ACCOUNT: "url",
    Channel.PORTAL: "url",
    Channel.PLATFORM: "url",
    Channel.POSTAL_MAIL: "address",
    Channel.PHONE: "phone",
    Channel.FAX: "phone",
}
"""The field that holds a channel's address."""

_CONTACTS = ("email", "url", "address", "phone")

_DESKS = re.compile(
    r"privacy|opt|consumer|support|info|legal|help|contact|customer|service|compliance|data|dpo|"
    r"request|admin|care|remov|hello|ccpa|gdpr|rights|dsar|dsr|team|office|public|broker|"
    r"suppress|delet|unsubscribe|inquir|question|records|mail|security|trust|correspondence|"
    r"report|protection|datenschutz|auskunft|abuse|corporate|registr|cs")
DESK_WORDS = tuple(_DESKS.pattern.split("|"))
"""Words, or beginnings of words, that mailboxes of desks are named by."""

_PERSON = re.compile(r"[a-z]+[._-][a-z]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found, at a path inside an entry."""

    broker: str
    path: Path
    message: str
    only_warns: bool = False


def look_at(brokers: Mapping[str, Broker], known: Collection[str]) -> Iterator[Remark]:
    """Every remark on these brokers.

    Args:
        brokers: those that could be read, by id.
        known: all ids of the files, also of entries that could not be read.
    """
    for broker in brokers.values():
        yield from _standing(broker)
        yield from _covers(broker, brokers, known)
        yield from _related(broker, known)
        for number, procedure in enumerate(broker.procedures):
            for path, message in _procedure(procedure):
                yield Remark(broker.id, ("procedures", number, *path), message)
    yield from _dead_contacts(brokers)
    yield from _named_mailboxes(brokers)
    yield from _shared_domains(brokers)


def _standing(broker: Broker) -> Iterator[Remark]:
    if broker.status is BrokerStatus.DEFUNCT and broker.procedures:
        yield Remark(broker.id, ("procedures",), "a defunct recipient takes no requests: remove "
                     "the procedures, or mend the status")
    if (broker.status is BrokerStatus.ACTIVE and not broker.procedures and not broker.cannot):
        yield Remark(broker.id, ("procedures",), "there is no way out: add a procedure, or say "
                     "in “cannot” why there is none")


def _covers(broker: Broker, brokers: Mapping[str, Broker],
            known: Collection[str]) -> Iterator[Remark]:
    if broker.role is Role.PLATFORM and broker.covers:
        yield Remark(broker.id, ("covers",), "a platform covers by law, not by list: remove it")
    seen: set[str] = set()
    for number, cover in enumerate(broker.covers):
        path = ("covers", number, "id")
        if cover.id in seen:
            yield Remark(broker.id, path, f"“{cover.id}” stands here twice: remove one")
        seen.add(cover.id)
        if cover.id not in known:
            yield Remark(broker.id, path, f"there is no entry “{cover.id}”{near(cover.id, known)}")
        elif _reaches(cover.id, broker.id, brokers):
            yield Remark(broker.id, path, f"coverage runs in a circle: “{cover.id}” covers this "
                         "entry in turn; remove one of the two")
        for at, message in _bases(cover.basis):
            yield Remark(broker.id, ("covers", number, *at), message)


def _related(broker: Broker, known: Collection[str]) -> Iterator[Remark]:
    for number, other in enumerate(broker.related):
        if other not in known or other == broker.id:
            yield Remark(broker.id, ("related", number), f"there is no other entry “{other}”"
                         f"{near(other, known)}")


def _reaches(start: str, goal: str, brokers: Mapping[str, Broker]) -> bool:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead += [cover.id for cover in brokers[here].covers] if here in brokers else []
    return False


def _procedure(procedure: Procedure) -> Iterator[tuple[Path, str]]:
    wanted = _CONTACT_OF[procedure.channel]
    if not getattr(procedure, wanted):
        yield (wanted,), f"is missing: the channel {procedure.channel} needs it"
    for contact in _CONTACTS:
        if contact != wanted and getattr(procedure, contact):
            yield (contact,), (f"does not belong to the channel {procedure.channel}: make it a "
                               "procedure of its own")
    if procedure.checked and procedure.check_by and procedure.check_by <= procedure.checked:
        yield ("check_by",), "must be later than “checked”"
    if len(procedure.verification) > 1 and Verification.NONE in procedure.verification:
        yield ("verification",), "“none” cannot stand beside another way of checking"
    yield from _facts(procedure)
    yield from _bases(procedure.basis)


def _facts(procedure: Procedure) -> Iterator[tuple[Path, str]]:
    """Each fact stands in one list, and what is costly only where the way refuses without it."""
    for fact in procedure.asked_but_optional:
        if fact in procedure.needs:
            yield ("asked_but_optional",), f"“{fact}” is needed and optional at once: choose one"
    for fact in procedure.matches_on:
        if fact in (*procedure.needs, *procedure.asked_but_optional):
            yield ("matches_on",), f"“{fact}” stands in another list as well: choose one"
        if fact in NEVER_BY_DEFAULT:
            yield ("matches_on",), f"“{fact}” is never offered: it belongs to “needs” or nowhere"
    costly = [fact for fact in procedure.needs if fact in NEVER_BY_DEFAULT]
    if costly and not procedure.limits:
        yield ("needs",), (f"“{costly[0]}” is needed only where this way refuses without it: say "
                           "so in “limits”, or move it to “asked_but_optional”")


def _bases(bases: tuple[Basis, ...]) -> Iterator[tuple[Path, str]]:
    for number, basis in enumerate(bases):
        if basis.verifies and not basis.evidence:
            yield ("basis", number), (f"“{basis.kind}” makes a fact verified: say in “evidence” "
                                      "what was seen and when; a list's word is not enough")
        if basis.count > 1 and basis.kind is not BasisKind.INDEPENDENT_LISTS:
            yield ("basis", number, "count"), "only independent_lists are counted: remove it"


def _dead_contacts(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    dead = {plain_contact(contact.value): broker.id for broker in brokers.values()
            for contact in broker.dead_contacts}
    for broker in brokers.values():
        for number, procedure in enumerate(broker.procedures):
            for contact in ("email", "url", "phone"):
                owner = dead.get(plain_contact(getattr(procedure, contact)))
                if owner:
                    yield Remark(broker.id, ("procedures", number, contact),
                                 f"is a dead contact of “{owner}”: remove this procedure")


def _named_mailboxes(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    for broker in brokers.values():
        for number, procedure in enumerate(broker.procedures):
            desk = procedure.email.partition("@")[0]
            if _PERSON.fullmatch(desk) and not _DESKS.search(desk):
                yield Remark(broker.id, ("procedures", number, "email"),
                             "looks like one employee's mailbox; requests go to a desk: use "
                             "another way", only_warns=True)


def _shared_domains(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    first: dict[str, str] = {}
    for id_, number, domain in chain.from_iterable(
            ((broker.id, number, domain) for number, domain in enumerate(broker.domains))
            for broker in brokers.values()):
        owner = first.setdefault(domain, id_)
        if owner != id_:
            yield Remark(id_, ("domains", number), f"“{domain}” is also a domain of “{owner}”: "
                         "one company is one entry", only_warns=True)
