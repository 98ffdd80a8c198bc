"""The trace of a merge in the note of the entry that ended a duplicate."""

from __future__ import annotations

import re
from dataclasses import replace

from optout.domain.errors import Refused
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Event
from optout.services.happening import Happening

_TRACE = re.compile(r"A duplicate of (OPT-\w+)\. .*")


def trace_of(keep_id: str) -> str:
    """The note of the entry that ends a duplicate."""
    return f"A duplicate of {keep_id}. It goes on there, with all that is written here."


def merged_by(event: RequestEvent) -> bool:
    """Whether this entry merged a duplicate."""
    return (event.event in {Event.CLOSE, Event.WITHDRAW}
            and _TRACE.fullmatch(event.detail) is not None)


def unmerged(request: Request, undone: RequestEvent) -> Request:
    """The request on its own again, where the entry that is taken back merged it."""
    return replace(request, merged_into="") if merged_by(undone) else request


def require_unmerged(request: Request, happening: Happening) -> None:
    """Make sure that nothing happens to a duplicate any more, but that the merge is undone.

    Raises:
        Refused: naming the request that was kept.
    """
    if request.merged_into and happening.event is not Event.UNDO and (
            happening.detail != trace_of(request.merged_into)):
        raise Refused(f"{request.id} is a duplicate that was merged into {request.merged_into}.",
                      remedy=f"Record it on {request.merged_into}, or undo the merge first.")
