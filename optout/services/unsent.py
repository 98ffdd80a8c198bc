"""A document that waits to be sent: it is handed out only while it still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from optout.documents.order import LetterOrder
from optout.domain.document_words import DocumentKind
from optout.domain.errors import Outdated, Refused
from optout.domain.words import NameKind, Right, Sensitivity, Standing
from optout.law.calendar import plain
from optout.planning.rights import rights_against
from optout.services import plans, rendering
from optout.services.authority import require_authority
from optout.services.ordering import order_for
from optout.services.safety import require_gates_open, require_may_go_on, require_safe_reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optout.documents.counsel_draft import DraftOrder
    from optout.domain.document import Document
    from optout.domain.footing import Footing
    from optout.domain.person import Person
    from optout.domain.request import Request
    from optout.law.model import RightRule
    from optout.services.desk import Desk

UNSENT = frozenset({Standing.DRAFT, Standing.READY})
"""Standings in which nothing has left yet."""


def require_still_right(
    desk: Desk, around: plans.Circumstances, request: Request, document: Document, number: int
) -> None:
    """Make sure that an unsent document asserts nothing, and shows nothing, that is over.

    A law may have begun or changed since, the person moved or took back an answer, or the
    permission to act for them ended. For people at risk it may have been made before there was a
    danger, or before a mailbox was given up; for people who keep a name or an address at home,
    before they said so; a draft for counsel, before counsel changed or took a word back. The same
    facts give the same bytes: so these are made once more, as of their own day, and compared.
    What has left already is history, and nobody else's concern than the person's.

    Args:
        desk: the opened data.
        around: the person and what is known of their past.
        request: whose document it is.
        document: as it is kept, with its content.
        number: 1 for the first document of the request, 2 for the next.

    Raises:
        GateClosed: when a safeguard holds by now what was made before.
        MissingFact: when it would lack a fact by now.
        Outdated: when the law gives something else by now.
        Refused: when it shows other details than the person's present ones.
    """
    person = around.person
    if request.standing not in UNSENT:
        return
    today = desk.clock.today()
    permission = require_authority(around.authorizations, request.acting_as, today)
    require_still_lawful(desk, around, request, document)
    careful = (person.at_risk or document.kind is DocumentKind.COUNSEL_DRAFT
               or _keeps_at_home(person, document.made_on, today))
    if careful:
        require_safe_reply(person, request.channel)
    action = plans.action_again(desk, around, request, today)
    if not careful:
        require_gates_open(() if action is None else (action,))
        return
    if action is None:
        raise _outdated(request)
    require_may_go_on(person, (action,))
    agent = permission.agent_name if permission else ""
    then, now = (order_for(desk, around, request, action, day, agent_name=agent)
                 for day in (document.made_on, max(today, document.made_on)))
    same = any(
        rendering.render(order, request=request, number=number, at=_instant(document),
                         document_id=document.id).sha256 == document.sha256
        for order in _signed_or_not(then))
    if not same or (then.person_name, then.facts) != (now.person_name, now.facts):
        raise _outdated(request)


def _signed_or_not(order: LetterOrder | DraftOrder) -> Iterator[LetterOrder | DraftOrder]:
    """The order, and the same with the line to sign by hand: a signature kept since is no harm."""
    yield order
    if isinstance(order, LetterOrder) and order.signature_image:
        yield replace(order, signature_image=b"")


def _keeps_at_home(person: Person, made_on: date, today: date) -> bool:
    """Whether something about the person is never sent, or is over since a day."""
    names, places = person.names, person.addresses
    points = (*person.emails, *person.phones, *person.advertising_ids)
    marks = {one.sensitivity for kept in (names, places, points) for one in kept}
    ends = {one.valid_to for kept in (names, places, points) for one in kept}
    return (Sensitivity.NEVER_SEND in marks
            or any(name.kind is NameKind.DO_NOT_USE for name in names)
            or any(end is not None and made_on <= end < today for end in ends))


def require_still_lawful(
    desk: Desk, around: plans.Circumstances, request: Request, document: Document
) -> None:
    """Make sure that a document which waits to be sent still asks for what the law gives.

    Raises:
        Outdated: when it does not.
    """
    if request.standing is Standing.READY and is_past_its_law(desk, around, request, document):
        raise Outdated(
            f"What was prepared for {request.id} on {plain(document.made_on)} does not say what "
            "the law gives today.", remedy="Prepare it anew.")


def is_past_its_law(
    desk: Desk, around: plans.Circumstances, request: Request, document: Document
) -> bool:
    """Whether an unsent document asks for other than the law gives by now.

    Prepared in December and sent in January, a letter would keep silent about a right that began
    on New Year's Day, or name a period that is over. A document that bears a later day than
    today is measured by the law of its own day.
    """
    day = max(desk.clock.today(), document.made_on)
    broker = desk.registry.brokers.get(request.broker_id)
    if day == document.made_on or broker is None:
        return False
    then, offered = ({_asserted(one) for one in rights_against(
        desk.laws, around.person, broker, when, acting_as=request.acting_as,
        authorizations=around.authorizations).offered}
        for when in (document.made_on, day))
    lawful = [footing for footing in request.footings if footing.right is not Right.VOLUNTARY]
    if any(_asserted(one) not in offered or _rule(desk, one, document.made_on)
           != _rule(desk, one, day) for one in lawful):
        return True
    if offered == then and (lawful or not offered):
        return False  # a plan, which takes longer, would ask for the same
    action = plans.action_again(desk, around, request, day)
    return action is not None and {one.right for one in action.footings} != {
        one.right for one in request.footings}


def _asserted(footing: Footing) -> Footing:
    """What a letter says of a footing; not why it was offered, nor where we read it."""
    return replace(footing, reason="", source="", checked=None)


def _rule(desk: Desk, footing: Footing, day: date) -> RightRule | None:
    """The right as the law stands on a day."""
    return desk.laws.law(footing.law, day).rights.get(footing.right)


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
