"""Tables of several columns: as wide as their words need, with their head on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optout.documents.flow import Row, Run
from optout.documents.lines import broken, text_width
from optout.documents.sheet_rows import Block, DrawnRow, Rule
from optout.documents.typeface import BOLD, REGULAR

_BETWEEN = 9.0
"""Points between two columns."""

_LEADING = 1.24
_PADDING = 3.4

_MOST = 1.6
"""How much wider than the others a column may be for a word that is not to be divided."""

_LONGEST = 0.6
"""How much of the line a column may ask for, as a share."""



def table_blocks(
    lines: Sequence[Sequence[str]], width: float, *, size: float, above: float
) -> Iterator[Block]:
    """A table whose first line is its head, a block for each line.

    Args:
        lines: the cells; every line has as many as the head.
        width: of the whole table, in points.
        size: of the type.
        above: room above the table.
    """
    widths = _widths(lines, width, size)
    starts = [sum(widths[:column]) + _BETWEEN * column for column in range(len(widths))]
    columns = list(zip(starts, widths, strict=True))
    head = tuple(_line(lines[0], columns, BOLD, size, width, above=0.0, rule=0.8))
    first = tuple(_line(lines[0], columns, BOLD, size, width, above=above, rule=0.8))
    for number, cells in enumerate(lines[1:]):
        rows = tuple(_line(cells, columns, REGULAR, size, width, above=_PADDING, rule=0.25))
        yield Block(rows, head) if number else Block((*first, *rows), head, has_head=True)


def _line(
    cells: Sequence[str], columns: Sequence[tuple[float, float]], face: str, size: float,
    width: float, *, above: float, rule: float,
) -> Iterator[Row]:
    texts = [broken(face, size, cell, wide)
             for cell, (_, wide) in zip(cells, columns, strict=True)]
    rows = max(map(len, texts))
    for index in range(rows):
        runs = tuple(Run(start, face, size, lines[index])
                     for (start, _), lines in zip(columns, texts, strict=True)
                     if index < len(lines) and lines[index])
        rules = (Rule(0.0, width, rule),) if index == rows - 1 else ()
        yield DrawnRow(runs, 0.0 if index else above, size * _LEADING, rules=rules)


def _widths(lines: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """How wide each column is: no word divided if that can be, long texts broken more often."""
    room = width - _BETWEEN * (len(lines[0]) - 1)
    natural = [0.0] * len(lines[0])
    longest = [0.0] * len(lines[0])
    for number, cells in enumerate(lines):
        face = REGULAR if number else BOLD
        for column, cell in enumerate(cells):
            natural[column] = max(natural[column], text_width(face, size, cell))
            longest[column] = max(longest[column], *(text_width(face, size, word)
                                                     for word in cell.split(" ")))
    if sum(natural) <= room:
        spare = (room - sum(natural)) / len(natural)
        return [wide + spare for wide in natural]
    most = room / len(natural) * _MOST
    least = [min(wide, most) for wide in longest]
    if sum(least) >= room:
        return [room * wide / sum(least) for wide in least]
    more = [max(min(wide, room * _LONGEST) - small, 0.0)
            for wide, small in zip(natural, least, strict=True)]
    spare = (room - sum(least)) / sum(more)
    return [small + spare * wish for small, wish in zip(least, more, strict=True)]
