"""What a person wants covered, and at which pace: one wish for each person."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.wanted import Pace, PlanWish
from optout.store.models import PlanWishRow

_TABLE = cast("sa.Table", PlanWishRow.__table__)


def get(session: Session, person_id: str) -> PlanWish:
    """The wish that is kept; the default one, without a day, where nothing was chosen yet."""
    row = session.execute(sa.select(_TABLE).where(_TABLE.c.person_id == person_id)).one_or_none()
    if row is None:
        return PlanWish()
    return PlanWish(row.wanted, Pace(row.minutes_a_day, row.days_a_week), row.set_on)


def put(session: Session, person_id: str, wish: PlanWish) -> None:
    """Keep a wish in the place of the one before; it needs its day."""
    values = {"wanted": wish.wanted, "minutes_a_day": wish.pace.minutes_a_day,
              "days_a_week": wish.pace.days_a_week, "set_on": wish.set_on}
    session.execute(insert(_TABLE).values(person_id=person_id, **values)
                    .on_conflict_do_update(index_elements=[_TABLE.c.person_id], set_=values))
