"""Listings of a person that were seen at brokers."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.exposure import Exposure
from optout.domain.reference import new_id
from optout.store.models import ExposureRow

_TABLE = cast("sa.Table", ExposureRow.__table__)


def add(session: Session, exposure: Exposure) -> Exposure:
    """Store a listing; it gets an id."""
    exposure = replace(exposure, id=new_id("X", 10))
    session.execute(sa.insert(_TABLE).values(asdict(exposure)))
    return exposure


def of_person(
    session: Session, person_id: str, broker_id: str | None = None,
) -> tuple[Exposure, ...]:
    """A person's listings, at every broker or at one, first seen first."""
    there = sa.true() if broker_id is None else _TABLE.c.broker_id == broker_id
    rows = session.execute(
        sa.select(_TABLE).where(_TABLE.c.person_id == person_id, there)
        .order_by(_TABLE.c.seen_on, sa.text("rowid")))
    return tuple(
        Exposure(row.person_id, row.broker_id, row.url, row.seen_on, row.note, row.id)
        for row in rows)


def remove(session: Session, exposure_id: str) -> None:
    """Forget a listing."""
    session.execute(sa.delete(_TABLE).where(_TABLE.c.id == exposure_id))
