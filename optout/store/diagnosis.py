"""Why a database does not open: told in a sentence that says what to do; nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optout.domain.errors import InstanceMissing, InstanceUnusable
from optout.store import driver

PAGE = 4096
"""Bytes in a page of SQLCipher 4."""

_PLAIN_HEADER = b"SQLite format 3\x00"
_BACKUP = ("Nothing was changed. Put back a backup of the whole data folder, or move this "
           "folder away and start a new one.")


def check_before_opening(path: Path) -> None:
    """Refuse what can be told without the key.

    Raises:
        InstanceMissing: when there is no such file.
        InstanceUnusable: when it is a folder, empty, not encrypted, or may not be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError as error:
        raise InstanceMissing(
            f"There is no database at {path}.",
            remedy="Put back a backup of the whole data folder, or set up a new one.") from error
    except OSError as error:
        raise InstanceUnusable(
            f"The database {path} cannot be read ({error.strerror}).",
            remedy="Check that the folder and its files belong to you.") from error
    if not head:
        raise InstanceUnusable(f"The database {path} is empty: it was never fully written.",
                               remedy=_BACKUP)
    if head == _PLAIN_HEADER:
        raise InstanceUnusable(f"The database {path} is not encrypted, so optout did not make it.",
                               remedy=_BACKUP)


def explain(path: Path, key_hex: str) -> InstanceUnusable:
    """Look at each page's seal and say whether the key or the file is wrong.

    The passphrase is not in question: the key file has proved it before the key came here.
    """
    pages = max(1, -(-path.stat().st_size // PAGE))
    try:
        broken = _broken_pages(path, key_hex)
    except driver.load().Error:
        broken = pages
    if broken >= pages:
        return InstanceUnusable(
            f"The database {path} does not open with the key of this folder: it belongs to "
            "another key file, or it is damaged from the first page on.",
            remedy="Your passphrase is right. Put back the key.json and the optout.db that belong "
                   "together. " + _BACKUP)
    if broken:
        return InstanceUnusable(
            f"The database {path} is damaged: {broken} of {pages} pages cannot be trusted.",
            remedy=_BACKUP)
    return InstanceUnusable(f"The database {path} is incomplete: its end is missing.",
                            remedy=_BACKUP)


def _broken_pages(path: Path, key_hex: str) -> int:
    # `immutable` keeps the driver from writing anything beside the file, such as a log.
    connection: Any = driver.load().connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key_hex}'\"")
        return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    finally:
        connection.close()


def busy(path: Path) -> InstanceUnusable:
    """Another process held the write lock for too long."""
    return InstanceUnusable(
        f"Another program is writing to {path.name} and has not finished.",
        remedy="Wait a moment and try again; if another optout is running, close it.")
