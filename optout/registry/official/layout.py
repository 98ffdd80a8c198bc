"""What one state's module tells the reader: how its files look and what a row of them says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from optout.registry.official.filing import Filing
from optout.registry.official.headings import Meanings

Cells = Mapping[str, str]
"""Field → cell of one row; a field without a column is missing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One state's files.

    Args:
        registry: `us-ca` and so on.
        title: what the file is, for messages.
        state: its name in sentences.
        source: the link of the official file of a year, given the current year.
        meanings: of its headings.
        filing: a row, its number and the file's year (None if not told) → the filing, or the
            reason why it is none.
        year_of_file: the year that the headings or all rows together tell, if any, given the
            headings, the rows, and the current year; None where each row tells its own.
        years: into how many calendar years a registration reaches.
    """

    registry: str
    title: str
    state: str
    source: Callable[[int, int], str]
    meanings: Meanings
    filing: Callable[[Cells, int, int | None], Filing | str]
    year_of_file: Callable[[tuple[str, ...], tuple[Cells, ...], int], int | None] | None = None
    years: int = 1
