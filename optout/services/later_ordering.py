"""From a request and its history to the order for a letter that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from optout.documents.languages import (
    language_of_country,
    language_of_recipient,
    primary,
)
from optout.documents.later_law_words import chosen_later_language
from optout.documents.later_order import Duty, LaterOrder, PastTime
from optout.documents.order import LetterOrder, address_lines, recipient_of
from optout.domain.broker import Broker, Procedure
from optout.domain.document_words import Purpose
from optout.domain.errors import MissingFact, NotFound
from optout.domain.footing import VOLUNTARY, ComputedDate, Footing
from optout.domain.later import LaterDetails
from optout.domain.person import Person
from optout.domain.words import Event, Fact, Right
from optout.law.deadlines import appeal_deadlines, deadlines, waits_for_identity
from optout.law.model import Law
from optout.law.sections import covers_public_data, doubts_section
from optout.law.words import EndRule
from optout.lifecycle import clock_history as clock
from optout.lifecycle.clock_tasks import FIRM_FIRST
from optout.lifecycle.later import Standpoint, asked_who
from optout.lifecycle.overdue import Lateness
from optout.planning.facts import main_name, values_of
from optout.planning.identity import ON_PAPER, reply_facts
from optout.planning.refusals import says_public, without_private
from optout.services.desk import Desk
from optout.services.later_standing import last_refusal

_NO_REASON = ("–",)
"""Stands where a request gave a reason: later letters name what was asked for, not why."""


LEFT_OUT = "[…]"
"""Stands in a quote for what stays private; every language reads it."""


@dataclass(frozen=True, slots=True)
class Following:
    """A request and everything around it that its later letters are made of.

    Args:
        broker: as the registry has it now.
        agent_name: who acts, unless the person does.
    """

    desk: Desk
    person: Person
    broker: Broker
    at: Standpoint
    agent_name: str = ""

    def law(self, law_id: str) -> Law | None:
        """A law of the request as it stands today; None for a voluntary footing."""
        try:
            return self.desk.laws.law(law_id, self.at.day)
        except NotFound:
            return None


def later_order(
    follow: Following, purpose: Purpose, procedure: Procedure, details: LaterDetails
) -> LaterOrder:
    """The order for a letter to the recipient itself.

    Args:
        follow: the request and what is around it.
        purpose: any but a complaint.
        procedure: the way that the letter goes.
        details: what the person adds.

    Raises:
        MissingFact: when answers have nowhere to go.
    """
    at, request = follow.at, follow.at.request
    footings = request.footings
    if purpose is Purpose.APPEAL:
        footings = _of_first_law([f for f in footings if f.appeal_section])
    order = story_of(follow, purpose, asked_of(follow, procedure, footings), details)
    if purpose is not Purpose.APPEAL:
        return order
    return _with_appeal(follow, order, footings[0].law, at.day)


def story_of(
    follow: Following, purpose: Purpose, asked: LetterOrder, details: LaterDetails
) -> LaterOrder:
    """What happened so far, as every later letter may tell it."""
    at, request = follow.at, follow.at.request
    sent = at.last(Event.MARK_SENT)
    assert sent is not None, "no letter follows what never left"
    spoken_of = {(footing.law, footing.right.value) for footing in asked.footings}
    late = [one for one in at.late if (one.law, one.right) in spoken_of]
    answers = {(one.law, one.right) for one in late if not one.to_confirm}
    with_number = {(row.law, row.right) for row in at.dates if row.deadlines.respond_by}
    open_question = asked_who(at.events)
    return LaterOrder(
        purpose=purpose, asked=asked, sent_on=sent.on, sent_by=request.channel,
        past=tuple(past_time(follow, one) for one in late),
        still_running=bool((with_number & spoken_of) - answers),
        confirmed_on=_day(at, Event.ACKNOWLEDGE),
        asked_who_on=open_question.on if open_question else None,
        refused_on=last_refusal(at), partly=_is_partly(at),
        reminded_on=_day(at, Event.REMIND),
        their_words=without_private(details.their_words, follow.person, at.day,
                                    mark=LEFT_OUT),
        demanded=tuple(dict.fromkeys(details.demanded)),
        carried=request.facts, doubts=_doubts(follow), duty=_duty(follow),
        says_public=says_public(details.their_words), public_counts=_public_counts(follow),
        conditional=any(footing.limits for footing in asked.footings))


def asked_of(
    follow: Following, procedure: Procedure, footings: Sequence[Footing], *,
    recipient: tuple[tuple[str, ...], str] | None = None, may_show_address: bool = True,
) -> LetterOrder:
    """The request as the letter after it speaks of it: who, to whom, what; and no fact.

    Args:
        follow: the request and what is around it.
        procedure: the way that the letter goes.
        footings: what it speaks of.
        recipient: address lines and country, where it does not go to the recipient itself.
        may_show_address: the postal address for answers may stand there.

    Raises:
        MissingFact: when answers have nowhere to go.
    """
    person, at = follow.person, follow.at
    home = (person.residences_on(at.day) or person.residences)[0].country
    posted_from = person.reply_address.country if person.reply_address else home
    lines, country = recipient or recipient_of(
        follow.broker, procedure, posted_from=posted_from,
        language=language_of_country(posted_from))
    shows = reply_facts(person, procedure.channel)
    shown = person.reply_address if Fact.REPLY_ADDRESS in shows and may_show_address else None
    mailbox = next(iter(values_of(person, Fact.REPLY_EMAIL, at.day)), "")
    if not (mailbox or shown):
        raise MissingFact(
            "Answers have nowhere to go.", names=(Fact.REPLY_EMAIL.value,),
            remedy="Set a mailbox for answers, or a PO box that is not your home.")
    return LetterOrder(
        reference=at.request.id, day=at.day, person_name=_name(follow),
        broker_name=follow.broker.name, procedure=procedure, footings=tuple(footings),
        reply_email=mailbox if Fact.REPLY_EMAIL in shows or shown is None else "",
        sender_lines=address_lines("", shown, posted_from=country) if shown else (),
        recipient_lines=lines if procedure.channel in ON_PAPER or recipient else (),
        recipient_country=country, person_language=primary(person.language),
        facts={Fact.REASON: _NO_REASON}, acting_as=at.request.acting_as,
        agent_name=follow.agent_name)


def in_language(order: LaterOrder, wanted: str) -> LaterOrder:
    """The order in the wanted language, if the whole letter has words in it, else in English."""
    language = chosen_later_language(order, wanted)
    return replace(order, asked=replace(order.asked, language=language))


def language_for(follow: Following, procedure: Procedure) -> str:
    """The language of the recipient itself."""
    return language_of_recipient(follow.broker, procedure)


def _name(follow: Following) -> str:
    """The name under which the request went out, if it may still be sent; else today’s."""
    request = follow.at.request
    then = main_name(follow.person, request.sent_on or request.created_on)
    name = then or main_name(follow.person, follow.at.day)
    return name.full if name else ""


def past_time(follow: Following, late: Lateness) -> PastTime:
    """A time that is over, with what made it longer."""
    at, right = follow.at, Right(late.right)
    row = next(r for r in at.dates if (r.law, r.right) == (late.law, late.right))
    law = follow.desk.laws.law(late.law, late.limit.starts_on)
    period = law.rule(right).deadline
    since = clock.clock_history(at.events)
    rested = bool(since.questions) and waits_for_identity(
        follow.desk.laws, late.law, right, late.limit.starts_on, since)
    return PastTime(
        late.law, right, _as_it_ended(late.limit, law), to_confirm=late.to_confirm,
        longer=late.limit is row.deadlines.extended_respond_by, rested=rested,
        why_later=period.late_why if period and not late.to_confirm else "")


def _as_it_ended(limit: ComputedDate, law: Law) -> ComputedDate:
    """The time with its last day where the recipient is.

    Where the law itself moves an end past a holiday, and leaves the holidays to the place, the
    day that warns the person is none that a letter may call the end.
    """
    if law.counting.end_rule is not EndRule.MOVES:
        return limit
    return replace(limit, day=limit.late_from - timedelta(days=1))


def _day(at: Standpoint, kind: Event) -> date | None:
    sent, found = at.last(Event.MARK_SENT), at.last(kind)
    return found.on if found and sent and found.seq > sent.seq else None


def _is_partly(at: Standpoint) -> bool:
    found = at.last(Event.REFUSE, Event.CLAIM_PARTLY)
    return found is not None and found.event is Event.CLAIM_PARTLY


def _of_first_law(footings: Sequence[Footing]) -> tuple[Footing, ...]:
    return tuple(footing for footing in footings if footing.law == footings[0].law)


def _laws(follow: Following) -> Iterator[tuple[Footing, Law]]:
    for footing in follow.at.request.footings:
        law = follow.law(footing.law) if footing.law != VOLUNTARY.law else None
        if law is not None:
            yield footing, law


def _doubts(follow: Following) -> str:
    """The sections, if they hold for everything that was asked for; else a wish must do."""
    found = [doubts_section(law, footing.right) for footing, law in _laws(follow)]
    return "; ".join(dict.fromkeys(found)) if found and all(found) else ""


def _duty(follow: Following) -> Duty | None:
    """What the first law that says something of refusals says; None where none does."""
    for footing, law in _laws(follow):
        if footing.refusal_section and law.refusal is not None:
            return Duty(footing.refusal_section, law.refusal.reasons, law.refusal.appeal,
                        law.refusal.authority)
    return None


def _public_counts(follow: Following) -> bool:
    laws = [law for _, law in _laws(follow)]
    return bool(laws) and all(covers_public_data(law) for law in laws)


def _with_appeal(follow: Following, order: LaterOrder, law_id: str, day: date) -> LaterOrder:
    law = follow.desk.laws.law(law_id, day)
    to_firm = law_id in FIRM_FIRST
    return replace(
        order, to_firm=to_firm, then_to="" if to_firm else law.appeal.then_complain_to,
        appeal_answer=appeal_deadlines(follow.desk.laws, law_id, day).respond_by,
        appeal_confirm=_confirmation(follow, law, day) if to_firm else None)


def _confirmation(follow: Following, law: Law, day: date) -> ComputedDate | None:
    """By when the firm must confirm a complaint to itself."""
    if Right.COMPLAIN_TO_CONTROLLER not in law.rights:
        return None
    return deadlines(follow.desk.laws, law.id, Right.COMPLAIN_TO_CONTROLLER, day).acknowledge_by
