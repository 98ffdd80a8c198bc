"""Documents: the words of a request, rendered once, kept exactly as sent, handed over."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import CounselDraft, Document, FormSheet, HandOver, Letter
from optout.domain.errors import ForbiddenEvent, NotFound, Refused, Tampered
from optout.domain.person import Person
from optout.domain.reference import new_id
from optout.domain.request import Request
from optout.domain.words import Event, Standing
from optout.lifecycle.life import possible
from optout.services import plans, rendering
from optout.services.authority import require_authority
from optout.services.chosen import chosen_requests
from optout.services.content import with_content, with_content_of
from optout.services.counsel_only import hand_over_draft, is_for_counsel, require_single
from optout.services.desk import Desk
from optout.services.marking import Happening, record
from optout.services.ordering import order_for
from optout.services.paper_files import WrittenDocument, write_documents
from optout.services.people import careful_person
from optout.services.safety import require_may_go_on
from optout.services.unsent import is_past_its_law, require_still_lawful, require_still_right
from optout.store import documents as rows
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.counsel_draft import DraftOrder
    from optout.documents.order import LetterOrder

__all__ = ["WrittenDocument", "compose", "documents_of", "generate", "hand_over",
           "read_document", "write_documents", "zip_of"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One request on its way to a document.

    Args:
        kept: its stored documents, when it was prepared before.
        order: what to render, when it was not.
        number: 1 for the first document of the request, 2 for the one after a bounce.
            Of what is kept: the latest one's.
        renews: what was prepared before is past its law.
    """

    request: Request
    kept: tuple[rows.StoredDocument, ...] = ()
    order: LetterOrder | DraftOrder | None = None
    number: int = 1
    renews: bool = False


def compose(desk: Desk, request_id: str) -> Letter | FormSheet | CounselDraft:
    """The words of a request as they would be rendered today, for a preview; stores nothing.

    Raises:
        NotFound: when there is no such request.
        Outdated: when its document says other than the law gives by now.
        Refused: when today's plan has no way for this request any more.
        GateClosed: when a safety question must be answered first.
        MissingFact: when the words need a fact that the person has not given.
    """
    with desk.store.reading() as session:
        request = requests.get(session, request_id.strip().upper())
        around = _around(session, request.person_id)
        for stored in rows.of_request(session, request.id)[-1:]:
            require_still_lawful(desk, around, request, stored.document)
        order = _ordered(desk, around, request, desk.clock.today())[1]
    return rendering.compose(order)


def generate(
    desk: Desk, person_id: str, *, request_ids: Sequence[str] | None = None, actor: str,
    on: date | None = None,
) -> tuple[Document, ...]:
    """Render what is still a draft, and give back what was rendered before, unchanged.

    What waits to be sent while the law changed is taken back and rendered anew. All or nothing:
    when one document cannot be made, none is kept.

    Args:
        desk: the opened data.
        person_id: whose requests.
        request_ids: of which requests; default: all of the person's that have not left, but
            for drafts for counsel, each of which is prepared by itself.
        actor: who prepares them.
        on: the day on the documents; default: today.

    Returns:
        The documents with their content, in the order of the requests.

    Raises:
        NotFound: when the person or one of the requests is unknown.
        GateClosed: when a safety question must be answered first.
        MissingFact: when a document needs a fact that the person has not given.
        UnwritableText: when the fonts cannot write a name.
        Refused: when today's plan has no way for a request any more, or when a draft for
            counsel is among others.
        DiskFull: when there is no room; nothing is kept then.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        around = _around(session, person_id)
        pieces = [_piece(desk, session, around, request, day)
                  for request in chosen_requests(
                      desk, session, person_id, request_ids)]
    kept = {piece.request.id: _kept(desk, around, piece) for piece in pieces
            if piece.order is None}
    made = {piece.request.id: _rendered(desk, piece) for piece in pieces
            if piece.order is not None}
    _keep(desk, around.person, pieces, made, Happening(Event.PREPARE, day, desk.clock.now(), actor))
    return tuple((kept | made)[piece.request.id] for piece in pieces)


def read_document(desk: Desk, document_id: str) -> Document:
    """A stored document with its content, checked against the hash taken when it was made.

    Raises:
        NotFound: when there is no such document.
        Tampered: when its file was changed or lost.
        Refused: when it has not left yet and is not safe to send any more.
    """
    with desk.store.reading() as session:
        stored = rows.get(session, document_id)
        request = requests.get(session, stored.document.request_id)
        number = [one.document.id for one in rows.of_request(session, request.id)].index(
            stored.document.id) + 1
        around = _around(session, request.person_id)
    return _kept(desk, around, _Piece(request, kept=(stored,), number=number))


def documents_of(desk: Desk, request_id: str) -> tuple[Document, ...]:
    """The documents of a request, oldest first, without their content.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = requests.get(session, request_id.strip().upper())
        return tuple(stored.document for stored in rows.of_request(session, request.id))


def zip_of(desk: Desk, request_ids: Sequence[str]) -> bytes:
    """The latest document of each request as one ZIP file.

    Raises:
        NotFound: when a request is unknown or has no document yet.
        Refused: when one has not left yet and is not safe to send any more, or when a draft for
            counsel is among others.
    """
    from optout.documents.bundle import zip_bytes

    with desk.store.reading() as session:
        require_single(desk, session, [
            requests.get(session, request_id.strip().upper()) for request_id in request_ids])
    latest = []
    for request_id in request_ids:
        documents = documents_of(desk, request_id)
        if not documents:
            raise NotFound(f"{request_id} has no document yet.", remedy="Prepare it first.")
        latest.append(read_document(desk, documents[-1].id))
    return zip_bytes(latest, desk.clock.today())


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
    return handed_over(request.channel, documents[-1], procedure, broker.name)


def _around(session: Session, person_id: str) -> plans.Circumstances:
    return plans.circumstances_of(session, careful_person(session, person_id))


def _piece(
    desk: Desk, session: Session, around: plans.Circumstances, request: Request, day: date
) -> _Piece:
    """What there is to do for a request: nothing if it was prepared, else render it."""
    stored = rows.of_request(session, request.id)
    steps = possible(requests.events(session, request.id))
    renews = bool(stored) and request.standing is Standing.READY and is_past_its_law(
        desk, around, request, stored[-1].document)
    if Event.PREPARE not in steps and not renews:
        if not stored:
            raise ForbiddenEvent(
                f"{request.id} left without a document of ours, so there is none to make.",
                allowed=steps)
        return _Piece(request, kept=stored[-1:], number=len(stored))
    filled, order = _ordered(desk, around, request, day)
    return _Piece(filled, order=order, number=len(stored) + 1, renews=renews)


def _ordered(
    desk: Desk, around: plans.Circumstances, request: Request, day: date
) -> tuple[Request, LetterOrder | DraftOrder]:
    """The request as today's plan fills it, and the order for its document."""
    permission = require_authority(around.authorizations, request.acting_as, day)
    action = plans.action_again(desk, around, request, day)
    if action is None:
        raise Refused(
            f"Today’s plan has no way for {request.id} any more.",
            remedy="Withdraw the request and make a new one: the registry or the law changed.")
    require_may_go_on(around.person, (action,))
    order = order_for(desk, around, request, action, day,
                      agent_name=permission.agent_name if permission else "")
    return with_content(request, action), order


def _rendered(desk: Desk, piece: _Piece) -> Document:
    assert piece.order is not None
    return rendering.render(piece.order, request=piece.request, number=piece.number,
                            at=desk.clock.now(), document_id=new_id("D"))


def _kept(desk: Desk, around: plans.Circumstances, piece: _Piece) -> Document:
    """The document that was made before, if it may still be handed out."""
    (stored,) = piece.kept
    document = _opened(desk, stored)
    require_still_right(desk, around, piece.request, document, piece.number)
    return document


def _keep(
    desk: Desk, person: Person, pieces: Sequence[_Piece], made: dict[str, Document],
    happening: Happening,
) -> None:
    """Write the sealed files, then the rows that name them; on any failure remove the files."""
    if not made:
        return
    sealed: dict[str, str] = {}
    try:
        for document in made.values():
            sealed[document.id] = ""
            sealed[document.id] = desk.files.put(document.id, document.content)
        with desk.store.writing() as session:
            for piece in pieces:
                if piece.request.id in made:
                    document = made[piece.request.id]
                    _require_first(session, piece)
                    rows.add(session, document, document.id, sealed[document.id])
                    if piece.renews:
                        record(desk, session, requests.get(session, piece.request.id),
                               replace(happening, event=Event.UNDO), person=person)
                    now = requests.get(session, piece.request.id)
                    record(desk, session, with_content_of(now, piece.request), happening,
                           person=person)
    except BaseException:
        for name in sealed:
            with contextlib.suppress(Exception):
                desk.files.delete(name)
        raise


def _require_first(session: Session, piece: _Piece) -> None:
    """Make sure that nobody else prepared the request while this document was rendered."""
    if len(rows.of_request(session, piece.request.id)) != piece.number - 1:
        raise Refused(f"{piece.request.id} was prepared by another window just now.",
                      remedy="Look at it there, or try again.")


def _opened(desk: Desk, stored: rows.StoredDocument) -> Document:
    content = desk.files.get(stored.sealed_name)
    if hashlib.sha256(content).hexdigest() != stored.document.sha256:
        raise Tampered(f"The document {stored.document.id} is not the one that was made.",
                       remedy="Restore the data folder from a backup.")
    return replace(stored.document, content=content)
