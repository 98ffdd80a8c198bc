"""Looks: what was seen at brokers, and when; every one is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.look import Look
from optout.domain.reference import new_id
from optout.store.models import LookRow

_TABLE = cast("sa.Table", LookRow.__table__)


def add(session: Session, look: Look) -> Look:
    """Store a look; it gets an id."""
    look = replace(look, id=new_id("K", 10))
    session.execute(sa.insert(_TABLE).values(
        id=look.id, person_id=look.person_id, broker_id=look.broker_id, result=look.result,
        looked_on=look.looked_on, actor_id=look.actor, reason=look.reason))
    return look


def of_person(
    session: Session, person_id: str, broker_id: str | None = None,
) -> tuple[Look, ...]:
    """A person's looks, at every broker or at one, oldest first."""
    there = sa.true() if broker_id is None else _TABLE.c.broker_id == broker_id
    rows = session.execute(
        sa.select(_TABLE).where(_TABLE.c.person_id == person_id, there)
        .order_by(_TABLE.c.looked_on, sa.text("rowid")))
    return tuple(_look(row) for row in rows)


def get(session: Session, look_id: str) -> Look:
    """One look.

    Raises:
        NotFound: when there is none of that id.
    """
    row = session.execute(sa.select(_TABLE).where(_TABLE.c.id == look_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no look {look_id}.")
    return _look(row)


def correct(session: Session, look: Look) -> None:
    """Write over what was entered about a look; that it was made stays."""
    session.execute(sa.update(_TABLE).where(_TABLE.c.id == look.id).values(
        result=look.result, looked_on=look.looked_on, actor_id=look.actor, reason=look.reason))


def _look(row: Any) -> Look:
    return Look(row.person_id, row.broker_id, row.result, row.looked_on, row.actor_id, row.id,
                row.reason)
