"""An e-mail on its way out: what it is for, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass, field
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


class MailSecurity(StrEnum):
    """How the line to a mail server is protected; `PLAIN` is for this machine only."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are handed over, and as whom.

    Args:
        host: a name or an IP address.
        user: empty where the server asks for none.
        password: never shown, not even in a traceback.
    """

    host: str
    port: int
    security: MailSecurity
    user: str = ""
    password: str = field(default="", repr=False)


class Taken(StrEnum):
    """What became of one attempt to hand an e-mail over.

    `NOT_NOW`: the server, or the way to it, may do better later. `NEVER`: trying again the same
    way cannot help. `UNKNOWN`: all or some of it was handed over and no answer came.
    """

    YES = "yes"
    NOT_NOW = "not_now"
    NEVER = "never"
    UNKNOWN = "unknown"


class MailStep(StrEnum):
    """How far an attempt came."""

    CONNECT = "connect"
    CERTIFICATE = "certificate"
    TLS = "tls"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to hand an e-mail over.

    Args:
        taken: whether the server has it.
        step: where it ended.
        code: the server's reply, such as “550” or “550 5.1.1”; empty where it gave none. Its
            words are left out: they name people.
    """

    taken: Taken
    step: MailStep
    code: str = ""

    @property
    def answer(self) -> str:
        """The step and the code, as the outbox keeps them."""
        return f"{self.step} {self.code}".strip()
