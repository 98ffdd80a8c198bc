"""A request with everything that belongs to it, read within a transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from optout.domain.request import Request, RequestFile
from optout.lifecycle.life import possible
from optout.lifecycle.overdue import overdue_days
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
        allowed=possible(events),
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
            follow_ups=tasks.get(request.id, ()), allowed=possible(history),
            overdue_days=overdue_days(request, statutory, day, history)))
    return tuple(files)


def new_file(request: Request) -> RequestFile:
    """The file of a request to which nothing has happened yet."""
    return RequestFile(request=request, events=(), dates=(), follow_ups=(), allowed=possible(()))
