"""From a request and its history to the order for a complaint, without what must stay private."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from optout.documents.later_order import Exhibit, HeardBy, LaterOrder, PastTime, Step
from optout.documents.order import address_lines
from optout.domain.broker import Broker, Procedure
from optout.domain.document_words import Purpose
from optout.domain.errors import InvalidInput
from optout.domain.later import LaterDetails
from optout.domain.person import Person
from optout.domain.words import Channel, Event
from optout.lifecycle.clock_history import clock_start
from optout.lifecycle.clock_tasks import FIRM_FIRST
from optout.lifecycle.later import heard_laws
from optout.lifecycle.life import effective
from optout.lifecycle.table import CLAIMS
from optout.planning.identity import address_is_safe
from optout.services.case_exhibits import Labelled, labels_of, material_of
from optout.services.later_ordering import Following, asked_of, past_time, story_of
from optout.services.later_standing import Heard, chosen_authority, heard_by
from optout.services.statutory import appeal_clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_STEPS = {
    Event.MARK_SENT: "sent", Event.ACKNOWLEDGE: "acknowledged", Event.DEMAND_IDENTITY: "identity",
    Event.ANSWER_IDENTITY: "identity_answered", Event.EXTEND: "extended",
    Event.REMIND: "reminded", Event.CLAIM_PARTLY: "partly", Event.REFUSE: "refused",
    Event.APPEAL: "appealed",
}
"""The events that an authority is told; looks are the person’s own, and their pages say where."""

_GLOSS = re.compile(r" \([^()]*\)$")
"""What a name means in English, or its short form: for the person, not for the envelope."""


def complaint_order(
    follow: Following, session: Session, details: LaterDetails, *, channel: Channel | None = None
) -> LaterOrder:
    """The order for a complaint to the authority that hears it.

    Args:
        follow: the request and what is around it.
        session: the caller's; tells which papers there are.
        details: what the person adds.
        channel: the way that the person wants; default: the authority's form, else its address.

    Raises:
        InvalidInput: when the authority is not known by that name, or not reached that way.
        MissingFact: when answers have nowhere to go but home.
    """
    at = follow.at
    allowed = heard_laws(at)
    found = [one for one in heard_by(follow.desk, follow.person, at.request, at.day)
             if one.law.id in allowed]
    heard = chosen_authority(found, details.authority)
    procedure = _procedure(heard, channel)
    footings = [f for f in at.request.footings if f.law == heard.law.id]
    asked = asked_of(
        follow, procedure, footings, recipient=authority_lines(heard, follow.person, at.day),
        may_show_address=address_is_safe(follow.person))
    order = story_of(follow, Purpose.COMPLAINT, asked, details)
    exhibits = labels_of(material_of(session, at.request, tuple(at.events)))
    hearing = heard.hearing
    return replace(
        order, firm=tuple(_firm(follow.broker)),
        exhibits=tuple(Exhibit(one.label, one.key) for one in exhibits),
        steps=tuple(_steps(follow, heard.law.id, order.their_words, exhibits)),
        authority=HeardBy(hearing.name, hearing.wants, hearing.language,
                          hearing.contact.url if hearing.contact.url_confirmed else ""))


def _procedure(heard: Heard, channel: Channel | None) -> Procedure:
    if channel is not None and channel not in heard.channels:
        raise InvalidInput(
            f"{heard.hearing.name} is not known to take complaints that way.", field="channel",
            remedy=f"Choose one of: {', '.join(heard.channels)}.")
    contact = heard.hearing.contact
    return Procedure(channel or heard.channels[0], email=contact.email,
                     url=contact.url if contact.url_confirmed else "")


def authority_lines(heard: Heard, person: Person, day: date) -> tuple[tuple[str, ...], str]:
    """The lines of an envelope, the authority's name first, and its country."""
    name, lines = _GLOSS.sub("", heard.hearing.name), heard.hearing.contact.postal
    homes = person.residences_on(day) or person.residences
    country = homes[0].country
    named = lines and name.split(",")[0].casefold() in lines[0].casefold()
    return (lines if named else (name, *lines)), country


def _firm(broker: Broker) -> Iterator[str]:
    """Who it is: the company, its site, and its office as far as the registry knows one."""
    if broker.operator and broker.operator != broker.name:
        yield broker.operator
    yield from broker.domains[:1]
    address = next((p.address for p in broker.procedures if p.address is not None), None)
    if address is not None:
        yield from address_lines("", address, posted_from=address.country)


def _steps(
    follow: Following, law_id: str, words: str, kept: Sequence[Labelled]
) -> Iterator[Step]:
    steps = [*_events(follow, law_id, words, kept),
             *(_over(past_time(follow, late)) for late in follow.at.late
               if late.law == law_id),
             *_appeal_over(follow, law_id)]
    seen: set[tuple[date, str, str]] = set()
    for step in sorted(steps, key=lambda one: one.on):
        mark = (step.on, step.key, step.limit.citation if step.limit else step.words)
        if mark not in seen:
            seen.add(mark)
            yield step


def _events(
    follow: Following, law_id: str, words: str, kept: Sequence[Labelled]
) -> Iterator[Step]:
    """What happened since the request last went out; their words stand with the last refusal."""
    at = follow.at
    start, refused = clock_start(at.events), at.last(Event.REFUSE, Event.CLAIM_PARTLY)
    sent = at.last(Event.MARK_SENT) or start
    for event in effective(at.events):
        if sent is None or event.seq < sent.seq or event.event not in _STEPS:
            continue
        key = _STEPS[event.event]
        if event.event is Event.APPEAL and law_id in FIRM_FIRST:
            key = "to_firm"
        last = refused is not None and event.seq == refused.seq
        exhibit = ""
        if event.event is Event.MARK_SENT:
            exhibit = next((one.label for one in reversed(kept) if one.key == "request"), "")
        elif last:
            exhibit = _proof_of(event.seq, kept)
        yield Step(event.on, key, words=words if last else "", exhibit=exhibit)


def _proof_of(seq: int, kept: Sequence[Labelled]) -> str:
    """The exhibit that shows an answer: the one that says so, or the only one."""
    answers = [one for one in kept if one.key == "answer"]
    said = [one.label for one in answers if one.event_seq == seq]
    only = [one.label for one in answers] if len(answers) == 1 else []
    return next(iter(said or only), "")


def _over(past: PastTime) -> Step:
    if past.to_confirm:
        return Step(past.limit.day, "confirm_over", limit=past.limit)
    if past.why_later:
        return Step(past.limit.late_from, "longest_over", limit=past.limit)
    key = "longer_over" if past.longer else "answer_over"
    return Step(past.limit.day, key, limit=past.limit)


def _appeal_over(follow: Following, law_id: str) -> Iterator[Step]:
    """The time for the answer to an appeal, where it is over and none came."""
    at = follow.at
    clock = appeal_clock(follow.desk.laws, at.request, at.events)
    made, answered = at.last(Event.APPEAL), at.last(*CLAIMS)
    if clock is None or clock.law != law_id or made is None or (
            answered is not None and answered.seq > made.seq):
        return
    end = clock.answer_by
    if end is not None and end.late_from <= at.day:
        yield Step(end.day, "appeal_over", limit=end)


def open_authorities(follow: Following, *, theirs: bool = False) -> tuple[str, ...]:
    """The names of those who would hear the complaint today, the likeliest first.

    Args:
        follow: the request.
        theirs: only those that are there for where the person lives.
    """
    allowed = heard_laws(follow.at)
    return tuple(dict.fromkeys(
        one.hearing.name
        for one in heard_by(follow.desk, follow.person, follow.at.request, follow.at.day)
        if one.law.id in allowed and (one.is_theirs or not theirs)))
