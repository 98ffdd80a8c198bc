"""Workbooks made for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]  # it has no types


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """One sheet with these cells; `=date` is the second of February 2027 as a date."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "m/d/yyyy"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell == "=date":
                sheet.write_datetime(number, column, datetime(2027, 2, 1), day)  # noqa: DTZ001 - a cell has no zone
            elif isinstance(cell, bool | int):
                sheet.write(number, column, cell)
            else:
                sheet.write_string(number, column, str(cell))
    book.close()
    return made.getvalue()
