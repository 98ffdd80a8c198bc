"""An e-mail on its way out: what it is for, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailKind(StrEnum):
    """What an e-mail is for."""

    DIGEST = "digest"
    TEST = "test"


class MailState(StrEnum):
    """How far an e-mail came.

    `UNCERTAIN`: it was being handed over when the program ended or the line broke, so nobody
    here knows whether the server took it; it is shown to the person and never sent again unasked.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One e-mail in the outbox.

    Args:
        key: unique: what it is for and when, so that the same cause never mails twice.
        message_id: with its angle brackets; fixed before anything is sent.
        raw: the exact bytes (RFC 5322); personal data.
        attempts: how often it was handed to a server.
        next_try_at: when it may be tried again, UTC; None at once or never.
        answer: what the server said last, by code and class, without anyone’s data.
    """

    id: str
    kind: MailKind
    key: str
    message_id: str
    recipient: str
    raw: bytes
    state: MailState
    attempts: int
    created_at: datetime
    changed_at: datetime
    next_try_at: datetime | None = None
    answer: str = ""
