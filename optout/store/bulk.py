"""Rows by the hundred thousand: the driver gets plain tuples and one statement per table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

CHUNK = 5_000

Raw = tuple[Any, ...]
"""A row as the driver takes it, in the order of the table's columns."""


def raw(table: sa.Table, values: Mapping[str, Any]) -> Raw:
    """One row, converted as the columns' types convert it; a column without a value is NULL."""
    converters = _converters(table)
    return tuple(
        value if convert is None or value is None else convert(value)
        for value, convert in (
            (values.get(column.name), converters[column.name]) for column in table.columns))


def add_raw(session: Session, table: sa.Table, rows: Iterable[Raw]) -> int:
    """Store rows that `raw` made.

    Returns:
        How many were stored.
    """
    connection = session.connection()
    statement = _statement(table)
    count, waiting = 0, iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        connection.exec_driver_sql(statement, chunk)
        count += len(chunk)
    return count


@cache
def _statement(table: sa.Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 -- names of our own


@cache
def _converters(table: sa.Table) -> Mapping[str, Any]:
    """What turns a value into what is stored, by column; words need nothing: they are text."""
    dialect = sqlite.dialect()
    return {
        column.name: None if isinstance(column.type, sa.Enum)
        else column.type.dialect_impl(dialect).bind_processor(dialect)
        for column in table.columns}
