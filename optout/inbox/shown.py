"""A message as it may be shown: plain words, the head that matters, a list of what is attached.

Nothing is fetched, no link is kept alive, and no attachment is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message, MIMEPart
from email.policy import default

from optout.inbox.headers import header
from optout.inbox.message import body_text

_UNREADABLE = (ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError)
"""What the standard parser stumbles with over broken headers and parts."""

_HEAD = ("From", "To", "Date", "Subject", "Message-ID")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message.

    Args:
        name: as the message calls it; may be empty.
        size: bytes.
        sha256: of its content, in hex.
    """

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message in words.

    Args:
        head: name and value of the headers that say from whom, to whom, when and about what.
        body: its text, without markup.
    """

    head: tuple[tuple[str, str], ...]
    body: str
    attached: tuple[Attached, ...]


def shown_message(raw: bytes) -> ShownMessage:
    """A message in words; what cannot be read in it is left out."""
    message = message_from_bytes(raw, policy=default)
    head = tuple((name, value) for name in _HEAD if (value := header(message, name)))
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        words = body_text(message)
    except _UNREADABLE:
        body, words = None, ""
    return ShownMessage(head, words, tuple(_attached(message, body)))


def sender_domain(raw: bytes) -> str:
    """The domain that a message came from, by its own word; empty where it says none."""
    sender = header(message_from_bytes(raw, policy=default), "From")
    return sender.rpartition("@")[2].strip("> \t").lower() if "@" in sender else ""


def _attached(part: Message, body: MIMEPart | None) -> Iterator[Attached]:
    """Every part that is neither the words nor a container; a message in it counts whole."""
    if part is body:
        return
    kind = part.get_content_type()
    if part.is_multipart() and not kind.startswith("message/"):
        parts = [inner for inner in part.get_payload() if isinstance(inner, Message)]
        for inner in parts:
            yield from _attached(inner, body)
        return
    name = " ".join(_said(part.get_filename).split())
    disposition = _said(part.get_content_disposition)
    if kind.startswith("text/") and not name and disposition != "attachment":
        return  # the same words in another dress
    content = _content(part)
    yield Attached(name, kind, len(content), hashlib.sha256(content).hexdigest())


def _content(part: Message) -> bytes:
    """What a part holds, unpacked; of a message in the message, its bytes."""
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    try:
        return part.as_bytes()
    except _UNREADABLE:
        return b""


def _said(ask: Callable[[], str | None]) -> str:
    """What a part says about itself; empty where it cannot be read."""
    try:
        return ask() or ""
    except _UNREADABLE:
        return ""
