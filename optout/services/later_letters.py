"""Letters that come after a request: which may be written today, composed, written, read."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document import Document, FormSheet, Letter
from optout.domain.document_words import DocumentKind, Purpose
from optout.domain.errors import InvalidInput, Refused
from optout.domain.gate import Gate, GatePlace
from optout.domain.later import EVENT_OF_PURPOSE, LATER_PURPOSES, LaterDetails, LaterOffer
from optout.domain.never_kept import kept_text
from optout.domain.reference import new_id
from optout.domain.words import ActingAs, Channel, Fact, GateLevel
from optout.lifecycle.later import unmet
from optout.planning.facts import values_of
from optout.planning.identity import ON_PAPER
from optout.services.authority import require_authority
from optout.services.desk import Desk
from optout.services.later_standing import standpoint_of
from optout.services.people import careful_person
from optout.services.plans import answer_gate, circumstances_of
from optout.services.safety import gates_on_page, require_safe_reply, require_settled
from optout.services.signatures import signature_within
from optout.services.stored import opened
from optout.services.typed import request_named
from optout.store import audit, documents

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.documents.later_order import LaterOrder
    from optout.services.later_ordering import Following
    from optout.services.later_rendering import Place

__all__ = ["EVENT_OF_PURPOSE", "LaterDetails", "LaterOffer", "answer_gates", "authorities_of",
           "compose_later", "gates_of", "offers_of", "write_later"]

LONGEST_WORDS = 4_000
"""Characters of the recipient's words that are taken; a letter quotes the first of them."""

_NOTHING = LaterDetails()


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which letter, with what, by which way, on which day."""

    purpose: Purpose
    details: LaterDetails
    channel: Channel | None
    day: date


def offers_of(desk: Desk, request_id: str, *, on: date | None = None) -> tuple[LaterOffer, ...]:
    """Every letter that could follow a request, with the condition that is not met yet.

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.
        on: the day; default: today.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        at = standpoint_of(desk, session, request, desk.day(on))
        return tuple(LaterOffer(purpose, unmet(purpose, at)) for purpose in LATER_PURPOSES)


def authorities_of(desk: Desk, request_id: str, *, theirs: bool = False,
                   on: date | None = None) -> tuple[str, ...]:
    """The names of those who would hear a complaint about a request, the likeliest first.

    With `theirs` only those that are known to be there for the person: the first of them hears it
    where none is named.

    Raises:
        NotFound: when there is no such request.
    """
    from optout.services.complaint_ordering import open_authorities

    with desk.store.reading() as session:
        follow = _following(desk, session, request_id, desk.day(on))
        return open_authorities(follow, theirs=theirs)


def gates_of(desk: Desk, request_id: str, purpose: Purpose) -> tuple[Gate, ...]:
    """The safety questions before a letter, answered or not; only complaints have some.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
    if purpose is not Purpose.COMPLAINT:
        return ()
    return gates_on_page(desk, GatePlace.COMPLAINT, request.person_id,
                         broker_id=request.broker_id)


def answer_gates(desk: Desk, request_id: str, purpose: Purpose, *, actor: str) -> None:
    """Remember that the person read the questions before a letter, and goes on.

    Raises:
        NotFound: when there is no such request.
        Refused: when one of them cannot be answered away.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
    for gate in gates_of(desk, request_id, purpose):
        if gate.level is GateLevel.CONFIRM and not gate.answered:
            answer_gate(desk, request.person_id, gate.id, scope=gate.scope, accepted=True,
                        actor=actor)


def compose_later(
    desk: Desk, request_id: str, purpose: Purpose, *, details: LaterDetails = _NOTHING,
    channel: Channel | None = None, on: date | None = None, in_english: bool = False,
) -> Letter | FormSheet:
    """The words of a letter as it would be written today, for a preview; stores nothing.

    Args as `write_later` takes them, and `in_english`: the same letter for the person to read,
    who must understand what they sign, where the recipient’s language is another.

    Raises:
        Everything that `write_later` raises.
    """
    from optout.documents.languages import PLAIN_LANGUAGE
    from optout.services import later_rendering

    _check(purpose, details)
    require_settled(gates_of(desk, request_id, purpose))
    with desk.store.reading() as session:
        order = _order(desk, session, request_id,
                       _Wish(purpose, details, channel, desk.day(on)))
    if in_english:
        order = replace(order, asked=replace(order.asked, language=PLAIN_LANGUAGE))
    return later_rendering.compose(order)


def write_later(
    desk: Desk, request_id: str, purpose: Purpose, *, details: LaterDetails = _NOTHING,
    channel: Channel | None = None, actor: str, on: date | None = None,
) -> Document:
    """Write a letter, seal it and store it with its purpose.

    That it was written is no event: the person marks what they send (`EVENT_OF_PURPOSE`).

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.
        purpose: which letter.
        details: what the person adds.
        channel: another way than the one that the request went by.
        actor: who writes it.
        on: the day on it; default: today.

    Returns:
        The document with its content.

    Raises:
        NotFound: when there is no such request.
        Refused: when a condition is not met; says which.
        GateClosed: when a safety question must be answered first.
        InvalidInput: for an authority or a way that there is not, words that are too long or
            hold the number of a paper, or a purpose that is no later letter.
        MissingFact: when answers have nowhere to go.
        UnwritableText: when the fonts cannot write a name or a word.
        DiskFull: when there is no room; nothing is kept then.
    """
    from optout.services import later_rendering

    _check(purpose, details)
    require_settled(gates_of(desk, request_id, purpose))
    now = desk.clock.now()
    with desk.store.reading() as session:
        order = _order(desk, session, request_id,
                       _Wish(purpose, details, channel, desk.day(on)))
        place = _place(desk, session, order)
    document = later_rendering.render(order, place=place, at=now, document_id=new_id("D", 10))
    try:
        sealed = desk.files.put(document.id, document.content)
        with desk.store.writing() as session:
            _require_next(session, document, place)
            documents.add(session, document, document.id, sealed)
            audit.write(session, actor, f"write_{purpose}", document.id, now)
    except BaseException:
        with contextlib.suppress(Exception):
            desk.files.delete(document.id)
        raise
    return document


def _require_next(session: Session, document: Document, place: Place) -> None:
    """Make sure that nothing else was written about the request while this was drawn.

    Two letters with one number would share their Message-ID and their file name.
    """
    if len(documents.all_of_request(session, document.request_id)) != place.number - 1:
        raise Refused(f"{document.request_id} was written about in another window just now.",
                      remedy="Look at it there, or try again.")


def _check(purpose: Purpose, details: LaterDetails) -> None:
    if purpose not in EVENT_OF_PURPOSE:
        raise InvalidInput("This is the request itself, not a letter after it.", field="purpose",
                           remedy=f"Choose one of: {', '.join(LATER_PURPOSES)}.")
    if len(details.their_words) > LONGEST_WORDS:
        raise InvalidInput(f"Their words are longer than {LONGEST_WORDS} characters.",
                           field="their_words", remedy="Enter the sentences that say no.")
    kept_text(details.their_words, "their_words")


def _following(desk: Desk, session: Session, request_id: str, day: date) -> Following:
    """The request with what its letters are made of, if somebody may act at all.

    Raises:
        Refused: when the registry no longer has the recipient.
        GateClosed: when nobody may act for the person.
    """
    from optout.services.later_ordering import Following

    request = request_named(session, request_id)
    around = circumstances_of(session, careful_person(session, request.person_id))
    permission = require_authority(around.authorizations, request.acting_as, day)
    broker = desk.registry.brokers.get(request.broker_id)
    if broker is None:
        raise Refused("The registry no longer has this recipient.",
                      remedy="Add it to your own entries, or write by hand.")
    return Following(desk, around.person, broker, standpoint_of(desk, session, request, day),
                     permission.agent_name if permission else "")


def _order(desk: Desk, session: Session, request_id: str, wish: _Wish) -> LaterOrder:
    from optout.documents.languages import PLAIN_LANGUAGE
    from optout.services.complaint_ordering import complaint_order
    from optout.services.later_ordering import in_language, language_for, later_order
    from optout.services.later_quotes import quotable
    from optout.services.later_ways import way_back

    follow, language = _following(desk, session, request_id, wish.day), PLAIN_LANGUAGE
    details = quotable(session, follow, wish.details)
    reason = unmet(wish.purpose, follow.at)
    if reason:
        raise Refused(reason, remedy="“optout request letters” shows what may be written today.")
    if wish.purpose is Purpose.COMPLAINT:
        order = complaint_order(follow, session, details, channel=wish.channel)
        if order.authority is not None and order.authority.language:
            language = order.authority.language
    else:
        mailbox = bool(values_of(follow.person, Fact.REPLY_EMAIL, wish.day))
        way = way_back(follow.broker, follow.at.request, follow.at.events, channel=wish.channel,
                       has_mailbox=mailbox)
        order = later_order(follow, wish.purpose, way, details)
        language = language_for(follow, way)
    require_safe_reply(follow.person, order.asked.channel)
    signs = order.asked.channel in ON_PAPER and order.asked.acting_as is ActingAs.SELF
    signature = signature_within(desk, session, follow.person.id) if signs else b""
    order = in_language(order, language)
    return replace(order, asked=replace(order.asked, signature_image=signature))


def _place(desk: Desk, session: Session, order: LaterOrder) -> Place:
    """Where the letter stands among the documents, and in which conversation.

    It answers the e-mail by which the request went out; an authority takes no part in that.
    """
    from optout.services.later_rendering import Place, conversation_of

    stored = documents.all_of_request(session, order.asked.reference)
    same = [one for one in stored if one.document.purpose is order.purpose]
    mails = [one for one in stored if one.document.kind is DocumentKind.EMAIL
             and one.document.purpose not in {Purpose.REQUEST, Purpose.COMPLAINT}]
    asked = [one for one in documents.of_request(session, order.asked.reference)
             if one.document.kind is DocumentKind.EMAIL][-1:]
    earlier = conversation_of([opened(desk, one).content for one in (*asked, *mails)])
    return Place(len(stored) + 1, len(same) + 1,
                 () if order.purpose is Purpose.COMPLAINT else earlier)
