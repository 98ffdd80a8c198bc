"""Scanned signatures, one a person; the bytes lie sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.store.models import SignatureRow

_TABLE = cast("sa.Table", SignatureRow.__table__)


@dataclass(frozen=True, slots=True)
class StoredSignature:
    """A person's signature, by the hash of its picture (hex) and the file that holds it."""

    person_id: str
    sha256: str
    added_on: date
    sealed_name: str


def put(session: Session, signature: StoredSignature, actor: str) -> None:
    """Store a signature in the place of the one before; its file is the caller's to delete."""
    remove(session, signature.person_id)
    session.execute(sa.insert(_TABLE).values(
        person_id=signature.person_id, sha256=signature.sha256, added_on=signature.added_on,
        actor_id=actor, sealed_name=signature.sealed_name))


def get(session: Session, person_id: str) -> StoredSignature | None:
    """A person's signature; None while none is kept."""
    row = session.execute(
        sa.select(_TABLE).where(_TABLE.c.person_id == person_id)).one_or_none()
    return None if row is None else StoredSignature(
        row.person_id, row.sha256, row.added_on, row.sealed_name)


def remove(session: Session, person_id: str) -> None:
    """Forget a person's signature; the caller deletes its file after the commit."""
    session.execute(sa.delete(_TABLE).where(_TABLE.c.person_id == person_id))


def sealed_names(session: Session) -> frozenset[str]:
    """The names of all sealed files that hold a signature."""
    return frozenset(session.scalars(sa.select(_TABLE.c.sealed_name)))
