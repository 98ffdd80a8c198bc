"""Lateness, computed from stored dates, the history and a day; it is never stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.footing import ComputedDate
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import Channel, Event, Standing
from optout.lifecycle.life import effective
from optout.lifecycle.table import CLAIMS

CLOCK_RUNS: frozenset[Standing] = frozenset({
    Standing.SENT, Standing.ACKNOWLEDGED, Standing.IDENTITY_REQUESTED, Standing.EXTENDED,
    Standing.ESCALATED,
})
"""Standings in which the broker can be late.

Not before the request left or after it came back, not while a click of the person is awaited
or another way was pointed to, and not once it is answered. A demand for identity does not stop
the clock: where a law lets it pause, the stored dates say so.
"""

NOTHING_RUNS: frozenset[Standing] = frozenset({
    Standing.DRAFT, Standing.READY, Standing.UNDELIVERED,
})
"""Standings in which the broker has no request: dates of a sending that came back are none."""

_STARTS = frozenset({Event.MARK_SENT, Event.CONFIRM_LINK_USED})

_HANDED_BACK = frozenset({
    Event.NEEDS_CONFIRMATION, Event.CONFIRM_LINK_USED, Event.ACKNOWLEDGE, Event.DEMAND_IDENTITY,
    Event.REDIRECT, Event.EXTEND, *CLAIMS,
})
"""Whatever shows that the broker has the request meets the duty to acknowledge it."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """A time of the law that is over without what it was given for.

    Args:
        law, right: the footing that sets it.
        limit: with its last day and its section.
        to_confirm: it was given to confirm receipt, else to answer.
    """

    law: str
    right: str
    limit: ComputedDate
    to_confirm: bool = False


def starts_clock(event: Event) -> bool:
    """Whether the law's clock starts with this event, and every stored date is computed anew.

    `mark_sent` starts it, each time that the request leaves. `confirm_link_used` starts it
    where the request was void until the click. Nothing else does: not a demand for identity,
    not a reminder, not an extension (which lengthens a period but begins none).
    """
    return event in _STARTS


def extension_counts(dates: StatutoryDate, events: Sequence[RequestEvent]) -> bool:
    """Whether the broker's extension counts for these dates.

    An extension only helps when the law has one for this right and its notice came inside the
    first period. On the days that rounding leaves to the broker it is still taken as in time,
    and so it is while the clock rests.
    """
    respond = dates.deadlines.respond_by
    if respond is None or dates.deadlines.extended_respond_by is None:
        return False
    return any(e.event is Event.EXTEND and e.seq > dates.started_by_seq
               and (respond.provisional or e.on < respond.late_from) for e in effective(events))


def answer_by(dates: StatutoryDate, events: Sequence[RequestEvent]) -> ComputedDate | None:
    """The last day for an answer, extension included where it counts; None without a number."""
    if extension_counts(dates, events):
        return dates.deadlines.extended_respond_by
    return dates.deadlines.respond_by


def _unmet(
    request: Request, dates: StatutoryDate, events: Sequence[RequestEvent],
) -> Iterator[ComputedDate]:
    handed_back = any(e.event in _HANDED_BACK and e.seq > dates.started_by_seq
                      for e in effective(events))
    # Without a history only a request that is merely sent is known to be unacknowledged.
    waiting = request.standing is Standing.SENT or (bool(events) and not handed_back)
    if dates.deadlines.acknowledge_by is not None and waiting and not handed_back:
        yield dates.deadlines.acknowledge_by
    respond = answer_by(dates, events)
    if not events and request.standing is Standing.EXTENDED:
        # Without a history the standing is taken at its word, in favour of the broker.
        respond = dates.deadlines.extended_respond_by or respond
    if respond is not None and not respond.provisional:
        yield respond


def first_lateness(
    request: Request, dates: Sequence[StatutoryDate], events: Sequence[RequestEvent] = (),
) -> date | None:
    """The first day on which anything may be called late; None while no date is final.

    Args:
        request: its standing is read.
        dates: the stored dates of every footing of the request.
        events: the history; see `overdue_days`.
    """
    late = [unmet.late_from for row in dates for unmet in _unmet(request, row, events)]
    return min(late, default=None)


def late_from(
    request: Request, dates: Sequence[StatutoryDate], events: Sequence[RequestEvent]
) -> date | None:
    """The first day on which the broker may be called late while nothing else happens.

    As `overdue_days` counts it; None while it cannot be late. Stored, so that those who are late
    on a day are found without reading the others.
    """
    return first_lateness(request, dates, events) if _can_be_late(request) else None


def overdue_days(
    request: Request,
    dates: Sequence[StatutoryDate],
    day: date,
    events: Sequence[RequestEvent] = (),
) -> int:
    """How many days late the broker is; 1 on the first day on which that may be said, else 0.

    Args:
        request: its standing, claim and channel are read.
        dates: the stored dates of every footing of the request.
        day: the day of the question.
        events: the history. It decides whether an extension was announced in time and whether
            receipt was acknowledged; without it the standing decides, in favour of the broker.
    """
    late = late_from(request, dates, events)
    return max(0, (day - late).days + 1) if late else 0


def latenesses(
    request: Request, dates: Sequence[StatutoryDate], day: date, events: Sequence[RequestEvent],
) -> tuple[Lateness, ...]:
    """Every time of the law that may be called over on a day, as `overdue_days` counts it.

    Args:
        request: its standing, claim and channel are read.
        dates: the stored dates of every footing of the request.
        day: the day of the question.
        events: the history.
    """
    if not _can_be_late(request):
        return ()
    return tuple(
        Lateness(row.law, row.right, limit, to_confirm=limit is row.deadlines.acknowledge_by)
        for row in dates for limit in _unmet(request, row, events) if limit.late_from <= day)


def _can_be_late(request: Request) -> bool:
    # A platform reports by its own rhythm; whoever claims something has answered.
    return (request.standing in CLOCK_RUNS and request.claim is None
            and request.channel is not Channel.PLATFORM)
