"""The encrypted driver: loaded late, and each connection keyed, hardened and checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from optout.domain.errors import DriverMissing, InstanceUnusable

BUSY_SECONDS = 10
"""How long a writer waits for another process before it gives up."""

CACHE_KIB = 65_536
"""Page cache of a connection: pages found here need no decryption."""

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "NORMAL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "temp_store": "MEMORY",
    "trusted_schema": "OFF",
    "cache_size": str(-CACHE_KIB),
    "busy_timeout": str(BUSY_SECONDS * 1000),
}
"""Set on every connection: `secure_delete` and most others are not kept in the file."""

_MUST_HOLD = {"foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "temp_store": 2}
_KEY = re.compile(r"[0-9a-f]{64}")


def load() -> ModuleType:
    """The driver's module.

    Raises:
        DriverMissing: when it is not installed, or is a plain SQLite under that name.
    """
    remedy = ("Install it with “python -m pip install sqlcipher3” in the environment of optout. "
              "Without it nothing is stored: optout never writes an unencrypted database.")
    try:
        import sqlcipher3  # late: start-up and help must not pay for it
    except ImportError as error:
        raise DriverMissing(remedy=remedy) from error
    connection = sqlcipher3.connect(":memory:")
    try:
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise DriverMissing("The installed database driver cannot encrypt.", remedy=remedy)
    finally:
        connection.close()
    return sqlcipher3  # type: ignore[no-any-return]  # the driver carries no types


def preparer(key_hex: str) -> Callable[[Any], None]:
    """What makes a raw connection ready: key, pragmas, and a look whether they hold.

    Raises:
        ValueError: when the key is not 64 lower-case hexadecimal digits.
    """
    if not _KEY.fullmatch(key_hex):
        raise ValueError("A database key has 64 lower-case hexadecimal digits.")

    def prepare(connection: Any) -> None:
        give_key(connection, key_hex)
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}").fetchall()
        for name, wanted in _MUST_HOLD.items():
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != wanted:
                raise InstanceUnusable(
                    f"The database driver does not honour “{name}”.",
                    remedy="Reinstall optout with its locked dependencies (make install).")

    return prepare


def give_key(connection: Any, key_hex: str) -> None:
    """Hand over the raw key and read the first page, which fails under a wrong one."""
    # Before the key: a refused key would otherwise be reported on standard error.
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key_hex}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
