"""Why a database does not open: told in a sentence that says what to do; nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optout.domain.errors import DiskFull, InstanceMissing, InstanceUnusable, OptoutError
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
        InstanceUnusable: when it is a folder, half-written, not encrypted, or may not be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(PAGE)
    except FileNotFoundError as error:
        raise InstanceMissing(
            f"There is no database at {path}.",
            remedy="Put back a backup of the whole data folder, or set up a new one.") from error
    except OSError as error:
        raise InstanceUnusable(
            f"The database {path} cannot be read ({error.strerror}).",
            remedy="Check that the folder and its files belong to you.") from error
    if head.startswith(_PLAIN_HEADER):
        raise InstanceUnusable(f"The database {path} is not encrypted, so optout did not make it.",
                               remedy=_BACKUP)
    # The driver would take such a stump for a new database and begin to fill it.
    if len(head) < PAGE:
        raise InstanceUnusable(
            f"The database {path} is only half-written: it ends after {len(head)} bytes.",
            remedy=_BACKUP)


def check_with_key(path: Path, key_hex: str) -> None:
    """Open the database without changing anything, and see whether it is one of ours.

    Raises:
        InstanceUnusable: when it is damaged, of another key, or of another program, or when
            another process holds it for too long.
    """
    module = driver.load()
    connection: Any = module.connect(str(path), timeout=driver.BUSY_SECONDS)
    try:
        driver.give_key(connection, key_hex)
        ours = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except module.OperationalError as error:
        raise in_use(path, str(error)) or unopenable(path, str(error)) from error
    except module.DatabaseError as error:
        raise explain(path, key_hex) from error
    finally:
        connection.close()
    if not ours:
        raise InstanceUnusable(f"The database {path} was not made by optout.",
                               remedy="Choose another data folder; nothing was changed.")


def explain(path: Path, key_hex: str) -> InstanceUnusable:
    """Look at each page's seal and say whether the key or the file is wrong.

    The passphrase is not in question: the key file has proved it before the key came here.
    """
    pages = max(1, -(-path.stat().st_size // PAGE))
    broken = _broken_pages(path, key_hex)
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


def in_use(path: Path, said: str) -> OptoutError | None:
    """What the driver's words mean while the database is used; None where they say no more.

    Args:
        path: the database.
        said: the driver's message, which holds no data.
    """
    if "locked" in said:
        return InstanceUnusable(
            f"Another program is writing to {path.name} and has not finished.",
            remedy="Wait a moment and try again; if another optout is running, close it.")
    if "full" in said:
        return DiskFull("There is no room left on the disk that holds your data.",
                        remedy="Free some room and try again; nothing was half-written.")
    if "malformed" in said:
        return InstanceUnusable(f"The database {path.name} is damaged: a part cannot be trusted.",
                                remedy=_BACKUP)
    if "disk I/O" in said:
        return InstanceUnusable("The disk that holds your data reports an error.",
                                remedy="Check the disk and its free room, then start optout again.")
    return None


def unopenable(path: Path, said: str) -> InstanceUnusable:
    """The system does not let the database be opened."""
    return InstanceUnusable(
        f"The database {path} cannot be opened ({said}).",
        remedy="Check that the folder and its files belong to you and can be written.")
