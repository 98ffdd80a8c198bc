"""The exhibits of a case: what was written, the proofs that it left, what came back, the looks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optout.domain.document import Document, Evidence, Reply
from optout.domain.document_words import DocumentKind, EvidenceKind, Purpose
from optout.domain.errors import InvalidInput, Tampered
from optout.domain.request import Request, RequestEvent
from optout.inbox.html_text import text_of
from optout.inbox.shown import sender_domain, shown_message
from optout.services.case_words import (
    DOCUMENTS,
    EVENTS,
    EVIDENCE,
    FILES,
    PURPOSES,
    READINGS,
    day_in,
)
from optout.services.desk import Desk
from optout.services.evidence import opened as opened_evidence
from optout.services.later_unsent import has_left
from optout.services.stored import opened
from optout.store import documents, evidence, replies

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.case_file import CaseExhibit, CaseText, Pairs

_AFTER_REPLIES = (EvidenceKind.ANSWER, EvidenceKind.LOOK, EvidenceKind.OTHER)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a case has on file, read in one transaction.

    Args:
        replies: each with the name of its sealed file.
        duplicate: the id of the duplicate whose papers these are; empty for the request itself.
    """

    documents: tuple[documents.StoredDocument, ...]
    evidence: tuple[evidence.StoredEvidence, ...]
    replies: tuple[tuple[Reply, str], ...]
    events: tuple[RequestEvent, ...] = ()
    duplicate: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An exhibit that a complaint may name.

    Args:
        key: `request`, `later`, `sending` or `answer`.
        event_seq: the event that it proves; 0 where that is not said.
    """

    label: str
    key: str
    event_seq: int = 0


def material_of(
    session: Session, request: Request, events: tuple[RequestEvent, ...]
) -> Material:
    """What is on file about a request with such a history; a letter that never left is not."""
    written = tuple(one for one in documents.all_of_request(session, request.id)
                    if one.document.purpose is Purpose.REQUEST
                    or has_left(one.document, events))
    return Material(
        written, evidence.of_request(session, request.id),
        tuple((reply, replies.sealed_name(session, reply.sha256) or "")
              for reply in replies.of_request(session, request.id)), events)


def exhibits_of(
    desk: Desk, materials: Sequence[Material], *, country: str, redacted: bool
) -> tuple[CaseExhibit, ...]:
    """The exhibits, labelled in the order in which they are bound.

    Args:
        desk: the opened data.
        materials: what is on file: that of the request first, so that the labels which its
            complaint names stay what they are.
        country: decides how days are written.
        redacted: our own letters are given as text too, so that they can be redacted.

    Raises:
        Tampered: when a file was changed since it was kept.
        NotFound: when a file is lost.
    """
    from optout.documents.case_file import label_of

    made = (one for material in materials
            for one in _bound(desk, material, country=country, redacted=redacted))
    return tuple(replace(one, label=label_of(number)) for number, one in enumerate(made))


def _bound(
    desk: Desk, material: Material, *, country: str, redacted: bool
) -> Iterator[CaseExhibit]:
    """The exhibits of one material in their order, without labels."""
    papers, complaints = _papers(material), _complaints(material)
    made = (
        *(_of_document(desk, one, country, as_text=redacted) for one in papers),
        *_of_evidence(desk, material, (EvidenceKind.SENDING,), country, named=not redacted),
        *(_of_reply(desk, reply, name, country) for reply, name in material.replies),
        *(one for kind in _AFTER_REPLIES
          for one in _of_evidence(desk, material, (kind,), country, named=not redacted)),
        *(_of_document(desk, one, country, as_text=redacted) for one in complaints))
    if not material.duplicate:
        return iter(made)
    mark = (("Belongs to", f"{material.duplicate}, a duplicate that was merged into this request"),)
    return (replace(one, title=f"{one.title} (of {material.duplicate})", about=mark + one.about)
            for one in made)


def labels_of(material: Material) -> tuple[Labelled, ...]:
    """The labels that the exhibits have in their bundle, for a letter that names them.

    A complaint is bound last, so that the labels that it names stay what they are.
    """
    from optout.documents.case_file import label_of

    keys = (*(("request" if one.document.purpose is Purpose.REQUEST else "later", 0)
              for one in _papers(material)),
            *_keys(material, EvidenceKind.SENDING, "sending"),
            *(("answer", 0) for _ in material.replies),
            *_keys(material, EvidenceKind.ANSWER, "answer"))
    return tuple(Labelled(label_of(number), key, seq) for number, (key, seq) in enumerate(keys))


def _keys(material: Material, kind: EvidenceKind, key: str) -> Iterator[tuple[str, int]]:
    yield from ((key, one.evidence.event_seq) for one in material.evidence
                if one.evidence.kind is kind)


def _papers(material: Material) -> Sequence[documents.StoredDocument]:
    return [one for one in material.documents
            if one.document.purpose is not Purpose.COMPLAINT]


def _complaints(material: Material) -> Sequence[documents.StoredDocument]:
    return [one for one in material.documents if one.document.purpose is Purpose.COMPLAINT]


def _of_document(
    desk: Desk, stored: documents.StoredDocument, country: str, *, as_text: bool
) -> CaseExhibit:
    from optout.documents.case_file import CaseExhibit

    document = opened(desk, stored)
    is_pdf = document.kind in {DocumentKind.LETTER, DocumentKind.COUNSEL_DRAFT}
    return CaseExhibit(
        label="", title=PURPOSES[document.purpose], day=day_in(document.made_on, country),
        what=DOCUMENTS[document.kind], sha256=document.sha256,
        about=(("File", document.file_name),),
        pdf=document.content if is_pdf else b"",
        text=None if is_pdf and not as_text else _text_of_document(document))


def _text_of_document(document: Document) -> CaseText:
    from optout.documents.case_file import CaseText
    from optout.documents.own_text import text_of_pdf

    if document.kind is DocumentKind.EMAIL:
        return _text_of_mail(document.content)
    if document.kind is DocumentKind.FORM_SHEET:
        return CaseText(body=text_of(document.content.decode("utf-8", "replace")))
    return CaseText(body=text_of_pdf(document.content))


def _text_of_mail(raw: bytes) -> CaseText:
    from optout.documents.case_file import CaseText

    shown = shown_message(raw)
    return CaseText(shown.head, shown.body, tuple(
        f"{one.name or 'a file without a name'} ({one.media_type}, {one.size} bytes), "
        f"SHA-256 {one.sha256}" for one in shown.attached))


def _of_reply(desk: Desk, reply: Reply, sealed_name: str, country: str) -> CaseExhibit:
    from optout.documents.case_file import CaseExhibit

    raw = desk.files.get(sealed_name)
    if hashlib.sha256(raw).hexdigest() != reply.sha256:
        raise Tampered("A reply is not the one that was read.",
                       remedy="Restore the data folder from a backup.")
    came = day_in(reply.received_at.date(), country) if reply.received_at else "not known"
    about = (("Came from", sender_domain(raw)), ("Read as", READINGS[reply.reading]))
    return CaseExhibit(
        label="", title="Answer that came back", day=came, what="E-mail", sha256=reply.sha256,
        ours=False, about=about, quote=reply.evidence, text=_text_of_mail(raw))


def _of_evidence(
    desk: Desk, material: Material, kinds: Sequence[EvidenceKind], country: str, *, named: bool
) -> Iterator[CaseExhibit]:
    """The evidence of some kinds; `named` as the person's machine called each file."""
    for stored in material.evidence:
        if stored.evidence.kind in kinds:
            proves = next((event for event in material.events
                           if event.seq == stored.evidence.event_seq), None)
            about = [("File name", stored.evidence.name)] if named else []
            if proves is not None:
                about.append(("Proves", f"{EVENTS[proves.event]} ({day_in(proves.on, country)})"))
            yield _shown(stored.evidence, opened_evidence(desk, stored), country, tuple(about))


def _shown(one: Evidence, content: bytes, country: str, about: Pairs) -> CaseExhibit:
    from optout.documents.case_file import CaseExhibit, CaseText
    from optout.documents.foreign_files import MAIL, PDF, PICTURES, text_of_file
    from optout.documents.pictures import shown_picture

    bare = CaseExhibit(
        label="", title=EVIDENCE[one.kind], day=day_in(one.added_on, country),
        what=FILES[one.media_type], sha256=one.sha256, ours=False, about=about)
    if one.media_type == PDF:
        return replace(bare, pdf=content)
    if one.media_type == MAIL:
        return replace(bare, text=_text_of_mail(content))
    if one.media_type not in PICTURES:
        return replace(bare, text=CaseText(body=text_of_file(content)))
    try:
        return replace(bare, picture=shown_picture(content, one.media_type))
    except InvalidInput as problem:
        return replace(bare, left_out=f"{problem.message} It is listed here and not shown; the "
                                      "original is kept.")
