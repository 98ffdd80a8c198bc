"""What a sweep reads and writes: the tasks whose day has come, raised many at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.words import FollowUpKind, FollowUpState
from optout.store.followups import OPEN
from optout.store.models import AuditRow, FollowUpRow

ACT = "raise_follow_up"

_TABLE = cast("sa.Table", FollowUpRow.__table__)


def waiting_ids(session: Session, day: date) -> tuple[str, ...]:
    """Ids of the tasks shown by that day that no sweep has raised yet, in the order of that day."""
    return tuple(session.scalars(
        sa.select(_TABLE.c.id).where(
            _TABLE.c.state == FollowUpState.WAITING, _TABLE.c.show_on <= day)
        .order_by(_TABLE.c.show_on)))


def crowded(
    session: Session, *, says: Collection[str], after: str, among: int,
) -> tuple[tuple[str, ...], str | None]:
    """Requests that may have open tasks which say the same: two of a day, or two next steps.

    Args:
        session: the caller's.
        says: how the reasons of next steps begin of which one is enough.
        after: the id of the last request looked at before; empty at the start.
        among: only so many requests are looked at, in the order of their ids.

    Returns:
        Their ids, and the id of the last request looked at; None where there are no more.
    """
    ids = session.scalars(
        sa.select(_TABLE.c.request_id).where(_TABLE.c.request_id > after)
        .distinct().order_by(_TABLE.c.request_id).limit(among)).all()
    if not ids:
        return (), None
    number = sa.func.count()
    # “+” keeps SQLite off the index of states, along which it would read everybody's open tasks.
    state = sa.literal_column("+follow_up.state", _TABLE.c.state.type)
    alike = sa.func.sum(sa.case(
        (sa.and_(_TABLE.c.kind == FollowUpKind.ESCALATE, sa.or_(*(
            _TABLE.c.why.startswith(words, autoescape=True) for words in says))), 1), else_=0))
    found = session.scalars(
        sa.select(_TABLE.c.request_id).where(
            _TABLE.c.request_id > after, _TABLE.c.request_id <= ids[-1], state.in_(OPEN))
        .group_by(_TABLE.c.request_id, _TABLE.c.kind)
        .having(sa.or_(number > sa.func.count(_TABLE.c.due_on.distinct()), alike > 1))
        .order_by(_TABLE.c.request_id)).all()
    return tuple(dict.fromkeys(found)), ids[-1] if len(ids) == among else None


def raise_those(
    session: Session, ids: Collection[str], day: date, *, actor: str, at: datetime,
) -> tuple[str, ...]:
    """Raise those tasks that are still waiting and shown by that day, and write each down.

    The condition stands in the statement that changes them: what another process raised, closed
    or put off since they were read stays as it left it.

    Args:
        session: of a writing transaction.
        ids: the tasks; a few hundred at most.
        day: by which they must be shown.
        actor: who raises them.
        at: the instant, UTC.

    Returns:
        Ids of those that were raised, in the order given.
    """
    raised = set(session.scalars(
        sa.update(_TABLE).where(
            _TABLE.c.id.in_(list(ids)), _TABLE.c.state == FollowUpState.WAITING,
            _TABLE.c.show_on <= day)
        .values(state=FollowUpState.RAISED).returning(_TABLE.c.id)))
    ordered = tuple(one for one in ids if one in raised)
    if ordered:
        session.execute(sa.insert(AuditRow), [
            {"at": at, "actor_id": actor, "act": ACT, "subject": one} for one in ordered])
    return ordered
