"""What each broker now knows: the disclosures, by the names of the facts."""

from __future__ import annotations

from optout.domain.request import Disclosure
from optout.services.desk import Desk
from optout.store import disclosures as rows
from optout.store import people


def disclosures(desk: Desk, person_id: str) -> tuple[Disclosure, ...]:
    """Every fact that went to anyone, oldest first.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return tuple(rows.of_person(session, person_id))
