"""What a file handed over is, by its first bytes and never by its name; all else is refused."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import compat32

from optout.domain.errors import InvalidInput

LARGEST = 10 * 1024 * 1024
"""Bytes: room for any screenshot and for a letter scanned page by page."""

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
PDF, MAIL, TEXT = "application/pdf", "message/rfc822", "text/plain"
PICTURES = frozenset({PNG, JPEG, WEBP})

ACCEPTED = "a picture (PNG, JPEG, WebP), a PDF, an e-mail (.eml) or plain text"
_REMEDY = f"Take {ACCEPTED}; of anything else a screenshot serves."

_MARKUP = re.compile(r"\s*<(?:[a-z][a-z0-9:-]*[\s>/]|[!?])", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def kind_of_file(content: bytes) -> str:
    """The media type of a file that may be kept.

    Raises:
        InvalidInput: when it is empty, too large, or of a kind that could act or call out.
    """
    if not content:
        raise InvalidInput("The file is empty.", field="file", remedy="Choose the right file.")
    if len(content) > LARGEST:
        raise InvalidInput(
            f"The file is larger than {LARGEST // 1024 ** 2} MB.", field="file",
            remedy="Save it smaller, or take a screenshot of the part that matters.")
    found = _by_signature(content)
    if found:
        return found
    text = _decoded(content)
    if text is None and not _is_mail(content):
        raise InvalidInput("This kind of file cannot be kept.", field="file", remedy=_REMEDY)
    if text is not None and _MARKUP.match(text):
        raise InvalidInput("A web page or a drawing made of markup cannot be kept: it could act "
                           "when it is opened.", field="file", remedy=_REMEDY)
    return MAIL if _is_mail(content) else TEXT


def text_of_file(content: bytes) -> str:
    """The words of a plain text that `kind_of_file` accepted; each line ends alike."""
    text = _decoded(content) or ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_signature(content: bytes) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    return PDF if content.startswith(b"%PDF-") else ""


def _decoded(content: bytes) -> str | None:
    """The text, if it is one and nothing else."""
    encoding = "utf-16" if content.startswith(_BYTE_ORDER_MARKS) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def _is_mail(content: bytes) -> bool:
    """Whether the file begins like a message: a sender, and a date or an id."""
    if b"\x00" in content:
        return False
    head = message_from_bytes(content[:65_536], policy=compat32)
    return "From" in head and any(name in head for name in ("Date", "Message-ID", "Received"))
