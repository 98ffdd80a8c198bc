"""What happened to a request is written down: history, dates, follow-ups, ledger, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from optout.domain.broker import Broker
from optout.domain.errors import Refused
from optout.domain.look import Look
from optout.domain.outcome_words import RefusalReason
from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.request import Request, RequestEvent, RequestFile
from optout.domain.words import Event, FollowUpKind, FollowUpState, Standing
from optout.lifecycle.life import effective, parse_event, possible, step, undo_target
from optout.lifecycle.outcome import relisted
from optout.lifecycle.restated import restated, with_lateness
from optout.lifecycle.table import LOOKS
from optout.planning.government import HELD
from optout.services import days, plans, watching
from optout.services.content import with_content
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.services.happening import Happening, check
from optout.services.history import file_of
from optout.services.later_ledger import A_LETTER_CARRIED_IT, letter_entries
from optout.services.look_rows import keep_look, leave_open
from optout.services.marking_effects import (
    SENT_TO_IT,
    Outlook,
    expectation_of,
    ledger_entries,
    renew_follow_ups,
)
from optout.services.merged import require_unmerged, unmerged
from optout.services.people import careful_person
from optout.services.rerouted import as_before
from optout.services.returns import returns_at
from optout.services.safety import require_gates_open, require_safe_reply
from optout.services.statutory import statutory_dates
from optout.services.typed import request_named
from optout.store import audit, followups
from optout.store import counsel as counsels
from optout.store import disclosures as ledger
from optout.store import requests as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_UNSENT = frozenset({Standing.DRAFT, Standing.READY})
_LED_TO_A_SUCCESSOR = frozenset({Event.CLOSE, Event.LOOK_LISTED})
"""Entries after which a successor may have been opened."""

__all__ = ["Happening", "close_for_successor", "mark", "record"]

def mark(
    desk: Desk, request_id: str, event: str, *, on: date | None = None, detail: str = "",
    received_on: date | None = None, until: date | None = None, by_counsel: bool = False,
    reason: RefusalReason | None = None, before_making: bool = False, actor: str,
) -> RequestFile:
    """Record what happened to a request, with everything that follows from it.

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.
        event: its name; `undo` takes back the latest event.
        on: the day on which it happened; default: today.
        detail: a note, or the words that a claim rests on.
        received_on: the day on which the recipient had it, where known (post).
        until: the date that the broker named.
        by_counsel: for `mark_sent` of a draft for counsel: counsel filed it.
        reason: why they refused, for `refuse` and `claim_partly` alone.
        before_making: for `mark_sent`: it left before the day on which it was entered here.
        actor: who records it.

    Raises:
        UnknownEvent: when there is no such event.
        ForbiddenEvent: when it is not possible now; names those that are.
        NotFound: when there is no such request.
        InvalidInput: for a day to come, or before the request was made or sent; for a reason
            where nothing was refused; for a note that is too long or holds the number of a paper.
        GateClosed: for `mark_sent`, while a safety question is open.
        Refused: for `mark_sent` of a draft for counsel that counsel did not file.
    """
    happening = Happening(
        event=parse_event(event), on=desk.day(on), at=desk.clock.now(), actor=actor,
        detail=detail.strip(), received_on=received_on, until=until, by_counsel=by_counsel,
        reason=reason, before_making=before_making)
    with desk.store.writing() as session:
        request = request_named(session, request_id)
        marked = record(desk, session, request, happening)
        return file_of(session, marked, desk.clock.today())


def record(
    desk: Desk, session: Session, request: Request, happening: Happening, *,
    person: Person | None = None,
) -> Request:
    """Write one event within the caller's transaction; see `mark`.

    Args:
        desk: the opened data.
        session: the caller's.
        request: as it is stored.
        happening: the event.
        person: as `careful_person` gives it, where the caller has it already.

    Returns:
        The request as it stands now.
    """
    require_unmerged(request, happening)
    before = tuple(rows.events(session, request.id))
    life = step(before, happening.event, happening.on, happening.detail)
    check(request, happening, _latest_day(desk, session, happening), before)
    happening = _with_look(session, request, happening)
    person = person or careful_person(session, request.person_id)
    undone = undo_target(before) if happening.event is Event.UNDO else None
    if undone is not None:
        if undone.look_id:  # before days are counted that it may have shortened
            leave_open(session, undone.look_id)
        request = unmerged(as_before(desk, session, person, request, undone), undone)
    for_counsel = is_for_counsel(desk, session, request)
    if happening.event is Event.MARK_SENT:
        if for_counsel:
            _require_filed(session, request, happening)
        action = _require_safe(desk, session, person, request, happening.on)
        if action is not None and request.standing is Standing.DRAFT:
            request = with_content(request, action)  # sent without paper: in words of that day
    entry = RequestEvent(
        seq=len(before) + 1, event=happening.event, on=happening.on,
        recorded_at=happening.at, actor=happening.actor, standing_after=life.standing,
        detail=_note(before, happening), received_on=happening.received_on,
        until=happening.until, reason=happening.reason, look_id=happening.look_id)
    after = (*before, entry)
    marked = restated(request, after)
    broker = desk.registry.brokers.get(marked.broker_id)
    known = rows.dates(session, request.id)
    over = marked.standing in rows.ENDED and happening.event is not Event.UNDO
    dates = known if over else statutory_dates(desk.laws, broker, marked, after)
    marked = with_lateness(marked, dates, after)
    rows.add_event(session, request.id, entry)
    rows.update(session, marked)
    if dates != known:
        rows.save_dates(session, request.id, dates)
    expectation = expectation_of(broker, marked, dates, desk.laws, at_risk=person.at_risk,
                                 history=after, came_back_days=returns_at(
                                     session, marked.broker_id).soonest)
    renew_follow_ups(session, Outlook(marked, after, dates, expectation, before=known,
                                      today=desk.clock.today(), at=happening.at,
                                      for_counsel=for_counsel))
    if happening.event is not Event.PREPARE:
        watching.renew_around(desk, session, marked)
    _keep_ledger(session, broker, marked, entry, person=person, before=before)
    audit.write(session, happening.actor, f"mark_{entry.event}", request.id, happening.at)
    if undone is not None and undone.event in _LED_TO_A_SUCCESSOR:
        marked = _without_successor(desk, session, marked, happening)
    return marked


def _latest_day(desk: Desk, session: Session, happening: Happening) -> date:
    today = desk.clock.today()
    ahead = max(happening.on, happening.received_on or happening.on) > today
    return days.latest(session, today) if ahead else today


def _with_look(session: Session, request: Request, happening: Happening) -> Happening:
    """The same with its look among the person's looks, where it was not told as one of them."""
    if happening.event not in LOOKS or happening.look_id:
        return happening
    look = keep_look(session, Look(
        request.person_id, request.broker_id, LOOKS[happening.event], happening.on,
        happening.actor))
    return replace(happening, look_id=look.id)


def close_for_successor(
    desk: Desk, session: Session, successor: Request, *, actor: str, on: date, at: datetime
) -> None:
    """Tie a request to its successor, close it if it is still open, and end what led to it."""
    back = relisted(rows.events(session, successor.predecessor_id))
    old = replace(rows.get(session, successor.predecessor_id), successor_id=successor.id)
    rows.update(session, old)
    if Event.CLOSE in possible(rows.events(session, old.id)):
        on = min(on, desk.clock.today())
        record(desk, session, old, Happening(
            Event.CLOSE, max(on, old.sent_on or on), at, actor, detail=(
                f"It was listed again: see {successor.id}." if back
                else f"They are asked again: see {successor.id}.")))
    ended = {FollowUpKind.ESCALATE} if back else {FollowUpKind.ESCALATE, FollowUpKind.RECHECK}
    followups.close_kinds(session, old.id, ended, FollowUpState.DONE, at=at)


def _without_successor(
    desk: Desk, session: Session, request: Request, happening: Happening
) -> Request:
    """Take back a successor that has not left, with the entry that led to it.

    One that left is out in the world: it stays tied.
    """
    if not request.successor_id:
        return request
    successor = rows.get(session, request.successor_id)
    if successor.sent_on is not None or successor.standing not in _UNSENT:
        return request
    untied = replace(request, successor_id="")
    rows.update(session, untied)
    record(desk, session, replace(successor, predecessor_id=""), Happening(
        Event.WITHDRAW, min(happening.on, desk.clock.today()), happening.at, happening.actor,
        detail=f"{request.id}, which it was to continue, goes on itself."))
    return untied


def _require_safe(
    desk: Desk, session: Session, person: Person, request: Request, day: date
) -> Action | None:
    """Ask today's plan once more whether this may leave.

    A request that the plan no longer knows (the registry changed) has no gates of its own;
    the reply identity is checked in any case.

    Returns:
        What that plan does for the request.
    """
    require_safe_reply(person, request.channel)
    action = plans.action_again(desk, plans.circumstances_of(session, person), request, day)
    if action is not None:
        require_gates_open((action,))
    return action


def _require_filed(session: Session, request: Request, happening: Happening) -> None:
    """Make sure that counsel, who is named, filed a draft: nobody else ever sends one."""
    if not happening.by_counsel:
        raise Refused(HELD["counsel-files"],
                      remedy="When your lawyer has filed it, write it down as filed by counsel.")
    if counsels.get(session, request.person_id) is None:
        raise Refused(HELD["no-counsel"], remedy="Name the lawyer on the person’s page first.")


def _note(before: Sequence[RequestEvent], happening: Happening) -> str:
    target = undo_target(before)
    if happening.event is Event.UNDO and target is not None:
        return str(target.seq)
    return happening.detail


def _keep_ledger(
    session: Session, broker: Broker | None, request: Request, entry: RequestEvent, *,
    person: Person, before: Sequence[RequestEvent],
) -> None:
    """Enter what this event handed over; take back what an undone event had entered.

    A look that is undone was still a look: what it revealed stays in the ledger.
    """
    undone = undo_target(before) if entry.event is Event.UNDO else None
    if undone is not None and undone.event is Event.MARK_SENT:
        ledger.take_back(session, request.id, undone.on, SENT_TO_IT)
        stands = [e for e in effective(before)[:-1]
                  if e.event is Event.MARK_SENT and e.on == undone.on]
        ledger.add_many(session, (
            d for e in stands for d in ledger_entries(broker, person, request, e)))
    elif undone is not None:
        _unsend_letter(session, person, request, undone, before=before)
    ledger.add_many(session, ledger_entries(broker, person, request, entry))
    ledger.add_many(session, letter_entries(session, person, request, entry))


def _unsend_letter(
    session: Session, person: Person, request: Request, undone: RequestEvent, *,
    before: Sequence[RequestEvent],
) -> None:
    """Take back what an undone letter had entered, but for others of the same day."""
    if not letter_entries(session, person, request, undone):
        return
    ledger.take_back(session, request.id, undone.on, A_LETTER_CARRIED_IT)
    for stands in effective(before)[:-1]:
        if stands.on == undone.on:
            ledger.add_many(session, letter_entries(session, person, request, stands))
