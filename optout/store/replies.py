"""What came back; each message is kept once."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.document import Reply
from optout.store.models import ReplyRow
from optout.store.rows import changed

_TABLE = cast("sa.Table", ReplyRow.__table__)


def add(session: Session, reply: Reply, sealed_name: str) -> bool:
    """Store a reply; False, and nothing changed, when this very message is there already."""
    statement = insert(_TABLE).values(
        sha256=reply.sha256, message_id=reply.message_id, request_id=reply.request_id or None,
        matched_by=reply.matched_by, reading=reply.reading, evidence=reply.evidence,
        received_at=reply.received_at, sealed_name=sealed_name,
    ).on_conflict_do_nothing(index_elements=[_TABLE.c.sha256])
    return changed(session, statement) == 1


def of_request(session: Session, request_id: str) -> tuple[Reply, ...]:
    """The replies to a request, in the order in which they were read."""
    return _select(session, _TABLE.c.request_id == request_id)


def sealed_name(session: Session, sha256: str) -> str | None:
    """The name of the sealed file that holds a message; None when it was never read."""
    return session.scalar(sa.select(_TABLE.c.sealed_name).where(_TABLE.c.sha256 == sha256))


def sealed_names(session: Session) -> frozenset[str]:
    """The names of all sealed files that hold a message."""
    return frozenset(session.scalars(sa.select(_TABLE.c.sealed_name)))


def _select(session: Session, condition: sa.ColumnElement[bool]) -> tuple[Reply, ...]:
    rows = session.execute(sa.select(_TABLE).where(condition).order_by(_TABLE.c.id))
    return tuple(
        Reply(row.message_id, row.request_id or "", row.matched_by, row.reading, row.evidence,
              row.received_at, row.sha256)
        for row in rows)
