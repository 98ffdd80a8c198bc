"""What calendars show of the tasks: the open ones by day, and those that ended lately.

Every query walks an index up to a limit, so that it costs what is shown and not what exists: a
state and a day are followed at a time, as `(state, show_on)` holds the tasks in their order.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import FollowUp
from optout.store.followups import OPEN, follow_up_of
from optout.store.models import FollowUpRow
from optout.store.models.requests import ENDED

_TABLE = cast("sa.Table", FollowUpRow.__table__)

MOST_ENDED = 20_000
"""So many of the tasks that ended last are told of, where all are."""


def open_tasks(
    session: Session, *, limit: int, after: tuple[date, int] | None = None,
    until: date | None = None,
) -> tuple[FollowUp, ...]:
    """Tasks to be done, by the day on which they are shown and then by number.

    Args:
        session: of a transaction.
        limit: at most so many.
        after: day and number of the task before the first one; None begins with the earliest.
        until: the last day.
    """
    where = [sa.true() if until is None else _TABLE.c.show_on <= until]
    if after is not None:
        where.append(sa.tuple_(_TABLE.c.show_on, _TABLE.c.number) > sa.tuple_(*after))
    found = (_tasks(session, sa.select(_TABLE).where(_TABLE.c.state == state, *where).order_by(
        _TABLE.c.show_on, _TABLE.c.number).limit(limit)) for state in OPEN)
    return tuple(sorted((task for tasks in found for task in tasks), key=_order)[:limit])


def ended_since(session: Session, since: datetime, *, limit: int) -> tuple[FollowUp, ...]:
    """Tasks that ended at or after an instant, by number; of too many the latest."""
    ended = sa.select(_TABLE).where(sa.text(ENDED), _TABLE.c.changed_at >= since).order_by(
        _TABLE.c.changed_at.desc(), _TABLE.c.number.desc()).limit(limit)
    return tuple(sorted(_tasks(session, ended), key=lambda task: task.number))


def last_number(session: Session) -> int:
    """The greatest number that a task has; 0 where there is none."""
    return session.scalar(sa.select(sa.func.max(_TABLE.c.number))) or 0


def of_days(
    session: Session, days: Sequence[date], *, most: int, person_id: str = "",
) -> Mapping[date, tuple[FollowUp, ...]]:
    """The first open tasks of each day, by number.

    Args:
        session: of a transaction.
        days: in any order.
        most: of each day.
        person_id: only theirs; empty for everyone's.
    """
    found: dict[date, list[FollowUp]] = {}
    for state in OPEN:
        numbers, day = _on_each(days, state, most, person_id)
        rows = sa.select(_TABLE).join(day, _TABLE.c.number.in_(numbers))
        for task in _tasks(session, rows):
            found.setdefault(task.shown_on, []).append(task)
    return {day: tuple(heapq.nsmallest(most, tasks, key=_order)) for day, tasks in found.items()}


def counts(
    session: Session, days: Sequence[date], *, most: int, person_id: str = "",
) -> Mapping[date, int]:
    """How many open tasks each day has; beyond `most` of one state it is not counted further."""
    found: Counter[date] = Counter()
    for state in OPEN:
        numbers, day = _on_each(days, state, most, person_id)
        number = sa.select(sa.func.count()).select_from(numbers.subquery()).scalar_subquery()
        for each, count in session.execute(sa.select(day.c.value, number)):
            found[date.fromisoformat(each)] += count
    return {day: count for day, count in found.items() if count}


def of_day(
    session: Session, day: date, *, limit: int, after: int = 0, person_id: str = "",
) -> tuple[FollowUp, ...]:
    """Open tasks of one day, by number.

    Args:
        session: of a transaction.
        day: on which they are shown.
        limit: at most so many.
        after: the number before the first one.
        person_id: only theirs; empty for everyone's.
    """
    found = (_tasks(session, sa.select(_TABLE).where(
        _TABLE.c.state == state, _TABLE.c.show_on == day, _TABLE.c.number > after,
        _whose(person_id)).order_by(_TABLE.c.number).limit(limit)) for state in OPEN)
    return tuple(heapq.merge(*found, key=_order))[:limit]


def _on_each(
    days: Sequence[date], state: str, most: int, person_id: str
) -> tuple[sa.Select[Any], sa.TableValuedAlias]:
    """The numbers of a day's first tasks, asked for each row of a table of days."""
    day = sa.func.json_each(json.dumps([day.isoformat() for day in days])).table_valued(
        sa.column("value", sa.String), name="day")
    task = _TABLE.alias("task")
    numbers = sa.select(task.c.number).where(
        task.c.state == state, sa.type_coerce(task.c.show_on, sa.String) == day.c.value,
        _whose(person_id, task)).order_by(task.c.number).limit(most).correlate(day)
    return numbers, day


def _whose(
    person_id: str, table: sa.FromClause = _TABLE
) -> sa.ColumnElement[bool]:
    return table.c.person_id == person_id if person_id else sa.true()


def _order(task: FollowUp) -> tuple[date, int]:
    return task.shown_on, task.number


def _tasks(session: Session, statement: sa.Select[Any]) -> Iterable[FollowUp]:
    return [follow_up_of(row) for row in session.execute(statement)]
