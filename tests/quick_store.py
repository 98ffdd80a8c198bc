"""New databases without the migrations, and engines that know each other's compiled statements.

What the migrations left is read once and written down again.

Hundreds of tests begin with a new data folder, and Alembic takes a fifth of a second for each. The
programs that tests start, and the tests of the migrations, still run them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from optout.store import store
from optout.store.engine import BEGIN, WRITE, open_engine

migrated = store._build
"""The real way: every revision, one after the other."""

Row = tuple[object, ...]

FULL_TEXT = ("person_search", "note_search")
"""The virtual tables; each has tables of its own, whose names begin with it."""


def is_full_text(name: str) -> bool:
    """Whether a table of the database belongs to the full-text search and not to the models."""
    return name in FULL_TEXT or name.startswith(tuple(f"{table}_" for table in FULL_TEXT))


@lru_cache(maxsize=1)
def template() -> tuple[tuple[str, ...], tuple[tuple[str, tuple[Row, ...]], ...]]:
    """The statements that make every table and index, and the rows that stand in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        migrated(path, "0" * 64)
        return content(path, "0" * 64)


def content(path: Path, key_hex: str) -> tuple[
        tuple[str, ...], tuple[tuple[str, tuple[Row, ...]], ...]]:
    """What a database holds: its schema, in the order in which it was made, and its rows.

    The tables that a virtual table makes for itself are left out, but for its settings.
    """
    engine = open_engine(path, key_hex)
    try:
        with engine.connect() as connection:
            made = [tuple(row) for row in connection.exec_driver_sql(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
                "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid")
                if row[1] in FULL_TEXT or not is_full_text(row[1])]
            kept = [name for kind, name, _ in made if kind == "table" and name not in FULL_TEXT]
            rows = tuple((name, tuple(tuple(row) for row in connection.exec_driver_sql(
                f'SELECT * FROM "{name}"')))  # noqa: S608 - a name of our own
                for name in (*kept, *(f"{table}_config" for table in FULL_TEXT)))
    finally:
        engine.dispose()
    return tuple(sql for *_, sql in made), rows


def build(path: Path, key_hex: str) -> None:
    """Make a new database as the migrations would."""
    statements, tables = template()
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    engine = open_engine(path, key_hex, new=True)
    try:
        with engine.execution_options(**{BEGIN: WRITE}).begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
            for name, rows in tables:
                for row in rows:
                    marks = ", ".join("?" * len(row))
                    connection.exec_driver_sql(f'REPLACE INTO "{name}" VALUES ({marks})', row)  # noqa: S608 - a name of our own
    finally:
        engine.dispose()


MakeEngine = Callable[[Path, Callable[[Any], None], Any], sa.Engine]


def compiled_once(make: MakeEngine) -> MakeEngine:
    """Engines that share their compiled statements: the dialect is a part of each one's key.

    An engine on another driver, and the first that has connected, stand for themselves.
    """
    known: dict[int, sa.Engine] = {}

    def made(path: Path, prepare: Callable[[Any], None], module: Any) -> sa.Engine:
        new = make(path, prepare, module)
        first = known.setdefault(id(module), new)
        if first.dialect.server_version_info is None:  # it never connected
            known[id(module)] = new
        elif first is not new:
            new.dialect, new._compiled_cache = first.dialect, first._compiled_cache
        return new

    return made
