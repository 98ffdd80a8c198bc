"""What is kept about a request: documents, disclosures, answers to gates, listings, replies."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from optout.domain.document_words import DocumentKind, EvidenceKind, Purpose
from optout.domain.outcome_words import Reading
from optout.domain.words import Fact
from optout.store.models.base import Base
from optout.store.models.people import of_person
from optout.store.models.requests import of_request


class DocumentRow(Base):
    """A rendered document; its bytes lie sealed outside the database.

    `sha256` is of the content, `sealed_sha256` of the sealed file on the disk.
    """

    __tablename__ = "document"
    __table_args__ = (sa.Index(None, "request_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str] = of_request()
    kind: Mapped[DocumentKind]
    file_name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    made_on: Mapped[date]
    mailto: Mapped[str]
    sealed_name: Mapped[str] = mapped_column(unique=True)
    sealed_sha256: Mapped[str]
    purpose: Mapped[Purpose] = mapped_column(server_default=Purpose.REQUEST.value)


class EvidenceRow(Base):
    """A file that proves something about a request or a look; its bytes lie sealed outside.

    `event_seq` is 0 where it belongs to the request as a whole.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sa.Index(None, "request_id"), sa.Index(None, "person_id"),
        sa.Index(None, "look_id", sqlite_where=sa.text("look_id IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    request_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("request.id", ondelete="CASCADE"))
    look_id: Mapped[str | None] = mapped_column(sa.ForeignKey("look.id", ondelete="CASCADE"))
    event_seq: Mapped[int]
    kind: Mapped[EvidenceKind]
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    added_on: Mapped[date]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))
    sealed_name: Mapped[str] = mapped_column(unique=True)


class SignatureRow(Base):
    """A person's scanned signature; its bytes lie sealed outside the database."""

    __tablename__ = "signature"

    person_id: Mapped[str] = of_person(primary_key=True)
    sha256: Mapped[str]
    added_on: Mapped[date]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))
    sealed_name: Mapped[str] = mapped_column(unique=True)


class DisclosureRow(Base):
    """One fact, by name, that one broker now knows."""

    __tablename__ = "disclosure"
    __table_args__ = (sa.Index(None, "person_id", "broker_id"), sa.Index(None, "request_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    broker_id: Mapped[str]
    fact: Mapped[Fact]
    disclosed_on: Mapped[date]
    why: Mapped[str]
    request_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("request.id", ondelete="SET NULL"))


class GateAnswerRow(Base):
    """An answer to a safety gate; a later one counts, the earlier ones stay."""

    __tablename__ = "gate_answer"
    __table_args__ = (sa.Index(None, "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    gate: Mapped[str]
    scope: Mapped[str]
    accepted: Mapped[bool]
    answered_on: Mapped[date]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))


class ExposureRow(Base):
    """A listing of a person seen at a broker."""

    __tablename__ = "exposure"
    __table_args__ = (sa.Index(None, "person_id", "broker_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = of_person()
    broker_id: Mapped[str]
    url: Mapped[str]
    seen_on: Mapped[date]
    note: Mapped[str]


class ReplyRow(Base):
    """What came back; the message itself lies sealed outside the database."""

    __tablename__ = "reply"
    __table_args__ = (sa.Index(None, "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str]
    request_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("request.id", ondelete="CASCADE"))
    matched_by: Mapped[str]
    reading: Mapped[Reading]
    evidence: Mapped[str]
    received_at: Mapped[datetime | None]
    sealed_name: Mapped[str]
