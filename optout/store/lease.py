"""Leases: which process may do a recurring job; the others leave it alone until it ends."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.store.models import LeaseRow
from optout.store.rows import changed


def take(session: Session, name: str, holder: str, until: datetime, *, now: datetime) -> bool:
    """Take or prolong a lease.

    Returns:
        Whether the holder has it now; False while another one's runs.
    """
    statement = insert(LeaseRow).values(name=name, holder=holder, until=until)
    return changed(session, statement.on_conflict_do_update(
        index_elements=[LeaseRow.name],
        set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
        where=sa.or_(LeaseRow.holder == holder, LeaseRow.until <= now))) == 1


def give_back(session: Session, name: str, holder: str) -> None:
    """End one's own lease early; another one's stays."""
    session.execute(sa.delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder))
