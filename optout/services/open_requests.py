"""What earlier requests mean for a plan: who was asked, what is settled, what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optout.domain.look import Look
from optout.domain.request import Request
from optout.domain.words import Channel, Event, LookResult, Standing
from optout.lifecycle.outcome import relisted
from optout.store import looks, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LOOKS = frozenset({Event.LOOK_LISTED, Event.LOOK_NOT_FOUND, Event.LOOK_FAILED})


def open_requests(session: Session, person_id: str) -> tuple[Request, ...]:
    """Requests that stand in the way of another one to the same broker.

    One whose listing was confirmed gone and is back does not: it is continued by a successor.
    """
    return tuple(request for request in requests.open_for(session, person_id)
                 if not request.successor_id and not is_relisted(session, request))


def is_relisted(session: Session, request: Request) -> bool:
    """Whether the listing was confirmed gone and has been seen again since."""
    return request.last_look is LookResult.LISTED and relisted(
        requests.events(session, request.id))


def to_continue(session: Session, person_id: str) -> dict[str, Request]:
    """By broker: the relisted request that a new one is to continue."""
    return {request.broker_id: request for request in requests.every(session, person_id)
            if not request.successor_id and is_relisted(session, request)}


def settled(session: Session, person_id: str) -> dict[str, str]:
    """By broker: why it is not asked again, where a request to it was closed.

    What comes back is seen at the next look, and continued then. A request that was withdrawn
    settles nothing, and one to a platform settles the platform alone: what shows records to
    strangers is asked beside it.
    """
    closed = (request for request in requests.every(session, person_id)
              if request.standing is Standing.CLOSED)
    return {broker_id: f"The request {request.id} is closed. A new one begins when it is listed "
                       "again."
            for request in closed for broker_id in _settled_by(request)}


def _settled_by(request: Request) -> tuple[str, ...]:
    covers = () if request.channel is Channel.PLATFORM else request.covers
    return (request.broker_id, *covers)


def last_looks(session: Session, person_id: str) -> dict[str, Look]:
    """By broker: the newest look, whether it was noted on a request or entered by itself."""
    found = dict(looks.newest(session, person_id))
    for request in requests.every(session, person_id):
        if request.last_look is None or request.last_look_on is None:
            continue
        before = found.get(request.broker_id)
        if before is None or before.looked_on <= request.last_look_on:
            found[request.broker_id] = Look(
                person_id, request.broker_id, request.last_look, request.last_look_on,
                actor=_who_looked(session, request))
    return found


def _who_looked(session: Session, request: Request) -> str:
    """The actor of the newest look in a request's history."""
    return next(entry.actor for entry in reversed(requests.events(session, request.id))
                if entry.event in _LOOKS)
