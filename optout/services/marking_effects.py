"""What an event brings with it: statutory dates, follow-ups, disclosures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.request import Disclosure, Request, RequestEvent, StatutoryDate
from optout.domain.words import Event, Fact, FollowUpKind, FollowUpState
from optout.law.model import LawBook
from optout.lifecycle.followups import (
    Expectation,
    FollowUpSpec,
    called_for,
    ended_by,
    standing_tasks,
)
from optout.lifecycle.life import effective
from optout.lifecycle.situation import PLATFORM_DAYS
from optout.planning.search import facts_shown
from optout.services.rescheduling import Change, add, reschedule, rested
from optout.services.statutory import appeal_clock, knows_appeal, last_day_for_appeal
from optout.store import followups

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LOOKS = frozenset({Event.LOOK_LISTED, Event.LOOK_NOT_FOUND, Event.LOOK_FAILED})
REFUSALS = frozenset({Event.REFUSE, Event.CLAIM_PARTLY})
"""Events against which the person may appeal."""

_LOOKED_FOR_IT = "A look at the recipient’s own search."
SENT_TO_IT = "The request carried it."
"""Why a fact stands in the ledger; also names the entries of one sending."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the follow-ups of one event are computed from.

    Args:
        request: as it stands after the event.
        history: the events, this one last.
        dates: the statutory dates after the event.
        before: those before it.
        today: the day on which the event is written down.
        at: the instant, UTC.
        for_counsel: it is a draft for counsel: nobody is reminded to send it.
    """

    request: Request
    history: tuple[RequestEvent, ...]
    dates: tuple[StatutoryDate, ...]
    expectation: Expectation
    before: tuple[StatutoryDate, ...]
    today: date
    at: datetime
    for_counsel: bool = False

    @property
    def moved(self) -> bool:
        """Whether dates changed although no clock started or was undone."""
        return ([d.started_by_seq for d in self.before] == [d.started_by_seq for d in self.dates]
                and self.before != self.dates)


def renew_follow_ups(session: Session, outlook: Outlook) -> None:
    """End the follow-ups that an event makes pointless, and add those that it calls for."""
    request, event = outlook.request, outlook.history[-1]
    over = ended_by(event.event, request.standing)
    followups.close_kinds(session, request.id, over, FollowUpState.DONE, at=outlook.at)
    called = [spec for spec in called_for(
        request, event, outlook.dates, outlook.expectation, outlook.history)
        if not (outlook.for_counsel and spec.kind is FollowUpKind.PREPARED_NOT_SENT)]
    if outlook.moved and event.event is not Event.UNDO:  # an undo brings its own tasks back
        _follow_the_dates(session, outlook, called)
    add(session, request.id, called, at=outlook.at)


def _follow_the_dates(
    session: Session, outlook: Outlook, called: Sequence[FollowUpSpec]
) -> None:
    """Put the tasks that were there before the event on the new days.

    A clock that had been at rest and runs on brings back the tasks that had ended with the
    question, those included that were done meanwhile.
    """
    request, history = outlook.request, outlook.history
    anew = {(spec.kind, spec.due_on) for spec in called}
    after = standing_tasks(request, outlook.dates, outlook.expectation, history)
    reschedule(session, request.id, Change(
        before=standing_tasks(request, outlook.before, outlook.expectation, history[:-1]),
        after=[spec for spec in after if (spec.kind, spec.due_on) not in anew],
        today=outlook.today, at=outlook.at,
        revives=rested(outlook.before) and not rested(outlook.dates)))


def expectation_of(
    broker: Broker | None, request: Request, dates: Sequence[StatutoryDate], laws: LawBook, *,
    at_risk: bool, history: Sequence[RequestEvent], came_back_days: int | None = None,
) -> Expectation:
    """What the registry and the law lead one to expect.

    Args:
        broker: None when the registry no longer has it.
        request: as it stands after the event.
        dates: its statutory dates after the event.
        laws: the law book.
        at_risk: the person must be careful.
        history: the events, the one in question last.
        came_back_days: the fewest days after which a listing there came back; None if none did.
    """
    return Expectation(
        expected_days=_promised(broker, request),
        median_days=_median(broker),
        recheck_days=broker.recheck_days if broker is not None else None,
        at_risk=at_risk,
        came_back_days=came_back_days,
        platform_days=_platform_days(dates, history) or PLATFORM_DAYS,
        can_look=broker is not None and broker.search is not None,
        can_appeal=knows_appeal(laws, request, history[-1].on) if history else True,
        appeal_days=_appeal_days(laws, request, history),
        appeal_answer_days=_appeal_answer_days(laws, request, history))


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


def _appeal_days(
    laws: LawBook, request: Request, history: Sequence[RequestEvent]
) -> int | None:
    """Days from the last refusal in which the person may appeal; None where no law sets them."""
    refusals = [event for event in effective(history) if event.event in REFUSALS]
    if not refusals:
        return None
    end = last_day_for_appeal(laws, request, refusals[-1].on)
    return (end.day - refusals[-1].on).days if end is not None else None


def _appeal_answer_days(
    laws: LawBook, request: Request, history: Sequence[RequestEvent]
) -> int | None:
    """Days from the last appeal to its answer, a longer time included that counts.

    None where no law sets a number.
    """
    clock = appeal_clock(laws, request, history)
    end = clock.answer_by if clock is not None else None
    return (end.day - clock.made_on).days if clock is not None and end is not None else None


def ledger_entries(
    broker: Broker | None, person: Person, request: Request, entry: RequestEvent
) -> tuple[Disclosure, ...]:
    """What an event handed over: the request its facts, a look what it showed of the person."""
    facts: tuple[Fact, ...] = ()
    why = ""
    if entry.event is Event.MARK_SENT:
        facts, why = request.facts, SENT_TO_IT
    elif entry.event in LOOKS and broker is not None:
        facts, why = facts_shown(person, broker, entry.on), _LOOKED_FOR_IT
    return tuple(
        Disclosure(person_id=request.person_id, broker_id=request.broker_id, fact=fact,
                   on=entry.on, why=why, request_id=request.id)
        for fact in facts)
