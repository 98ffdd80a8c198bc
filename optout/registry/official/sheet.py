"""Bytes of a published table → its heading row and numbered data rows, whatever the dress."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from optout.domain.errors import InvalidFile
from optout.registry.official import workbook
from optout.registry.strict_yaml import MOST_BYTES

HEADING_WITHIN = 12
"""The heading row stands among the first so many rows that hold anything."""

MOST_ROWS = 100_000
"""No state has so many brokers: a longer table is not read."""

MOST_COLUMNS = 702
"""Up to the column ZZ; what stands beyond is not read."""

LONGEST_CELL = 30_000
"""A longer cell is a quote that was opened and never closed, and has swallowed other rows."""

_DELIMITERS = ",|;\t"
_NUL = "\0"


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the number that a spreadsheet shows beside it (the first is 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and the rows below it that hold anything."""

    headings: Row
    rows: tuple[Row, ...]
    score: int


def read_table(data: bytes, name: str, understood: Callable[[Sequence[str]], int]) -> Table:
    """The table that a file holds, by the reading that understands the most headings.

    Args:
        data: CSV in UTF-8, UTF-16 or windows-1252, with commas, bars, semicolons or tabs; or a
            workbook (xlsx).
        name: how messages call the file.
        understood: how many of these cells are headings that mean something.

    Raises:
        InvalidFile: when the file is too large, empty, damaged, or no table.
    """
    if len(data) > MOST_BYTES:
        raise InvalidFile(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB.",
                          remedy="This cannot be the right file: choose another one.")
    if workbook.looks_like_one(data):
        readings: list[list[Row]] = [_kept(rows, name) for rows in workbook.sheets(data, name)]
    else:
        text = _text(data)
        top = "\n".join(text.splitlines()[:HEADING_WITHIN * 4])
        readings = [_kept(_delimited(text, mark), name) for mark in _DELIMITERS if mark in top]
    best: Table | None = None
    for rows in readings:
        for place, row in enumerate(rows[:HEADING_WITHIN]):
            score = understood(row.cells)
            if best is None or score > best.score:
                best = Table(row, tuple(rows[place + 1:]), score)
    if best is None:
        raise InvalidFile(f"{name} holds no table.",
                          remedy="Get the file from the state again, as CSV or as a workbook.")
    return best


def _kept(rows: Iterator[Sequence[str]], name: str) -> list[Row]:
    """The rows that hold anything, numbered."""
    found = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise InvalidFile(f"{name} has more than {MOST_ROWS} rows.",
                              remedy="This cannot be the right file: choose another one.")
        if any(cell.strip() for cell in cells):
            found.append(Row(number, tuple(cells[:MOST_COLUMNS])))
    return found


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.removeprefix(b"\xef\xbb\xbf").decode("cp1252", errors="replace")
    return text.replace(_NUL, "")


def _delimited(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    if delimiter == "|":
        return (_barred(line) for line in re.split(r"\r\n|\n|\r", text))
    return _quoted(text, delimiter)


def _barred(line: str) -> Sequence[str]:
    """A row of a table with bars: it may be wrapped whole in quotes, and end with a bar."""
    line = line.strip()
    if re.fullmatch(r'"[^|]*\|.*"', line):
        line = line[1:-1].replace('""', '"')
    return line.removesuffix("|").split("|")


def _quoted(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell beyond all measure; the reader goes on behind it
            yield ["x" * (LONGEST_CELL + 1)]
