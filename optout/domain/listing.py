"""What a list of requests is asked for, and what stands in a row of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.outcome_words import Claim, LookResult
from optout.domain.request import FollowUp, Request
from optout.domain.words import Channel, Standing


class SortBy(StrEnum):
    """`MADE` and `MOVED`: newest first. `NEXT`: what comes next first, what has no date last."""

    MADE = "made"
    OLDEST = "oldest"
    MOVED = "moved"
    NEXT = "next"


class Column(StrEnum):
    """The columns of the board, in their order."""

    TO_SEND = "to_send"
    YOUR_TURN = "your_turn"
    WITH_THEM = "with_them"
    ANSWERED = "answered"
    ESCALATED = "taken_further"
    OVER = "over"


STANDINGS_OF: dict[Column, tuple[Standing, ...]] = {
    Column.TO_SEND: (Standing.DRAFT, Standing.READY),
    Column.YOUR_TURN: (Standing.UNDELIVERED, Standing.CONFIRMATION_NEEDED,
                       Standing.IDENTITY_REQUESTED, Standing.REDIRECTED),
    Column.WITH_THEM: (Standing.SENT, Standing.ACKNOWLEDGED, Standing.EXTENDED),
    Column.ANSWERED: (Standing.ANSWERED,),
    Column.ESCALATED: (Standing.ESCALATED,),
    Column.OVER: (Standing.CLOSED, Standing.WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are asked for: ids and words only. What is empty leaves all in.

    Args:
        late_by: only those whose broker may be called late on this day.
        shown_by: only those with an open task that is shown by this day.
        made_from, made_to, sent_from, sent_to: both days included.
    """

    person_id: str = ""
    broker_id: str = ""
    standings: tuple[Standing, ...] = ()
    claim: Claim | None = None
    look: LookResult | None = None
    law: str = ""
    channel: Channel | None = None
    late_by: date | None = None
    shown_by: date | None = None
    made_from: date | None = None
    made_to: date | None = None
    sent_from: date | None = None
    sent_to: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ended: the day that it is sorted by, and the last request."""

    day: date | None
    request_id: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; where not `exact`, there are at least so many."""

    number: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """A request in a row of a list or on a card of the board.

    Args:
        next_task: its first open task; None without one.
        days_late: how long its broker may be called late today; 0 if not.
        for_counsel: it is a draft for a lawyer.
    """

    request: Request
    broker_name: str
    person_name: str
    next_task: FollowUp | None
    days_late: int
    for_counsel: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list.

    Args:
        more: where the next page begins; None on the last one.
        stopped: so many were looked at in vain that the page was ended before it was full.
    """

    rows: tuple[Listed, ...]
    more: Place | None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A request on the board.

    Args:
        days: since its latest event, or since it was made.
    """

    row: Listed
    days: int


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column of the board: how many requests stand there, and the most urgent of them."""

    column: Column
    number: int
    cards: tuple[Card, ...]
