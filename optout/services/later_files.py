"""Letters about a request as they are kept: listed, and marked as sent with their proof."""

from __future__ import annotations

from datetime import date

from optout.domain.document import Document
from optout.domain.document_words import Purpose
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.later import EVENT_OF_PURPOSE
from optout.domain.request import RequestFile
from optout.services.desk import Desk
from optout.services.letters import read_document
from optout.services.proofs import ProofFile, mark_with_proof
from optout.services.typed import request_named
from optout.store import documents


def later_documents_of(desk: Desk, request_id: str) -> tuple[Document, ...]:
    """The letters about a request, oldest first, without their content.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        return tuple(stored.document for stored in documents.all_of_request(session, request.id)
                     if stored.document.purpose is not Purpose.REQUEST)


def later_document(desk: Desk, document_id: str) -> Document:
    """A letter about a request as it is listed, without its content.

    Raises:
        NotFound: when there is no such letter.
    """
    with desk.store.reading() as session:
        document = documents.get(session, document_id).document
    if document.purpose is Purpose.REQUEST:
        raise NotFound("There is no such letter.")
    return document


def mark_later(
    desk: Desk, document_id: str, *, proof: ProofFile | None, on: date | None = None,
    detail: str = "", actor: str,
) -> RequestFile:
    """Record that a letter about a request has left, as the event of its purpose.

    Args:
        desk: the opened data.
        document_id: which letter.
        proof: a file that proves it; None where there is none.
        on: the day on which it left; default: today.
        detail: the number of the confirmation or of the parcel.
        actor: who records it.

    Raises:
        NotFound: when there is no such letter.
        InvalidInput: when it is the request itself, for a file that cannot be kept, or for a day
            that cannot be.
        ForbiddenEvent: when the request does not stand so any more.
        Refused, Tampered: when the letter may not be handed out; see `letters.read_document`.
    """
    document = read_document(desk, document_id)
    if document.purpose is Purpose.REQUEST:
        raise InvalidInput("This is the request itself, not a letter after it.",
                           field="document", remedy="Mark the request as sent.")
    return mark_with_proof(desk, document.request_id, EVENT_OF_PURPOSE[document.purpose],
                           proof=proof, on=on, detail=detail, actor=actor)
