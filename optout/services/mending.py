"""Doubles that earlier versions left: the later one is closed, once in the life of the data."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from optout.domain.words import FollowUpState
from optout.lifecycle.doubles import doubles
from optout.lifecycle.look_tasks import NEXT_STEPS
from optout.services.desk import Desk
from optout.store import audit, followups, meta, sweeping

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.services.patience import Patience

MENDED = "doubles_mended"
"""Key of the day on which every request had been looked through."""

MENDED_UP_TO = "doubles_mended_up_to"
"""Key of the last request that was looked through until then."""

AT_ONCE = 500
"""Requests that are looked through in one transaction: less than a tenth of a second."""

ACT = "supersede_follow_up"

_log = logging.getLogger(__name__)


def mend_doubles(desk: Desk, *, actor: str, patience: Patience | None = None) -> bool:
    """Close open tasks for which an earlier one of the same request stands.

    The earliest stays as it is, with the day to which the person put it off. The others keep
    their rows and reasons, are called off wherever a calendar shows them, and stand in the audit.
    New doubles cannot come up, so that one walk through the requests is enough.

    Args:
        desk: the opened data.
        actor: in whose name.
        patience: after which it stops until it is called again; default: never.

    Returns:
        Whether every request has been looked through.
    """
    with desk.store.reading() as session:
        if meta.get(session, MENDED) is not None:
            return True
    while not _mend_some(desk, actor):
        if patience is not None and not patience.lasts():
            return False
    return True


def _mend_some(desk: Desk, actor: str) -> bool:
    """The next few requests; whether these were the last ones."""
    with desk.store.writing() as session:
        if meta.get(session, MENDED) is not None:
            return True  # another process did it in this very moment
        some, end = sweeping.crowded(
            session, says=NEXT_STEPS, after=meta.get(session, MENDED_UP_TO) or "", among=AT_ONCE)
        for request_id in some:
            _mend(desk, session, request_id, actor)
        if end is not None:
            meta.put(session, MENDED_UP_TO, end)
            return False
        meta.forget(session, MENDED_UP_TO)
        meta.put(session, MENDED, desk.clock.today().isoformat())
        return True


def _mend(desk: Desk, session: Session, request_id: str, actor: str) -> None:
    at = desk.clock.now()
    waiting = [task for task in followups.of_request(session, request_id)
               if task.state in followups.OPEN]
    for task in doubles(waiting):
        followups.claim(session, task.id, task.state, FollowUpState.CANCELLED, at=at)
        audit.write(session, actor, ACT, task.id, at)
        _log.info("follow-up %s of %s closed: an earlier one stands for it", task.id, request_id)
