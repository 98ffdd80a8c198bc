"""The dated tasks: what is due, what comes, what a sweep raised, and the calendar file."""

from __future__ import annotations

import logging
import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.actor import SCHEDULER
from optout.domain.errors import InvalidFile, Refused
from optout.domain.request import DueItem, FollowUp
from optout.domain.words import FollowUpState
from optout.services import recounting
from optout.services.desk import Desk
from optout.store import audit, lease
from optout.store import followups as rows

LEASE = "sweep"
LEASE_MINUTES = 5
"""A sweep of thousands takes seconds; a holder that died keeps others waiting no longer."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one sweep did.

    Args:
        day: up to which it looked.
        raised: ids of the follow-ups that it raised; each is raised once in its life.
        failed: ids of those that could not be raised now; the next sweep tries again.
        elsewhere: another process is sweeping at this moment, so this one left it alone.
    """

    day: date
    raised: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    elsewhere: bool = False


def due(desk: Desk, *, on: date | None = None, within_days: int = 0) -> tuple[DueItem, ...]:
    """What waits for the person on a day, the most overdue first.

    Args:
        desk: the opened data.
        on: the day; default: today.
        within_days: also what falls due within so many days after it.

    Returns:
        Items whose `days_overdue` is negative before their day, 0 on it.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        return _seen(desk, rows.due(session, day + timedelta(days=within_days)), day)


def upcoming(desk: Desk, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Every open follow-up that falls due after a day (default: today), soonest first."""
    day = desk.day(on)
    with desk.store.reading() as session:
        return _seen(desk, rows.upcoming(session, day), day)


def sweep(desk: Desk, *, actor: str = SCHEDULER) -> SweepResult:
    """Raise every follow-up whose day has come, however long ago, each exactly once.

    Before that, days that rest on holidays or laws which changed are counted anew.

    One process sweeps at a time; without that it would still be right, as each row is claimed
    by a conditional update. A row that fails is reported and left for the next sweep.
    """
    day = desk.clock.today()
    holder = f"{os.getpid()}-{secrets.token_hex(4)}"
    if not _take_lease(desk, holder):
        return SweepResult(day, elsewhere=True)
    raised, failed = [], []
    try:
        _recount(desk, actor)
        with desk.store.reading() as session:
            waiting = [task.id for task in rows.waiting(session, day)]
        for task_id in waiting:
            try:
                if _raise(desk, task_id, actor):
                    raised.append(task_id)
            except Exception:  # noqa: BLE001 - one bad row must not keep the others from being seen
                _log.exception("follow-up %s could not be raised", task_id)
                failed.append(task_id)
    finally:
        with desk.store.writing() as session:
            lease.give_back(session, LEASE, holder)
    return SweepResult(day, tuple(raised), tuple(failed))


def finish(desk: Desk, follow_up_id: str, *, actor: str) -> FollowUp:
    """Mark a task as done by the person.

    Raises:
        NotFound: when there is no such task.
        Refused: when it was done or cancelled before.
    """
    with desk.store.writing() as session:
        task = rows.get(session, follow_up_id)
        now = desk.clock.now()
        if not any(rows.claim(session, task.id, state, FollowUpState.DONE, at=now)
                   for state in (FollowUpState.RAISED, FollowUpState.WAITING)):
            raise Refused("This task is not open any more.")
        audit.write(session, actor, "finish_follow_up", task.id, now)
        return rows.get(session, task.id)


def calendar_file(desk: Desk) -> bytes:
    """Every open follow-up as an iCalendar file that names no person and no broker.

    The file is the same for the same follow-ups and the same day.
    """
    from optout.documents.ics import CalendarItem, calendar_bytes

    with desk.store.reading() as session:
        tasks = rows.upcoming(session)
    items = [CalendarItem(uid=f"{task.id.lower()}@optout.invalid", due_on=task.due_on,
                          summary=f"privacy follow-up {task.id}", sequence=0)
             for task in tasks]
    return calendar_bytes(items, desk.clock.now())


def _take_lease(desk: Desk, holder: str) -> bool:
    now = desk.clock.now()
    with desk.store.writing() as session:
        return lease.take(session, LEASE, holder, now + timedelta(minutes=LEASE_MINUTES), now=now)


def _recount(desk: Desk, actor: str) -> None:
    """Count anew; what cannot be read now is said wherever a date is asked for."""
    try:
        recounting.recount(desk, actor=actor)
    except InvalidFile:  # its message may hold the person's own words
        _log.warning("a file cannot be read, so that open requests were not counted anew; "
                     "optout doctor says why")
    except Exception:  # noqa: BLE001 - what is due has to be seen all the same
        _log.exception("open requests could not be counted anew")


def _raise(desk: Desk, task_id: str, actor: str) -> bool:
    with desk.store.writing() as session:
        now = desk.clock.now()
        claimed = rows.claim(session, task_id, FollowUpState.WAITING, FollowUpState.RAISED, at=now)
        if claimed:
            audit.write(session, actor, "raise_follow_up", task_id, now)
        return claimed


def _seen(desk: Desk, tasks: tuple[FollowUp, ...], day: date) -> tuple[DueItem, ...]:
    """The tasks as they look on a day, with their brokers by name."""
    brokers = desk.registry.brokers
    items = []
    for task in tasks:
        broker = brokers.get(task.broker_id)
        items.append(DueItem(task, task.broker_id, broker.name if broker else task.broker_id,
                             (day - task.due_on).days))
    return tuple(items)
