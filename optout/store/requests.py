"""Requests: added one by one or by the thousand, changed, and found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.request import Request
from optout.domain.words import Channel, Standing
from optout.store.history import (
    add_event,
    add_events,
    dates,
    dates_by_request,
    events,
    events_by_request,
    save_dates,
)
from optout.store.ids import fresh_id
from optout.store.models import RequestRow, StatutoryDateRow
from optout.store.rows import changed

__all__ = [
    "add_event", "add_events", "add_many", "after", "at_broker", "brokers_of", "dates",
    "dates_by_request", "events", "events_by_request", "every", "free_id",
    "get", "merged_into", "save_dates", "some", "standing_of", "update",
    "with_running_clock",
]

ENDED = (Standing.CLOSED, Standing.WITHDRAWN)
"""Standings from which nothing more is expected."""

_TABLE = cast("sa.Table", RequestRow.__table__)
_DATES = cast("sa.Table", StatutoryDateRow.__table__)
_CHUNK = 5_000
_KEPT_BY_TRIGGERS = frozenset({"next_on", "number"})
"""Columns that this module never writes."""


def add_many(session: Session, requests: Iterable[Request]) -> int:
    """Store new requests, fast: the driver gets plain tuples and one statement.

    Returns:
        How many were stored.
    """
    connection = session.connection()
    statement, conversions = _bulk_insert()
    count, waiting = 0, iter(requests)
    while chunk := [_tuple(request, conversions) for request in islice(waiting, _CHUNK)]:
        connection.exec_driver_sql(statement, chunk)
        count += len(chunk)
    return count


def update(session: Session, request: Request) -> None:
    """Write a request's present state over the stored one.

    Raises:
        NotFound: when there is none of that id.
    """
    statement = sa.update(_TABLE).where(_TABLE.c.id == request.id).values(_values(request))
    if changed(session, statement) != 1:
        raise _unknown(request.id)


def get(session: Session, request_id: str) -> Request:
    """One request.

    Raises:
        NotFound: when there is none of that id.
    """
    found = _select(session, _TABLE.c.id == request_id)
    if not found:
        raise _unknown(request_id)
    return found[0]


def any_there(session: Session) -> bool:
    """Whether there is any request."""
    return session.scalar(sa.select(_TABLE.c.id).limit(1)) is not None


def every(session: Session, person_id: str) -> tuple[Request, ...]:
    """A person's requests, in the order of their making; one query."""
    return _select(session, _TABLE.c.person_id == person_id)


def standing_of(
    session: Session, person_id: str,
) -> tuple[tuple[str, tuple[str, ...], Standing], ...]:
    """Broker, brokers that it covers, and standing of a person's requests, as `every` orders them.

    Nothing else of them is read.
    """
    rows: Any = session.execute(
        sa.select(_TABLE.c.broker_id, _TABLE.c.covers, _TABLE.c.standing)
        .where(_TABLE.c.person_id == person_id).order_by(_TABLE.c.created_on, sa.text("rowid")))
    return tuple((row.broker_id, tuple(row.covers), row.standing) for row in rows)


def after(session: Session, request_id: str, limit: int) -> tuple[Request, ...]:
    """The next requests in the order of their ids: a walk over all of them, a page at a time.

    Args:
        session: the caller's.
        request_id: the last one of the page before; empty at the start.
        limit: at most so many.
    """
    rows = session.execute(sa.select(_TABLE).where(_TABLE.c.id > request_id).order_by(
        _TABLE.c.id).limit(limit))
    return tuple(_request(row) for row in rows)


def some(session: Session, request_ids: Collection[str]) -> tuple[Request, ...]:
    """Those of these requests that there are; few, as they are named in one statement."""
    return _select(session, _TABLE.c.id.in_(list(request_ids))) if request_ids else ()


def with_running_clock(
    session: Session, regions: Collection[str] | None = None, *, post_counts_by: str = "",
    after: str = "", most: int, among: int,
) -> tuple[tuple[Request, ...], str | None]:
    """The next open, unanswered requests with statutory dates, in the order of their ids.

    Args:
        session: the caller's.
        regions: only those that looked at the closed days of these; a country stands for its
            parts as well. None for every such request.
        post_counts_by: the region by whose closed days the arrival of a letter is estimated.
        after: the id before the first one.
        most: how many at most.
        among: so many stored requests are looked through for them at most.

    Returns:
        The requests, and the id after which to go on; None where there are no others.
    """
    end = session.scalar(sa.select(_TABLE.c.id).where(_TABLE.c.id > after)
                         .order_by(_TABLE.c.id).limit(1).offset(among - 1))
    dated = sa.exists().where(_DATES.c.request_id == _TABLE.c.id)
    asked = [_TABLE.c.id > after, _TABLE.c.standing.not_in(ENDED), _TABLE.c.claim.is_(None), dated]
    if end is not None:
        asked.append(_TABLE.c.id <= end)
    if regions is not None:
        looked_at = [sa.type_coerce(_DATES.c.deadlines, sa.Text).contains(mark, autoescape=True)
                     for region in regions for mark in (f'"{region}"', f'"{region}-')]
        posted = _TABLE.c.channel == Channel.POSTAL_MAIL if post_counts_by in regions else (
            sa.false())
        asked.append(sa.or_(posted, dated.where(sa.or_(sa.false(), *looked_at))))
    rows = session.execute(sa.select(_TABLE).where(*asked).order_by(_TABLE.c.id).limit(most)).all()
    found = tuple(_request(row) for row in rows)
    return found, found[-1].id if len(found) == most else end


def brokers_of(session: Session, request_ids: Collection[str]) -> Mapping[str, str]:
    """By request: the broker that it asks. Only these requests are read, however many exist."""
    found: dict[str, str] = {}
    waiting = iter(dict.fromkeys(request_ids))
    while chunk := list(islice(waiting, _CHUNK)):
        rows = session.execute(
            sa.select(_TABLE.c.id, _TABLE.c.broker_id).where(_TABLE.c.id.in_(chunk)))
        found |= {row.id: row.broker_id for row in rows}
    return found


def free_id(session: Session, *, besides: Collection[str] = ()) -> str:
    """A reference that no request has, nor any of those that are about to be stored."""
    return fresh_id(session, RequestRow.id, "OPT", besides=besides)


def at_broker(session: Session, person_id: str, broker_id: str) -> tuple[Request, ...]:
    """A person's requests to one broker, in the order of their making."""
    # “+” keeps SQLite off the index of brokers: everybody's requests to a large one are many.
    there = sa.literal_column("+request.broker_id", _TABLE.c.broker_id.type)
    return _select(session, _TABLE.c.person_id == person_id, there == broker_id)


def merged_into(session: Session, request_id: str) -> tuple[Request, ...]:
    """The duplicates that were merged into a request."""
    return _select(session, _TABLE.c.merged_into_id == request_id)


def _unknown(request_id: str) -> NotFound:
    return NotFound(f"There is no request {request_id}.",
                    remedy="“optout request list” shows what is there.")


def _select(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[Request, ...]:
    rows = session.execute(
        sa.select(_TABLE).where(*conditions).order_by(_TABLE.c.created_on, sa.text("rowid")))
    return tuple(_request(row) for row in rows)


def _values(request: Request) -> dict[str, Any]:
    best = request.footing
    return {
        "id": request.id, "person_id": request.person_id, "matter_id": request.matter_id,
        "broker_id": request.broker_id, "law": best.law, "right": best.right,
        "footings": request.footings, "channel": request.channel,
        "acting_as": request.acting_as, "standing": request.standing,
        "created_on": request.created_on, "facts": request.facts, "covers": request.covers,
        "claim": request.claim, "claim_words": request.claim_words,
        "last_look": request.last_look, "last_look_on": request.last_look_on,
        "sent_on": request.sent_on, "received_on": request.received_on,
        "predecessor_id": request.predecessor_id or None,
        "successor_id": request.successor_id or None,
        "procedure_index": request.procedure_index, "late_from": request.late_from,
        "moved_on": request.moved_on, "merged_into_id": request.merged_into or None,
    }


def _request(row: Any) -> Request:
    return Request(
        id=row.id, person_id=row.person_id, matter_id=row.matter_id, broker_id=row.broker_id,
        footings=row.footings, channel=row.channel, acting_as=row.acting_as,
        standing=row.standing, created_on=row.created_on, facts=row.facts, covers=row.covers,
        claim=row.claim, claim_words=row.claim_words, last_look=row.last_look,
        last_look_on=row.last_look_on, sent_on=row.sent_on, received_on=row.received_on,
        predecessor_id=row.predecessor_id or "", successor_id=row.successor_id or "",
        procedure_index=row.procedure_index, late_from=row.late_from, moved_on=row.moved_on,
        merged_into=row.merged_into_id or "",
    )


def _tuple(request: Request, conversions: Sequence[tuple[int, Any]]) -> tuple[Any, ...]:
    values = list(_values(request).values())
    for place, convert in conversions:
        if values[place] is not None:
            values[place] = convert(values[place])
    return tuple(values)


@cache
def _bulk_insert() -> tuple[str, tuple[tuple[int, Any], ...]]:
    """The statement, and what has to be converted at which place; both made once.

    The conversions are those of the columns' types. Words need none: they are text already.
    """
    dialect = sqlite.dialect()
    columns = [column for column in _TABLE.columns if column.name not in _KEPT_BY_TRIGGERS]
    names = [column.name for column in columns]
    compiled = sa.insert(_TABLE).compile(dialect=dialect, column_keys=names)
    if list(compiled.positiontup or ()) != names:
        raise AssertionError("The statement and the values name their columns differently.")
    conversions = (
        (place, column.type.dialect_impl(dialect).bind_processor(dialect))
        for place, column in enumerate(columns) if not isinstance(column.type, sa.Enum))
    return str(compiled), tuple(pair for pair in conversions if pair[1] is not None)
