"""Processes that change the same file take turns."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MARK = ".turn"


@contextlib.contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Wait until no other process is within this for the same folder.

    The system ends the turn of a process that dies. Nothing is left in the folder, except on
    Windows, where a folder cannot be locked: an empty file named `.turn`.

    Args:
        folder: must exist.
    """
    windows = os.name == "nt"
    place = folder / _MARK if windows else folder
    handle = os.open(place, os.O_RDWR | os.O_CREAT if windows else os.O_RDONLY, 0o600)
    try:
        _wait(handle, windows=windows)
        yield
    finally:
        os.close(handle)  # gives the turn back


def _wait(handle: int, *, windows: bool) -> None:
    if windows:
        import msvcrt

        far: Any = msvcrt
        far.locking(handle, far.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
