"""One message read: which request it answers, and what kind of message it is.

Headers come before the subject, the subject before the body. Nothing is fetched, no link is
opened, no attachment is unpacked.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime

from optout.domain.document import Reply
from optout.domain.errors import InvalidInput
from optout.domain.outcome_words import Reading
from optout.inbox.headers import (
    automatic_evidence,
    bounce_evidence,
    header,
    headers,
    returned_ids,
)
from optout.inbox.html_text import text_of
from optout.inbox.matching import match
from optout.inbox.quoting import first_sentence

LARGEST = 25 * 1024 * 1024
"""Bytes: what mail servers take, and so the largest message that can come."""

_MOST_TEXT = 200_000
"""Characters of the body that are read; no answer is longer."""


def read_message(raw: bytes) -> Reply:
    """Read an RFC 5322 message.

    Returns:
        The reply with its request (or none), the reading, and the header or sentence that the
        reading rests on. A bounce and a machine's answer are known by their headers; every
        other message is `other`, for a person to read.

    Raises:
        InvalidInput: when the bytes are no e-mail message, or too many.
    """
    if len(raw) > LARGEST:
        raise InvalidInput("The message is larger than mail servers carry.", field="message",
                           remedy="Save the message without its attachments.")
    message = message_from_bytes(raw, policy=default)
    if not any(name in message for name in ("From", "Message-ID", "Date", "Received")):
        raise InvalidInput("This file is no e-mail message.", field="message",
                           remedy="Save the message from the mail program as an .eml file.")
    body = body_text(message)
    threads = (*headers(message, "In-Reply-To"), *headers(message, "References"),
               *returned_ids(message))
    found = match(threads, header(message, "Subject"), body)
    reading, evidence = _read(message, body)
    return Reply(
        message_id=header(message, "Message-ID"), request_id=found.request_id,
        matched_by=found.matched_by, reading=reading, evidence=evidence,
        received_at=_received_at(message), sha256=hashlib.sha256(raw).hexdigest())


def _read(message: Message, body: str) -> tuple[Reading, str]:
    if evidence := bounce_evidence(message):
        return Reading.BOUNCED, evidence
    if evidence := automatic_evidence(message):
        return Reading.AUTO_REPLY, evidence
    return Reading.OTHER, first_sentence(body)


def body_text(message: EmailMessage) -> str:
    """The message's text: its plain part, else its HTML without markup; never an attachment."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, KeyError, UnicodeError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    text = text[:_MOST_TEXT]
    return text_of(text) if part.get_content_subtype() == "html" else text


def _received_at(message: Message) -> datetime | None:
    """When our side got it: the newest Received stamp, else the sender's Date; UTC."""
    received = headers(message, "Received")
    stamps = [received[0].rpartition(";")[2]] if received else []
    for stamp in (*stamps, header(message, "Date")):
        try:
            moment = parsedate_to_datetime(stamp.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            continue
    return None
