"""The plan that a person last saw, as a text of ids and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.store.models import PlanMemoryRow

_TABLE = cast("sa.Table", PlanMemoryRow.__table__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a plan.

    Args:
        made_on: the day of that plan.
        content: JSON; only who wrote it knows its form.
    """

    made_on: date
    content: str


def get(session: Session, person_id: str) -> Kept | None:
    """What is kept of the person's last plan; None where there was none."""
    row = session.execute(sa.select(_TABLE).where(_TABLE.c.person_id == person_id)).one_or_none()
    return None if row is None else Kept(row.made_on, row.content)


def put(session: Session, person_id: str, kept: Kept) -> None:
    """Keep a plan in the place of the one before."""
    values = {"made_on": kept.made_on, "content": kept.content}
    session.execute(insert(_TABLE).values(person_id=person_id, **values)
                    .on_conflict_do_update(index_elements=[_TABLE.c.person_id], set_=values))
