"""Dated tasks: called for once, claimed by one sweep, closed when their reason is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.store.models import FollowUpRow
from optout.store.rows import changed, grouped, of_person

_TABLE = cast("sa.Table", FollowUpRow.__table__)
OPEN = (FollowUpState.WAITING, FollowUpState.RAISED)
"""States of a task that is still to be done."""


def add(session: Session, follow_up: FollowUp) -> bool:
    """Store a task; False, and nothing changed, when its key is there already."""
    statement = insert(_TABLE).values(asdict(follow_up)).on_conflict_do_nothing(
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


def due(session: Session, day: date) -> tuple[FollowUp, ...]:
    """Tasks to be done by that day, raised or not, oldest first."""
    return _select(session, _TABLE.c.state.in_(OPEN), _TABLE.c.due_on <= day)


def waiting(session: Session, day: date) -> tuple[FollowUp, ...]:
    """Tasks due by that day that no sweep has raised yet, oldest first."""
    return _select(session, _TABLE.c.state == FollowUpState.WAITING, _TABLE.c.due_on <= day)


def upcoming(session: Session, after: date | None = None) -> tuple[FollowUp, ...]:
    """Tasks still to be done, or those due later than a day, in the order of their days."""
    later = sa.true() if after is None else _TABLE.c.due_on > after
    return _select(session, _TABLE.c.state.in_(OPEN), later)


def of_request(session: Session, request_id: str) -> tuple[FollowUp, ...]:
    """All tasks of a request, in the order of their days."""
    return _select(session, _TABLE.c.request_id == request_id)


def by_request(
    session: Session, person_id: str | None = None,
) -> Mapping[str, tuple[FollowUp, ...]]:
    """All tasks by request, of everyone or of one person; one query."""
    rows = session.execute(of_person(_TABLE, person_id).order_by(_TABLE.c.due_on, _TABLE.c.id))
    return grouped((row.request_id, _follow_up(row)) for row in rows)


def claim(
    session: Session, follow_up_id: str, from_state: FollowUpState, to_state: FollowUpState,
) -> bool:
    """Move a task from one state to the next; False when someone else did so before."""
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.id == follow_up_id, _TABLE.c.state == from_state).values(state=to_state)) == 1


def move(
    session: Session, follow_up_id: str, due_on: date, why: str, state: FollowUpState
) -> None:
    """Put a task on another day, for a reason of its own; its key stays."""
    session.execute(sa.update(_TABLE).where(_TABLE.c.id == follow_up_id).values(
        due_on=due_on, why=why, state=state))


def close_kinds(
    session: Session, request_id: str, kinds: Collection[FollowUpKind], state: FollowUpState,
) -> int:
    """Close a request's open tasks of these kinds.

    Returns:
        How many were closed.
    """
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.request_id == request_id, _TABLE.c.kind.in_(list(kinds)),
        _TABLE.c.state.in_(OPEN)).values(state=state))


def _select(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[FollowUp, ...]:
    rows = session.execute(
        sa.select(_TABLE).where(*conditions).order_by(_TABLE.c.due_on, _TABLE.c.id))
    return tuple(_follow_up(row) for row in rows)


def _follow_up(row: Any) -> FollowUp:
    return FollowUp(row.id, row.request_id, row.kind, row.due_on, row.state, row.key, row.why)
