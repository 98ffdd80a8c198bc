"""Which values of a person the copy for others does not show, and what stays though alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.countries import COUNTRY_NAMES
from optout.domain.person import Person
from optout.domain.places import PostalAddress
from optout.domain.regions import REGIONS
from optout.domain.request import Request
from optout.services.complaints import authorities_for
from optout.services.desk import Desk
from optout.store import authorizations, counsel, exposures

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.private_values import Place, PrivateValues

_REGIONS = {name.casefold() for names in REGIONS.values() for name in names.values()} | {
    name.casefold() for name in COUNTRY_NAMES.values()}

_NORTH_AMERICA = 1
_AREA = 3
"""Digits that neighbours there leave out."""

_CARE_OF = re.compile(r"\s*(?:c[/.]\s?o|care of|℅)[:.\s]+(.+)", re.IGNORECASE)
"""A line of an address that names whom the person lives with."""


def private_values(
    desk: Desk, session: Session, person: Person, request: Request, *, day: date
) -> PrivateValues:
    """Everything about a person, and about those around them, that is not shown to others.

    Args:
        desk: the opened data.
        session: the caller's.
        person: whose file it is.
        request: whose file it is; its recipients stay.
        day: the day of the copy; an age is one from the request to that day.
    """
    from optout.documents.private_values import PrivateValues

    own_mail = tuple(point.value for point in person.emails)
    shown = [name for name in person.names if name.may_be_sent]
    reply = person.reply_email
    if reply.casefold() in {mail.casefold() for mail in own_mail}:
        reply = ""
    return PrivateValues(
        places=tuple(_places(session, person)),
        phones=tuple(number for point in person.phones for number in _numbers(point.value)),
        emails=own_mail, born=person.date_of_birth, ages=tuple(_ages(person, request, day)),
        listings=tuple(one.url for one in exposures.of_person(session, person.id)),
        devices=tuple(point.value for point in person.advertising_ids),
        others=tuple(_others(session, person)),
        given=tuple(part for name in shown for part in (name.given, name.middle) if part),
        family=tuple(dict.fromkeys(name.family for name in shown if name.family)),
        kept=tuple(filter(None, (reply, *_recipients(desk, request, person, day)))))


def _places(session: Session, person: Person) -> Iterator[Place]:
    from optout.documents.private_values import HOME, REPLY

    for one in person.addresses:
        yield _place(REPLY if one.substitute else HOME, one.address)
    if person.reply_address is not None:
        yield _place(REPLY, person.reply_address)
    lawyer = counsel.get(session, person.id)
    if lawyer is not None:
        yield _place(REPLY, lawyer.address)


def _place(kind: str, address: PostalAddress) -> Place:
    from optout.documents.private_values import Place

    name = REGIONS.get(address.country, {}).get(address.region, "")
    return Place(kind, address, tuple(filter(None, (address.region, name))),
                 like_a_region=address.city.casefold() in _REGIONS)


def _numbers(phone: str) -> Iterator[str]:
    """The digits of a number that must not be seen: those that a country knows it by."""
    import phonenumbers

    digits = "".join(letter for letter in phone if letter.isdigit())
    try:
        known = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        yield digits
        return
    national = str(known.national_number)
    yield national if digits.endswith(national) else digits
    if known.country_code == _NORTH_AMERICA:
        yield national[_AREA:]


def _ages(person: Person, request: Request, day: date) -> Iterator[int]:
    born = person.date_of_birth
    if born is None:
        return
    first, last = (on.year - born.year - ((on.month, on.day) < (born.month, born.day))
                   for on in (request.created_on, max(day, request.created_on)))
    yield from range(max(first, 0), last + 1)


def _others(session: Session, person: Person) -> Iterator[str]:
    """Helpers, counsel, hosts, and names of the person that never leave this computer."""
    shown = {name.full.casefold() for name in person.names if name.may_be_sent}
    helpers = [one.agent_name for one in authorizations.of_person(session, person.id)]
    lawyer = counsel.get(session, person.id)
    if lawyer is not None:
        helpers += [lawyer.name, lawyer.organisation]
    homes = (*(one.address for one in person.addresses),
             *filter(None, (person.reply_address,)))
    hosts = [found[1] for home in homes for line in home.lines if (found := _CARE_OF.match(line))]
    hidden = [name.full for name in person.names if not name.may_be_sent]
    yield from (name for name in dict.fromkeys((*helpers, *hosts, *hidden))
                if name.strip() and name.casefold() not in shown)


def _recipients(
    desk: Desk, request: Request, person: Person, day: date
) -> Iterator[str]:
    """Names and address blocks of whom the request and a complaint about it go to."""
    for broker_id in dict.fromkeys((request.broker_id, *request.covers)):
        broker = desk.registry.brokers.get(broker_id)
        if broker is None:
            continue
        names = tuple(filter(None, dict.fromkeys((broker.operator, broker.name))))
        yield from names
        for procedure in broker.procedures:
            if procedure.address is not None:
                block = " ".join((*procedure.address.lines, procedure.address.city_line))
                yield from (f"{name} {block}" for name in names)
    yield from _authorities(desk, request, person, day)


def _authorities(
    desk: Desk, request: Request, person: Person, day: date
) -> Iterator[str]:
    home = next((one.code for one in person.residences_on(day)), "")
    for law in dict.fromkeys(footing.law for footing in request.footings):
        if law not in desk.laws.histories:
            continue  # voluntary, or a law that the book no longer has
        for one in authorities_for(desk.library, desk.laws.law(law, day), home):
            yield one.name
            yield " ".join(one.contact.postal)
