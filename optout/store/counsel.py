"""Counsel: the lawyer to whom a person's government drafts go; at most one for each person."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.person import Counsel
from optout.store.models import CounselRow

_TABLE = cast("sa.Table", CounselRow.__table__)


def get(session: Session, person_id: str) -> Counsel | None:
    """Who is named for a person; None where nobody is."""
    row = session.execute(sa.select(_TABLE).where(_TABLE.c.person_id == person_id)).one_or_none()
    if row is None:
        return None
    return Counsel(
        person_id=row.person_id, name=row.name, organisation=row.organisation,
        address=row.address, may_show_home=row.may_show_home, confirmed_on=row.confirmed_on,
        actor=row.actor_id)


def save(session: Session, counsel: Counsel) -> None:
    """Name counsel in the place of whoever was named before."""
    values = {"name": counsel.name, "organisation": counsel.organisation,
              "address": counsel.address, "may_show_home": counsel.may_show_home,
              "confirmed_on": counsel.confirmed_on, "actor_id": counsel.actor}
    session.execute(insert(_TABLE).values(person_id=counsel.person_id, **values)
                    .on_conflict_do_update(index_elements=[_TABLE.c.person_id], set_=values))


def remove(session: Session, person_id: str) -> None:
    """Forget who was named."""
    session.execute(sa.delete(_TABLE).where(_TABLE.c.person_id == person_id))
