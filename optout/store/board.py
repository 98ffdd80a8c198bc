"""The cards of the board: of each standing the first few along its index, never all."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import Request
from optout.domain.words import Standing
from optout.store import requests
from optout.store.list_order import off_index
from optout.store.models import RequestRow

_TABLE = cast("sa.Table", RequestRow.__table__)


def first(
    session: Session, standings: Collection[Standing], *, person_id: str = "",
    newest_first: bool = False, most: int,
) -> tuple[Request, ...]:
    """Of each of these standings the requests that moved least recently, or most recently.

    Args:
        session: the caller's.
        standings: which.
        person_id: of this person only; of everybody where empty.
        newest_first: begin with what moved last.
        most: how many at most, of each standing and in all.
    """
    # A person's own requests are few, and sorted. Without that, SQLite would walk everybody's.
    moved = off_index("moved_on") if person_id else _TABLE.c.moved_on
    found: list[str] = []
    for standing in standings:
        chosen = sa.select(_TABLE.c.id).where(_TABLE.c.standing == standing)
        if person_id:
            chosen = chosen.where(_TABLE.c.person_id == person_id)
        found += session.scalars(
            chosen.order_by(moved.desc() if newest_first else moved).limit(most))
    there = sorted(requests.some(session, found),
                   key=lambda one: one.moved_on or one.created_on, reverse=newest_first)
    return tuple(there[:most])
