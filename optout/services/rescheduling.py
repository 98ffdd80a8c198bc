"""Open tasks of the clock follow their dates: moved, never doubled, never lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from optout.domain.reference import new_id
from optout.domain.request import FollowUp, StatutoryDate
from optout.domain.words import FollowUpKind, FollowUpState
from optout.law.calendar import plain
from optout.lifecycle.followups import FollowUpSpec, stood_for
from optout.store import followups

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLOCK_KINDS = frozenset({
    FollowUpKind.ACKNOWLEDGE_DUE, FollowUpKind.RESPOND_DUE, FollowUpKind.EXTENSION_DUE,
    FollowUpKind.ESCALATE, FollowUpKind.PLATFORM_REPORT_DUE})
"""Kinds whose days come from the law's clock."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to follow which dates.

    Args:
        before: the tasks that the old dates call for, if none had been done.
        after: those that the new dates call for.
        today: tells whether a task that was shown already has to wait again.
        at: the instant of the change, UTC.
        earlier_because: what to say of a task whose day becomes an earlier one; empty: nothing.
        revives: a task that is not open any more comes back, if the new dates call for it.
    """

    before: Sequence[FollowUpSpec]
    after: Sequence[FollowUpSpec]
    today: date
    at: datetime
    earlier_because: str = ""
    revives: bool = False


def reschedule(session: Session, request_id: str, change: Change) -> None:
    """Put a request's open tasks of the clock on their new days.

    A task keeps its identity and its key. One that was done stays done. Where two tasks fall
    together the later row is cancelled; where one falls apart the second is added.
    """
    tasks = followups.of_request(session, request_id)
    for kind in FollowUpKind:
        if kind in CLOCK_KINDS:
            waiting = [task for task in tasks
                       if task.kind is kind and task.state in followups.OPEN]
            _kind(session, waiting, list(_wanted(kind, waiting, change)), change)


def rested(dates: Sequence[StatutoryDate]) -> bool:
    """Whether a clock among these rests, so that nobody can be late by it."""
    ends = (row.deadlines.respond_by for row in dates)
    return any(end is not None and end.provisional for end in ends)


def add(
    session: Session, request_id: str, specs: Sequence[FollowUpSpec], *, at: datetime
) -> None:
    """Store what an event calls for; a task whose key is there already is left alone.

    What is open already is not asked for again: two listings that are seen at one recipient, on
    one day or on several, are one reason to insist.
    """
    waiting = [task for task in followups.of_request(session, request_id)
               if task.state in followups.OPEN]
    there = {(task.kind, task.due_on) for task in waiting}
    for spec in specs:
        if (spec.kind, spec.due_on) not in there and not stood_for(spec, waiting):
            followups.add(session, _row(request_id, spec, spec.key, spec.why), at=at)


def _wanted(
    kind: FollowUpKind, waiting: Sequence[FollowUp], change: Change
) -> Iterator[FollowUpSpec]:
    """The tasks of a kind that are to be open: those called for, without those done before."""
    after = [spec for spec in change.after if spec.kind is kind]
    called_for = sum(1 for spec in change.before if spec.kind is kind)
    # Called for before, they were all done. A kind that is new is added: a notice that turns out
    # to be in time makes an answer due into an extension due.
    if not waiting and not change.revives and (called_for or not change.before):
        return
    done = 0 if change.revives else max(0, called_for - len(waiting))
    yield from after[min(done, max(len(after) - 1, 0)):]


def _kind(
    session: Session, waiting: Sequence[FollowUp], wanted: Sequence[FollowUpSpec], change: Change
) -> None:
    for task, spec in zip(waiting, wanted, strict=False):
        _move(session, task, spec, change)
    for task in waiting[len(wanted):]:
        followups.claim(session, task.id, task.state, FollowUpState.CANCELLED, at=change.at)
    for spec in wanted[len(waiting):]:
        _add_anew(session, spec, change.at)


def _move(session: Session, task: FollowUp, spec: FollowUpSpec, change: Change) -> None:
    if task.due_on == spec.due_on and task.why.startswith(spec.why):
        return
    why = spec.why
    if change.earlier_because and spec.due_on < task.due_on:
        why = f"{why} This day was {plain(task.due_on)} before; {change.earlier_because}."
    shown = task.state is FollowUpState.RAISED and spec.due_on <= change.today
    state = FollowUpState.RAISED if shown else FollowUpState.WAITING
    followups.move(session, task.id, spec.due_on, why, state, at=change.at)


def _add_anew(session: Session, spec: FollowUpSpec, at: datetime) -> None:
    """Add a task that nothing stands for any more, whatever had its key before."""
    request_id = spec.key.partition(":")[0]
    key, number = f"{spec.key}@{spec.due_on.isoformat()}", 1
    while not followups.add(session, _row(request_id, spec, key, spec.why), at=at):
        number += 1
        key = f"{spec.key}@{spec.due_on.isoformat()}.{number}"


def _row(request_id: str, spec: FollowUpSpec, key: str, why: str) -> FollowUp:
    return FollowUp(id=new_id("F", 10), request_id=request_id, kind=spec.kind, due_on=spec.due_on,
                    state=FollowUpState.WAITING, key=key, why=why)
