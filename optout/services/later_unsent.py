"""A later letter that waits to be sent: it is handed out only while it still fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import Document
from optout.domain.document_words import DocumentKind, Purpose
from optout.domain.errors import NotFound, Outdated
from optout.domain.gate import GatePlace
from optout.domain.later import EVENT_OF_PURPOSE
from optout.domain.person import Person
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Channel, NameKind, Sensitivity
from optout.law.calendar import plain
from optout.lifecycle.later import unmet
from optout.lifecycle.life import effective
from optout.planning.gates import gates_at
from optout.services.authority import require_authority
from optout.services.desk import Desk
from optout.services.later_standing import standpoint_of
from optout.services.safety import require_safe_reply, require_settled
from optout.store import audit, authorizations
from optout.store import gates as stored_answers

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

    An answer may have come since a reminder was written, its law have changed, the permission to
    act have ended, or the person have taken back their yes to a complaint. For people at risk it
    is written anew on the day on which it goes, and whenever their details changed: they may have
    given up a mailbox or a name meanwhile; so it is for people who keep some of them at home. What
    has left already is history.

    Raises:
        GateClosed: when answers to a person at risk would lead to their home or own mailbox, when
            nobody may act any more, or when a question stands before it again.
        Outdated: when it does not fit any more.
    """
    today = desk.clock.today()
    at = standpoint_of(desk, session, request, today)
    if has_left(document, at.events):
        return
    require_authority(authorizations.of_person(session, person.id), request.acting_as, today)
    if document.purpose is Purpose.COMPLAINT:
        _require_yes(desk, session, person, request)
    reason = unmet(document.purpose, at) or _changed_law(desk, request, document.made_on, today)
    if reason:
        raise _outdated(document, reason)
    if person.at_risk:
        require_safe_reply(person, CHANNEL_OF_KIND[document.kind])
    if (person.at_risk or _keeps_at_home(person)) and audit.was_done_since(
            session, "update_person", person.id,
            since=(f"write_{document.purpose}", document.id)):
        raise _outdated(document, "Details of the person were changed since.")
    if person.at_risk and document.made_on < today:
        raise _outdated(document, "For people who are looked for it is made on the day on which "
                                  "it goes.")


def _require_yes(desk: Desk, session: Session, person: Person, request: Request) -> None:
    require_settled(gates_at(
        GatePlace.COMPLAINT, person, desk.gates, day=desk.clock.today(),
        broker=desk.registry.brokers.get(request.broker_id),
        answers=stored_answers.answers(session, person.id)))


def _changed_law(desk: Desk, request: Request, then: date, now: date) -> str:
    """The sentence that a law of the request is not what it was; empty when all are."""
    for law in dict.fromkeys(footing.law for footing in request.footings):
        try:
            before = desk.laws.law(law, then)
        except NotFound:
            continue  # voluntary, or the letter was written without it
        if now > then and desk.laws.law(law, now) != before:
            return f"{before.name} has changed since."
    return ""


def _keeps_at_home(person: Person) -> bool:
    """Whether something about the person is never sent."""
    marks = {one.sensitivity for kept in (person.names, person.addresses, person.emails,
                                          person.phones, person.advertising_ids) for one in kept}
    return (Sensitivity.NEVER_SEND in marks
            or any(name.kind is NameKind.DO_NOT_USE for name in person.names))


def _outdated(document: Document, reason: str) -> Outdated:
    return Outdated(f"This letter was written on {plain(document.made_on)}, and does not fit any "
                    f"more. {reason}", remedy="Write it anew when it is needed.")
