"""The dated tasks: what is due, what comes, and what the person does about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput, Refused
from optout.domain.request import DueItem, FollowUp
from optout.domain.words import FollowUpState
from optout.law.calendar import plain
from optout.lifecycle.putting_off import NEEDS_REQUEST, Limit, limit_of
from optout.services import watching
from optout.services.desk import Desk
from optout.services.reminders_own import remind_me
from optout.services.reopening import reopen
from optout.services.task_words import own_words
from optout.services.typed import as_stored
from optout.store import audit, history, people
from optout.store import followups as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["due", "find", "finish", "limit_within", "not_needed", "remind_me", "reopen", "seen",
           "snooze", "take_back", "wake"]

NOT_OPEN = "This task is not open any more."


def due(
    desk: Desk, *, on: date | None = None, within_days: int = 0, person_id: str | None = None,
) -> tuple[DueItem, ...]:
    """What waits for the person on a day, the most overdue first.

    Args:
        desk: the opened data.
        on: the day; default: today.
        within_days: also what falls due within so many days after it.
        person_id: of this person only; default: of everyone.

    Returns:
        Items whose `days_overdue` is negative before their day, 0 on it.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        if person_id is not None:
            people.get(session, person_id)
        last = day + timedelta(days=within_days)
        return seen(desk, rows.due(session, last, person_id=person_id), day)


def find(desk: Desk, follow_up_id: str, *, on: date | None = None) -> DueItem:
    """One task as it looks on a day (default: today), open or not.

    Raises:
        NotFound: when there is no such task.
    """
    with desk.store.reading() as session:
        return seen(desk, (rows.get(session, as_stored(follow_up_id)),), desk.day(on))[0]


def finish(desk: Desk, follow_up_id: str, *, actor: str) -> FollowUp:
    """Mark a task as done by the person.

    Raises:
        NotFound: when there is no such task.
        Refused: when it was done or cancelled before.
    """
    with desk.store.writing() as session:
        task = rows.get(session, as_stored(follow_up_id))
        now = desk.clock.now()
        if not any(rows.claim(session, task.id, state, FollowUpState.DONE, at=now)
                   for state in (FollowUpState.RAISED, FollowUpState.WAITING)):
            raise Refused(NOT_OPEN)
        watching.renew_after(desk, session, task)
        audit.write(session, actor, "finish_follow_up", task.id, now)
        return rows.get(session, task.id)


def not_needed(desk: Desk, follow_up_id: str, reason: str, *, actor: str) -> FollowUp:
    """Close a task that the person does not need, with their reason.

    Args:
        desk: the opened data.
        follow_up_id: letter case and spaces around it are forgiven.
        reason: in the person's own words; it stays with the task and is personal data.
        actor: who closes it.

    Raises:
        NotFound: when there is no such task.
        InvalidInput: without a reason, for one that is too long or holds the number of a paper.
        Refused: when it is not open any more.
    """
    words = own_words(reason, "reason", what="reason")
    with desk.store.writing() as session:
        task = rows.get(session, as_stored(follow_up_id))
        now = desk.clock.now()
        # A reminder of one's own keeps its words: without them nobody knows what was not needed.
        kept = "\n".join(filter(None, (task.reason, words)))
        if not rows.close(session, task.id, FollowUpState.NOT_NEEDED, reason=kept, at=now):
            raise Refused(NOT_OPEN)
        watching.renew_after(desk, session, task)
        audit.write(session, actor, "follow_up_not_needed", task.id, now)
        return rows.get(session, task.id)


def snooze(desk: Desk, follow_up_id: str, until: date, *, actor: str) -> FollowUp:
    """Put a task off: it is shown again from a later day on. The day of the law stays.

    Args:
        desk: the opened data.
        follow_up_id: letter case and spaces around it are forgiven.
        until: the day on which it comes back.
        actor: who puts it off.

    Raises:
        NotFound: when there is no such task.
        InvalidInput: for a day that is over, before its own day, or more than a year away.
        Refused: when it is not open any more, or cannot wait so long; says how long it can.
    """
    today = desk.clock.today()
    with desk.store.writing() as session:
        task = rows.get(session, as_stored(follow_up_id))
        if task.state not in rows.OPEN:
            raise Refused(NOT_OPEN)
        _require_day(limit_within(session, task, today), until)
        now = desk.clock.now()
        rows.put_off(session, task.id, until, at=now)
        audit.write(session, actor, "snooze_follow_up", task.id, now)
        return rows.get(session, task.id)


def wake(desk: Desk, follow_up_id: str, *, actor: str) -> FollowUp:
    """Show a task from its own day again, though it was put off: that was a mistake.

    Raises:
        NotFound: when there is no such task.
        Refused: when it is not open any more, or was not put off.
    """
    today = desk.clock.today()
    with desk.store.writing() as session:
        task = rows.get(session, as_stored(follow_up_id))
        if task.state not in rows.OPEN:
            raise Refused(NOT_OPEN)
        if task.shown_on == task.due_on:
            raise Refused("This task was not put off.")
        state = FollowUpState.RAISED if task.due_on <= today else FollowUpState.WAITING
        now = desk.clock.now()
        rows.move(session, task.id, task.due_on, task.why, state, at=now)
        audit.write(session, actor, "wake_follow_up", task.id, now)
        return rows.get(session, task.id)


def take_back(desk: Desk, follow_up_id: str, *, actor: str) -> FollowUp:
    """Undo what the person did last about a task: putting it off, or closing it.

    Raises:
        NotFound: when there is no such task.
        Refused: when nothing was done about it, or what called for it is gone.
    """
    is_open = find(desk, follow_up_id).follow_up.state in rows.OPEN
    return (wake if is_open else reopen)(desk, follow_up_id, actor=actor)


def limit_within(session: Session, task: FollowUp, today: date) -> Limit:
    """The days to which a task may be put off, read within the caller's transaction."""
    if task.kind not in NEEDS_REQUEST or not task.request_id:
        return limit_of(task, today)
    return limit_of(task, today, history.dates(session, task.request_id),
                    history.events(session, task.request_id))


def _require_day(limit: Limit, until: date) -> None:
    if limit.because and not limit.open:
        raise Refused(f"This cannot be put off, because {limit.because}.",
                      remedy="Do it today, or say that it is not needed, and why.")
    if limit.because and until > limit.last:
        raise Refused(f"This can be put off to {plain(limit.last)} at the latest, because "
                      f"{limit.because}.", remedy="Choose that day or an earlier one.")
    if until < limit.first:
        raise InvalidInput(f"The first day to which it can be put off is {plain(limit.first)}.",
                           field="until", remedy="Choose that day or a later one.")
    if until > limit.last:
        raise InvalidInput("A task can be put off for a year at most.", field="until",
                           remedy="Choose an earlier day, or say that it is not needed.")


def seen(desk: Desk, tasks: tuple[FollowUp, ...], day: date) -> tuple[DueItem, ...]:
    """The tasks as they look on a day, with their brokers by name."""
    brokers = desk.registry.brokers
    items = []
    for task in tasks:
        broker = brokers.get(task.broker_id)
        items.append(DueItem(task, task.broker_id, broker.name if broker else task.broker_id,
                             (day - task.due_on).days))
    return tuple(items)
