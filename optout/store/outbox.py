"""The outbox: every e-mail is written down whole before it is sent, and moved on by one alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.mail import MailKind, MailState, OutgoingMail
from optout.store.models import OutboxRow
from optout.store.rows import changed

_TABLE = cast("sa.Table", OutboxRow.__table__)
_ROW: sa.ColumnElement[int] = sa.literal_column("outbox.rowid", sa.Integer)
"""The row's own number: it grows with each e-mail that is written down, whatever the clock says."""

ERASED = "erased"
"""The answer of those that named somebody who was erased before they left."""

UNSENT = (MailState.QUEUED, MailState.SENDING)
"""States in which an e-mail is still on its way, as far as anyone here knows."""


def add(session: Session, mail: OutgoingMail) -> bool:
    """Write an e-mail down; False, and nothing changed, when its key is there already.

    Args:
        session: of a writing transaction.
        mail: whole, with its Message-ID.
    """
    values = {name: getattr(mail, name) for name in _TABLE.c.keys()}  # noqa: SIM118 -- a collection of columns, no mapping
    statement = insert(_TABLE).values(values).on_conflict_do_nothing(index_elements=[_TABLE.c.key])
    return changed(session, statement) == 1


def get(session: Session, mail_id: str) -> OutgoingMail:
    """One e-mail.

    Raises:
        NotFound: when there is none of that id.
    """
    found = _select(session, _TABLE.c.id == mail_id)
    if not found:
        raise NotFound(f"There is no e-mail {mail_id}.",
                       remedy="“optout reminders outbox” lists them.")
    return found[0]


def ready(session: Session, now: datetime, *, most: int) -> tuple[str, ...]:
    """Ids of those that may be handed over now, the longest waiting first."""
    return tuple(session.scalars(
        sa.select(_TABLE.c.id).where(
            _TABLE.c.state == MailState.QUEUED,
            sa.or_(_TABLE.c.next_try_at.is_(None), _TABLE.c.next_try_at <= now))
        .order_by(_TABLE.c.created_at, _ROW).limit(most)))


def next_try(session: Session) -> datetime | None:
    """When the first of those that a server put off may be tried again; None where none waits."""
    return session.scalar(
        sa.select(_TABLE.c.next_try_at)
        .where(_TABLE.c.state == MailState.QUEUED, _TABLE.c.next_try_at.is_not(None))
        .order_by(_TABLE.c.next_try_at).limit(1))


def move(
    session: Session, mail_id: str, from_states: Collection[MailState], to_state: MailState, *,
    at: datetime, **values: Any,
) -> bool:
    """Move an e-mail from one state to the next; False when someone else did so before.

    Args:
        session: of a writing transaction.
        mail_id: which.
        from_states: it must stand in one of these.
        to_state: where it goes.
        at: the instant, UTC.
        values: of other columns, set with it.
    """
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.id == mail_id, _TABLE.c.state.in_(list(from_states))).values(
            state=to_state, changed_at=at, **values)) == 1


def hand_over(session: Session, mail_id: str, *, at: datetime) -> bool:
    """Claim a queued e-mail for one attempt; False when another process has it."""
    return move(session, mail_id, (MailState.QUEUED,), MailState.SENDING, at=at,
                attempts=_TABLE.c.attempts + 1, next_try_at=None)


def lose(session: Session, *, at: datetime, answer: str) -> int:
    """Those that a dead process was handing over become uncertain.

    The caller makes sure that nobody alive is handing anything over.

    Returns:
        How many.
    """
    return changed(session, sa.update(_TABLE).where(_TABLE.c.state == MailState.SENDING).values(
        state=MailState.UNCERTAIN, changed_at=at, answer=answer))


def supersede(
    session: Session, kinds: Collection[MailKind], *, at: datetime, answer: str,
) -> int:
    """What is queued of these kinds will not be sent.

    Returns:
        How many.
    """
    return changed(session, sa.update(_TABLE).where(
        _TABLE.c.state == MailState.QUEUED, _TABLE.c.kind.in_(list(kinds))).values(
            state=MailState.FAILED, changed_at=at, answer=answer, next_try_at=None))


def last_key(
    session: Session, prefix: str, until: str, *, reached: Collection[str] | None = None,
) -> str | None:
    """The greatest key from one text to before another; None where there is none.

    Args:
        session: of a transaction.
        prefix: from this text on.
        until: to before this one.
        reached: only of e-mails that left, or that failed with one of these answers; default: of
            all.
    """
    left = sa.true() if reached is None else sa.or_(
        _TABLE.c.state.not_in((MailState.QUEUED, MailState.FAILED)),
        _TABLE.c.answer.in_(list(reached)))
    found: str | None = session.scalar(sa.select(sa.func.max(_TABLE.c.key)).where(
        _TABLE.c.key >= prefix, _TABLE.c.key < until, left))
    return found


def latest(session: Session, *, most: int) -> tuple[OutgoingMail, ...]:
    """Those that were written down last, the last one first; no others are read."""
    return _mails(session, sa.select(_TABLE).order_by(_ROW.desc()).limit(most))


def standing_at(session: Session, state: MailState, *, most: int) -> tuple[OutgoingMail, ...]:
    """Those in one state, the newest first."""
    return _mails(session, sa.select(_TABLE).where(_TABLE.c.state == state).order_by(
        _TABLE.c.changed_at.desc(), _TABLE.c.id.desc()).limit(most))


def empty(session: Session) -> int:
    """Delete words and addresses of every e-mail, however far it came; that it was there stays.

    One that is being handed over goes on: whoever does so has read it before. It cannot be sent
    a second time then. The Message-ID goes too: it ends in the domain of the sender.

    Returns:
        How many had any.
    """
    return changed(session, sa.update(_TABLE).where(sa.func.length(_TABLE.c.raw) > 0).values(
        raw=b"", recipient="", message_id=_TABLE.c.id))


def any_unsent(session: Session) -> bool:
    """Whether anything is still on its way."""
    return session.scalar(
        sa.select(_TABLE.c.id).where(_TABLE.c.state.in_(list(UNSENT))).limit(1)) is not None


def _select(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[OutgoingMail, ...]:
    return _mails(session, sa.select(_TABLE).where(*conditions))


def _mails(session: Session, statement: sa.Select[Any]) -> tuple[OutgoingMail, ...]:
    return tuple(OutgoingMail(**row._mapping) for row in session.execute(statement))  # noqa: SLF001 -- the library's public name for it
