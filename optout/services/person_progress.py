"""A person’s progress over time, counted from the histories of their requests and from listings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from optout.domain.progress import Progress
from optout.lifecycle import tally
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.store import exposures, looks, people, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def progress_of(desk: Desk, person_id: str, *, on: date | None = None) -> Progress:
    """How it went from the first listing or request up to a day (default: today).

    Drafts for a lawyer are not counted, and a duplicate is counted with the request that it was
    merged into.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        people.get(session, person_id)
        return progress_in(desk, session, person_id, day)


def progress_in(desk: Desk, session: Session, person_id: str, day: date) -> Progress:
    """The same within the caller's transaction."""
    events = requests.events_by_request(session, person_id)
    counted = [events.get(request.id, ()) for request in requests.every(session, person_id)
               if not request.merged_into and not is_for_counsel(desk, session, request)]
    return tally.progress(
        counted, [one.seen_on for one in exposures.of_person(session, person_id)], day,
        looks=[look.looked_on for look in looks.of_person(session, person_id)])
