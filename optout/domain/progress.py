"""What came of many requests over time: how many of each on a day, and in which stretches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stretch(StrEnum):
    """How long the stretches of a progress are."""

    WEEK = "week"
    MONTH = "month"


class Measure(StrEnum):
    """What is counted. What companies say and what was seen are never one number.

    `FOUND`, `SENT`: ever since the beginning. `WAITING`: sent, and nothing was claimed yet.
    `SAID_*`: the claim that stands on that day. `SEEN_GONE`: confirmed gone on that day.
    `SEEN_AGAIN`: it was confirmed gone, was seen again, and was not confirmed gone since.
    """

    FOUND = "found"
    SENT = "sent"
    WAITING = "waiting"
    SAID_REMOVED = "said_removed"
    SAID_NOTHING = "said_nothing"
    SAID_PARTLY = "said_partly"
    SAID_REFUSED = "said_refused"
    SEEN_GONE = "seen_gone"
    SEEN_AGAIN = "seen_again"


@dataclass(frozen=True, slots=True)
class Tally:
    """How it stood at the end of a stretch.

    Args:
        start, end: the first and the last day, both included; the last stretch ends today.
        now: how many at its end, by measure. A measure of which nothing was known by then is
            missing: nobody was asked yet, or nobody looked.
        ever: how many were at some time up to its end, by measure; likewise.
    """

    start: date
    end: date
    now: dict[Measure, int]
    ever: dict[Measure, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """A person's progress; empty where nothing was found and nothing was asked.

    Args:
        stretch: what its parts are.
        tallies: one for each week or month since the first, in their order.
    """

    stretch: Stretch
    tallies: tuple[Tally, ...]
