"""Which brokers have been asked already, and which old request a new one continues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optout.domain.request import Request
from optout.domain.words import LookResult, Standing
from optout.lifecycle.outcome import relisted
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


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
    settles nothing.
    """
    closed = (request for request in requests.every(session, person_id)
              if request.standing is Standing.CLOSED)
    return {broker_id: f"The request {request.id} is closed. A new one begins when it is listed "
                       "again."
            for request in closed for broker_id in (request.broker_id, *request.covers)}
