"""The house's own tables: who acts, what was done, settings, who was erased."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from optout.domain.actor import ActorKind
from optout.domain.mail import MailKind, MailState
from optout.store.models.base import Base


class ActorRow(Base):
    """One who acts."""

    __tablename__ = "actor"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ActorKind]
    name: Mapped[str]


class AuditRow(Base):
    """One act in the service of the person: ids and words only, never a fact about anyone."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(sa.ForeignKey("actor.id"))
    act: Mapped[str]
    subject: Mapped[str]


class MetaRow(Base):
    """A setting of this instance."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class OutboxRow(Base):
    """One e-mail: written down with its exact bytes before anything is sent (DESIGN, 5)."""

    __tablename__ = "outbox"
    __table_args__ = (sa.Index(None, "state", "next_try_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[MailKind]
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    raw: Mapped[bytes]
    state: Mapped[MailState]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    answer: Mapped[str]


class ErasedRow(Base):
    """The id of a person who was erased, so that a restored backup can forget them again."""

    __tablename__ = "erased_person"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
