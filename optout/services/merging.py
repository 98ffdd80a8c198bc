"""Two requests of one person to one broker on the same footing become one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optout.domain.errors import Refused
from optout.domain.request import Request, RequestFile
from optout.domain.words import Event, FollowUpKind, FollowUpState
from optout.lifecycle.life import possible
from optout.services.desk import Desk
from optout.services.happening import Happening
from optout.services.history import file_of
from optout.services.marking import record
from optout.services.merged import trace_of
from optout.services.typed import request_named
from optout.store import followups
from optout.store import requests as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def duplicates_of(desk: Desk, request_id: str) -> tuple[Request, ...]:
    """The open requests that ask the same broker for the same, in the order of their making.

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        kept = request_named(session, request_id)
        return tuple(other for other in rows.at_broker(session, kept.person_id, kept.broker_id)
                     if not _why_not(session, kept, other) and other.standing not in rows.ENDED)


def merged_into(desk: Desk, request_id: str) -> tuple[RequestFile, ...]:
    """The duplicates that were merged into a request, each with its history."""
    with desk.store.reading() as session:
        return tuple(file_of(session, one, desk.clock.today())
                     for one in rows.merged_into(session, request_id))


def merge(desk: Desk, keep_id: str, duplicate_id: str, *, actor: str) -> RequestFile:
    """End a duplicate; its history, documents and evidence are shown with the one that is kept.

    One that left is closed, one that did not is withdrawn. Its open tasks are cancelled, but for
    the person’s own reminders. The undoing of that entry makes it a request of its own again.

    Args:
        desk: the opened data.
        keep_id: the one that goes on; letter case and spaces around it are forgiven.
        duplicate_id: the one that ends, likewise.
        actor: who does it.

    Returns:
        The one that is kept.

    Raises:
        NotFound: when one of them is unknown.
        Refused: when they are not two open requests for the same.
    """
    day, now = desk.clock.today(), desk.clock.now()
    with desk.store.writing() as session:
        keep = request_named(session, keep_id)
        other = request_named(session, duplicate_id)
        if why_not := _why_not(session, keep, other):
            raise Refused(why_not, remedy="Close or withdraw one of them by itself instead.")
        steps = possible(rows.events(session, other.id))
        event = next((step for step in (Event.WITHDRAW, Event.CLOSE)
                      if step in steps and _fits(step, other)), None)
        if event is None:
            raise Refused(f"{other.id} is over already.", remedy="There is nothing to merge.")
        followups.close_kinds(session, other.id, set(FollowUpKind) - {FollowUpKind.OWN_REMINDER},
                              FollowUpState.CANCELLED, at=now)
        record(desk, session, replace(other, merged_into=keep.id),
               Happening(event, max(day, other.sent_on or day), now, actor,
                         detail=trace_of(keep.id)))
        return file_of(session, rows.get(session, keep.id), day)


def _fits(step: Event, request: Request) -> bool:
    """What never left is withdrawn; what left is closed."""
    return (step is Event.CLOSE) == (request.sent_on is not None)


def _why_not(session: Session, keep: Request, other: Request) -> str:
    """Why the second is no duplicate of the first; empty when it is one."""
    if keep.id == other.id:
        return "A request is no duplicate of itself."
    if keep.merged_into or other.merged_into or rows.merged_into(session, other.id):
        return "One of them was merged before, and what was kept then has to be kept again."
    if (keep.person_id, keep.broker_id) != (other.person_id, other.broker_id):
        return "They are not of one person to one company."
    if other.id in {keep.predecessor_id, keep.successor_id} or keep.id in {
            other.predecessor_id, other.successor_id}:
        return "One continues the other after it was listed again."
    asked = {(footing.law, footing.right) for footing in keep.footings}
    if not any((footing.law, footing.right) in asked for footing in other.footings):
        return "They do not ask for the same."
    return _why_over(keep)


def _why_over(keep: Request) -> str:
    over = keep.standing in rows.ENDED
    return f"{keep.id} is over, and what is still open must not end with it." if over else ""
