"""Files that prove something about a request or a look; their bytes lie sealed elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.document import Evidence
from optout.domain.errors import NotFound
from optout.lifecycle.life import effective
from optout.store import history
from optout.store.models import EvidenceRow
from optout.store.rows import person_of

_TABLE = cast("sa.Table", EvidenceRow.__table__)


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A piece of evidence, and the name of the sealed file that holds it."""

    evidence: Evidence
    sealed_name: str


def add(session: Session, evidence: Evidence, sealed_name: str, actor: str) -> None:
    """Store what is known of a file."""
    session.execute(sa.insert(_TABLE).values(
        id=evidence.id, request_id=evidence.request_id or None, event_seq=evidence.event_seq,
        person_id=evidence.person_id or person_of(evidence.request_id),
        look_id=evidence.look_id or None,
        kind=evidence.kind, name=evidence.name, media_type=evidence.media_type,
        sha256=evidence.sha256, size=evidence.size, added_on=evidence.added_on, actor_id=actor,
        sealed_name=sealed_name))


def get(session: Session, evidence_id: str) -> StoredEvidence:
    """One piece of evidence.

    Raises:
        NotFound: when there is none of that id.
    """
    row = session.execute(sa.select(_TABLE).where(_TABLE.c.id == evidence_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no evidence {evidence_id}.")
    return _stored(row)


def of_request(session: Session, request_id: str) -> tuple[StoredEvidence, ...]:
    """The evidence of a request, in the order in which it was added.

    What a look showed is among it, by the look's id, as long as the look is in the history; it
    then belongs to the event that tells of the look.
    """
    told = {event.look_id: event.seq for event in effective(history.events(session, request_id))
            if event.look_id}
    rows = session.execute(sa.select(_TABLE).where(sa.or_(
        _TABLE.c.request_id == request_id, _TABLE.c.look_id.in_(list(told)))
    ).order_by(sa.text("rowid")))
    return tuple(_of_look(_stored(row), request_id, told) for row in rows)


def of_person(session: Session, person_id: str) -> tuple[StoredEvidence, ...]:
    """Everything that is kept of a person, in the order in which it was added."""
    rows = session.execute(sa.select(_TABLE).where(
        _TABLE.c.person_id == person_id).order_by(sa.text("rowid")))
    return tuple(_stored(row) for row in rows)


def of_looks(session: Session, look_ids: Collection[str]) -> tuple[StoredEvidence, ...]:
    """What these looks showed, in the order in which it was added."""
    rows = session.execute(sa.select(_TABLE).where(
        _TABLE.c.look_id.in_(list(look_ids))).order_by(sa.text("rowid")))
    return tuple(_stored(row) for row in rows)


def _of_look(
    stored: StoredEvidence, request_id: str, told: Mapping[str, int]
) -> StoredEvidence:
    one = stored.evidence
    if one.look_id not in told:
        return stored
    return replace(stored, evidence=replace(
        one, request_id=request_id, event_seq=told[one.look_id]))


def remove(session: Session, evidence_id: str) -> None:
    """Forget a piece of evidence; the caller deletes its file after the commit."""
    session.execute(sa.delete(_TABLE).where(_TABLE.c.id == evidence_id))


def sealed_names(session: Session) -> frozenset[str]:
    """The names of all sealed files that hold evidence."""
    return frozenset(session.scalars(sa.select(_TABLE.c.sealed_name)))


def _stored(row: Any) -> StoredEvidence:
    return StoredEvidence(
        Evidence(id=row.id, request_id=row.request_id or "", kind=row.kind, name=row.name,
                 media_type=row.media_type, sha256=row.sha256, size=row.size,
                 added_on=row.added_on, event_seq=row.event_seq, person_id=row.person_id,
                 look_id=row.look_id or ""),
        row.sealed_name)
