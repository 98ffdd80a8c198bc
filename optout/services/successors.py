"""What is listed again gets a request that continues the old one."""

from __future__ import annotations

from optout.domain.errors import Refused
from optout.domain.request import RequestFile
from optout.lifecycle.outcome import relisted
from optout.services.desk import Desk
from optout.services.requests import create_requests
from optout.store import requests as rows


def calls_for_successor(desk: Desk, request_id: str) -> bool:
    """Whether it was gone, was seen again, and no request continues it yet.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = rows.get(session, request_id.strip().upper())
        return (not request.successor_id and not request.merged_into
                and relisted(rows.events(session, request.id)))


def open_successor(desk: Desk, request_id: str, *, actor: str) -> RequestFile:
    """Open the request that continues one whose listing came back; the old one is closed.

    Args:
        desk: the opened data.
        request_id: the old one; letter case and spaces around it are forgiven.
        actor: who opens it.

    Returns:
        The new request.

    Raises:
        NotFound: when there is no such request.
        Refused: when it was not listed again, when another continues it already, or when today's
            plan has no way to that company.
        GateClosed, MissingFact: as in `create_requests`.
    """
    with desk.store.reading() as session:
        old = rows.get(session, request_id.strip().upper())
    if not calls_for_successor(desk, old.id):
        raise Refused(
            f"{old.id} goes on as {old.successor_id} already." if old.successor_id
            else f"{old.id} was not seen again after it was gone.",
            remedy="Look again, and enter what you saw.")
    (file,) = create_requests(desk, old.person_id, [old.broker_id], acting_as=old.acting_as,
                              actor=actor)
    return file
