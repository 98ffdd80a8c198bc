"""A letter as e-mail: a draft that mail programs open for editing, or a mailto link."""

from __future__ import annotations

import re
from datetime import UTC
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from optout.documents.texts import terms
from optout.domain.document import EmailHead, Letter
from optout.domain.errors import InvalidInput

LONGEST_MAILTO = 1_900
"""Characters: what Windows hands from a browser to a mail program without cutting."""

_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
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
    """The letter's words as plain text, one line a paragraph; its own list items numbered."""
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
    return "\n\n".join(blocks) + "\n"


def email_bytes(letter: Letter, head: EmailHead) -> bytes:
    """The letter as an RFC 5322 message to exactly one recipient, not yet sent.

    Paragraphs are one line each, quoted-printable, so that every program sets them anew to
    its own width. `X-Unsent` asks programs to open the message for editing.

    Raises:
        InvalidInput: naming the part of the head that cannot be used.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(head.sender, "sender", letter.sender[0])
    message["To"] = _address(head.to, "to")
    message["Subject"] = _one_line(head.subject, "subject")
    message["Date"] = format_datetime(head.date.astimezone(UTC))
    message["Message-ID"] = _one_line(head.message_id, "message_id")
    message["X-Unsent"] = "1"
    message.set_content(letter_text(letter), charset="utf-8", cte="quoted-printable")
    if len(message["To"].addresses) != 1:
        raise _unusable("to")
    return message.as_bytes()


def mailto(letter: Letter, to: str) -> str:
    """A link that opens a mail program with the letter in it (RFC 6068).

    Empty where the link would be longer than programs take: use the draft then.

    Raises:
        InvalidInput: when the address cannot be used.
    """
    address = _address(to, "to").addr_spec
    body = letter_text(letter).replace("\n", "\r\n")
    link = (f"mailto:{quote(address, safe='@')}?subject={quote(letter.subject, safe='')}"
            f"&body={quote(body, safe='')}")
    return link if len(link) <= LONGEST_MAILTO else ""


def _address(text: str, field: str, display_name: str = "") -> Address:
    """One address, its domain in ASCII.

    The standard library would write a local part outside ASCII as an encoded word, which no
    mail server takes for an address; so it is refused here.
    """
    local, _, domain = _one_line(text, field).rpartition("@")
    if not local.isascii():
        raise InvalidInput("The part of the e-mail address before the @ has letters that mail "
                           "servers do not all take.", field=field,
                           remedy="Use an address in plain letters from a to z.")
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        address = Address(_one_line(display_name, "name"), addr_spec=f"{local}@{plain}")
    except (HeaderParseError, ValueError, IndexError, UnicodeError) as error:
        raise _unusable(field) from error
    if not (address.username and _DOMAIN.fullmatch(address.domain)) or " " in address.addr_spec:
        raise _unusable(field)
    return address


def _unusable(field: str) -> InvalidInput:
    return InvalidInput("This is not an e-mail address.", field=field,
                        remedy="Write it like name@example.com, one address only.")


def _one_line(text: str, field: str) -> str:
    """A value for the head of a message: a line break in it would begin another header."""
    if not text.isprintable():
        raise InvalidInput("The head of the e-mail has a line break or a control character.",
                           field=field, remedy="Enter it again on one line.")
    return text
