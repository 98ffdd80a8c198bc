"""What a later letter handed over, once it is marked as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optout.domain.document_words import Purpose
from optout.domain.later import EVENT_OF_PURPOSE
from optout.domain.person import Person
from optout.domain.request import Disclosure, Request, RequestEvent
from optout.domain.words import Fact
from optout.planning.identity import reply_facts
from optout.services.later_unsent import CHANNEL_OF_KIND
from optout.store import documents

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

A_LETTER_CARRIED_IT = "A later letter carried it."
"""Why a fact stands in the ledger; also names the entries of one letter."""


def letter_entries(
    session: Session, person: Person, request: Request, entry: RequestEvent
) -> tuple[Disclosure, ...]:
    """The facts that a letter carried to the recipient: a name, and where answers go.

    Only letters that were written here count. A complaint goes to an authority, which is no
    recipient of the registry: what it gets is no knowledge of the broker's.
    """
    purposes = {purpose for purpose, event in EVENT_OF_PURPOSE.items()
                if event is entry.event} - {Purpose.COMPLAINT}
    written = [stored.document for stored in documents.all_of_request(session, request.id)
               if stored.document.purpose in purposes] if purposes else []
    if not written:
        return ()
    shows = reply_facts(person, CHANNEL_OF_KIND[written[-1].kind])
    return tuple(
        Disclosure(person_id=request.person_id, broker_id=request.broker_id, fact=fact,
                   on=entry.on, why=A_LETTER_CARRIED_IT, request_id=request.id)
        for fact in (Fact.FULL_NAME, *shows))
