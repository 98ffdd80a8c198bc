"""The trace of a way that failed, in the note of the entry that took another one; and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optout.domain.person import Person
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Channel, Event
from optout.services import plans
from optout.services.content import with_content
from optout.services.desk import Desk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_WAYS = {channel.value.replace("_", " "): channel for channel in Channel}
_ANY = "|".join(_WAYS)
_TRACE = re.compile(rf"Now by (?:{_ANY}), as (?P<before>{_ANY}) failed(?:: (?P<contact>.*))?",
                    re.DOTALL)
"""Ways by their names alone: a note of somebody's own may read much like a trace."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A way that did not go through.

    Args:
        contact: the address of the broker that was used; empty where the registry lost it.
    """

    channel: Channel
    contact: str


def trace_of(now: Channel, before: Tried) -> str:
    """The note of an entry that prepares a request for another way."""
    address = f": {before.contact}" if before.contact else ""
    return f"Now by {_words(now)}, as {_words(before.channel)} failed{address}"


def way_before(event: RequestEvent) -> Tried | None:
    """The way that an entry left for another one; None for any other entry."""
    found = _TRACE.fullmatch(event.detail) if event.event is Event.PREPARE else None
    if found is None:
        return None
    return Tried(_WAYS[found["before"]], found["contact"] or "")


def tried_before(events: Iterable[RequestEvent]) -> Iterator[Tried]:
    """The ways that were left for others, in the order of the history."""
    for event in events:
        if (before := way_before(event)) is not None:
            yield before


def as_before(
    desk: Desk, session: Session, person: Person, request: Request, undone: RequestEvent
) -> Request:
    """The request as it was asked before an entry that is taken back; most change nothing of it.

    An entry that took another way is taken back with its way: what the request carries is then
    what today's plan has for the way before.
    """
    before = way_before(undone)
    if before is None:
        return request
    back = replace(request, channel=before.channel)
    action = plans.action_again(desk, plans.circumstances_of(session, person), back,
                                desk.clock.today())
    return back if action is None else with_content(back, action)


def _words(channel: Channel) -> str:
    return channel.value.replace("_", " ")
