"""What holds of every draft for counsel: made alone, never sent from here, filed by counsel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from optout.domain.document import Document, HandOver
from optout.domain.document_words import DocumentKind
from optout.domain.errors import Refused
from optout.domain.plan import Action
from optout.domain.request import Request
from optout.domain.words import Channel
from optout.planning.government import HELD, is_draft_only
from optout.services.desk import Desk
from optout.store import documents

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NO_SYSTEM = "This is no system of a public agency: there is no draft to make."
_ALONE = "Open the page of its system, read what it says, and make the draft there."


def is_for_counsel(desk: Desk, session: Session, request: Request) -> bool:
    """Whether a request is a draft for counsel: by its recipient, or by what was made for it.

    What was made once as a draft stays one, whatever the registry says later.
    """
    broker = desk.registry.brokers.get(request.broker_id)
    if broker is not None and is_draft_only(broker):
        return True
    return request.channel is Channel.PORTAL and any(
        stored.document.kind is DocumentKind.COUNSEL_DRAFT
        for stored in documents.of_request(session, request.id))


def require_apart(actions: Sequence[Action], *, for_counsel: bool) -> None:
    """Make sure that a draft is made on purpose and alone, and that nothing else passes for one.

    Raises:
        Refused: naming the system, or what is no system of an agency.
    """
    drafts = [action for action in actions if is_draft_only(action.broker)]
    if drafts and (not for_counsel or len(actions) > 1):
        raise Refused(f"{drafts[0].broker.name}: {HELD['alone']}", remedy=_ALONE)
    if for_counsel and not drafts:
        raise Refused(NO_SYSTEM, remedy="Make a request of the plan instead.")


def require_single(desk: Desk, session: Session, requests: Sequence[Request]) -> None:
    """Make sure that no draft is prepared or packed together with anything else.

    Raises:
        Refused: when one is.
    """
    if len(requests) > 1 and any(is_for_counsel(desk, session, one) for one in requests):
        raise Refused(HELD["alone"], remedy="Leave it out here, and open it by itself.")


def hand_over_draft(request: Request, document: Document) -> HandOver:
    """What to do with a draft: give it to counsel. There is no link to follow."""
    return HandOver(
        channel=request.channel, title="Give it to your lawyer", document_id=document.id,
        steps=(
            f"Open the draft “{document.file_name}” and read it.",
            "Give it to your lawyer or accredited representative yourself. Nothing is sent here.",
            "They decide whether it is filed. When they have filed it, write that down here.",
        ))
