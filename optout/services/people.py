"""The people whose data this is: add, change, find; and who must be careful here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput
from optout.domain.never_kept import require_may_be_kept
from optout.domain.person import Person
from optout.services.desk import Desk
from optout.store import audit, matters, meta
from optout.store import people as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAGE = 50
"""People on one page of a list."""

AT_RISK = "at_risk"
"""The key under which the answer to the first question is kept."""


def add_person(desk: Desk, person: Person, *, actor: str) -> Person:
    """Keep a new person, with the matter that a person alone has implicitly.

    Returns:
        The person with the new id.

    Raises:
        InvalidInput: when the person has an id already, or a name or an address holds the number
            of a paper.
    """
    require_may_be_kept(person)
    if person.id:
        raise InvalidInput("This person has been stored before.", field="id",
                           remedy="Change the stored person instead.")
    now = desk.clock.now()
    with desk.store.writing() as session:
        saved = rows.save(session, person)
        matters.current(session, saved.id, desk.clock.today())
        audit.write(session, actor, "add_person", saved.id, now)
    return saved


def update_person(desk: Desk, person: Person, *, actor: str) -> Person:
    """Replace what is known about a stored person. Documents already made stay as they are.

    Raises:
        NotFound: when no such person is stored.
        InvalidInput: when a name or an address holds the number of a paper.
    """
    require_may_be_kept(person)
    now = desk.clock.now()
    with desk.store.writing() as session:
        rows.get(session, person.id)
        saved = rows.save(session, person)
        audit.write(session, actor, "update_person", saved.id, now)
    return saved


def get_person(desk: Desk, person_id: str) -> Person:
    """One person.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        return rows.get(session, person_id)


def people_page(desk: Desk, after: str = "", *, most: int = PAGE) -> tuple[Person, ...]:
    """A page of people, in the order of their names; only these are read.

    Args:
        desk: the opened data.
        after: the id of the last one of the page before; empty for the first page.
        most: how many at most.

    Raises:
        NotFound: when nobody has that id.
    """
    with desk.store.reading() as session:
        return rows.page(session, after, most=most)


def everybody(desk: Desk, after: str = "") -> Iterator[Person]:
    """Everybody, in the order of their names, read a page at a time.

    Args:
        desk: the opened data.
        after: the id of the last one before; empty for all.

    Raises:
        NotFound: when nobody has that id; before anybody is given.
    """
    page = people_page(desk, after)
    while page:
        yield from page
        page = people_page(desk, page[-1].id)


def any_person(desk: Desk) -> bool:
    """Whether anybody is entered."""
    with desk.store.reading() as session:
        return rows.any_there(session)


def only_person(desk: Desk) -> str:
    """The id of the only person here; empty where there is nobody, or more than one."""
    with desk.store.reading() as session:
        return rows.only(session)


def names_of(desk: Desk, person_ids: Collection[str]) -> Mapping[str, str]:
    """The names by which these people go, by id; nothing else of them is read."""
    with desk.store.reading() as session:
        return rows.names_of(session, person_ids)


def instance_at_risk(desk: Desk) -> bool:
    """The answer to the first question: is someone looking for you, or do others use this?"""
    with desk.store.reading() as session:
        return meta.get(session, AT_RISK) == "yes"


def set_instance_at_risk(desk: Desk, value: bool, *, actor: str) -> None:  # noqa: FBT001 - the value itself
    """Change the answer to the first question; it holds for everyone in this data folder."""
    with desk.store.writing() as session:
        remember_risk(session, at_risk=value)
        audit.write(session, actor, "set_at_risk", "", desk.clock.now())


def remember_risk(session: Session, *, at_risk: bool) -> None:
    """Write the answer to the first question within the caller's transaction."""
    meta.put(session, AT_RISK, "yes" if at_risk else "no")


def careful_person(session: Session, person_id: str) -> Person:
    """The person as plans and gates must see them: at risk if they or this folder's owner are.

    Raises:
        NotFound: when no such person is stored.
    """
    return careful(session, rows.get(session, person_id))


def careful_people(session: Session, person_ids: Collection[str]) -> Mapping[str, Person]:
    """The same of several, by their ids; few, as of a page. Who is not stored is left out."""
    at_risk_here = meta.get(session, AT_RISK) == "yes"
    return {person.id: replace(person, at_risk=person.at_risk or at_risk_here)
            for person in rows.some(session, person_ids)}


def careful(session: Session, person: Person) -> Person:
    """A person as at risk, if they or this folder's owner are."""
    if meta.get(session, AT_RISK) == "yes" and not person.at_risk:
        return replace(person, at_risk=True)
    return person
