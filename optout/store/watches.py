"""What decides whether a place needs a look that no request calls for; one person's rows only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import FollowUp, Request
from optout.domain.words import FollowUpKind, Standing
from optout.store import followups, requests
from optout.store.models import ExposureRow, FollowUpRow, LookRow, RequestRow

_REQUESTS = cast("sa.Table", RequestRow.__table__)
_TASKS = cast("sa.Table", FollowUpRow.__table__)
_NEWEST = 20

LOOKING = (FollowUpKind.RECHECK, FollowUpKind.CONFIRM_REMOVAL)
"""Tasks that a look does."""


def tasks_at(session: Session, person_id: str, broker_id: str) -> tuple[FollowUp, ...]:
    """The newest tasks of looking at a place that belong to no request, oldest first."""
    prefix = key_of(person_id, broker_id, "")
    rows = session.execute(
        sa.select(_TASKS).where(_TASKS.c.key >= prefix, _TASKS.c.key < f"{prefix}~")
        .order_by(_TASKS.c.number.desc()).limit(_NEWEST))
    return tuple(followups.follow_up_of(row) for row in reversed(rows.all()))


def looking(session: Session, person_id: str) -> tuple[FollowUp, ...]:
    """A person's open tasks that a look does, soonest first; of requests and of none."""
    rows = session.execute(
        sa.select(_TASKS).where(
            _TASKS.c.person_id == person_id, _TASKS.c.state.in_(followups.OPEN),
            _TASKS.c.kind.in_(LOOKING))
        .order_by(_TASKS.c.show_on, _TASKS.c.number))
    return tuple(followups.follow_up_of(row) for row in rows)


def waiting_people(
    session: Session, day: date, most: int, *, shown: Collection[str],
) -> tuple[tuple[str, int], ...]:
    """Who has looks to make by a day, with how many; those who have most first.

    Only tasks that are shown by that day are read.

    Args:
        session: the caller's.
        day: tasks shown later do not count.
        most: how many people at most.
        shown: the brokers where anybody can look; others count where the person looked before.
    """
    looked = (
        sa.exists().where(row.person_id == _TASKS.c.person_id,
                          row.broker_id == _TASKS.c.broker_id)
        for row in (LookRow, ExposureRow))
    count = sa.func.count(sa.distinct(_TASKS.c.broker_id))
    rows = session.execute(
        sa.select(_TASKS.c.person_id, count).where(
            _TASKS.c.state.in_(followups.OPEN), _TASKS.c.show_on <= day,
            _TASKS.c.kind.in_(LOOKING), sa.or_(_TASKS.c.broker_id.in_(sorted(shown)), *looked))
        .group_by(_TASKS.c.person_id).order_by(count.desc(), _TASKS.c.person_id).limit(most))
    return tuple((row[0], row[1]) for row in rows)


def key_of(person_id: str, broker_id: str, cause: str) -> str:
    """The key of the task of looking that something calls for."""
    return f"watch:{person_id}:{broker_id}:{cause}"


def asked_on(session: Session, person_id: str, broker_id: str) -> date | None:
    """The day on which a broker, or one that answers for it, was first sent a request of a person.

    Whatever became of that request. None where none was sent.
    """
    found: date | None = session.scalar(sa.select(sa.func.min(_REQUESTS.c.sent_on)).where(
        _REQUESTS.c.person_id == person_id, _asks(broker_id)))
    return found


def requests_at(session: Session, person_id: str, broker_id: str) -> tuple[Request, ...]:
    """A person's requests that a broker, or one that answers for it, has been sent and that go on.

    Not those that were taken back, that another one succeeded, or that were merged into one.
    The one that was sent last stands last.
    """
    found = session.scalars(sa.select(_REQUESTS.c.id).where(
        _REQUESTS.c.person_id == person_id, _REQUESTS.c.standing != Standing.WITHDRAWN,
        _REQUESTS.c.sent_on.is_not(None),
        _REQUESTS.c.successor_id.is_(None), _REQUESTS.c.merged_into_id.is_(None),
        _asks(broker_id)
    ).order_by(_REQUESTS.c.sent_on, _REQUESTS.c.created_on, _REQUESTS.c.id))
    return tuple(requests.get(session, request_id) for request_id in found)


def _asks(broker_id: str) -> sa.ColumnElement[bool]:
    return sa.or_(_REQUESTS.c.broker_id == broker_id,
                  sa.type_coerce(_REQUESTS.c.covers, sa.Text).contains(
                      f'"{broker_id}"', autoescape=True))


def places_of(session: Session, person_id: str) -> frozenset[str]:
    """The brokers at which the person was looked for, or has a listing."""
    seen = (sa.select(row.broker_id).where(row.person_id == person_id)
            for row in (LookRow, ExposureRow))
    return frozenset(session.scalars(sa.union(*seen)))


def everywhere(
    session: Session, *, after: tuple[str, str], limit: int,
) -> tuple[tuple[str, str], ...]:
    """The next places where anybody was looked for or has a listing: person and broker.

    Args:
        session: the caller's.
        after: the place before the first one; empty texts at the start.
        limit: at most so many. No more than these are read of an index.
    """
    # Each table by its own index up to the limit: joined first, all places would be sorted.
    parts = [
        sa.select(row.person_id, row.broker_id)
        .where(sa.tuple_(row.person_id, row.broker_id) > sa.tuple_(*after))
        .distinct().order_by(row.person_id, row.broker_id).limit(limit).subquery()
        for row in (LookRow, ExposureRow)]
    either = sa.union(*(sa.select(part) for part in parts)).subquery()
    found = session.execute(
        sa.select(either).order_by(either.c.person_id, either.c.broker_id).limit(limit))
    return tuple((row[0], row[1]) for row in found)
