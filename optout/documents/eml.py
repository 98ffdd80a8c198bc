"""A letter as e-mail: a draft that mail programs open for editing, or a mailto link."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from optout.documents.clean import refusal
from optout.documents.mail_head import (
    HeadLine,
    address,
    attachment_name,
    id_line,
    name_and_address,
    plain_line,
    text_line,
    unsendable,
)
from optout.documents.texts import terms
from optout.domain.document import EmailHead, Letter, MadeFile
from optout.domain.errors import InvalidInput

LONGEST_MAILTO = 1_900
"""Characters: what Windows hands from a browser to a mail program without cutting."""

LARGEST_ATTACHMENTS = 7_000_000
"""Bytes of all attachments together: a third more on the way, and many servers refuse 10 MB."""

_POLICY = SMTP.clone(max_line_length=76)
"""RFC 2045 lets an encoded line have 76 octets; the standard library would write 78."""

_ATTACHABLE = re.compile(r"(?:application|image|text)/[a-z0-9][a-z0-9.+-]{0,60}")
_NO_DOMAIN = "optout.invalid"


def message_id(reference: str, number: int, reply_email: str) -> str:
    """A Message-ID that carries the reference and never this machine's name.

    Args:
        reference: the request's id.
        number: 1, 2, 3 ... counts the messages of one request.
        reply_email: its domain stands after the @.
    """
    domain = reply_email.rpartition("@")[2] or _NO_DOMAIN
    if not domain.isascii():
        domain = _NO_DOMAIN
    return f"<{reference.lower()}.{number}@{domain.lower()}>"


def letter_text(letter: Letter) -> str:
    """The letter's words as plain text, one line a paragraph; its own list items numbered.

    No line ends with a space, so that none is taken for the start of a signature (`-- `).
    """
    several = sum(p.startswith("- ") for p in letter.paragraphs) > 1
    number = 0
    blocks = [letter.salutation]
    for paragraph in letter.paragraphs:
        if paragraph.startswith("- "):
            number += 1
            mark = f"{number}. " if several else "- "
            blocks.append(mark + paragraph[2:].replace("\n", "\n" + " " * len(mark)))
        else:
            blocks.append(paragraph.replace("\t", " "))
    blocks.append(f"{letter.closing}\n{letter.signature}")
    if letter.enclosures:
        words = terms(letter.language)["enclosed"]
        blocks.append(f"{words}: {', '.join(letter.enclosures)}")
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def email_bytes(letter: Letter, head: EmailHead) -> bytes:
    """The letter as an RFC 5322 message to exactly one recipient, not yet sent.

    Paragraphs are one line each, quoted-printable, so that every program sets them anew to
    its own width. (`format=flowed` would do so in fewer: Outlook and Gmail show its soft breaks
    as breaks, Apple Mail writes none itself, and RFC 3676 advises against joining the two.)
    `X-Unsent` asks programs to open the message for editing. The same letter always gives the
    same bytes.

    Args:
        letter: the words.
        head: who writes to whom, and what it answers.

    Raises:
        InvalidInput: naming the part of the head that cannot be used.
        UnwritableText: for control characters in the words.
    """
    text = _body(letter)
    message = EmailMessage(policy=_POLICY)
    for line in _head(letter, head):
        message[line.name] = line
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = plain_line("Content-Language", letter.language, "language")
    return message.as_bytes()


def note_bytes(head: EmailHead, text: str) -> bytes:
    """A short message of the program to the person themselves, whole and ready to be sent.

    It says of itself that a program wrote it (RFC 3834), so that no absence note answers it; it
    does not say which program.

    Args:
        head: its date and its Message-ID are kept as they are.
        text: plain.

    Raises:
        InvalidInput: naming the part of the head that cannot be used.
        UnwritableText: for control characters in the text.
    """
    message = EmailMessage(policy=_POLICY)
    for line in (*_head_lines("", head), plain_line("Auto-Submitted", "auto-generated", "head")):
        message[line.name] = line
    message.set_content(_sendable(text), charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def with_files(raw: bytes, attachments: Sequence[MadeFile]) -> bytes:
    """A draft of ours once more, with files: its head and its words stay as they were made.

    Args:
        raw: as `email_bytes` gave it.
        attachments: in their order; without any, the draft comes back as it is.

    Raises:
        InvalidInput: naming the attachment that cannot be used.
    """
    if not attachments:
        return raw
    message = message_from_bytes(raw, EmailMessage, policy=_POLICY.clone(refold_source="none"))
    _attach(message, attachments)
    return message.as_bytes()


def mailto(letter: Letter, to: str) -> str:
    """A link that opens a mail program with the letter in it (RFC 6068).

    Empty where the link would be longer than programs take: use the draft then.

    Raises:
        InvalidInput: when the address cannot be used.
        UnwritableText: for control characters in the words.
    """
    body = _body(letter).replace("\n", "\r\n")
    subject = text_line("Subject", letter.subject, "subject").words
    link = (f"mailto:{quote(address(to, 'to'), safe='@')}?subject={quote(subject, safe='')}"
            f"&body={quote(body, safe='')}")
    return link if len(link) <= LONGEST_MAILTO else ""


def _body(letter: Letter) -> str:
    return _sendable(letter_text(letter))


def _sendable(text: str) -> str:
    """The words, if all of them can be sent: a lone surrogate has no bytes, a control no look."""
    if bare := unsendable(text.replace("\n", "")):
        raise refusal(bare, "The e-mail cannot carry")
    return text


def _head(letter: Letter, head: EmailHead) -> list[HeadLine]:
    return [*_head_lines(letter.sender[0], head), plain_line("X-Unsent", "1", "X-Unsent")]


def _head_lines(name: str, head: EmailHead) -> list[HeadLine]:
    lines = [
        name_and_address("From", name, address(head.sender, "sender")),
        plain_line("To", address(head.to, "to"), "to"),
        text_line("Subject", head.subject, "subject"),
        plain_line("Date", format_datetime(head.date.astimezone(UTC)), "date"),
        id_line("Message-ID", (head.message_id,), "message_id"),
    ]
    if head.in_reply_to:
        lines.append(id_line("In-Reply-To", (head.in_reply_to,), "in_reply_to"))
    if references := tuple(dict.fromkeys((*head.references, *filter(None, (head.in_reply_to,))))):
        lines.append(id_line("References", references, "references"))
    return lines


def _attach(message: EmailMessage, attachments: Sequence[MadeFile]) -> None:
    if sum(len(file.content) for file in attachments) > LARGEST_ATTACHMENTS:
        raise InvalidInput(
            f"The attachments are larger than {LARGEST_ATTACHMENTS // 1_000_000} MB together.",
            field="attachments", remedy="Send fewer of them, or a smaller picture.")
    for file in attachments:
        if not _ATTACHABLE.fullmatch(file.media_type):
            raise InvalidInput("This kind of file cannot be attached to an e-mail.",
                               field="attachments", remedy="Attach a PDF or a picture.")
        main, _, sub = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub,
                               filename=attachment_name(file.file_name))
    # The library would draw lots. With “=_” in it, no encoded line can be taken for it.
    told = hashlib.sha256(b"".join(file.content for file in attachments)).hexdigest()
    message.set_boundary(f"=_{told[:32]}")
