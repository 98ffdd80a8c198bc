"""What the law’s clock must know of a history: questions asked, longer times announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from optout.domain.request import RequestEvent
from optout.domain.words import Event
from optout.law.clock import ClockHistory, Question
from optout.lifecycle.life import effective
from optout.lifecycle.overdue import starts_clock


def clock_start(events: Sequence[RequestEvent]) -> RequestEvent | None:
    """The event with which the law's clock last started; None before it did."""
    starts = [event for event in effective(events) if starts_clock(event.event)]
    return starts[-1] if starts else None


def clock_history(events: Sequence[RequestEvent]) -> ClockHistory:
    """What happened since the clock last started, as the law counts it.

    A second demand while the first is open opens nothing new. A notice after an appeal speaks
    of the answer to the appeal.
    """
    since = _since_start(events)
    return ClockHistory(questions=tuple(_questions(since)),
                        extended_on=_first_notice(_until(since, Event.APPEAL)))


def appealed(events: Sequence[RequestEvent]) -> tuple[date, date | None] | None:
    """When the last appeal went out, and when they announced that they take longer for it.

    None without an appeal.
    """
    since = _since_start(events)
    places = [place for place, event in enumerate(since) if event.event is Event.APPEAL]
    if not places:
        return None
    return since[places[-1]].on, _first_notice(since[places[-1]:])


def _since_start(events: Sequence[RequestEvent]) -> tuple[RequestEvent, ...]:
    start = clock_start(events)
    return tuple(event for event in effective(events) if start and event.seq > start.seq)


def _until(events: Sequence[RequestEvent], end: Event) -> tuple[RequestEvent, ...]:
    places = [place for place, event in enumerate(events) if event.event is end]
    return tuple(events[:places[0]] if places else events)


def _first_notice(events: Sequence[RequestEvent]) -> date | None:
    return min((event.on for event in events if event.event is Event.EXTEND), default=None)


def _questions(events: Sequence[RequestEvent]) -> Iterator[Question]:
    asked: date | None = None
    for event in events:
        if event.event is Event.DEMAND_IDENTITY and asked is None:
            asked = event.on
        elif event.event is Event.ANSWER_IDENTITY and asked is not None:
            # Days are entered by hand and may stand the wrong way round.
            yield Question(asked, max(asked, event.on))
            asked = None
    if asked is not None:
        yield Question(asked)
