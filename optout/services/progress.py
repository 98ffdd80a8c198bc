"""How a person’s requests stand on a day: said, seen and standing told apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from optout.domain.papers import AskedOf, NextDate
from optout.domain.request import Request, RequestFile
from optout.domain.words import FollowUpState
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
    """What was asked of whom and how it stands, oldest first.

    Args:
        desk: the opened data.
        session: the caller's.
        person_id: whose requests.
        day: up to which lateness is counted.
        named: whether the companies are named.

    Returns:
        The requests, and how many drafts for a lawyer there are besides: those are counted,
        but neither listed nor named.
    """
    files = files_of(session, person_id, day)
    asked = [file for file in files if not is_for_counsel(desk, session, file.request)]
    return tuple(_asked(desk, file, named=named) for file in asked), len(files) - len(asked)


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
