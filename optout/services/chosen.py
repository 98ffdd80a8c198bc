"""Which of a person's requests are meant, where documents are made of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from optout.domain.errors import NotFound
from optout.domain.request import Request
from optout.services.counsel_only import is_for_counsel, require_single
from optout.services.desk import Desk
from optout.services.typed import as_stored
from optout.services.unsent import UNSENT
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def chosen_requests(
    desk: Desk, session: Session, person_id: str, request_ids: Sequence[str] | None
) -> list[Request]:
    """The requests that are named, each once; without names all that have not left.

    A draft for counsel is never among others: it is left out unless it is named, alone.

    Raises:
        NotFound: when the person has no such request.
        Refused: when a draft for counsel is named among others.
    """
    mine = {request.id: request for request in requests.every(session, person_id)}
    if request_ids is None:
        return [request for request in mine.values() if request.standing in UNSENT
                and not is_for_counsel(desk, session, request)]
    wanted = [as_stored(request_id) for request_id in request_ids]
    for request_id in wanted:
        if request_id not in mine:
            raise NotFound(f"This person has no request {request_id}.",
                           remedy="“optout request list” shows what is there.")
    found = [mine[request_id] for request_id in dict.fromkeys(wanted)]
    require_single(desk, session, found)
    return found
