"""A later letter that waits to be sent: it is handed out only while it still fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from optout.domain.document import Document
from optout.domain.errors import Outdated
from optout.domain.later import EVENT_OF_PURPOSE
from optout.domain.person import Person
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Channel, DocumentKind
from optout.law.calendar import plain
from optout.lifecycle.later import unmet
from optout.lifecycle.life import effective
from optout.services.desk import Desk
from optout.services.later_standing import standpoint_of
from optout.services.safety import require_safe_reply

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CHANNEL_OF_KIND = {
    DocumentKind.LETTER: Channel.POSTAL_MAIL, DocumentKind.EMAIL: Channel.EMAIL,
    DocumentKind.FORM_SHEET: Channel.WEB_FORM,
}
"""By which way each kind of later letter goes, as far as its reply identity matters."""


def has_left(document: Document, events: Sequence[RequestEvent]) -> bool:
    """Whether a later letter was marked as sent, on or after the day on which it was written."""
    kind = EVENT_OF_PURPOSE[document.purpose]
    return any(event.event is kind and max(event.on, event.recorded_at.date()) >= document.made_on
               for event in effective(events))


def require_still_fitting(
    desk: Desk, session: Session, person: Person, request: Request, document: Document
) -> None:
    """Make sure that a letter which has not left says nothing that is over by now.

    An answer may have come since a reminder was written. For people at risk it is written anew
    on the day on which it goes: they may have given up a mailbox or a name meanwhile. What has
    left already is history.

    Raises:
        GateClosed: when answers to a person at risk would lead to their home or own mailbox.
        Outdated: when it does not fit any more.
    """
    today = desk.clock.today()
    at = standpoint_of(desk, session, request, today)
    if has_left(document, at.events):
        return
    reason = unmet(document.purpose, at)
    if reason:
        raise _outdated(document, reason)
    if person.at_risk:
        require_safe_reply(person, CHANNEL_OF_KIND[document.kind])
        if document.made_on < today:
            raise _outdated(document, "For people who are looked for it is made on the day on "
                                      "which it goes.")


def _outdated(document: Document, reason: str) -> Outdated:
    return Outdated(f"This letter was written on {plain(document.made_on)}, and does not fit any "
                    f"more. {reason}", remedy="Write it anew when it is needed.")
