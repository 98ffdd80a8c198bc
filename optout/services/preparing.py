"""Documents of many requests: each checked first, then made and kept in small steps."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from optout.domain.document import Document
from optout.domain.errors import Cancelled, ForbiddenEvent, Refused
from optout.domain.footing import Footing
from optout.domain.person import Person
from optout.domain.reference import new_id
from optout.domain.request import Request
from optout.domain.words import Event, Standing
from optout.lifecycle.life import possible
from optout.services import plans, rendering
from optout.services.authority import require_authority
from optout.services.checked import Checked
from optout.services.content import with_content, with_content_of
from optout.services.desk import Desk
from optout.services.marking import Happening, record
from optout.services.ordering import order_for
from optout.services.people import careful_person
from optout.services.progress_bar import Progress
from optout.services.safety import require_may_go_on
from optout.services.stored import handed_out
from optout.services.unsent import is_past_its_law
from optout.store import documents as rows
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.counsel_draft import DraftOrder
    from optout.documents.order import LetterOrder

STEP = 20
"""Documents that are written down together; a crash loses no more than these."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One request on its way to a document.

    Args:
        kept: its latest stored document, when it was prepared before.
        order: what to render, when it was not.
        number: 1 for the first document of the request, 2 for the one after a bounce.
            Of what is kept: the latest one's.
        renews: what was prepared before is past its law.
    """

    request: Request
    kept: rows.StoredDocument | None = None
    order: LetterOrder | DraftOrder | None = None
    number: int = 1
    renews: bool = False


def piece_of(
    desk: Desk, session: Session, around: plans.Circumstances, request: Request, day: date
) -> Piece:
    """What there is to do for a request: nothing if it was prepared, else render it.

    Raises:
        ForbiddenEvent: when it left without a document.
        Everything that `ordered` raises.
    """
    stored = rows.of_request(session, request.id)
    steps = possible(requests.events(session, request.id))
    renews = bool(stored) and request.standing is Standing.READY and is_past_its_law(
        desk, around, request, stored[-1].document)
    if Event.PREPARE not in steps and not renews:
        if not stored:
            raise ForbiddenEvent(
                f"{request.id} left without a document of ours, so there is none to make.",
                allowed=steps)
        return Piece(request, kept=stored[-1], number=len(stored))
    filled, order = ordered(desk, around, request, day)
    return Piece(filled, order=order, number=len(stored) + 1, renews=renews)


def ordered(
    desk: Desk, around: plans.Circumstances, request: Request, day: date
) -> tuple[Request, LetterOrder | DraftOrder]:
    """The request as today's plan fills it, and the order for its document.

    Raises:
        Refused: when today's plan has no way for the request any more.
        GateClosed: when a safety question must be answered first.
        MissingFact: when the person has not given what the document needs.
    """
    permission = require_authority(around.authorizations, request.acting_as, day)
    action = plans.action_again(desk, around, request, day)
    if action is None:
        raise Refused(
            f"Today’s plan has no way for {request.id} any more.",
            remedy="Withdraw the request and make a new one: the registry or the law changed.")
    require_may_go_on(around.person, (action,))
    action = replace(action, footings=_shared(action.footings))
    order = order_for(desk, around, request, action, day,
                      agent_name=permission.agent_name if permission else "")
    return with_content(request, action), order


@lru_cache(maxsize=256)
def _shared(footings: tuple[Footing, ...]) -> tuple[Footing, ...]:
    """The first of several that say the same, so that a batch of orders holds each once."""
    return footings


def check(desk: Desk, around: plans.Circumstances, pieces: Sequence[Piece],
          progress: Progress, *, checked: Checked) -> dict[str, Document]:
    """Make sure, before anything is kept, that every piece can be made or handed out.

    Args:
        desk: the opened data.
        around: the person and what is known of their past.
        pieces: what there is to do.
        progress: may stop the work.
        checked: gets what was prepared before and may be handed out.

    Returns:
        By request, what was prepared before, without its content.

    Raises:
        Cancelled: when `progress` says so.
        Everything that `rendering.check` and `handed_out` raise.
    """
    kept = {}
    for piece in pieces:
        progress.advance(0, len(pieces))
        if piece.kept is not None:
            handed_out(desk, around, piece.request, piece.kept, piece.number)
            checked.add(piece.kept.document.id, piece.request)
            kept[piece.request.id] = piece.kept.document
        elif piece.order is not None:
            rendering.check(piece.order)
    return kept


def make(
    desk: Desk, person: Person, pieces: Sequence[Piece], happening: Happening,
    progress: Progress, *, checked: Checked,
) -> dict[str, Document]:
    """Render, seal and write down what is not prepared yet, a few documents at a time.

    Whatever interrupts it leaves whole documents with their rows only: the sealed files come
    first, then the rows that name them, and files of a step that fails are removed again (after
    a crash they are swept).

    Args:
        desk: the opened data.
        person: as they were when the pieces were ordered.
        pieces: what there is to do.
        happening: the event for each.
        progress: is told how many documents are whole, and may stop the work.
        checked: gets what is made, if it was ordered as of today.

    Returns:
        By request, the documents that were made, without their content.

    Raises:
        Cancelled: when `progress` says so; what is made by then is kept, and counted in it.
        DiskFull: when there is no room for a step; the steps before it are kept.
        Refused: when another window prepared one of them, or changed the person, meanwhile.
    """
    to_do = [piece for piece in pieces if piece.order is not None]
    before, total = len(pieces) - len(to_do), len(pieces)
    made: dict[str, Document] = {}
    for start in range(0, len(to_do), STEP):
        stopped = False
        with _removed_on_failure(desk) as sealed:
            step: list[tuple[Piece, Document]] = []
            for piece in to_do[start:start + STEP]:
                step.append((piece, _sealed(desk, piece, sealed)))
                try:
                    progress.advance(before + len(made) + len(step), total)
                except Cancelled:
                    stopped = True
                    break
            desk.files.settle()
            stand = _write_down(desk, person, step, sealed, happening)
        if happening.on == checked.day:
            for _, document in step:
                checked.add(document.id, stand[document.id])
        made |= {piece.request.id: document for piece, document in step}
        if stopped and before + len(made) < total:
            raise Cancelled(
                f"Stopped: {before + len(made):,} of {total:,} documents are prepared.",
                done=before + len(made), total=total,
                remedy="Those are whole and stay as they are; prepare again to go on.")
    return made


@contextlib.contextmanager
def _removed_on_failure(desk: Desk) -> Iterator[dict[str, str]]:
    """Yields the sealed files of a step with their hashes; they go when the step fails."""
    sealed: dict[str, str] = {}
    try:
        yield sealed
    except BaseException:
        for name in sealed:
            with contextlib.suppress(Exception):
                desk.files.delete(name)
        raise


def _sealed(desk: Desk, piece: Piece, sealed: dict[str, str]) -> Document:
    """Render a document and seal it; what comes back is without its content."""
    assert piece.order is not None
    document = rendering.render(piece.order, request=piece.request, number=piece.number,
                                at=desk.clock.now(), document_id=new_id("D", 10))
    sealed[document.id] = ""
    sealed[document.id] = desk.files.put(document.id, document.content, settled=False)
    return replace(document, content=b"")


def _write_down(
    desk: Desk, person: Person, step: Sequence[tuple[Piece, Document]],
    sealed: dict[str, str], happening: Happening,
) -> dict[str, Request]:
    """Write the rows of a step, all of them or none; by document, its request as it stands now."""
    stand = {}
    with desk.store.writing() as session:
        if careful_person(session, person.id) != person:
            raise Refused("The person’s details were changed in another window just now.",
                          remedy="Prepare again: the documents then say what is right by now.")
        for piece, document in step:
            _require_first(session, piece)
            rows.add(session, document, document.id, sealed[document.id])
            now = requests.get(session, piece.request.id)
            if piece.renews:
                now = record(desk, session, now, replace(happening, event=Event.UNDO),
                             person=person)
            stand[document.id] = record(desk, session, with_content_of(now, piece.request),
                                        happening, person=person)
    return stand


def _require_first(session: Session, piece: Piece) -> None:
    """Make sure that nobody else prepared the request while this document was rendered."""
    if len(rows.of_request(session, piece.request.id)) != piece.number - 1:
        raise Refused(f"{piece.request.id} was prepared by another window just now.",
                      remedy="Look at it there, or try again.")
