"""What came of many requests over time: how many of each on a day, and in which stretches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


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


PLOTS: Mapping[str, tuple[Measure, ...]] = MappingProxyType({
    "asked": (Measure.FOUND, Measure.SENT, Measure.WAITING),
    "said": (Measure.SAID_REMOVED, Measure.SAID_NOTHING, Measure.SAID_PARTLY,
             Measure.SAID_REFUSED),
    "seen": (Measure.SEEN_GONE, Measure.SEEN_AGAIN),
})
"""What is drawn together, on the page and on paper: a word and a sight are never in one plot."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a plot.

    Args:
        name: what the legend and the table call it.
        values: one for each stretch; None where nothing is known, which leaves a gap.
    """

    name: str
    values: tuple[int | None, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for value in self.values)


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

    def series(self, measure: Measure, name: str) -> Series:
        """How many there were at the end of each stretch, as a line of that name."""
        return Series(name, tuple(tally.now.get(measure) for tally in self.tallies))
