"""A person’s progress over time, counted from the histories of their requests and from listings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
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
    looked = looks.of_person(session, person_id)
    return tally.progress(counted, _found(session, person_id, looked), day,
                          looks=[look.looked_on for look in looked])


def _found(session: Session, person_id: str, looked: Sequence[Look]) -> list[date]:
    """The days on which listings were first seen, those without a kept address included."""
    kept = exposures.of_person(session, person_id)
    known = {one.broker_id for one in kept}
    seen: dict[str, date] = {}
    for look in looked:
        if look.result is LookResult.LISTED and look.broker_id not in known:
            seen[look.broker_id] = min(look.looked_on, seen.get(look.broker_id, look.looked_on))
    return [*(one.seen_on for one in kept), *seen.values()]
