"""Persons: saved whole, loaded whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from optout.domain.errors import NotFound
from optout.domain.person import ContactPoint, Person, PersonName, main_of
from optout.domain.places import PersonAddress, Residence
from optout.store.ids import fresh_id
from optout.store.models import AddressRow, ContactRow, NameRow, PersonRow, ResidenceRow
from optout.store.models.people import AT_RISK, ContactKind

_WHOLE = tuple(selectinload(part) for part in (
    PersonRow.names, PersonRow.contacts, PersonRow.addresses, PersonRow.residences))


def save(session: Session, person: Person) -> Person:
    """Store a person, new or known; one without an id gets one.

    Raises:
        NotFound: for an id that was erased or never given.
    """
    if person.id:
        row = _row(session, person.id)
    else:
        person = replace(person, id=fresh_id(session, PersonRow.id, "P"))
        row = PersonRow(id=person.id)
        session.add(row)
    _fill(row, person)
    session.flush()
    return person


def get(session: Session, person_id: str) -> Person:
    """One person.

    Raises:
        NotFound: when there is none of that id.
    """
    return _person(_row(session, person_id))


def any_at_risk(session: Session) -> bool:
    """Whether anyone stored must be careful."""
    return session.scalar(sa.select(PersonRow.id).where(sa.text(AT_RISK)).limit(1)) is not None


def are_several(session: Session) -> bool:
    """Whether more than one person is stored, without counting them."""
    return len(session.scalars(sa.select(PersonRow.id).limit(2)).all()) > 1


def some(session: Session, person_ids: Collection[str]) -> tuple[Person, ...]:
    """These people, in the order in which they are named; who is not there is left out."""
    rows = {row.id: row for row in session.scalars(
        sa.select(PersonRow).options(*_WHOLE).where(PersonRow.id.in_(list(person_ids))))}
    return tuple(_person(rows[one]) for one in person_ids if one in rows)


def page(session: Session, after: str = "", *, most: int) -> tuple[Person, ...]:
    """The next people in the order of the first name that was entered, family name first.

    Args:
        session: the caller's.
        after: the id of the last one before; empty for the first page.
        most: how many at most.

    Raises:
        NotFound: when nobody has that id.
    """
    order = (NameRow.family, NameRow.given, NameRow.person_id)
    first = sa.select(NameRow.person_id).where(NameRow.position == 0)
    if after:
        last = session.execute(sa.select(*order).where(
            NameRow.person_id == after, NameRow.position == 0)).one_or_none()
        if last is None:
            raise _unknown()
        first = first.where(sa.tuple_(*order) > sa.tuple_(*map(sa.literal, last)))
    return some(session, session.scalars(first.order_by(*order).limit(most)).all())


def only(session: Session) -> str:
    """The id of the only person; empty where there is nobody, or more than one."""
    found = session.scalars(sa.select(PersonRow.id).limit(2)).all()
    return found[0] if len(found) == 1 else ""


def any_there(session: Session) -> bool:
    """Whether anybody is entered."""
    return session.scalar(sa.select(PersonRow.id).limit(1)) is not None


def names_of(session: Session, person_ids: Collection[str]) -> Mapping[str, str]:
    """The names by which these people go; nothing else of them is read."""
    found: dict[str, list[PersonName]] = {}
    for row in session.scalars(sa.select(NameRow).where(
            NameRow.person_id.in_(list(person_ids))).order_by(
                NameRow.person_id, NameRow.position)):
        found.setdefault(row.person_id, []).append(
            PersonName(row.given, row.family, row.middle, row.kind))
    return {person_id: main_of(names).full for person_id, names in found.items()}


def _unknown() -> NotFound:
    return NotFound("There is no such person.",
                    remedy="“optout person list” shows who is there.")


def _row(session: Session, person_id: str) -> PersonRow:
    row = session.get(PersonRow, person_id, options=_WHOLE)
    if row is None:
        raise _unknown()
    return row


def _fill(row: PersonRow, person: Person) -> None:
    row.date_of_birth = person.date_of_birth
    row.at_risk = person.at_risk
    row.reply_email = person.reply_email
    row.reply_address = person.reply_address
    row.language = person.language
    row.sample = person.sample
    row.names = [
        NameRow(position=place, given=n.given, middle=n.middle, family=n.family, kind=n.kind,
                sensitivity=n.sensitivity, valid_from=n.valid_from, valid_to=n.valid_to)
        for place, n in enumerate(person.names)]
    row.contacts = [
        *_contacts(ContactKind.EMAIL, person.emails),
        *_contacts(ContactKind.PHONE, person.phones),
        *_contacts(ContactKind.ADVERTISING_ID, person.advertising_ids)]
    row.addresses = [
        AddressRow(position=place, address=a.address, current=a.current, substitute=a.substitute,
                   sensitivity=a.sensitivity, valid_from=a.valid_from, valid_to=a.valid_to)
        for place, a in enumerate(person.addresses)]
    row.residences = [
        ResidenceRow(position=place, code=r.code, valid_from=r.valid_from, valid_to=r.valid_to)
        for place, r in enumerate(person.residences)]


def _contacts(kind: ContactKind, points: tuple[ContactPoint, ...]) -> list[ContactRow]:
    return [
        ContactRow(kind=kind, position=place, value=point.value, sensitivity=point.sensitivity,
                   valid_from=point.valid_from, valid_to=point.valid_to)
        for place, point in enumerate(points)]


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        names=tuple(
            PersonName(n.given, n.family, n.middle, n.kind, n.sensitivity, n.valid_from, n.valid_to)
            for n in row.names),
        residences=tuple(Residence(r.code, r.valid_from, r.valid_to) for r in row.residences),
        emails=_points(row, ContactKind.EMAIL),
        phones=_points(row, ContactKind.PHONE),
        advertising_ids=_points(row, ContactKind.ADVERTISING_ID),
        addresses=tuple(
            PersonAddress(a.address, a.current, a.substitute, a.sensitivity,
                          a.valid_from, a.valid_to)
            for a in row.addresses),
        date_of_birth=row.date_of_birth,
        at_risk=row.at_risk,
        reply_email=row.reply_email,
        reply_address=row.reply_address,
        language=row.language,
        sample=row.sample,
    )


def _points(row: PersonRow, kind: ContactKind) -> tuple[ContactPoint, ...]:
    return tuple(
        ContactPoint(c.value, c.sensitivity, c.valid_from, c.valid_to)
        for c in row.contacts if c.kind is kind)
