"""Nobody finds out from a refusal that a permission to act has ended: it is said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from optout.domain.actor import SCHEDULER
from optout.domain.person import Authorization
from optout.domain.reference import new_id
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.law.calendar import plain
from optout.services.desk import Desk
from optout.store import audit, authorizations, due
from optout.store import followups as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SOON_DAYS = 30
"""Days before its end on which a permission is asked for anew: a new paper has to be drawn up,
signed, perhaps before a notary, and come back by post. Our patience, no law."""

_SOON, _ENDED = "soon", "ended"
_MOST = 1_000
"""Open tasks of one person about permissions; nobody has more."""


def follow_permissions(desk: Desk) -> int:
    """See that every permission that ends soon, or ended of late, has its task.

    For those that were stored before there were such tasks, and for those that ended since.

    Returns:
        How many tasks were added or came back.
    """
    today = desk.clock.today()
    near = timedelta(days=SOON_DAYS)
    with desk.store.reading() as session:
        people = authorizations.people_with_ends(session, today - near, today + near)
    added = 0
    for person_id in people:
        with desk.store.writing() as session:
            added += follow(session, person_id, today, actor=SCHEDULER, at=desk.clock.now())
    return added


def follow(session: Session, person_id: str, today: date, *, actor: str, at: datetime) -> int:
    """Let the tasks about the ends of a person's permissions follow those permissions.

    One task asks for a new permission in time, another says that the old one has ended. Each is
    over as soon as the permission is taken back or another one takes its place, and comes back
    where that other one is taken back in its turn.

    Returns:
        How many tasks were added or came back.
    """
    permissions = authorizations.of_person(session, person_id)
    wanted = {task.key: task for task in _wanted(permissions, today)}
    kept = due.page(session, due.Days(), most=_MOST, person_id=person_id,
                    kinds={FollowUpKind.AUTHORIZATION_EXPIRING})
    for task in kept:
        if task.key not in wanted:
            rows.claim(session, task.id, task.state, FollowUpState.CANCELLED, at=at)
    added = [task for task in wanted.values() if _add(session, task, today, at)]
    for task in added:
        audit.write(session, actor, "follow_permission", task.key.partition(":")[0], at)
    return len(added)


def _add(session: Session, task: FollowUp, today: date, at: datetime) -> bool:
    """Add it, or bring back what was cancelled; what ended long ago is no news to anybody."""
    if task.due_on < today - timedelta(days=SOON_DAYS):
        return False
    return (rows.revive(session, task.key, today=today, at=at)
            or rows.add(session, task, at=at))


def still_ends(permissions: Sequence[Authorization], permission: Authorization) -> bool:
    """Whether the end of a permission matters: it was not taken back, nor does another go on."""
    if permission.ends_on is None or permission.revoked_on is not None:
        return False
    after = permission.ends_on + timedelta(days=1)
    return not any(other.living_on(after) and other.power_of_attorney >= (
        permission.power_of_attorney) for other in permissions)


def _wanted(permissions: Sequence[Authorization], today: date) -> Iterator[FollowUp]:
    for permission in permissions:
        if permission.ends_on is None or not still_ends(permissions, permission):
            continue
        end = permission.ends_on
        if today <= end:
            yield _task(permission, _SOON, max(end - timedelta(days=SOON_DAYS), today),
                        f"The permission to act for this person ends on {plain(end)}. Have a new "
                        "one signed and enter it: after that day nothing can be written or sent "
                        "in their name.")
        yield _task(permission, _ENDED, end + timedelta(days=1),
                    f"The permission to act for this person ended on {plain(end)}. Requests that "
                    "were made under it go on, and answers can still be entered; nothing more "
                    "goes out in their name until a new one is entered.")


def _task(permission: Authorization, which: str, on: date, why: str) -> FollowUp:
    return FollowUp(
        id=new_id("F", 10), request_id="", person_id=permission.person_id,
        kind=FollowUpKind.AUTHORIZATION_EXPIRING, due_on=on, state=FollowUpState.WAITING,
        key=f"{permission.id}:{FollowUpKind.AUTHORIZATION_EXPIRING}:{which}", why=why)
