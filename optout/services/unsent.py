"""A document that waits to be sent: in danger it is handed out only while it still holds."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from optout.domain.errors import Refused
from optout.domain.words import DocumentKind, Standing
from optout.services import plans, rendering
from optout.services.authority import require_authority
from optout.services.ordering import order_for
from optout.services.safety import require_may_go_on, require_safe_reply

if TYPE_CHECKING:
    from optout.domain.document import Document
    from optout.domain.request import Request
    from optout.services.desk import Desk

UNSENT = frozenset({Standing.DRAFT, Standing.READY})
"""Standings in which nothing has left yet."""


def require_still_right(
    desk: Desk, around: plans.Circumstances, request: Request, document: Document, number: int
) -> None:
    """Make sure that an unsent document shows nothing that it would not show if made now.

    It may have been made before there was a danger, or before a mailbox was given up. The same
    facts give the same bytes: so it is made once more, as of its own day, and compared. What has
    left already is history, and nobody else's concern than the person's.

    Args:
        desk: the opened data.
        around: the person and what is known of their past.
        request: whose document it is.
        document: as it is kept, with its content.
        number: 1 for the first document of the request, 2 for the next.

    Raises:
        GateClosed: when a safeguard holds by now what was made before.
        MissingFact: when it would lack a fact by now.
        Refused: when it shows other details than the person's present ones.
    """
    person = around.person
    if request.standing not in UNSENT or not person.at_risk:
        return
    require_safe_reply(person, request.channel)
    permission = require_authority(around.authorizations, request.acting_as, desk.clock.today())
    action = plans.action_again(desk, around, request, desk.clock.today())
    if action is None:
        raise _outdated(request)
    require_may_go_on(person, (action,))
    order = order_for(desk, around, request, action, document.made_on,
                      agent_name=permission.agent_name if permission else "")
    again = rendering.render(order, request=request, number=number, at=_instant(document),
                             document_id=document.id)
    if again.sha256 != document.sha256:
        raise _outdated(request)


def _instant(document: Document) -> datetime:
    """The instant that an e-mail bears; other documents bear none."""
    if document.kind is DocumentKind.EMAIL:
        stamp = message_from_bytes(document.content, policy=default)["Date"].datetime
        if isinstance(stamp, datetime):
            return stamp
    return datetime(1970, 1, 1, tzinfo=UTC)


def _outdated(request: Request) -> Refused:
    return Refused(
        f"What was prepared for {request.id} shows other details than the present ones, and may "
        "not be safe any more.",
        remedy="Undo the preparation of this request, then prepare it anew.")
