"""The audit: who did what to which id, and when; never a fact about anyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.store.models import AuditRow


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act.

    Args:
        at: the instant, UTC.
        act: a verb such as `unlock`, `mark_sent`, `erase`.
        subject: the id that it was done to; never a name or an address.
    """

    at: datetime
    actor: str
    act: str
    subject: str


def write(session: Session, actor: str, act: str, subject: str, at: datetime) -> None:
    """Write down an act."""
    session.execute(sa.insert(AuditRow).values(
        at=at, actor_id=actor, act=act, subject=subject))


def was_done_since(session: Session, act: str, subject: str, *, since: tuple[str, str]) -> bool:
    """Whether an act was written down after the newest entry of another one.

    Args:
        session: the caller's.
        act: such as `update_person`.
        subject: the id that it was done to.
        since: the other act and its subject; where it was never done, anything is after it.
    """
    other, its_subject = since
    done, before = (
        sa.select(sa.func.coalesce(sa.func.max(AuditRow.id), 0)).where(
            AuditRow.act == one, AuditRow.subject == about)
        for one, about in ((act, subject), (other, its_subject)))
    return bool(session.scalar(sa.select(done.scalar_subquery() > before.scalar_subquery())))


def latest(session: Session, number: int = 100) -> tuple[AuditEntry, ...]:
    """The newest entries, newest first."""
    rows = session.execute(
        sa.select(AuditRow.__table__).order_by(AuditRow.id.desc()).limit(number))
    return tuple(AuditEntry(row.at, row.actor_id, row.act, row.subject) for row in rows)
