"""Forgetting a person: every row about them, and the names of the files to remove."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.mail import MailKind
from optout.store import meta, outbox
from optout.store.models import (
    DocumentRow,
    ErasedRow,
    EvidenceRow,
    PersonRow,
    ReplyRow,
    RequestRow,
    SignatureRow,
)


def erase(session: Session, person_id: str, *, at: datetime) -> tuple[str, ...]:
    """Delete a person and all that hangs on them; only the random id is kept, as erased.

    The caller deletes the sealed files after the commit, then calls `Store.forget`.

    Args:
        session: of a writing transaction.
        person_id: whom to forget; an id that is not there is recorded all the same.
        at: the instant, UTC.

    Returns:
        Names of the sealed files that held the person's documents, mail, evidence and signature.
    """
    theirs = sa.select(RequestRow.id).where(RequestRow.person_id == person_id)
    documents = session.scalars(
        sa.select(DocumentRow.sealed_name).where(DocumentRow.request_id.in_(theirs)))
    replies = session.scalars(
        sa.select(ReplyRow.sealed_name).where(ReplyRow.request_id.in_(theirs)))
    evidence = session.scalars(
        sa.select(EvidenceRow.sealed_name).where(EvidenceRow.person_id == person_id))
    signature = session.scalars(
        sa.select(SignatureRow.sealed_name).where(SignatureRow.person_id == person_id))
    names = (*documents, *replies, *evidence, *signature)
    session.execute(sa.delete(PersonRow).where(PersonRow.id == person_id))
    if session.scalar(sa.select(PersonRow.id).limit(1)) is None:
        # Of several, nobody can tell whose listings came back; of one alone they were theirs.
        meta.forget_all(session, meta.RETURNS)
    # A reminder may name the person's tasks, and the address of any e-mail may be theirs.
    outbox.supersede(session, tuple(MailKind), at=at, answer=outbox.ERASED)
    outbox.empty(session)
    session.execute(insert(ErasedRow).values(person_id=person_id, erased_at=at)
                    .on_conflict_do_nothing())
    return names


def erased(session: Session) -> frozenset[str]:
    """The ids of everyone erased here; a restored backup must forget them too."""
    return frozenset(session.scalars(sa.select(ErasedRow.person_id)))
