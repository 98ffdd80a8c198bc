"""Documents: what is known about each; the bytes lie in sealed files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.document import Document
from optout.domain.document_words import Purpose
from optout.domain.errors import NotFound
from optout.store.models import DocumentRow, RequestRow

_TABLE = cast("sa.Table", DocumentRow.__table__)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document without its content, and where the content lies.

    Args:
        sealed_name: the name of the sealed file.
        sealed_sha256: SHA-256 of the sealed file, in hex.
    """

    document: Document
    sealed_name: str
    sealed_sha256: str


def add(session: Session, document: Document, sealed_name: str, sealed_sha256: str) -> None:
    """Store a document's description; its content is left out."""
    session.execute(sa.insert(_TABLE).values(
        id=document.id, request_id=document.request_id, kind=document.kind,
        file_name=document.file_name, media_type=document.media_type, sha256=document.sha256,
        made_on=document.made_on, mailto=document.mailto, sealed_name=sealed_name,
        sealed_sha256=sealed_sha256, purpose=document.purpose))


def get(session: Session, document_id: str) -> StoredDocument:
    """One document.

    Raises:
        NotFound: when there is none of that id.
    """
    row = session.execute(sa.select(_TABLE).where(_TABLE.c.id == document_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no document {document_id}.")
    return _stored(row)


def of_request(session: Session, request_id: str) -> tuple[StoredDocument, ...]:
    """The documents that make the request itself, in the order in which they were made."""
    return tuple(stored for stored in all_of_request(session, request_id)
                 if stored.document.purpose is Purpose.REQUEST)


def all_of_request(session: Session, request_id: str) -> tuple[StoredDocument, ...]:
    """Every document about a request, later letters too, in the order in which they were made."""
    rows = session.execute(
        sa.select(_TABLE).where(_TABLE.c.request_id == request_id).order_by(sa.text("rowid")))
    return tuple(_stored(row) for row in rows)


def later_of_person(session: Session, person_id: str) -> tuple[StoredDocument, ...]:
    """All letters about a person's requests, in the order in which they were made."""
    asked = sa.select(RequestRow.id).where(RequestRow.person_id == person_id)
    rows = session.execute(
        sa.select(_TABLE).where(_TABLE.c.purpose != Purpose.REQUEST,
                                _TABLE.c.request_id.in_(asked)).order_by(sa.text("rowid")))
    return tuple(_stored(row) for row in rows)


def sealed_names(session: Session) -> frozenset[str]:
    """The names of all sealed files that hold a document."""
    return frozenset(session.scalars(sa.select(_TABLE.c.sealed_name)))


def _stored(row: Any) -> StoredDocument:
    document = Document(
        id=row.id, request_id=row.request_id, kind=row.kind, file_name=row.file_name,
        media_type=row.media_type, sha256=row.sha256, made_on=row.made_on, mailto=row.mailto,
        purpose=row.purpose)
    return StoredDocument(document, row.sealed_name, row.sealed_sha256)
