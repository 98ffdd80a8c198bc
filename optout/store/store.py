"""The store: one encrypted database, opened, brought up to date, and used in transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from optout.domain.errors import InstanceExists, InvalidInput
from optout.store import diagnosis, upgrade
from optout.store.engine import BEGIN, WRITE, open_engine

_SIDE_FILES = ("-wal", "-shm", "-journal")


class Store:
    """An open database.

    Args:
        path: the file.
        engine: connections to it.
    """

    def __init__(self, path: Path, engine: sa.Engine) -> None:
        self.path = path
        self._engine = engine
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(
            engine.execution_options(**{BEGIN: WRITE}), expire_on_commit=False)

    def __repr__(self) -> str:
        return f"<Store {self.path.name}>"

    @classmethod
    def create(cls, path: Path, key_hex: str) -> Store:
        """Make a new database and open it; it appears under its name only when it is whole.

        Raises:
            DriverMissing: without the encrypted driver.
            InstanceExists: when the file is there already.
            DiskFull: when there is no room; nothing is left behind.
        """
        path = path.absolute()
        if path.exists():
            raise InstanceExists(f"There is a database at {path} already.",
                                 remedy="Unlock it, or choose another data folder.")
        unfinished = path.with_name(f".{path.name}.unfinished")
        _remove(unfinished)
        try:
            with _plain_errors(path):
                _build(unfinished, key_hex)
                unfinished.rename(path)
        finally:
            _remove(unfinished)
        return cls(path, open_engine(path, key_hex))

    @classmethod
    def open(cls, path: Path, key_hex: str) -> Store:
        """Open a database; an older form is copied, sealed, and then brought up to date.

        Raises:
            DriverMissing: without the encrypted driver.
            InstanceMissing: when there is no such file.
            InstanceUnusable: when the file is damaged, of another key, of a newer optout, or
                cannot be brought up to date. It is left as it was.
            DiskFull: when there is no room for the copy.
        """
        path = path.absolute()
        engine = open_engine(path, key_hex)
        try:
            with _plain_errors(path):
                upgrade.bring_up_to_date(engine, path, key_hex)
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session with one unchanging view of the data; it cannot write."""
        with _plain_errors(self.path), self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock from its first statement: all is kept or nothing.

        Raises:
            DiskFull: when there is no room; nothing was written.
            InstanceUnusable: when another process holds the lock for too long, or the file or
                the disk is damaged.
        """
        with _plain_errors(self.path), self._writing.begin() as session:
            yield session

    def forget(self) -> bool:
        """After an erasure: fold the log into the file and remove copies of earlier upgrades.

        What was deleted lies in the log and in the main file until then.

        Returns:
            False when another process was reading and the log could not be emptied; then it is
            emptied when the last one closes the database.
        """
        for copy in upgrade.copies(self.path):
            copy.unlink(missing_ok=True)
        with self._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Close every connection; the last one folds the log into the file."""
        self._engine.dispose()


def _build(path: Path, key_hex: str) -> None:
    # Made by us first: the driver would make it readable by others where the umask allows.
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    engine = open_engine(path, key_hex, new=True)
    try:
        upgrade.to_head(engine)
    finally:
        engine.dispose()


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + suffix for suffix in _SIDE_FILES)):
        path.with_name(name).unlink(missing_ok=True)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    """Turn what happens to disks, locks and broken text into sentences."""
    try:
        yield
    except sa.exc.DatabaseError as error:
        told = diagnosis.in_use(path, str(error.orig))
        if told is None or isinstance(error, sa.exc.IntegrityError):
            raise
        raise told from error
    except (UnicodeEncodeError, sa.exc.StatementError) as error:
        # What a terminal or a broken paste hands over where a character should be.
        if not isinstance(getattr(error, "orig", error), UnicodeEncodeError):
            raise
        raise InvalidInput("A text has half a character in it, which cannot be kept.",
                           remedy="Type that word again instead of pasting it.") from error
