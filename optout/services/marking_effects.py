"""What an event brings with it: statutory dates, follow-ups, disclosures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.broker import Broker
from optout.domain.errors import NotFound
from optout.domain.footing import Deadlines, Footing
from optout.domain.reference import new_id
from optout.domain.request import Disclosure, FollowUp, Request, RequestEvent, StatutoryDate
from optout.domain.words import Channel, Event, Fact, FollowUpKind, FollowUpState
from optout.law.clock_start import counts_from
from optout.law.deadlines import appeal_deadlines, deadlines, platform_dates
from optout.law.model import LawBook
from optout.lifecycle.followups import Expectation, FollowUpSpec, called_for, ended_by
from optout.lifecycle.life import effective
from optout.lifecycle.overdue import starts_clock
from optout.lifecycle.situation import PLATFORM_DAYS
from optout.store import followups

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LOOKS = frozenset({Event.LOOK_LISTED, Event.LOOK_NOT_FOUND, Event.LOOK_FAILED})
_CLOCK = frozenset({FollowUpKind.ACKNOWLEDGE_DUE, FollowUpKind.RESPOND_DUE,
                    FollowUpKind.EXTENSION_DUE, FollowUpKind.ESCALATE})
_LOOKED_FOR_IT = "A look at the recipient’s own search."
SENT_TO_IT = "The request carried it."
"""Why a fact stands in the ledger; also names the entries of one sending."""


def statutory_dates(
    laws: LawBook, broker: Broker | None, request: Request, events: Sequence[RequestEvent]
) -> tuple[StatutoryDate, ...]:
    """The deadlines of every footing, from the day on which the law's clock last started.

    None before it started, and none for a footing whose law sets no number.

    Args:
        laws: the law book.
        broker: None when the registry no longer has it.
        request: as it stands after the events.
        events: its whole history.
    """
    starts = [event for event in effective(events) if starts_clock(event.event)]
    if not starts:
        return ()
    start = clock_start(request, starts[-1])
    found = []
    for footing in request.footings:
        try:
            computed = _deadlines(laws, broker, request, footing, start)
        except NotFound:
            continue  # voluntary, or a law that this version of the book no longer has
        if computed != Deadlines(citations=computed.citations):
            found.append(StatutoryDate(footing.law, footing.right.value, starts[-1].seq, computed))
    return tuple(found)


def _deadlines(
    laws: LawBook, broker: Broker | None, request: Request, footing: Footing, start: date
) -> Deadlines:
    if request.channel is Channel.PLATFORM:
        worst = platform_dates(laws, footing.law, start, footing.right)
        return Deadlines(respond_by=worst.respond_by, citations=(worst.respond_by.citation,))
    return deadlines(laws, footing.law, footing.right, start, request.channel, broker=broker)


def clock_start(request: Request, event: RequestEvent) -> date:
    """The day on which the law's clock starts with an event (post: when it was delivered)."""
    if event.event is Event.MARK_SENT:
        return counts_from(request.channel, event.on, request.received_on)[0]
    return event.on


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the follow-ups of one event are computed from.

    Args:
        request: as it stands after the event.
        history: the events, this one last.
        dates: the statutory dates after the event.
        moved: the dates changed without the clock having started anew, as the true day of
            receipt became known.
    """

    request: Request
    history: tuple[RequestEvent, ...]
    dates: tuple[StatutoryDate, ...]
    expectation: Expectation
    moved: bool = False


def renew_follow_ups(session: Session, outlook: Outlook) -> None:
    """End the follow-ups that an event makes pointless, and add those that it calls for."""
    request, event = outlook.request, outlook.history[-1]
    over = ended_by(event.event, request.standing)
    followups.close_kinds(session, request.id, over, FollowUpState.DONE)
    if outlook.moved:
        _move(session, outlook)
    _add(session, request.id, called_for(
        request, event, outlook.dates, outlook.expectation, outlook.history))


def _move(session: Session, outlook: Outlook) -> None:
    """Put open tasks of the clock on their new days, under keys that tell the days apart."""
    request = outlook.request
    start = [e for e in effective(outlook.history) if starts_clock(e.event)][-1]
    waiting = {task.kind for task in followups.of_request(session, request.id)
               if task.state in (FollowUpState.WAITING, FollowUpState.RAISED)}
    followups.close_kinds(session, request.id, _CLOCK, FollowUpState.CANCELLED)
    specs = called_for(request, start, outlook.dates, outlook.expectation, outlook.history)
    _add(session, request.id, [
        FollowUpSpec(spec.kind, spec.due_on, f"{spec.key}@{spec.due_on.isoformat()}", spec.why)
        for spec in specs if spec.kind in _CLOCK & waiting])


def _add(session: Session, request_id: str, specs: Sequence[FollowUpSpec]) -> None:
    for spec in specs:
        followups.add(session, FollowUp(
            id=new_id("F"), request_id=request_id, kind=spec.kind, due_on=spec.due_on,
            state=FollowUpState.WAITING, key=spec.key, why=spec.why))


def expectation_of(
    broker: Broker | None, request: Request, dates: Sequence[StatutoryDate], laws: LawBook, *,
    at_risk: bool, history: Sequence[RequestEvent],
) -> Expectation:
    """What the registry and the law lead one to expect.

    Args:
        broker: None when the registry no longer has it.
        request: as it stands after the event.
        dates: its statutory dates after the event.
        laws: the law book.
        at_risk: the person must be careful.
        history: the events, the one in question last.
    """
    return Expectation(
        expected_days=_promised(broker, request),
        median_days=_median(broker),
        recheck_days=broker.recheck_days if broker is not None else None,
        at_risk=at_risk,
        platform_days=_platform_days(dates, history) or PLATFORM_DAYS,
        can_look=broker is not None and broker.search is not None,
        appeal_answer_days=_appeal_answer_days(laws, request, history[-1].on))


def _promised(broker: Broker | None, request: Request) -> int | None:
    """The days that the recipient's own procedure promises; None if it makes no promise."""
    procedures = broker.procedures if broker is not None else ()
    used = procedures[request.procedure_index:request.procedure_index + 1]
    return next((p.expected_days for p in used if p.channel is request.channel), None)


def _median(broker: Broker | None) -> int | None:
    """The days that it took to answer half of the requests, as it told California."""
    told = broker.deletion_requests if broker is not None else None
    return told.median_days if told is not None else None


def _platform_days(
    dates: Sequence[StatutoryDate], history: Sequence[RequestEvent]
) -> int | None:
    """Days until the last broker must have reported to a platform; None without such a date.

    They count from the event that started the clock, whichever event is written down now: an
    undo plays the history again from there.
    """
    ends = [(d.deadlines.respond_by.day, d.started_by_seq) for d in dates
            if d.deadlines.respond_by is not None]
    if not ends:
        return None
    day, seq = max(ends)
    start = next(event for event in history if event.seq == seq)
    return max((day - start.on).days, 1)


def _appeal_answer_days(laws: LawBook, request: Request, day: date) -> int | None:
    """Days that a law gives for the answer to an appeal, by the first footing that has one."""
    for footing in request.footings:
        try:
            found = appeal_deadlines(laws, footing.law, day).respond_by
        except NotFound:
            continue
        if found is not None:
            return (found.day - day).days
    return None


def ledger_entries(
    broker: Broker | None, request: Request, entry: RequestEvent
) -> tuple[Disclosure, ...]:
    """What an event handed over: the request its facts, a look what looking reveals."""
    facts: tuple[Fact, ...] = ()
    why = ""
    if entry.event is Event.MARK_SENT:
        facts, why = request.facts, SENT_TO_IT
    elif entry.event in LOOKS and broker is not None and broker.search is not None:
        facts, why = broker.search.reveals, _LOOKED_FOR_IT
    return tuple(
        Disclosure(person_id=request.person_id, broker_id=request.broker_id, fact=fact,
                   on=entry.on, why=why, request_id=request.id)
        for fact in facts)
