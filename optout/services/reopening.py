"""A task that was closed by mistake is opened again, if what called for it is still there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.errors import Refused
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.lifecycle.followups import FollowUpSpec, standing_tasks, stood_for
from optout.services import watching
from optout.services.authority_tasks import still_ends
from optout.services.desk import Desk
from optout.services.later_standing import standpoint_of
from optout.services.typed import as_stored
from optout.store import audit, authorizations, due, requests
from optout.store import followups as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ALL = 5_000
"""Open tasks of one person and one kind; nobody has more."""

_GONE = "What called for this task is gone, so it cannot come back."
_REPLACED = "Another task has taken its place."


def reopen(desk: Desk, follow_up_id: str, *, actor: str) -> FollowUp:
    """Bring back a task that was marked as done or not needed by mistake.

    It comes back on its own day, or on the one that the law's clock has by now. That it was
    closed and opened again stays written down; a reason that was given stays with it.

    Args:
        desk: the opened data.
        follow_up_id: letter case and spaces around it are forgiven.
        actor: who opens it again.

    Raises:
        NotFound: when there is no such task.
        Refused: when it is open, or what called for it is gone.
    """
    today = desk.clock.today()
    with desk.store.writing() as session:
        task = rows.get(session, as_stored(follow_up_id))
        if task.state in rows.OPEN:
            raise Refused("This task is open.")
        if task.state not in rows.PUT_BY:
            raise Refused(_GONE)
        back = _still_called_for(desk, session, task, today)
        state = FollowUpState.RAISED if back.shown_on <= today else FollowUpState.WAITING
        now = desk.clock.now()
        rows.bring_back(session, replace(back, state=state), at=now)
        watching.renew_after(desk, session, task)
        audit.write(session, actor, "reopen_follow_up", task.id, now)
        return rows.get(session, task.id)


def reopenable(desk: Desk, request_id: str) -> frozenset[str]:
    """Ids of the tasks of a request that `reopen` would bring back today.

    Raises:
        NotFound: when there is no such request.
    """
    today = desk.clock.today()
    with desk.store.reading() as session:
        tasks = rows.of_request(session, request_id)
        closed = [task for task in tasks if task.state in rows.PUT_BY]
        called = _called_for(desk, session, request_id, today) if closed else ()
        return frozenset(task.id for task in closed if task.kind is FollowUpKind.OWN_REMINDER
                         or _free(called, task, tasks))


def _still_called_for(desk: Desk, session: Session, task: FollowUp, today: date) -> FollowUp:
    """The task as it is to come back.

    Raises:
        Refused: when nothing calls for it any more, or another one took its place.
    """
    if task.kind is FollowUpKind.OWN_REMINDER:
        return task
    if task.kind is FollowUpKind.AUTHORIZATION_EXPIRING:
        return _of_a_permission(session, task)
    if not task.request_id:
        return _of_a_listing(session, task)
    called = _called_for(desk, session, task.request_id, today)
    tasks = rows.of_request(session, task.request_id)
    free = _free(called, task, tasks)
    if not free and any(stood_for(spec, _open(task, tasks)) for spec in called):
        raise Refused(_REPLACED)
    return _of_a_request(task, free)


def _of_a_permission(session: Session, task: FollowUp) -> FollowUp:
    known = authorizations.of_person(session, task.person_id)
    its = task.key.partition(":")[0]
    if not any(one.id == its and still_ends(known, one) for one in known):
        raise Refused(_GONE)
    return task


def _of_a_listing(session: Session, task: FollowUp) -> FollowUp:
    others = due.page(session, due.Days(), most=_ALL, person_id=task.person_id, kinds={task.kind})
    # What was called for because this one was ticked off goes when it comes back.
    cause = task.key.partition("#")[0]
    if any(other.broker_id == task.broker_id and other.key.partition("#")[0] != cause
           for other in others):
        raise Refused(_REPLACED)
    return task


def _called_for(
    desk: Desk, session: Session, request_id: str, today: date
) -> tuple[FollowUpSpec, ...]:
    """What the history of a request, played again, calls for."""
    at = standpoint_of(desk, session, requests.get(session, request_id), today)
    return tuple(
        spec for spec in standing_tasks(at.request, at.dates, at.expectation, at.events)
        if not (at.for_counsel and spec.kind is FollowUpKind.PREPARED_NOT_SENT))


def _free(
    called: Sequence[FollowUpSpec], task: FollowUp, tasks: Sequence[FollowUp]
) -> list[FollowUpSpec]:
    """What is called for of a task's kind, where no other task stands for it."""
    waiting = _open(task, tasks)
    taken = {other.due_on for other in waiting}
    return [spec for spec in called if spec.kind is task.kind and spec.due_on not in taken
            and not stood_for(spec, waiting)]


def _open(task: FollowUp, tasks: Sequence[FollowUp]) -> list[FollowUp]:
    return [one for one in tasks if one.kind is task.kind and one.state in rows.OPEN]


def _of_a_request(task: FollowUp, free: Sequence[FollowUpSpec]) -> FollowUp:
    if not free:
        raise Refused(_GONE)
    spec = next((spec for spec in free if spec.due_on == task.due_on), free[-1])
    if spec.due_on == task.due_on:
        return task
    return replace(task, due_on=spec.due_on, show_on=spec.due_on, why=spec.why)
