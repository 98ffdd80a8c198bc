"""The follow-ups that each event calls for, and those that it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout.domain.request import FollowUp, Request, RequestEvent, StatutoryDate
from optout.domain.words import Event, FollowUpKind, Standing
from optout.lifecycle import clock_tasks as clock
from optout.lifecycle import look_tasks as look
from optout.lifecycle.life import effective, replay
from optout.lifecycle.overdue import CLOCK_RUNS
from optout.lifecycle.situation import Expectation, Situation, Task
from optout.lifecycle.table import OPEN, TRANSITIONS

__all__ = ["Expectation", "FollowUpSpec", "called_for", "ended_by", "standing_tasks", "stood_for"]

SEND_WITHIN = 3
"""Days after which a document that was prepared and not sent is asked about."""

IDENTITY_WITHIN = 7
"""Days after which a demand for identity that was not answered is asked about."""

_K = FollowUpKind
_S = Standing


@dataclass(frozen=True, slots=True)
class FollowUpSpec:
    """A follow-up to be stored, unless one with its key is there already.

    Args:
        key: `<request>:<kind>:<seq>`; a second date of the same kind adds `.2`, and so on.
        why: why it exists and what to do next, in plain words without personal data.
        yields_to: see `Task`.
    """

    kind: FollowUpKind
    due_on: date
    key: str
    why: str
    yields_to: date | None = None


def _send_it(now: Situation) -> Iterator[Task]:
    yield Task(_K.PREPARED_NOT_SENT, now.in_days(SEND_WITHIN),
               "It is ready and has not left. Send it and mark it as sent, or take it back.")


def _send_elsewhere(now: Situation) -> Iterator[Task]:
    if now.standing is _S.UNDELIVERED:
        yield Task(_K.PREPARED_NOT_SENT, now.in_days(SEND_WITHIN),
                   "It came back. Choose another address or another way, and send it again.")
    elif now.standing is _S.REDIRECTED:
        yield Task(_K.PREPARED_NOT_SENT, now.in_days(SEND_WITHIN),
                   "They want it another way. Send it that way, or insist.")


def _click(now: Situation) -> Iterator[Task]:
    days = now.expectation.confirmation_days if now.named_days is None else now.named_days
    yield Task(_K.CONFIRMATION_EXPIRES, now.in_days(days),
               "Until you click the link in their message, your request does not count. Click it "
               "before it runs out; if it did, send the request again.")


def _say_who(now: Situation) -> Iterator[Task]:
    yield Task(_K.ANSWER_IDENTITY, now.in_days(IDENTITY_WITHIN),
               "They wait for you to show who you are. Give no more than they hold already, or "
               "say why you do not.")


_Rule = Callable[[Situation], Iterable[Task]]

_CALLED: Mapping[Event, tuple[_Rule, ...]] = {
    Event.PREPARE: (_send_it,),
    Event.MARK_SENT: (clock.clock_starts, look.look_when_promised),
    Event.BOUNCE: (_send_elsewhere,),
    Event.NEEDS_CONFIRMATION: (_click,),
    Event.CONFIRM_LINK_USED: (clock.clock_after_click, look.look_when_promised),
    Event.ACKNOWLEDGE: (clock.clock_goes_on,),
    Event.DEMAND_IDENTITY: (_say_who, clock.clock_goes_on),
    Event.ANSWER_IDENTITY: (clock.answer_after_identity,),
    Event.REDIRECT: (_send_elsewhere,),
    Event.EXTEND: (clock.clock_extended,),
    Event.CLAIM_REMOVED: (look.looks_after_claim,),
    Event.CLAIM_SUPPRESSED: (look.looks_after_claim,),
    Event.CLAIM_NO_RECORD: (look.looks_after_claim,),
    Event.CLAIM_PARTLY: (clock.after_refusal,),
    Event.REFUSE: (clock.after_refusal,),
    Event.LOOK_LISTED: (look.still_there,),
    Event.LOOK_NOT_FOUND: (look.look_again_later,),
    Event.LOOK_FAILED: (look.try_again,),
    Event.REMIND: (clock.after_reminder,),
    Event.APPEAL: (clock.after_appeal,),
    Event.COMPLAIN: (clock.after_complaint,),
    Event.CLOSE: (),
    Event.WITHDRAW: (),
}

_CLOCK = frozenset({_K.ACKNOWLEDGE_DUE, _K.RESPOND_DUE, _K.EXTENSION_DUE, _K.ESCALATE})
_LOOK = frozenset({_K.CONFIRM_REMOVAL, _K.RECHECK})
_APPEAL = frozenset({_K.APPEAL_BY, _K.APPEAL_ANSWER_DUE})
_ANSWER = _CLOCK | _LOOK | _APPEAL | {_K.PLATFORM_REPORT_DUE}

_OWN = frozenset({_K.OWN_REMINDER, _K.AUTHORIZATION_EXPIRING})
"""Not the machine's: the person's own, and those of an authorization."""

_ENDS: Mapping[Event, frozenset[FollowUpKind]] = {
    Event.PREPARE: frozenset({_K.PREPARED_NOT_SENT}),
    Event.MARK_SENT: _ANSWER,
    Event.BOUNCE: frozenset({_K.PREPARED_NOT_SENT}),
    Event.NEEDS_CONFIRMATION: frozenset({_K.CONFIRMATION_EXPIRES, _K.CONFIRM_REMOVAL}),
    Event.CONFIRM_LINK_USED: _CLOCK | {_K.CONFIRM_REMOVAL, _K.PLATFORM_REPORT_DUE},
    Event.ACKNOWLEDGE: frozenset({_K.ACKNOWLEDGE_DUE}),
    Event.DEMAND_IDENTITY: frozenset({_K.ACKNOWLEDGE_DUE, _K.ANSWER_IDENTITY}),
    Event.REDIRECT: frozenset({_K.PREPARED_NOT_SENT}),
    Event.EXTEND: _CLOCK | {_K.APPEAL_ANSWER_DUE},
    Event.CLAIM_REMOVED: _ANSWER,
    Event.CLAIM_SUPPRESSED: _ANSWER,
    Event.CLAIM_NO_RECORD: _ANSWER,
    Event.CLAIM_PARTLY: _ANSWER,
    Event.REFUSE: _ANSWER,
    Event.LOOK_LISTED: _LOOK,
    Event.LOOK_NOT_FOUND: _LOOK,
    Event.LOOK_FAILED: _LOOK,
    Event.REMIND: _CLOCK,
    Event.APPEAL: _CLOCK | _APPEAL,
    Event.COMPLAIN: _CLOCK | _APPEAL,
    Event.CLOSE: frozenset({_K.ESCALATE}),
    Event.UNDO: frozenset(_K) - _OWN,
}
"""Follow-ups that an event makes pointless, or calls for anew, whatever the standing."""

_UNSENT = frozenset({_S.DRAFT, _S.READY, _S.UNDELIVERED, _S.REDIRECTED})
_INSISTING = frozenset({_S.ANSWERED, _S.ESCALATED})

_FITS: Mapping[FollowUpKind, frozenset[Standing]] = {
    _K.PREPARED_NOT_SENT: _UNSENT,
    _K.ACKNOWLEDGE_DUE: CLOCK_RUNS,
    _K.CONFIRMATION_EXPIRES: frozenset({_S.CONFIRMATION_NEEDED}),
    _K.ANSWER_IDENTITY: frozenset({_S.IDENTITY_REQUESTED}),
    _K.RESPOND_DUE: CLOCK_RUNS,
    _K.EXTENSION_DUE: CLOCK_RUNS,
    _K.PLATFORM_REPORT_DUE: CLOCK_RUNS,
    _K.CONFIRM_REMOVAL: frozenset(OPEN),
    _K.RECHECK: frozenset(OPEN) | {_S.CLOSED},
    _K.APPEAL_BY: _INSISTING,
    _K.APPEAL_ANSWER_DUE: _INSISTING,
    # Also when closed: a listing that comes back asks for a new request.
    _K.ESCALATE: CLOCK_RUNS | {_S.ANSWERED, _S.CLOSED},
}
"""The standings in which a follow-up still makes sense."""


def ended_by(event: Event, standing: Standing | None = None) -> frozenset[FollowUpKind]:
    """The kinds of waiting follow-ups that an event ends.

    To be applied before the follow-ups of `called_for` are added.

    Args:
        event: what happened.
        standing: where the request stands after it. Without it, only those are ended that no
            outcome of the event leaves any sense: a late bounce, for instance, ends nothing.
    """
    after = {standing} if standing else {
        target for (_, step), target in TRANSITIONS.items() if step is event} or set(_S)
    senseless = {kind for kind, fits in _FITS.items() if not fits & after}
    return _ENDS.get(event, frozenset()) | senseless


def fits(kind: FollowUpKind, standing: Standing) -> bool:
    """Whether an open follow-up of that kind makes sense while a request stands so."""
    return standing in _FITS.get(kind, frozenset(_S))


def stood_for(
    wanted: Task | FollowUpSpec, open_ones: Iterable[Task | FollowUpSpec | FollowUp],
) -> bool:
    """Whether a task that is called for has an open one that stands for it."""
    return wanted.yields_to is not None and any(
        one.kind is wanted.kind and one.due_on <= wanted.yields_to for one in open_ones)


def called_for(
    request: Request,
    event: RequestEvent,
    dates: Sequence[StatutoryDate],
    expectation: Expectation,
    history: Sequence[RequestEvent] = (),
) -> tuple[FollowUpSpec, ...]:
    """The follow-ups that an event calls for, soonest first; same in, same out.

    Args:
        request: the request as it stands after the event.
        event: what happened.
        dates: its statutory dates as they are after the event.
        expectation: what the registry expects of the recipient.
        history: the events up to this one. It decides which look comes next, whether an
            extension came in time, and what an `undo` brings back.
    """
    now = Situation.after(request, event, dates, expectation, history)
    tasks = _brought_back(now) if event.event is Event.UNDO else _tasks(now)
    return _numbered(request.id, event.seq, tasks)


def standing_tasks(
    request: Request, dates: Sequence[StatutoryDate], expectation: Expectation,
    history: Sequence[RequestEvent],
) -> tuple[FollowUpSpec, ...]:
    """Every follow-up that would be waiting now if none had been done: the history, played again.

    For dates that change although nothing happened to the request.

    Args:
        request: the request as it stands.
        dates: its statutory dates, by which the history is played.
        expectation: what the registry expects of the recipient.
        history: all of its events.
    """
    kept = effective(history)
    if not kept:
        return ()
    now = Situation.after(request, kept[-1], dates, expectation, history)
    return _numbered(request.id, kept[-1].seq, _brought_back(now))


def _tasks(now: Situation) -> list[Task]:
    return [task for rule in _CALLED[now.event.event] for task in rule(now)
            if now.standing in _FITS[task.kind]]


def _brought_back(now: Situation) -> list[Task]:
    """What would be waiting if the undone event had never been: the history, played again."""
    waiting: list[Task] = []
    kept = effective(now.history)
    for end, event in enumerate(kept, start=1):
        life = replay(kept[:end])
        request = replace(now.request, standing=life.standing, claim=life.claim,
                          claim_words=life.claim_words, last_look=life.last_look,
                          last_look_on=life.last_look_on)
        then = Situation(request, event, now.dates, now.expectation, kept[:end])
        over = ended_by(event.event, life.standing)
        waiting = [task for task in waiting if task.kind not in over]
        waiting += [task for task in _tasks(then) if not stood_for(task, waiting)]
    # What came later may have been told of earlier days: by now more stands for a next step.
    return [task if task.yields_to is None else replace(
        task, yields_to=max(task.yields_to, look.day_after(kept))) for task in waiting]


def _numbered(request_id: str, seq: int, tasks: Iterable[Task]) -> tuple[FollowUpSpec, ...]:
    specs: dict[tuple[FollowUpKind, date], FollowUpSpec] = {}
    count: dict[FollowUpKind, int] = {}
    # On one day, what yields to nothing comes first: a right that stays a right.
    for task in sorted(tasks, key=lambda t: (
            t.due_on, list(_K).index(t.kind), t.yields_to is not None)):
        if (task.kind, task.due_on) in specs:
            continue  # two rights with one date are one task
        count[task.kind] = count.get(task.kind, 0) + 1
        nth = f".{count[task.kind]}" if count[task.kind] > 1 else ""
        specs[task.kind, task.due_on] = FollowUpSpec(
            task.kind, task.due_on, f"{request_id}:{task.kind}:{seq}{nth}", task.why,
            task.yields_to)
    return tuple(specs.values())
