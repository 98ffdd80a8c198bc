"""The statutory dates of a request, of its appeal, and of the right to make one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from optout.domain.broker import Broker
from optout.domain.errors import NotFound
from optout.domain.footing import ComputedDate, Deadlines, Footing
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import Channel, Event
from optout.law.clock import ClockHistory, extension_counts
from optout.law.clock_start import counts_from
from optout.law.deadlines import appeal_by, appeal_deadlines, deadlines, platform_dates
from optout.law.model import LawBook
from optout.lifecycle import clock_history as clock

T = TypeVar("T")


def statutory_dates(
    laws: LawBook, broker: Broker | None, request: Request, events: Sequence[RequestEvent]
) -> tuple[StatutoryDate, ...]:
    """The deadlines of every footing, from the day on which the law's clock last started.

    They know what happened since: questions of identity, and notices that it takes longer. None
    before the clock started, and none for a footing whose law sets no number.

    Args:
        laws: the law book, with the closed days that the person entered.
        broker: None when the registry no longer has it.
        request: as it stands after the events.
        events: its whole history.
    """
    started = clock.clock_start(events)
    if started is None:
        return ()
    start = clock_start(laws, request, started)
    since = clock.clock_history(events)
    found = []
    for footing in request.footings:
        try:
            computed = _deadlines(laws, broker, request, footing, start=start, since=since)
        except NotFound:
            continue  # voluntary, or a law that this version of the book no longer has
        if computed != Deadlines(citations=computed.citations):
            found.append(StatutoryDate(footing.law, footing.right.value, started.seq, computed))
    return tuple(found)


def clock_start(laws: LawBook, request: Request, event: RequestEvent) -> date:
    """The day on which the law's clock starts with an event (post: when it was delivered)."""
    if event.event is Event.MARK_SENT:
        return counts_from(request.channel, event.on, request.received_on, laws.own_holidays)[0]
    return event.on


@dataclass(frozen=True, slots=True)
class AppealClock:
    """The clock of an appeal.

    Args:
        law: the first law of the request that sets a number for its answer.
        made_on: the day on which the appeal went out.
        dates: what it started.
        longer: they announced in time that they take longer.
    """

    law: str
    made_on: date
    dates: Deadlines
    longer: bool

    @property
    def answer_by(self) -> ComputedDate | None:
        """The last day for the answer, a longer time included where it counts."""
        return self.dates.extended_respond_by if self.longer else self.dates.respond_by


def appeal_clock(
    laws: LawBook, request: Request, events: Sequence[RequestEvent]
) -> AppealClock | None:
    """The clock that the last appeal started; None without one, or where no law sets a number."""
    appeal = clock.appealed(events)
    if appeal is None:
        return None
    found = _of_footings(request, lambda law: _appeal_clock(laws, law, *appeal))
    return next(filter(None, found), None)


def _appeal_clock(
    laws: LawBook, law: str, made_on: date, extended_on: date | None
) -> AppealClock | None:
    dates = appeal_deadlines(laws, law, made_on, extended_on=extended_on)
    if dates.respond_by is None:
        return None
    longer = dates.extended_respond_by is not None and extended_on is not None and (
        extension_counts(dates.respond_by, laws.law(law, made_on).appeal.extension, extended_on))
    return AppealClock(law, made_on, dates, longer)


def last_day_for_appeal(
    laws: LawBook, request: Request, refused_on: date
) -> ComputedDate | None:
    """The earliest of the last days that the laws give for an appeal; None where none sets one."""
    found = _of_footings(request, lambda law: appeal_by(laws, law, refused_on))
    return min((end for end in found if end is not None), key=lambda end: end.day, default=None)


def knows_appeal(laws: LawBook, request: Request, on: date) -> bool:
    """Whether any of its laws gives an appeal to the recipient itself."""
    return any(True for _ in _of_footings(request, lambda law: appeal_by(laws, law, on)))


def _of_footings(request: Request, ask: Callable[[str], T]) -> Iterator[T]:
    for law in dict.fromkeys(footing.law for footing in request.footings):
        try:
            yield ask(law)
        except NotFound:
            continue  # voluntary, without an appeal, or no longer in the book


def _deadlines(
    laws: LawBook, broker: Broker | None, request: Request, footing: Footing, *,
    start: date, since: ClockHistory,
) -> Deadlines:
    if request.channel is Channel.PLATFORM:
        worst = platform_dates(laws, footing.law, start, footing.right)
        return Deadlines(respond_by=worst.respond_by, citations=(worst.respond_by.citation,))
    return deadlines(laws, footing.law, footing.right, start, request.channel, broker=broker,
                     history=since)
