"""The requests to one broker, whoever made them: the newest, and how many there are."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.words import Standing
from optout.store.models import RequestRow

_TABLE = cast("sa.Table", RequestRow.__table__)
_ROW: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
_NEVER_LEFT = (Standing.DRAFT, Standing.READY)
_LEFT = tuple(one for one in Standing if one not in _NEVER_LEFT)


def newest(session: Session, broker_id: str, most: int) -> tuple[tuple[str, ...], int]:
    """Ids of the newest requests to a broker that may have left, and how many there are besides.

    The numbers of the rows stand in the index, so that no other request is touched.
    """
    there = sa.and_(_TABLE.c.broker_id == broker_id, _TABLE.c.standing.in_(_LEFT))
    numbers = sa.select(_ROW).select_from(_TABLE).where(there).order_by(_ROW.desc()).limit(most)
    found = tuple(session.scalars(sa.select(_TABLE.c.id).where(_ROW.in_(numbers))))
    number = session.scalar(sa.select(sa.func.count()).select_from(_TABLE).where(there)) or 0
    return found, number - len(found)
