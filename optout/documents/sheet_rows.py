"""What a sheet is made of: rows with lines and boxes on them, and pieces that stay together."""

from __future__ import annotations

from dataclasses import dataclass

from optout.documents.flow import Chunk, Row
from optout.domain.document import SheetPlot

TICK_BOX = 8.0
"""The side of a square to tick, in points."""

BELOW_BASELINE = 0.25
"""The share of a row’s height that lies below the baseline of its type."""

PLOT_HEIGHT = 124.0
"""Of a plot with its axes, in points."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line below the type of a row: from and to, and how strong it is, in points."""

    start: float
    end: float
    strength: float


@dataclass(frozen=True, slots=True)
class DrawnRow(Row):
    """A row with something to draw on it.

    Args:
        rules: the lines below its type.
        to_tick: whether a square to tick stands at its beginning.
    """

    rules: tuple[Rule, ...] = ()
    to_tick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow(Row):
    """A row that is a plot.

    Args:
        plot: what is drawn.
        width: of the plot with its legend, in points.
        size: of its type.
    """

    plot: SheetPlot
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that no page break divides.

    Args:
        head: what stands above them once more where a page begins with them, or within them.
        has_head: whether the rows themselves begin with it.
    """

    rows: Chunk
    head: Chunk = ()
    has_head: bool = False
