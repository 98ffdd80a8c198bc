"""What is stored of a request though its history tells it: computed here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import Event
from optout.lifecycle.life import effective, replay
from optout.lifecycle.overdue import late_from


def restated(request: Request, events: Sequence[RequestEvent]) -> Request:
    """The request as its history says that it stands; what no event moves is left as it is.

    Args:
        request: as it is known so far.
        events: the whole history.

    Raises:
        ForbiddenEvent: when the history holds a step that the table does not allow.
    """
    life = replay(events)
    counting = effective(events)
    sent: RequestEvent | None = None
    received: date | None = None
    for event in counting:
        if event.event is Event.MARK_SENT:
            sent, received = event, event.received_on  # a new sending arrives anew
        elif event.received_on is not None:
            received = event.received_on
    return replace(
        request, standing=life.standing, claim=life.claim, claim_words=life.claim_words,
        last_look=life.last_look, last_look_on=life.last_look_on,
        sent_on=sent.on if sent else None, received_on=received,
        moved_on=counting[-1].on if counting else None)


def with_lateness(
    request: Request, dates: Sequence[StatutoryDate], events: Sequence[RequestEvent]
) -> Request:
    """The request with the first day on which the broker may be called late."""
    return replace(request, late_from=late_from(request, dates, events))
