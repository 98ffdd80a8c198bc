"""Documents: the words of a request, rendered once, kept exactly as sent, handed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import CounselDraft, Document, FormSheet, HandOver, Letter
from optout.domain.document_words import DocumentKind
from optout.domain.errors import NotFound, Refused
from optout.domain.request import Request
from optout.domain.words import Event, Right
from optout.services import plans, preparing, rendering
from optout.services.checked import Checked
from optout.services.chosen import chosen_requests
from optout.services.counsel_only import hand_over_draft, is_for_counsel, require_single
from optout.services.desk import Desk
from optout.services.marking import Happening
from optout.services.paper_files import WrittenDocument, write_documents
from optout.services.papers import to_enclose
from optout.services.people import careful_person
from optout.services.progress_bar import UNWATCHED, Progress
from optout.services.signatures import signature_within
from optout.services.stored import Shelf
from optout.services.typed import request_named
from optout.services.unsent import require_still_lawful
from optout.store import documents as rows
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.counsel_draft import DraftOrder
    from optout.documents.order import LetterOrder

__all__ = ["Prepared", "WrittenDocument", "compose", "documents_of", "generate", "hand_over",
           "plain_words", "prepare", "read_document", "write_documents", "zip_of"]


_ENCLOSE_AUTHORIZATION = (
    "Add the signed authorization that it names. If it is not signed yet, print its form from the "
    "papers of this person, and wait with this until they have signed it.")
_ENCLOSE_YOURSELF = (
    "The law wants two papers with this, and the program holds neither: your identity theft "
    "report, and a proof of who you are. Enclose them yourself. Give the least that will do, and "
    "cover what it need not show.")


def compose(desk: Desk, request_id: str) -> Letter | FormSheet | CounselDraft:
    """The words of a request as they would be rendered today, for a preview; stores nothing.

    Raises:
        NotFound: when there is no such request.
        Outdated: when its document says other than the law gives by now.
        Refused: when today's plan has no way for this request any more.
        GateClosed: when a safety question must be answered first.
        MissingFact: when the words need a fact that the person has not given.
    """
    return rendering.compose(_order_today(desk, request_id))


def plain_words(desk: Desk, request_id: str) -> Letter | None:
    """The letter that `compose` gives, in English: a person must understand what they sign.

    It is for reading only; the recipient gets the other. None where the letter is in English or
    in the person's own language, and where there is no letter: a form sheet brings its own.

    Raises:
        Everything that `compose` raises.
    """
    return rendering.compose_plain(_order_today(desk, request_id))


def _order_today(desk: Desk, request_id: str) -> LetterOrder | DraftOrder:
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        around = _around(desk, session, request.person_id)
        for stored in rows.of_request(session, request.id)[-1:]:
            require_still_lawful(desk, around, request, stored.document)
        return preparing.ordered(desk, around, request, desk.clock.today())[1]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` gives.

    Args:
        documents: in the order of the requests, without their content: `read_document` has it.
        checked: that they are safe to hand out as long as nothing changes.
    """

    documents: tuple[Document, ...]
    checked: Checked


def generate(
    desk: Desk, person_id: str, *, request_ids: Sequence[str] | None = None, actor: str,
    on: date | None = None, progress: Progress = UNWATCHED,
) -> tuple[Document, ...]:
    """The documents of `prepare`, for those who hand them out at another time."""
    return prepare(desk, person_id, request_ids=request_ids, actor=actor, on=on,
                   progress=progress).documents


def prepare(
    desk: Desk, person_id: str, *, request_ids: Sequence[str] | None = None, actor: str,
    on: date | None = None, progress: Progress = UNWATCHED,
) -> Prepared:
    """Render what is still a draft, and give back what was rendered before, unchanged.

    What waits to be sent while the law changed is taken back and rendered anew. Every document
    is checked first: when one cannot be made, none is kept. Then they are made and kept a few at
    a time, so that memory stays the same however many there are; what is made when the work is
    stopped, or the disk is full, stays prepared.

    Args:
        desk: the opened data.
        person_id: whose requests.
        request_ids: of which requests; default: all of the person's that have not left, but
            for drafts for counsel, each of which is prepared by itself.
        actor: who prepares them.
        on: the day on the documents; default: today.
        progress: is told how many documents are whole, and may stop the work.

    Returns:
        The documents, and for `write_documents` and `pile_of` that they were checked just now.

    Raises:
        NotFound: when the person or one of the requests is unknown.
        GateClosed: when a safety question must be answered first.
        MissingFact: when a document needs a fact that the person has not given.
        UnwritableText: when the fonts cannot write a name.
        Refused: when today's plan has no way for a request any more, or when a draft for
            counsel is among others.
        DiskFull: when there is no room; nothing is half-written, and what was kept before stays.
        Cancelled: when `progress` says so.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        around = _around(desk, session, person_id)
        checked = Checked.now(desk, around)
        pieces = [preparing.piece_of(desk, session, around, request, day)
                  for request in chosen_requests(desk, session, person_id, request_ids)]
    found = preparing.check(desk, around, pieces, progress, checked=checked)
    found |= preparing.make(desk, around.person, pieces,
                            Happening(Event.PREPARE, day, desk.clock.now(), actor), progress,
                            checked=checked)
    return Prepared(tuple(found[piece.request.id] for piece in pieces), checked)


def read_document(desk: Desk, document_id: str) -> Document:
    """A stored document with its content, checked against the hash taken when it was made.

    Raises:
        NotFound: when there is no such document.
        Tampered: when its file was changed or lost.
        Refused: when it has not left yet and is not safe to send any more.
    """
    return Shelf(desk).read(document_id)


def documents_of(desk: Desk, request_id: str) -> tuple[Document, ...]:
    """The documents of a request, oldest first, without their content.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        return tuple(stored.document for stored in rows.of_request(session, request.id))


def zip_of(desk: Desk, request_ids: Sequence[str]) -> Iterator[bytes]:
    """The latest document of each request as one ZIP file, piece by piece.

    Everything is checked before the first piece, and no more than one document is held at once.

    Raises:
        NotFound: when a request is unknown or has no document yet.
        Refused: when one has not left yet and is not safe to send any more, or when a draft for
            counsel is among others.
    """
    from optout.documents.bundle import zip_parts

    with desk.store.reading() as session:
        require_single(desk, session, [
            request_named(session, request_id) for request_id in request_ids])
    latest = []
    for request_id in request_ids:
        documents = documents_of(desk, request_id)
        if not documents:
            raise NotFound(f"{request_id} has no document yet.", remedy="Prepare it first.")
        latest.append(documents[-1].id)
    shelf = Shelf(desk)
    for document_id in latest:
        shelf.read(document_id)
    return zip_parts((shelf.read(document_id) for document_id in latest), desk.clock.today())


def hand_over(desk: Desk, request_id: str) -> HandOver:
    """What the person does now to get a prepared request out of the house.

    Raises:
        NotFound: when the request is unknown or has no document yet.
        Refused: when the registry no longer has the way that it was prepared for, or when the
            document is not safe to send any more.
    """
    from optout.delivery.channels import hand_over as handed_over

    documents = documents_of(desk, request_id)
    if not documents:
        raise NotFound(f"{request_id} has no document yet.", remedy="Prepare it first.")
    with desk.store.reading() as session:
        request = requests.get(session, documents[-1].request_id)
        for_counsel = is_for_counsel(desk, session, request)
    read_document(desk, documents[-1].id)  # also finds out whether it may be handed out
    if for_counsel:
        return hand_over_draft(request, documents[-1])
    broker = desk.registry.get(request.broker_id)
    procedure = next((p for p in (*broker.procedures[request.procedure_index:],
                                  *broker.procedures) if p.channel is request.channel), None)
    if procedure is None:
        raise Refused(f"The registry no longer has this way for {broker.name}.",
                      remedy="Withdraw the request and make a new one.")
    made = handed_over(request.channel, documents[-1], procedure, broker.name)
    more = _to_enclose(desk, request, documents[-1])
    return replace(made, steps=(*made.steps[:-1], *more, *made.steps[-1:]))


def _to_enclose(desk: Desk, request: Request, document: Document) -> tuple[str, ...]:
    """What the person adds to a document by their own hand, each a step."""
    steps = []
    if any(footing.right is Right.BLOCK for footing in request.footings):
        steps.append(_ENCLOSE_YOURSELF)
    if document.kind is not DocumentKind.FORM_SHEET and to_enclose(desk, request.id):
        steps.append(_ENCLOSE_AUTHORIZATION)
    return tuple(steps)


def _around(desk: Desk, session: Session, person_id: str) -> plans.Circumstances:
    around = plans.circumstances_of(session, careful_person(session, person_id))
    return replace(around, signature=signature_within(desk, session, person_id))
