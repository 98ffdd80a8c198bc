"""A request's clocks as small drawings: where each date lies, and what happened meanwhile.

Only numbers and kinds are computed here; the template draws them and lists the same dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from optout.domain.errors import NotFound
from optout.domain.footing import ComputedDate, Deadlines
from optout.domain.request import RequestEvent, RequestFile, StatutoryDate
from optout.domain.words import Event, Right
from optout.law.deadlines import waits_for_identity
from optout.law.model import LawBook
from optout.lifecycle.clock_history import clock_history
from optout.lifecycle.life import effective
from optout.lifecycle.overdue import NOTHING_RUNS, extension_counts
from optout.lifecycle.table import CLAIMS
from optout.web.i18n import lazy as _

WIDTH, MARGIN = 320.0, 14.0
LANE, DOT = 19.0, 8.0
FOOT = 20.0
"""Lengths of the drawing, in its own units; a phone shows it one to one."""


class MarkKind(StrEnum):
    """What a day on the line stands for, in the order in which one day's marks are told."""

    SENT = "sent"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IDENTITY_ASKED = "identity_asked"
    IDENTITY_GIVEN = "identity_given"
    ACKNOWLEDGE_BY = "acknowledge_by"
    MORE_TIME = "more_time"
    TOO_LATE = "too_late"
    NO_MORE_TIME = "no_more_time"
    RESPOND_BY = "respond_by"
    EXTENDED_BY = "extended_by"
    EXTENDED_IF_TOLD = "extended_if_told"
    ANSWERED = "answered"
    TODAY = "today"


LABELS: dict[MarkKind, Any] = {
    MarkKind.SENT: _("It left"),
    MarkKind.RECEIVED: _("The law counts from here"),
    MarkKind.ACKNOWLEDGED: _("They confirmed receipt"),
    MarkKind.IDENTITY_ASKED: _("They asked who you are"),
    MarkKind.IDENTITY_GIVEN: _("You told them who you are"),
    MarkKind.ACKNOWLEDGE_BY: _("They must confirm receipt by"),
    MarkKind.MORE_TIME: _("They announced that they need more time"),
    MarkKind.TOO_LATE: _("They asked for more time too late: it does not count"),
    MarkKind.NO_MORE_TIME: _("They asked for more time; this law gives none"),
    MarkKind.RESPOND_BY: _("They must answer by"),
    MarkKind.EXTENDED_BY: _("They took more time, and must answer by"),
    MarkKind.EXTENDED_IF_TOLD: _("If they give notice that they need more time, by"),
    MarkKind.ANSWERED: _("They answered"),
    MarkKind.TODAY: _("Today"),
}

HAPPENED = frozenset({
    MarkKind.SENT, MarkKind.ACKNOWLEDGED, MarkKind.IDENTITY_ASKED, MarkKind.IDENTITY_GIVEN,
    MarkKind.MORE_TIME, MarkKind.TOO_LATE, MarkKind.NO_MORE_TIME, MarkKind.ANSWERED})
"""What happened, as against what is due."""

_OF_EVENTS = {
    Event.ACKNOWLEDGE: MarkKind.ACKNOWLEDGED, Event.DEMAND_IDENTITY: MarkKind.IDENTITY_ASKED,
    Event.ANSWER_IDENTITY: MarkKind.IDENTITY_GIVEN}


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the line.

    Args:
        number: as the drawing and the list beside it call it.
        computed: the date with its arithmetic, where the law computed it.
        estimated: the day is a guess until the true one is known.
        x, y: the middle of its dot.
    """

    kind: MarkKind
    day: date
    computed: ComputedDate | None = None
    estimated: bool = False
    number: int = 0
    x: float = 0.0
    y: float = 0.0

    @property
    def label(self) -> str:
        """What happened or is due."""
        return str(LABELS[self.kind])

    @property
    def provisional(self) -> bool:
        """Whether the clock rests, so that the day will move."""
        return self.computed is not None and self.computed.provisional

    @property
    def happened(self) -> bool:
        """Whether it happened; else it is due."""
        return self.kind in HAPPENED


@dataclass(frozen=True, slots=True)
class Rest:
    """A time in which a question about identity was open.

    Args:
        until: the day on which it was answered; None while it is open.
        stops: this law lets the clock rest meanwhile.
    """

    since: date
    until: date | None
    stops: bool
    x: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: the footings that share it, its days, its rests.

    Args:
        footings: law and right of each.
        citations: of its dates, each once.
        line: the height at which the line is drawn.
    """

    footings: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    rests: tuple[Rest, ...]
    citations: tuple[str, ...]
    line: float
    no_number: bool

    @property
    def height(self) -> float:
        """Of the drawing."""
        return self.line + FOOT

    @property
    def today(self) -> Mark | None:
        """Where today lies."""
        return next((mark for mark in self.marks if mark.kind is MarkKind.TODAY), None)


def clocks(file: RequestFile, laws: LawBook, today: date) -> tuple[Clock, ...]:
    """The clocks of a request; footings whose dates are the same share one.

    None runs while they have no request, such as after it came back.
    """
    if file.request.standing in NOTHING_RUNS:
        return ()
    shared: dict[object, list[StatutoryDate]] = {}
    for stored in file.dates:
        shared.setdefault(_sameness(stored, file, laws), []).append(stored)
    return tuple(_clock(file, rows, laws, today) for rows in shared.values())


def _sameness(stored: StatutoryDate, file: RequestFile, laws: LawBook) -> object:
    """What two footings must have in common to share a clock: all but the citation."""
    dates = tuple(None if one is None else replace(one, citation="")
                  for one in _dates(stored.deadlines))
    return dates, stored.started_by_seq, _may_wait(stored, file, laws)


def _dates(deadlines: Deadlines) -> tuple[ComputedDate | None, ...]:
    return deadlines.acknowledge_by, deadlines.respond_by, deadlines.extended_respond_by


def _start(deadlines: Deadlines) -> date | None:
    return next((one.starts_on for one in _dates(deadlines) if one is not None), None)


def _may_wait(stored: StatutoryDate, file: RequestFile, laws: LawBook) -> bool:
    """Whether a clock rests, or starts later, over a question about identity."""
    start = _start(stored.deadlines)
    if start is None:
        return False
    try:
        return waits_for_identity(laws, stored.law, Right(stored.right), start,
                                  clock_history(file.events))
    except NotFound:
        return False


def _clock(
    file: RequestFile, rows: Sequence[StatutoryDate], laws: LawBook, today: date
) -> Clock:
    first = rows[0]
    since = [event for event in effective(file.events) if event.seq >= first.started_by_seq]
    marks = sorted((*_due(file, first), *_happened(first, file, since),
                    Mark(MarkKind.TODAY, today)),
                   key=lambda mark: (mark.day, list(MarkKind).index(mark.kind)))
    waits = _may_wait(first, file, laws)
    rests = [Rest(one.asked_on, one.answered_on or _answered_on(since), waits)
             for one in clock_history(file.events).questions]
    scale = _Scale(marks[0].day, marks[-1].day)
    placed, lanes = _placed(marks, scale)
    line = MARGIN + (lanes - 1) * LANE
    cited = (one.citation for row in rows for one in _dates(row.deadlines) if one is not None)
    return Clock(
        tuple((row.law, row.right) for row in rows),
        tuple(replace(mark, y=line - mark.y) for mark in placed),
        tuple(_drawn(rest, scale, today) for rest in rests),
        tuple(dict.fromkeys(cited)), line,
        no_number=not (first.deadlines.acknowledge_by or first.deadlines.respond_by))


def _due(file: RequestFile, row: StatutoryDate) -> Iterator[Mark]:
    found = row.deadlines
    counts = extension_counts(row, file.events)
    pairs = ((MarkKind.ACKNOWLEDGE_BY, found.acknowledge_by),
             (MarkKind.RESPOND_BY, found.respond_by),
             (MarkKind.EXTENDED_BY if counts else MarkKind.EXTENDED_IF_TOLD,
              found.extended_respond_by))
    yield from (Mark(kind, one.day, one) for kind, one in pairs if one is not None)


def _happened(
    row: StatutoryDate, file: RequestFile, since: Sequence[RequestEvent]
) -> Iterator[Mark]:
    start = _start(row.deadlines)
    sent = file.request.sent_on
    if sent is not None:
        yield Mark(MarkKind.SENT, sent)
    if start is not None and start != sent:
        yield Mark(MarkKind.RECEIVED, start, estimated=file.request.received_on is None)
    more = _more_time(row, file)
    for event in since:
        if event.event in _OF_EVENTS:
            yield Mark(_OF_EVENTS[event.event], event.on)
        elif event.event is Event.APPEAL:
            break  # what follows speaks of the appeal
        elif event.event is Event.EXTEND:
            yield Mark(more, event.on)
    answered = _answered_on(since)
    if answered is not None:
        yield Mark(MarkKind.ANSWERED, answered)


def _more_time(row: StatutoryDate, file: RequestFile) -> MarkKind:
    """What an announcement of more time is worth."""
    if row.deadlines.extended_respond_by is None:
        return MarkKind.NO_MORE_TIME
    return MarkKind.MORE_TIME if extension_counts(row, file.events) else MarkKind.TOO_LATE


def _answered_on(since: Sequence[RequestEvent]) -> date | None:
    return next((event.on for event in since if event.event in CLAIMS), None)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to places on the line."""

    first: date
    last: date

    def x(self, day: date) -> float:
        span = max((self.last - self.first), timedelta(days=1))
        share = min(max((day - self.first) / span, 0.0), 1.0)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def _placed(marks: Sequence[Mark], scale: _Scale) -> tuple[list[Mark], int]:
    """The marks with their numbers and places; one that would cover another goes a lane up."""
    ends: list[float] = []
    placed: list[Mark] = []
    for number, mark in enumerate(marks, 1):
        x = scale.x(mark.day)
        lane = next((lane for lane, end in enumerate(ends) if x - end >= 2 * DOT + 2), len(ends))
        ends[lane:lane + 1] = [x]
        placed.append(replace(mark, number=number, x=x, y=lane * LANE))
    return placed, len(ends)


def _drawn(rest: Rest, scale: _Scale, today: date) -> Rest:
    since, until = scale.x(rest.since), scale.x(rest.until or max(today, rest.since))
    return replace(rest, x=since, width=round(max(until - since, 2.0), 1))
