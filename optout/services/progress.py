"""How a person’s requests stand on a day: said, seen and standing told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from optout.domain.papers import AskedOf, NextDate
from optout.domain.request import Request, RequestEvent, RequestFile
from optout.domain.words import Event, FollowUpState
from optout.lifecycle.life import effective, replay
from optout.lifecycle.outcome import confirmed_gone, relisted
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.services.history import files_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OPEN = frozenset({FollowUpState.WAITING, FollowUpState.RAISED})


def asked_of(
    desk: Desk, session: Session, person_id: str, day: date, *, named: bool = True
) -> tuple[tuple[AskedOf, ...], int]:
    """What was asked of whom and how it stood on a day, oldest first.

    What happened after that day is left out, and so are duplicates, which go on as another one.
    Lateness and next dates of then are not kept, so a request that went on since shows none.

    Args:
        desk: the opened data.
        session: the caller's.
        person_id: whose requests.
        day: as of which it is told; lateness is counted up to it.
        named: whether the companies are named.

    Returns:
        The requests, and how many drafts for a lawyer there are besides: those are counted,
        but neither listed nor named.
    """
    files = [_as_of(file, day) for file in files_of(session, person_id, day)
             if file.request.created_on <= day and not file.request.merged_into]
    asked = [file for file in files if not is_for_counsel(desk, session, file.request)]
    return tuple(_asked(desk, file, named=named) for file in asked), len(files) - len(asked)


def _as_of(file: RequestFile, day: date) -> RequestFile:
    """A request as it stood on a day."""
    events = effective(file.events)
    then = tuple(takewhile(lambda event: event.on <= day, events))
    if len(then) == len(events):
        return file
    life = replay(then)
    request = replace(file.request, standing=life.standing, claim=life.claim,
                      claim_words=life.claim_words, last_look=life.last_look,
                      last_look_on=life.last_look_on, sent_on=_sent_on(then))
    return replace(file, request=request, events=then, follow_ups=(), overdue_days=0)


def _sent_on(events: Sequence[RequestEvent]) -> date | None:
    return next((event.on for event in reversed(events) if event.event is Event.MARK_SENT), None)


def _asked(desk: Desk, file: RequestFile, *, named: bool) -> AskedOf:
    request = file.request
    return AskedOf(
        reference=request.id, name=_name(desk, request) if named else "",
        rights=tuple(dict.fromkeys(footing.right for footing in request.footings)),
        channel=request.channel, standing=request.standing, acting_as=request.acting_as,
        others=len(set(request.covers) - {request.broker_id}), sent_on=request.sent_on,
        claim=request.claim, last_look=request.last_look, last_look_on=request.last_look_on,
        confirmed_gone=confirmed_gone(file.events), listed_again=relisted(file.events),
        overdue_days=file.overdue_days, next_date=_next(file))


def _name(desk: Desk, request: Request) -> str:
    broker = desk.registry.brokers.get(request.broker_id)
    return broker.name if broker else request.broker_id


def _next(file: RequestFile) -> NextDate | None:
    """The first task that is open; a company that is late keeps the day on which it was due."""
    waiting = [task for task in file.follow_ups if task.state in _OPEN]
    first = min(waiting, key=lambda task: (task.due_on, task.id), default=None)
    return NextDate(first.kind, first.due_on) if first else None
