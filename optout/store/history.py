"""What happened to requests, and the statutory dates that this started."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.footing import ComputedDate
from optout.domain.outcome_words import LookResult
from optout.domain.request import RequestEvent, StatutoryDate
from optout.domain.words import Event
from optout.store.models import EventRow, RequestRow, StatutoryDateRow
from optout.store.rows import grouped, of_person

_EVENTS = cast("sa.Table", EventRow.__table__)
_DATES = cast("sa.Table", StatutoryDateRow.__table__)


def add_event(session: Session, request_id: str, event: RequestEvent) -> None:
    """Write down what happened; earlier events are never changed."""
    add_events(session, [(request_id, event)])


def add_events(session: Session, happened: Iterable[tuple[str, RequestEvent]]) -> None:
    """Write down events of many requests, each with its request's id."""
    rows = [
        {"request_id": request_id, "seq": event.seq, "event": event.event,
         "happened_on": event.on, "recorded_at": event.recorded_at, "actor_id": event.actor,
         "standing_after": event.standing_after, "detail": event.detail,
         "received_on": event.received_on, "until": event.until, "reason": event.reason,
         "look_id": event.look_id or None}
        for request_id, event in happened]
    if rows:
        session.execute(sa.insert(_EVENTS), rows)


def events(session: Session, request_id: str) -> tuple[RequestEvent, ...]:
    """A request's history, first event first."""
    rows = session.execute(
        sa.select(_EVENTS).where(_EVENTS.c.request_id == request_id).order_by(_EVENTS.c.seq))
    return tuple(_event(row) for row in rows)


def events_by_request(
    session: Session, person_id: str,
) -> Mapping[str, tuple[RequestEvent, ...]]:
    """The histories of a person's requests; one query."""
    rows = session.execute(of_person(_EVENTS, person_id).order_by(
        _EVENTS.c.request_id, _EVENTS.c.seq))
    return grouped((row.request_id, _event(row)) for row in rows)


def events_of(
    session: Session, request_ids: Collection[str],
) -> Mapping[str, tuple[RequestEvent, ...]]:
    """The histories of these requests; few, as they are named in one statement."""
    rows = session.execute(sa.select(_EVENTS).where(
        _EVENTS.c.request_id.in_(list(request_ids))).order_by(
            _EVENTS.c.request_id, _EVENTS.c.seq))
    return grouped((row.request_id, _event(row)) for row in rows)


def events_where_looked(
    session: Session, person_id: str, results: Collection[LookResult],
) -> Mapping[str, tuple[RequestEvent, ...]]:
    """The histories of a person's requests whose newest look had such a result; one query."""
    # “+” keeps SQLite off the index of looks: everybody's requests with such a one are many.
    last = sa.literal_column("+request.last_look", RequestRow.last_look.type)
    rows = session.execute(of_person(_EVENTS, person_id).where(
        last.in_(list(results))).order_by(_EVENTS.c.request_id, _EVENTS.c.seq))
    return grouped((row.request_id, _event(row)) for row in rows)


def newest_of(
    session: Session, person_id: str, events: Collection[Event],
) -> Mapping[str, tuple[date, str]]:
    """By request of a person: day and actor of the newest entry of these events; one query.

    Entries that were taken back since are entries. Nothing else of a history is read.
    """
    rows: Any = session.execute(
        # SQLite gives the other columns of the row that has the greatest number.
        sa.select(_EVENTS.c.request_id, _EVENTS.c.happened_on, _EVENTS.c.actor_id,
                  sa.func.max(_EVENTS.c.seq))
        .join(RequestRow, RequestRow.id == _EVENTS.c.request_id)
        .where(RequestRow.person_id == person_id, _EVENTS.c.event.in_(list(events)))
        .group_by(_EVENTS.c.request_id))
    return {row.request_id: (row.happened_on, row.actor_id) for row in rows}


def save_dates(session: Session, request_id: str, found: Sequence[StatutoryDate]) -> None:
    """Put these statutory dates in the place of the stored ones."""
    session.execute(sa.delete(_DATES).where(_DATES.c.request_id == request_id))
    rows = [
        {"request_id": request_id, "position": place, "law": entry.law, "right": entry.right,
         "started_by_seq": entry.started_by_seq,
         "acknowledge_by": _day(entry.deadlines.acknowledge_by),
         "respond_by": _day(entry.deadlines.respond_by),
         "extended_respond_by": _day(entry.deadlines.extended_respond_by),
         "deadlines": entry.deadlines}
        for place, entry in enumerate(found)]
    if rows:
        session.execute(sa.insert(_DATES), rows)


def dates(session: Session, request_id: str) -> tuple[StatutoryDate, ...]:
    """The statutory dates of a request, in the order of its footings."""
    rows = session.execute(
        sa.select(_DATES).where(_DATES.c.request_id == request_id).order_by(_DATES.c.position))
    return tuple(_statutory(row) for row in rows)


def dates_by_request(
    session: Session, person_id: str,
) -> Mapping[str, tuple[StatutoryDate, ...]]:
    """The statutory dates of a person's requests; one query."""
    rows = session.execute(of_person(_DATES, person_id).order_by(
        _DATES.c.request_id, _DATES.c.position))
    return grouped((row.request_id, _statutory(row)) for row in rows)


def dates_of(
    session: Session, request_ids: Collection[str],
) -> Mapping[str, tuple[StatutoryDate, ...]]:
    """The statutory dates of these requests; few, as they are named in one statement."""
    rows = session.execute(sa.select(_DATES).where(
        _DATES.c.request_id.in_(list(request_ids))).order_by(
            _DATES.c.request_id, _DATES.c.position))
    return grouped((row.request_id, _statutory(row)) for row in rows)


def _day(computed: ComputedDate | None) -> date | None:
    return computed.day if computed else None


def _event(row: Any) -> RequestEvent:
    return RequestEvent(
        seq=row.seq, event=row.event, on=row.happened_on, recorded_at=row.recorded_at,
        actor=row.actor_id, standing_after=row.standing_after, detail=row.detail,
        received_on=row.received_on, until=row.until, reason=row.reason,
        look_id=row.look_id or "")


def _statutory(row: Any) -> StatutoryDate:
    return StatutoryDate(row.law, row.right, row.started_by_seq, row.deadlines)
