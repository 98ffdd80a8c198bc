"""A later letter as a document: paper, e-mail in the request's conversation, or sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default

from optout.documents.later_order import LaterOrder
from optout.domain.document import Document, EmailHead, FormSheet, Letter
from optout.domain.document_words import DocumentKind
from optout.services.rendering import KIND_OF_CHANNEL

_SUFFIX = {
    DocumentKind.LETTER: ("pdf", "application/pdf"),
    DocumentKind.EMAIL: ("eml", "message/rfc822"),
    DocumentKind.FORM_SHEET: ("html", "text/html; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands among those of its request.

    Args:
        number: 1, 2, 3 ... counts all documents of the request; part of the Message-ID.
        nth: 1 for the first of its purpose; from 2 on part of the file name.
        conversation: the Message-IDs of the e-mails before it, oldest first.
    """

    number: int
    nth: int = 1
    conversation: tuple[str, ...] = ()


def compose(order: LaterOrder) -> Letter | FormSheet:
    """The words of a later letter; see `later_letter.compose_later`."""
    from optout.documents.later_letter import compose_later

    return compose_later(order)


def render(
    order: LaterOrder, *, place: Place, at: datetime, document_id: str
) -> Document:
    """The document of a later letter, with its hash and its purpose.

    Args:
        order: what to render.
        place: where it stands among the documents of its request.
        at: the instant that an e-mail bears.
        document_id: the id for it.

    Raises:
        MissingFact: when a placeholder has no value.
        UnwritableText: for a character that no font here can write.
        InvalidInput: for an e-mail address that cannot be used.
    """
    asked = order.asked
    kind = KIND_OF_CHANNEL[asked.channel]
    suffix, media_type = _SUFFIX[kind]
    content, mailto = _content(order, place, at)
    again = f"-{place.nth}" if place.nth > 1 else ""
    name = order.purpose.value.replace("_", "-")
    return Document(
        id=document_id, request_id=asked.reference, kind=kind,
        file_name=f"{asked.reference}-{name}{again}.{suffix}", media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(), made_on=asked.day, content=content,
        mailto=mailto, purpose=order.purpose)


def _content(order: LaterOrder, place: Place, at: datetime) -> tuple[bytes, str]:
    words, asked = compose(order), order.asked
    if isinstance(words, FormSheet):
        from optout.documents.form_sheet_html import form_sheet_page

        return form_sheet_page(words), ""
    if KIND_OF_CHANNEL[asked.channel] is DocumentKind.LETTER:
        from optout.documents.letter_pdf import letter_pdf

        return letter_pdf(words), ""
    from optout.documents.eml import email_bytes, mailto, message_id

    to = asked.procedure.email
    earlier = place.conversation
    head = EmailHead(
        sender=asked.reply_email, to=to, subject=words.subject, date=at,
        message_id=message_id(asked.reference, place.number, asked.reply_email),
        in_reply_to=earlier[0] if earlier else "", references=earlier)
    return email_bytes(words, head), mailto(words, to)


def conversation_of(messages: Sequence[bytes]) -> tuple[str, ...]:
    """The Message-IDs of e-mails, in their order; one without a sound id is left out."""
    ids = (str(message_from_bytes(raw, policy=default)["Message-ID"] or "").strip()
           for raw in messages)
    return tuple(dict.fromkeys(one for one in ids if one.startswith("<") and one.endswith(">")))


def recipient_of_mail(raw: bytes) -> str:
    """Whom an e-mail draft goes to."""
    return str(message_from_bytes(raw, policy=default)["To"] or "").strip()
