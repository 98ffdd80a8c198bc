"""Tasks put straight into the store, for calendars: of people, without requests."""

from __future__ import annotations

from datetime import date

from optout.domain.reference import new_id
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services.desk import Desk
from optout.store import followups


def put(
    desk: Desk, person_id: str, on: date, *, kind: FollowUpKind = FollowUpKind.RECHECK,
    broker: str = "quick-mail", state: FollowUpState = FollowUpState.WAITING,
) -> FollowUp:
    """Store one task, changed now, as it then stands there."""
    task = FollowUp(new_id("F"), "", kind, on, state, new_id("K"), person_id=person_id,
                    broker_id=broker)
    with desk.store.writing() as session:
        assert followups.add(session, task, at=desk.clock.now())
        return followups.get(session, task.id)


def stored(desk: Desk, task: FollowUp) -> FollowUp:
    """The task as it stands now."""
    with desk.store.reading() as session:
        return followups.get(session, task.id)
