"""Dated tasks: called for once, claimed by one sweep, closed when their reason is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.store.models import FollowUpRow
from optout.store.rows import broker_of, changed, grouped, person_of

_TABLE = cast("sa.Table", FollowUpRow.__table__)
OPEN = (FollowUpState.WAITING, FollowUpState.RAISED)
"""States of a task that is still to be done."""

PUT_BY = (FollowUpState.DONE, FollowUpState.NOT_NEEDED)
"""States that the person, or what happened, gave to a task that is over."""


def add(session: Session, follow_up: FollowUp, *, at: datetime) -> bool:
    """Store a task; False, and nothing changed, when its key is there already.

    Args:
        session: of a writing transaction.
        follow_up: its person and broker are those of its request, where it names none.
        at: the instant, UTC.
    """
    of = follow_up.request_id
    values = {
        "id": follow_up.id, "request_id": of or None,
        "person_id": follow_up.person_id or person_of(of),
        "broker_id": follow_up.broker_id or (broker_of(of) if of else ""),
        "kind": follow_up.kind, "due_on": follow_up.due_on, "show_on": follow_up.shown_on,
        "state": follow_up.state, "key": follow_up.key, "why": follow_up.why,
        "sequence": follow_up.sequence, "changed_at": at, "reason": follow_up.reason}
    statement = insert(_TABLE).values(values).on_conflict_do_nothing(
        index_elements=[_TABLE.c.key])
    return changed(session, statement) == 1


def get(session: Session, follow_up_id: str) -> FollowUp:
    """One task.

    Raises:
        NotFound: when there is none of that id.
    """
    found = _select(session, _TABLE.c.id == follow_up_id)
    if not found:
        raise NotFound(f"There is no task {follow_up_id}.",
                       remedy="“optout due” shows what is due.")
    return found[0]


def due(
    session: Session, day: date, *, person_id: str | None = None,
) -> tuple[FollowUp, ...]:
    """Tasks that are shown by that day, raised or not, oldest first; of one person if named."""
    mine = sa.true() if person_id is None else _TABLE.c.person_id == person_id
    return _select(session, mine, _TABLE.c.state.in_(OPEN), _TABLE.c.show_on <= day)


def of_request(session: Session, request_id: str) -> tuple[FollowUp, ...]:
    """All tasks of a request, in the order of their days."""
    return _select(session, _TABLE.c.request_id == request_id)


def by_request(session: Session, person_id: str) -> Mapping[str, tuple[FollowUp, ...]]:
    """All tasks of a person's requests by request; one query."""
    found = _select(session, _TABLE.c.request_id.is_not(None), _TABLE.c.person_id == person_id)
    return grouped((task.request_id, task) for task in found)


def claim(
    session: Session, follow_up_id: str, from_state: FollowUpState, to_state: FollowUpState, *,
    at: datetime,
) -> bool:
    """Move a task from one state to the next; False when someone else did so before.

    A task that is closed has changed for every calendar that shows it; one that is raised has not.
    """
    closes = {} if to_state in OPEN else _changed(at)
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.id == follow_up_id, _TABLE.c.state == from_state).values(
            state=to_state, **closes)) == 1


def move(
    session: Session, follow_up_id: str, due_on: date, why: str, state: FollowUpState, *,
    at: datetime,
) -> None:
    """Put a task on another day, for a reason of its own; its key stays.

    It is shown from that day on, even if the person had put it off.
    """
    session.execute(sa.update(_TABLE).where(_TABLE.c.id == follow_up_id).values(
        due_on=due_on, show_on=due_on, why=why, state=state, **_changed(at)))


def put_off(session: Session, follow_up_id: str, until: date, *, at: datetime) -> bool:
    """Show a task only from a later day on; False when it is not open any more.

    It waits again, so that a sweep raises it on that day. The day of the law stays.
    """
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.id == follow_up_id, _TABLE.c.state.in_(OPEN)).values(
            show_on=until, state=FollowUpState.WAITING, **_changed(at))) == 1


def close(
    session: Session, follow_up_id: str, state: FollowUpState, *, reason: str, at: datetime,
) -> bool:
    """Close a task, with the person's reason; False when it is not open any more."""
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.id == follow_up_id, _TABLE.c.state.in_(OPEN)).values(
            state=state, reason=reason, **_changed(at))) == 1


def bring_back(session: Session, task: FollowUp, *, at: datetime) -> bool:
    """Open a task again that was done or not needed; False when it is neither.

    Args:
        session: of a writing transaction.
        task: as it is to be: its state, its days and its why are stored.
        at: the instant, UTC.
    """
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.id == task.id, _TABLE.c.state.in_(PUT_BY)).values(
            state=task.state, due_on=task.due_on, show_on=task.shown_on, why=task.why,
            **_changed(at))) == 1


def revive(session: Session, key: str, *, today: date, at: datetime) -> bool:
    """Open the task of a key again that was cancelled; False when it was not.

    It waits for its day; one whose day has come was shown before, and no sweep raises it again.
    """
    shown, ahead = (sa.literal(state, _TABLE.c.state.type) for state in (
        FollowUpState.RAISED, FollowUpState.WAITING))
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.key == key, _TABLE.c.state == FollowUpState.CANCELLED).values(
            state=sa.case((_TABLE.c.show_on <= today, shown), else_=ahead),
            **_changed(at))) == 1


def close_kinds(
    session: Session, request_id: str, kinds: Collection[FollowUpKind], state: FollowUpState, *,
    at: datetime,
) -> int:
    """Close a request's open tasks of these kinds.

    Returns:
        How many were closed.
    """
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.request_id == request_id, _TABLE.c.kind.in_(list(kinds)),
        _TABLE.c.state.in_(OPEN)).values(state=state, **_changed(at)))


def _changed(at: datetime) -> dict[str, Any]:
    """What a change of day or state writes beside it."""
    return {"sequence": _TABLE.c.sequence + 1, "changed_at": at}


def _select(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[FollowUp, ...]:
    rows = session.execute(
        sa.select(_TABLE).where(*conditions).order_by(_TABLE.c.due_on, _TABLE.c.number))
    return tuple(follow_up_of(row) for row in rows)


def follow_up_of(row: Any) -> FollowUp:
    """The task that a row of the table holds."""
    return FollowUp(
        id=row.id, request_id=row.request_id or "", kind=row.kind, due_on=row.due_on,
        state=row.state, key=row.key, why=row.why, person_id=row.person_id,
        broker_id=row.broker_id, show_on=row.show_on, number=row.number, sequence=row.sequence,
        changed_at=row.changed_at, reason=row.reason)
