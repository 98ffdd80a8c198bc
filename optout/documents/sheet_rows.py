"""What a sheet is made of: rows with lines and boxes on them, and pieces that stay together."""

from __future__ import annotations

from dataclasses import dataclass

from optout.documents.flow import Chunk, Row

TICK_BOX = 8.0
"""The side of a square to tick, in points."""


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


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that no page break divides.

    Args:
        head: what stands above them once more where they begin a page.
    """

    rows: Chunk
    head: Chunk = ()
