"""Matters: what a clinic opens for a client; a person alone has one without asking."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.person import Matter
from optout.store.ids import fresh_id
from optout.store.models import MatterRow


def save(session: Session, matter: Matter) -> Matter:
    """Store a matter, new or known; one without an id gets one."""
    known = matter.id and session.scalar(sa.select(MatterRow.id).where(MatterRow.id == matter.id))
    if known:
        session.execute(
            sa.update(MatterRow).where(MatterRow.id == matter.id).values(**asdict(matter)))
        return matter
    if not matter.id:
        matter = replace(matter, id=fresh_id(session, MatterRow.id, "M"))
    session.execute(sa.insert(MatterRow).values(**asdict(matter)))
    return matter


def of_person(session: Session, person_id: str) -> tuple[Matter, ...]:
    """A person's matters, oldest first."""
    return _select(session, MatterRow.person_id == person_id)


def current(session: Session, person_id: str, on: date) -> Matter:
    """The person's newest open matter; opened on that day if there is none."""
    still_open = [matter for matter in of_person(session, person_id) if matter.closed_on is None]
    if still_open:
        return still_open[-1]
    return save(session, Matter(id="", person_id=person_id, opened_on=on))


def _select(session: Session, condition: sa.ColumnElement[bool]) -> tuple[Matter, ...]:
    rows = session.execute(
        sa.select(MatterRow.__table__).where(condition)
        .order_by(MatterRow.opened_on, MatterRow.id))
    return tuple(_matter(row) for row in rows)


def _matter(row: Any) -> Matter:
    return Matter(row.id, row.person_id, row.opened_on, row.title, row.closed_on)
