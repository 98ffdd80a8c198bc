"""Counsel: the lawyer to whom a person's drafts go. Set, shown, changed, removed."""

from __future__ import annotations

from dataclasses import dataclass

from optout.domain.errors import NotFound
from optout.domain.never_kept import kept_text
from optout.domain.person import Counsel
from optout.domain.places import PostalAddress
from optout.services.desk import Desk
from optout.store import audit, people
from optout.store import counsel as rows


@dataclass(frozen=True, slots=True)
class Office:
    """What is entered about counsel.

    Args:
        address: of the office, where answers go.
        may_show_home: counsel confirmed that the person's home may stand in drafts.
    """

    name: str
    address: PostalAddress
    organisation: str = ""
    may_show_home: bool = False


def counsel_of(desk: Desk, person_id: str) -> Counsel | None:
    """To whom a person's drafts go; None while nobody is named.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return rows.get(session, person_id)


def set_counsel(desk: Desk, person_id: str, office: Office, *, actor: str) -> Counsel:
    """Name counsel, or change what is known of them; what they confirmed is dated anew.

    A draft that was made before is not handed out any more: it is made anew.

    Raises:
        NotFound: when no such person is stored.
        InvalidInput: without a name, or with a number that is never kept.
    """
    for text in (office.name, office.organisation, *office.address.lines, office.address.city):
        kept_text(text)
    counsel = Counsel(
        person_id=person_id, name=office.name, organisation=office.organisation,
        address=office.address, may_show_home=office.may_show_home,
        confirmed_on=desk.clock.today(), actor=actor)
    with desk.store.writing() as session:
        people.get(session, person_id)
        rows.save(session, counsel)
        audit.write(session, actor, "set_counsel", person_id, desk.clock.now())
    return counsel


def remove_counsel(desk: Desk, person_id: str, *, actor: str) -> None:
    """Forget counsel, and with them what they confirmed: drafts carry no home from now on.

    Raises:
        NotFound: when no such person is stored, or nobody is named.
    """
    with desk.store.writing() as session:
        people.get(session, person_id)
        if rows.get(session, person_id) is None:
            raise NotFound("No lawyer is named for this person.")
        rows.remove(session, person_id)
        audit.write(session, actor, "remove_counsel", person_id, desk.clock.now())
