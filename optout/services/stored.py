"""Documents as they are kept: opened against their hash, handed out only while they hold."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from optout.domain.document import Document
from optout.domain.document_words import Purpose
from optout.domain.errors import NotFound, Tampered
from optout.domain.request import Request
from optout.services.checked import Checked
from optout.services.desk import Desk
from optout.services.later_unsent import require_still_fitting
from optout.services.people import careful_person
from optout.services.plans import Circumstances, circumstances_of
from optout.services.signatures import signature_within
from optout.services.unsent import require_still_right
from optout.store import documents, requests
from optout.store.documents import StoredDocument

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Shelf:
    """Hands out many stored documents, one after the other; each person's past is read once.

    Args:
        desk: the opened data.
        checked: what was found safe before; it is not checked again while nothing has changed,
            and what is handed out is added to it.
    """

    def __init__(self, desk: Desk, checked: Checked | None = None) -> None:
        self._desk = desk
        self._checked = checked
        self._around: dict[str, Circumstances] = {}
        self._holds: dict[str, bool] = {}

    def read(self, document_id: str) -> Document:
        """A document with its content, checked against the hash taken when it was made.

        Raises:
            NotFound: when there is no such document.
            Tampered: when its file was changed or lost.
            Refused: when it has not left yet and is not safe to send any more.
        """
        with self._desk.store.reading() as session:
            stored = documents.get(session, document_id)
            request = requests.get(session, stored.document.request_id)
            if stored.document.purpose is not Purpose.REQUEST:
                person = self._circumstances(session, request.person_id).person
                require_still_fitting(self._desk, session, person, request, stored.document)
                return opened(self._desk, stored)
            around = self._circumstances(session, request.person_id)
            checked = self._checked if self._unchanged(request.person_id) else None
            if checked is not None and checked.has(document_id, request):
                return opened(self._desk, stored)
            number = [one.document.id for one in documents.of_request(session, request.id)].index(
                stored.document.id) + 1
        document = handed_out(self._desk, around, request, stored, number)
        if checked is not None:
            checked.add(document_id, request)
        return document

    def _circumstances(self, session: Session, person_id: str) -> Circumstances:
        if person_id not in self._around:
            around = circumstances_of(session, careful_person(session, person_id))
            with contextlib.suppress(Tampered, NotFound):  # a lost one holds back what bears it
                around = replace(around, signature=signature_within(
                    self._desk, session, person_id))
            self._around[person_id] = around
        return self._around[person_id]

    def _unchanged(self, person_id: str) -> bool:
        """Whether what was checked before was checked under these very circumstances."""
        if self._checked is None or self._checked.day != self._desk.clock.today():
            return False
        if person_id not in self._holds:
            self._holds[person_id] = self._checked.holds(self._desk, self._around[person_id])
        return self._holds[person_id]


def opened(desk: Desk, stored: StoredDocument) -> Document:
    """A stored document with its content.

    Raises:
        Tampered: when its file was changed or lost.
    """
    content = desk.files.get(stored.sealed_name)
    if hashlib.sha256(content).hexdigest() != stored.document.sha256:
        raise Tampered(f"The document {stored.document.id} is not the one that was made.",
                       remedy="Restore the data folder from a backup.")
    return replace(stored.document, content=content)


def handed_out(
    desk: Desk, around: Circumstances, request: Request, stored: StoredDocument, number: int
) -> Document:
    """A document that was made before, with its content, if it may still be handed out.

    Args:
        desk: the opened data.
        around: the person and what is known of their past.
        request: whose document it is.
        stored: where it lies.
        number: 1 for the first document of the request, 2 for the next.

    Raises:
        Tampered: when its file was changed or lost.
        Refused: when it has not left yet and is not safe to send any more.
    """
    document = opened(desk, stored)
    require_still_right(desk, around, request, document, number)
    return document
