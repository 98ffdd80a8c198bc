"""A request with everything that belongs to it, read within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.request import Request, RequestEvent, RequestFile
from optout.domain.words import Event
from optout.lifecycle.life import possible
from optout.lifecycle.overdue import overdue_days
from optout.lifecycle.table import LOOKS
from optout.store import followups, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def file_of(session: Session, request: Request, day: date) -> RequestFile:
    """The request's file as seen on a day, up to which lateness is counted."""
    events = tuple(requests.events(session, request.id))
    dates = tuple(requests.dates(session, request.id))
    return RequestFile(
        request=request, events=events, dates=dates,
        follow_ups=tuple(followups.of_request(session, request.id)),
        allowed=_allowed(request, events),
        overdue_days=overdue_days(request, dates, day, events))


def files_of(session: Session, person_id: str, day: date) -> tuple[RequestFile, ...]:
    """The files of a person's requests, oldest first; in four queries."""
    events = requests.events_by_request(session, person_id)
    dates = requests.dates_by_request(session, person_id)
    tasks = followups.by_request(session, person_id)
    files = []
    for request in requests.every(session, person_id):
        history, statutory = events.get(request.id, ()), dates.get(request.id, ())
        files.append(RequestFile(
            request=request, events=history, dates=statutory,
            follow_ups=tasks.get(request.id, ()), allowed=_allowed(request, history),
            overdue_days=overdue_days(request, statutory, day, history)))
    return tuple(files)


def new_file(request: Request) -> RequestFile:
    """The file of a request to which nothing has happened yet."""
    return RequestFile(request=request, events=(), dates=(), follow_ups=(), allowed=possible(()))


def _allowed(request: Request, events: Sequence[RequestEvent]) -> tuple[Event, ...]:
    """What can happen to it now; what is seen belongs to the request that continues it."""
    return tuple(event for event in possible(events)
                 if not (request.successor_id and event in LOOKS))
