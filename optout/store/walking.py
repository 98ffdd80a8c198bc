"""Requests with all that hangs on them, a page at a time: every one, or those that moved last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import FollowUp, Request, RequestEvent, StatutoryDate
from optout.domain.words import Standing
from optout.store import followups, history, requests
from optout.store.models import RequestRow, StandingCountRow

PAGE = 400
"""Requests read at once: few enough for the memory, and for the variables of one statement."""

_REQUESTS = cast("sa.Table", RequestRow.__table__)
_COUNTS = cast("sa.Table", StandingCountRow.__table__)


@dataclass(frozen=True, slots=True)
class Walked:
    """One request with everything that hangs on it.

    Args:
        tied: its predecessor, its successor and the one that it is merged into, by their ids;
            of those that are stored.
        next_on: the first day on which a task of it is shown, as it is kept.
        number: its place in the order of their making, as it is kept.
    """

    request: Request
    events: tuple[RequestEvent, ...]
    dates: tuple[StatutoryDate, ...]
    follow_ups: tuple[FollowUp, ...]
    tied: Mapping[str, Request]
    next_on: date | None
    number: int


def walk(session: Session) -> Iterator[Walked]:
    """Every request, in the order of ids; the memory does not grow with their number."""
    last = ""
    while page := requests.after(session, last, PAGE):
        yield from _walked(session, page)
        last = page[-1].id


def walk_newest(session: Session, most: int) -> Iterator[Walked]:
    """The requests to which something happened last, read at once.

    Args:
        session: the caller's.
        most: at most so many, and no more than `PAGE`.
    """
    ids = session.scalars(sa.select(_REQUESTS.c.id).order_by(
        _REQUESTS.c.moved_on.desc()).limit(min(most, PAGE))).all()
    yield from _walked(session, requests.some(session, ids))


def _walked(session: Session, page: Collection[Request]) -> Iterator[Walked]:
    ids = [request.id for request in page]
    events = history.events_of(session, ids)
    dates = history.dates_of(session, ids)
    tied = {request.id: request for request in requests.some(session, _ties(page))}
    kept = {row.id: row for row in session.execute(
        sa.select(_REQUESTS.c.id, _REQUESTS.c.next_on, _REQUESTS.c.number)
        .where(_REQUESTS.c.id.in_(ids)))}
    for request in page:
        beside = kept[request.id]
        yield Walked(request, events.get(request.id, ()), dates.get(request.id, ()),
                     followups.of_request(session, request.id), tied, beside.next_on,
                     beside.number)


def _ties(page: Collection[Request]) -> set[str]:
    return {other for request in page for other in (
        request.predecessor_id, request.successor_id, request.merged_into) if other}


def kept_counts(session: Session) -> Mapping[Standing, int]:
    """How many requests have each standing, as it is kept."""
    rows: Any = session.execute(sa.select(_COUNTS.c.standing, _COUNTS.c.requests))
    return {row.standing: row.requests for row in rows}


def true_counts(session: Session) -> Mapping[Standing, int]:
    """The same, counted; this reads every request."""
    rows: Any = session.execute(
        sa.select(_REQUESTS.c.standing, sa.func.count()).group_by(_REQUESTS.c.standing))
    return {row[0]: row[1] for row in rows}
