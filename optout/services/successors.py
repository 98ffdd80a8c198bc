"""What is listed again, or may be held again, gets a request that continues the old one."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from optout.domain.errors import Refused
from optout.domain.request import RequestFile
from optout.domain.words import FollowUpKind
from optout.lifecycle.next_step import Act
from optout.lifecycle.outcome import relisted
from optout.services import letters
from optout.services.desk import Desk
from optout.services.digest import WEEK
from optout.services.next_steps import steps_of
from optout.services.requests import create_requests, get_request
from optout.services.typed import request_named
from optout.store import followups
from optout.store import requests as rows

_LEADS_TO_ASKING = frozenset({FollowUpKind.RECHECK, FollowUpKind.ESCALATE})


def calls_for_successor(desk: Desk, request_id: str) -> bool:
    """Whether it was gone, was seen again, and no request continues it yet.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        return (not request.successor_id and not request.merged_into
                and relisted(rows.events(session, request.id)))


def may_ask_again(desk: Desk, request_id: str) -> bool:
    """Whether a task of this week is to ask again, such as where nobody can look.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        if request.successor_id or request.merged_into:
            return False
        soon = desk.clock.today() + timedelta(days=WEEK)
        tasks = [task for task in followups.of_request(session, request.id)
                 if task.kind in _LEADS_TO_ASKING and task.state in followups.OPEN
                 and task.shown_on <= soon]
    return any(step.act is Act.ASK_ANEW for steps in steps_of(desk, tasks).values()
               for step in steps)


def open_successor(desk: Desk, request_id: str, *, actor: str) -> RequestFile:
    """Open the request that continues one that came back, or is due to be asked again.

    The old one is closed.

    Args:
        desk: the opened data.
        request_id: the old one; letter case and spaces around it are forgiven.
        actor: who opens it.

    Returns:
        The new request.

    Raises:
        NotFound: when there is no such request.
        Refused: when it was not listed again and is not due to be asked again, when another
            continues it already, or when today's plan has no way to that company.
        GateClosed, MissingFact: as in `create_requests`.
    """
    with desk.store.reading() as session:
        old = request_named(session, request_id)
    back = calls_for_successor(desk, old.id)
    if not back and not may_ask_again(desk, old.id):
        raise Refused(
            f"{old.id} goes on as {old.successor_id} already." if old.successor_id
            else f"{old.id} was not seen again after it was gone.",
            remedy="Look again, and enter what you saw.")
    (file,) = create_requests(desk, old.person_id, [old.broker_id], acting_as=old.acting_as,
                              continues="" if back else old.id, actor=actor)
    return file


def continue_request(desk: Desk, request_id: str, *, actor: str) -> RequestFile:
    """Open it by `open_successor`, and write it at once where nothing is in the way.

    What is written is asked about until it has left; a draft has no task, and the one that led
    here is done.

    Returns:
        The new request: prepared, or a draft where a fact is missing or a question is open.

    Raises:
        NotFound, Refused, GateClosed, MissingFact: as in `open_successor`.
    """
    new = open_successor(desk, request_id, actor=actor).request
    with contextlib.suppress(Refused):
        letters.generate(desk, new.person_id, request_ids=(new.id,), actor=actor)
    return get_request(desk, new.id)
