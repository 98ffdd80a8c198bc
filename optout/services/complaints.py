"""Who hears a complaint about a request: the law's own authorities, or those of the country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.places import Residence
from optout.law.authorities import Hears, SupervisoryAuthority
from optout.law.model import Law
from optout.law.parts import Authority, Period
from optout.law.reach import EUROPEAN
from optout.services.desk import Library

CONFIRMED = "confirmed"
"""The status of a contact that was seen on a page of the authority itself."""


class Proof(StrEnum):
    """What every authority can use."""

    REQUEST = "request"
    ARRIVAL = "arrival"
    ANSWER = "answer"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach an authority.

    Args:
        url: a page on which a complaint can be made, or its site.
        url_confirmed: the page was seen to take complaints.
        url_status: what is known of the page where it was not.
        postal: the lines of an envelope; empty unless confirmed.
        source: the page on which the postal address was read.
    """

    url: str = ""
    url_confirmed: bool = False
    url_status: str = ""
    postal: tuple[str, ...] = ()
    source: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Somebody who hears a complaint.

    Args:
        role: what it does, in words; empty where its kind says it.
        region: the ISO 3166-2 code of the state that it is there for; empty for a whole country.
        language: that it asks complaints in, ISO 639-1; empty where it does not say.
        wants: what it wants to see in its own words; empty where it does not say.
        proofs: what it can use in any case.
        within: by when one must complain; None where no time is set.
        checked: the day on which its contacts were last gone through.
    """

    name: str
    contact: Contact
    checked: date
    role: str = ""
    hears: Hears = Hears.ANYONE
    region: str = ""
    language: str = ""
    wants: str = ""
    proofs: tuple[Proof, ...] = ()
    within: Period | None = None


def authorities_for(library: Library, law: Law, residence: str) -> tuple[Hearing, ...]:
    """Those who hear a complaint under a law, the likeliest first.

    Under the GDPR it is the authority of the country where the person lives (Art. 77); likewise
    in Switzerland and the United Kingdom. Where none of that country is known, and under every
    other law, it is whom the law's own entry names.

    Args:
        library: laws and authorities.
        law: the law that was asserted.
        residence: ISO 3166, such as `US-CA` or `DE`; empty where it is not known.
    """
    own = tuple(_of_law(law, one) for one in law.authorities)
    found = library.authorities.of(_where(law, residence))
    if not found:
        return own
    wants = next((one.wants for one in law.authorities if one.wants), "")
    within = next((one.within for one in law.authorities if one.within is not None), None)
    supervising = [_supervising(law, one, wants, within) for one in found]
    return tuple(sorted(supervising, key=lambda one: _order(one, residence)))


def _where(law: Law, residence: str) -> str:
    """The place whose supervisory authorities hear complaints under this law; most have none."""
    if law.jurisdiction != EUROPEAN:
        return law.jurisdiction
    return Residence(residence).country if residence else ""


def _order(one: Hearing, residence: str) -> tuple[bool, int]:
    """Those of the person's own state first, then by whom they hear about."""
    return (one.region != residence or not one.region, list(Hears).index(one.hears))


def proofs_for(law: Law) -> tuple[Proof, ...]:
    """What to enclose: the appeal too, where the law has one."""
    return tuple(_proofs(law))


def _proofs(law: Law) -> Iterator[Proof]:
    yield from (Proof.REQUEST, Proof.ARRIVAL, Proof.ANSWER)
    if law.appeal.available and not law.is_low("appeal"):
        yield Proof.APPEAL


def _of_law(law: Law, one: Authority) -> Hearing:
    """An authority out of the law's own entry; what is uncertain of it is not handed on."""
    doubted = law.is_low(f"enforcement.{one.name}")
    confirmed = one.complaint_url_status == CONFIRMED and not doubted
    by_post = one.postal_status == CONFIRMED and not doubted
    return Hearing(
        one.name, Contact(
            one.complaint_url, confirmed, "" if confirmed else one.complaint_url_status,
            one.postal if by_post else (), one.address_source if by_post else ""),
        law.checked, role=one.role, wants=one.wants, proofs=proofs_for(law), within=one.within)


def _supervising(
    law: Law, one: SupervisoryAuthority, wants: str, within: Period | None
) -> Hearing:
    """A supervisory authority; its contacts were read on the pages that its sources name."""
    return Hearing(
        one.name, Contact(
            one.complaint_form or one.site, bool(one.complaint_form), "",
            (*one.address,), one.sources[0], one.email, one.phone),
        one.checked, hears=one.hears, region=one.region, language=one.language, wants=wants,
        proofs=proofs_for(law), within=within)
