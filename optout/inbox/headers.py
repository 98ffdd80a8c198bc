"""What the headers of a message say by themselves: returned, or answered by a machine."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

_AUTOMATIC_PRECEDENCE = frozenset({"auto_reply", "auto-reply"})


def header(message: Message, name: str) -> str:
    """A header's text on one line; empty if it is not there or cannot be read."""
    try:
        value = message[name]
        return " ".join(str(value).split()) if value is not None else ""
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError):
        return ""  # the standard parser itself stumbles over some broken headers


def headers(message: Message, name: str) -> tuple[str, ...]:
    """Every occurrence of a header, raw and on one line each."""
    return tuple(" ".join(str(value).split()) for key, value in message.raw_items()
                 if key.lower() == name.lower())


def bounce_evidence(message: Message) -> str:
    """The line by which a message is a delivery failure notice; empty if it is none.

    A delivery status notification (RFC 3464) says so in machine-readable form. It counts as a
    bounce only with `Action: failed`: `delayed` is tried again by the server, `delivered` and
    `relayed` are receipts. Exim's own header says the same; its value, an address, is left out.
    """
    if header(message, "X-Failed-Recipients"):
        return "X-Failed-Recipients"
    if not _is_delivery_report(message):
        return ""
    for fields in _delivery_status(message):
        if header(fields, "Action").lower() == "failed":
            status = header(fields, "Status")
            return f"Action: failed; Status: {status}" if status else "Action: failed"
    return ""


def _is_delivery_report(message: Message) -> bool:
    return (message.get_content_type() == "multipart/report"
            and str(message.get_param("report-type", "")).lower() == "delivery-status")


def _delivery_status(message: Message) -> Iterator[Message]:
    """The field groups of a report: one for the message, one for each recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (group for group in part.get_payload() if isinstance(group, Message))


def returned_ids(message: Message) -> tuple[str, ...]:
    """The Message-ID of each message that a report returns, whole or headers only."""
    found: list[str] = []
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            found.extend(header(inner, "Message-ID") for inner in part.get_payload()
                         if isinstance(inner, Message))
        elif part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload())
            found.extend(line.partition(":")[2].strip() for line in text.splitlines()
                         if line.lower().startswith("message-id:"))
    return tuple(filter(None, found))


def automatic_evidence(message: Message) -> str:
    """The header by which a machine says that it wrote the message; empty if none does.

    `Auto-Submitted` other than `no` (RFC 3834), and the older headers that mail systems use
    for the same. A ticket system's bulk mark alone is not enough: people answer through such
    systems.
    """
    submitted = header(message, "Auto-Submitted")
    if submitted and submitted.split(";")[0].strip().lower() != "no":
        return f"Auto-Submitted: {submitted}"
    for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply"):
        value = header(message, name)
        if value and value.lower() not in {"no", "false", "0"}:
            return f"{name}: {value}"
    suppress = header(message, "X-Auto-Response-Suppress")
    precedence = header(message, "Precedence").lower()
    if precedence in _AUTOMATIC_PRECEDENCE:
        return f"Precedence: {precedence}"
    if suppress and header(message, "X-MS-Exchange-Generated-Message-Source"):
        return f"X-Auto-Response-Suppress: {suppress}"
    if header(message, "Return-Path") == "<>":
        return "Return-Path: <>"
    return ""
