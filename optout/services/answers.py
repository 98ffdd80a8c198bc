"""What came back: an answer that the person records, a message that is read from a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from optout.domain.document import Reply
from optout.domain.errors import Refused
from optout.domain.outcome_words import Reading, RefusalReason
from optout.domain.request import RequestFile
from optout.domain.words import Event
from optout.services.desk import Desk
from optout.services.marking import mark
from optout.store import audit, replies, requests

EVENT_OF_READING: Mapping[Reading, Event] = MappingProxyType({
    Reading.ACKNOWLEDGED: Event.ACKNOWLEDGE,
    Reading.IDENTITY_REQUESTED: Event.DEMAND_IDENTITY,
    Reading.CONFIRMATION_NEEDED: Event.NEEDS_CONFIRMATION,
    # Void until this mail is answered: an answer is a confirmation by another hand.
    Reading.ANSWER_NEEDED: Event.NEEDS_CONFIRMATION,
    Reading.EXTENDED: Event.EXTEND,
    Reading.REMOVED: Event.CLAIM_REMOVED,
    Reading.SUPPRESSED: Event.CLAIM_SUPPRESSED,
    Reading.PARTLY: Event.CLAIM_PARTLY,
    Reading.REFUSED: Event.REFUSE,
    Reading.NO_RECORD: Event.CLAIM_NO_RECORD,
    Reading.REDIRECTED: Event.REDIRECT,
    # To be called is another way than the one that was used.
    Reading.PHONE_REQUESTED: Event.REDIRECT,
    Reading.BOUNCED: Event.BOUNCE,
})
"""What each reading does to its request; an automatic reply and `other` do nothing."""


def record_answer(
    desk: Desk, request_id: str, reading: Reading, *, on: date | None = None, words: str = "",
    until: date | None = None, reason: RefusalReason | None = None, actor: str,
) -> RequestFile:
    """Record what the recipient answered.

    Args:
        desk: the opened data.
        request_id: which request it answers.
        reading: what it says.
        on: the day on which it came; default: today.
        words: the words that the reading rests on; personal data.
        until: the date that they named, for an extension or a link that expires.
        reason: why they refuse, where they refuse all of it or a part.
        actor: who records it.

    Raises:
        Refused: for a reading that moves nothing (an automatic reply, something else).
        Everything that `requests.mark` raises.
    """
    event = EVENT_OF_READING.get(reading)
    if event is None:
        raise Refused("Such a message changes nothing about the request.",
                      remedy="Wait for an answer; the dates go on.")
    return mark(desk, request_id, event.value, on=on, detail=words, until=until,
                reason=reason, actor=actor)


def import_message(desk: Desk, raw: bytes, *, actor: str) -> Reply:
    """Read a message that the person hands over; a sealed copy is kept, matched or not.

    No link in it is opened, and nothing is recorded about the request until the person says so.
    The same message handed over twice is kept once.

    Raises:
        InvalidInput: when it is no e-mail message.
        DiskFull: when there is no room; nothing is kept then.
    """
    from optout.inbox.message import read_message

    reply = read_message(raw)
    name = f"reply-{hashlib.sha256(raw).hexdigest()}"
    with desk.store.reading() as session:
        known = requests.brokers_of(session, [reply.request_id])
        seen = replies.sealed_name(session, reply.sha256) is not None
    if reply.request_id and reply.request_id not in known:
        reply = replace(reply, request_id="", matched_by="")
    if not seen:
        desk.files.put(name, raw)
        with desk.store.writing() as session:
            if replies.add(session, reply, name):
                audit.write(session, actor, "import_message", reply.request_id,
                            desk.clock.now())
    return reply
