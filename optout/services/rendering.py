"""One order, three dresses: the letter, the e-mail, the form sheet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from optout.documents.languages import PLAIN_LANGUAGE
from optout.documents.order import LetterOrder
from optout.domain.document import CounselDraft, Document, EmailHead, FormSheet, Letter
from optout.domain.document_words import DocumentKind
from optout.domain.request import Request
from optout.domain.words import Channel

if TYPE_CHECKING:
    from optout.documents.counsel_draft import DraftOrder

KIND_OF_CHANNEL = {
    Channel.EMAIL: DocumentKind.EMAIL,
    Channel.POSTAL_MAIL: DocumentKind.LETTER,
    Channel.FAX: DocumentKind.LETTER,
    Channel.WEB_FORM: DocumentKind.FORM_SHEET,
    Channel.ACCOUNT: DocumentKind.FORM_SHEET,
    Channel.PORTAL: DocumentKind.FORM_SHEET,
    Channel.PLATFORM: DocumentKind.FORM_SHEET,
    Channel.PHONE: DocumentKind.FORM_SHEET,
}
"""What each channel needs: whoever phones or signs in reads from a sheet."""

_DRESS = {
    DocumentKind.LETTER: ("letter", "pdf", "application/pdf"),
    DocumentKind.EMAIL: ("email", "eml", "message/rfc822"),
    DocumentKind.FORM_SHEET: ("form", "html", "text/html; charset=utf-8"),
    DocumentKind.COUNSEL_DRAFT: ("draft-for-counsel", "pdf", "application/pdf"),
}


def kind_of(order: LetterOrder | DraftOrder) -> DocumentKind:
    """Which dress an order gets: what is for counsel is a draft, by whatever channel."""
    if isinstance(order, LetterOrder):
        return KIND_OF_CHANNEL[order.channel]
    return DocumentKind.COUNSEL_DRAFT


def compose(order: LetterOrder | DraftOrder) -> Letter | FormSheet | CounselDraft:
    """The words of an order.

    Raises:
        MissingFact: when a placeholder has no value.
        UnwritableText: for a character that no font here can write.
    """
    if not isinstance(order, LetterOrder):
        from optout.documents.counsel_draft import compose_counsel_draft

        return compose_counsel_draft(order)
    return _compose_request(order)


def compose_plain(order: LetterOrder | DraftOrder) -> Letter | None:
    """The letter of an order in English; None where the person reads the words that there are."""
    if (not isinstance(order, LetterOrder) or kind_of(order) is DocumentKind.FORM_SHEET
            or order.language in {PLAIN_LANGUAGE, order.person_language}):
        return None
    from optout.documents.words import compose_letter

    return compose_letter(replace(order, language=PLAIN_LANGUAGE))


def check(order: LetterOrder | DraftOrder) -> None:
    """Make sure that a document can be made of an order; nothing is drawn where words tell it.

    Raises:
        MissingFact: when a placeholder has no value.
        UnwritableText: for a character that no font here can write.
        InvalidInput: for an e-mail address that cannot be used.
    """
    if kind_of(order) is not DocumentKind.LETTER:
        _content(order, 1, datetime.fromtimestamp(0, UTC))
        return
    from optout.documents.letter_pdf import check_writable

    words = compose(order)
    if isinstance(words, Letter):
        check_writable(words)


def _compose_request(order: LetterOrder) -> Letter | FormSheet:
    if KIND_OF_CHANNEL[order.channel] is DocumentKind.FORM_SHEET:
        from optout.documents.form_sheet import compose_form_sheet

        return compose_form_sheet(order)
    from optout.documents.words import compose_letter

    return compose_letter(order)


def render(
    order: LetterOrder | DraftOrder, *, request: Request, number: int, at: datetime,
    document_id: str,
) -> Document:
    """The document of a request, with its hash.

    Args:
        order: what to render.
        request: whose document it is.
        number: 1 for the first document of the request, 2 for the next; part of the
            Message-ID and, from 2 on, of the file name.
        at: the instant that an e-mail bears.
        document_id: the id for it.

    Raises:
        MissingFact: when a placeholder has no value.
        UnwritableText: for a character that no font here can write.
    """
    kind = kind_of(order)
    name, suffix, media_type = _DRESS[kind]
    content, mailto = _content(order, number, at)
    again = f"-{number}" if number > 1 else ""
    return Document(
        id=document_id, request_id=request.id, kind=kind,
        file_name=f"{request.id}-{name}{again}.{suffix}", media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(), made_on=order.day, content=content,
        mailto=mailto)


def _content(
    order: LetterOrder | DraftOrder, number: int, at: datetime
) -> tuple[bytes, str]:
    if not isinstance(order, LetterOrder):
        from optout.documents.counsel_draft import compose_counsel_draft
        from optout.documents.counsel_draft_pdf import counsel_draft_pdf

        return counsel_draft_pdf(compose_counsel_draft(order)), ""
    words = _compose_request(order)
    if isinstance(words, FormSheet):
        from optout.documents.form_sheet_html import form_sheet_page

        return form_sheet_page(words), ""
    if kind_of(order) is DocumentKind.LETTER:
        from optout.documents.letter_pdf import letter_pdf

        return letter_pdf(words), ""
    from optout.documents.eml import email_bytes, mailto, message_id

    to = order.procedure.email
    head = EmailHead(sender=order.reply_email, to=to, subject=words.subject,
                     message_id=message_id(order.reference, number, order.reply_email), date=at)
    return email_bytes(words, head), mailto(words, to)
