"""A state's file → its filings, with every row that is none explained by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optout.domain.errors import InvalidFile
from optout.registry.official import california, oregon, texas, vermont
from optout.registry.official.filing import Filing, Reject
from optout.registry.official.layout import Cells, Layout
from optout.registry.official.sheet import LONGEST_CELL, Row, Table, read_table

LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "us-ca": california.LAYOUTS, "us-or": oregon.LAYOUTS, "us-tx": texas.LAYOUTS,
    "us-vt": vermont.LAYOUTS}
"""The kinds of files of each registry."""

EARLIEST = 2019
"""Vermont began the first registry of data brokers in 2019."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says.

    Args:
        rows: how many rows hold data.
        unknown_headings: those that were not understood; their columns were not read.
        year: the newest year that the file tells of; None where it holds no filing.
    """

    layout: Layout
    rows: int
    filings: tuple[Filing, ...]
    rejected: tuple[Reject, ...]
    unknown_headings: tuple[str, ...]
    year: int | None


def read_filings(registry: str, data: bytes, name: str, *, newest: int,
                 year: int | None = None) -> Reading:
    """Read an official file.

    Args:
        registry: `us-ca`, `us-or`, `us-tx` or `us-vt`.
        data: the file.
        name: how messages call it.
        newest: the current year; no file tells of a later one but the next.
        year: the year of all filings, where the file does not tell it or tells it wrongly.

    Raises:
        InvalidFile: when it is no file of that registry, or cannot be read at all.
    """
    layout, table, columns = _understood(LAYOUTS[registry], data, name)
    rows = [(row, _cells(row, columns)) for row in table.rows]
    if year is None and layout.year_of_file is not None:
        year = layout.year_of_file(
            table.headings.cells, tuple(cells for _, cells in rows), newest)
    found = list(_filings(layout, table, rows, year, newest))
    filings = tuple(one for one in found if isinstance(one, Filing))
    return Reading(
        layout, len(rows), filings, tuple(one for one in found if isinstance(one, Reject)),
        layout.meanings.unknown(table.headings.cells),
        max((filing.year for filing in filings), default=None))


def _understood(layouts: Sequence[Layout], data: bytes,
                name: str) -> tuple[Layout, Table, dict[str, int]]:
    """The first kind of file that this one is."""
    for layout in layouts:
        table = read_table(data, name, layout.meanings.understood)
        columns = layout.meanings.columns(table.headings.cells)
        if not layout.meanings.missing(columns):
            return layout, table, columns
    wanted = "; or with ".join(
        ", ".join(" or ".join(choice) for choice in layout.meanings.wanted).replace("_", " ")
        for layout in layouts)
    raise InvalidFile(
        f"{name} is not {', nor '.join(layout.title for layout in layouts)}.",
        remedy=f"Expected was a table with columns for {wanted}. Choose a file that "
               f"{layouts[0].state} publishes, or another state with --from.")


def _cells(row: Row, columns: dict[str, int]) -> Cells:
    return {field: row.cells[number] for field, number in columns.items()
            if number < len(row.cells)}


def _filings(layout: Layout, table: Table, rows: list[tuple[Row, Cells]], year: int | None,
             newest: int) -> Iterator[Filing | Reject]:
    seen: dict[tuple[str, ...], int] = {}
    width = len(table.headings.cells)
    for row, cells in rows:
        first = seen.setdefault(row.cells, row.number)
        reason = _no_row(row, width) or (
            f"it repeats row {first}" if first != row.number else "")
        one = reason or layout.filing(cells, row.number, year)
        if isinstance(one, Filing) and not EARLIEST <= one.year <= newest + 1:
            one = f"its year {one.year} cannot be right"
        yield one if isinstance(one, Filing) else Reject(row.number, one)


def _no_row(row: Row, width: int) -> str:
    if any(len(cell) > LONGEST_CELL for cell in row.cells):
        return ("a quote is opened in it and never closed: this row, and those that the quote "
                "swallowed, cannot be read")
    if any(cell.strip() for cell in row.cells[width:]):
        return f"it has more cells than the {width} headings: a quote or a comma is wrong in it"
    return ""
