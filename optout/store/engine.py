"""The engine: pooled connections to one encrypted database, transactions begun on purpose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from optout.store import diagnosis, driver

BEGIN = "optout_begin"
"""Execution option: `READ` (a stable view, no writing) or `WRITE` (the write lock at once)."""

READ, WRITE = "READ", "WRITE"


def open_engine(path: Path, key_hex: str, *, new: bool = False) -> sa.Engine:
    """Look whether the database can be used, then offer connections to it.

    Args:
        path: the database file, which must exist.
        key_hex: the raw key, 64 hexadecimal digits.
        new: the file is empty and about to be filled.

    Raises:
        DriverMissing: without the encrypted driver.
        InstanceMissing: when there is no such file.
        InstanceUnusable: when the file is damaged, not a database, or of another key.
    """
    prepare = driver.preparer(key_hex)
    if not new:
        diagnosis.check_before_opening(path)
        diagnosis.check_with_key(path, key_hex)
    return _engine(path, prepare, driver.load())


def _engine(path: Path, prepare: Callable[[Any], None], module: Any) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        module=module,
        echo=False,
        hide_parameters=True,  # an error's text must not carry anyone's data
        # The driver must not begin transactions by itself: `_begin` does, with the right lock.
        connect_args={"isolation_level": None, "timeout": driver.BUSY_SECONDS},
    )

    @sa.event.listens_for(engine, "connect", insert=True)
    def _connect(connection: Any, _record: Any) -> None:
        prepare(connection)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get(BEGIN, READ) == WRITE
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
