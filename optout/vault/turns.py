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
    handle = _open(folder)
    try:
        _lock(handle, wait=True)
        yield
    finally:
        os.close(handle)  # gives the turn back


@contextlib.contextmanager
def turn_if_free(folder: Path) -> Iterator[bool]:
    """The same without waiting, for work that whoever has the turn is doing anyway.

    Args:
        folder: must exist.

    Yields:
        Whether this is the only one within; False while another thread or process is.
    """
    handle = _open(folder)
    try:
        try:
            _lock(handle, wait=False)
        except OSError:  # how the system says that somebody has it
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _open(folder: Path) -> int:
    windows = os.name == "nt"
    place = folder / _MARK if windows else folder
    return os.open(place, os.O_RDWR | os.O_CREAT if windows else os.O_RDONLY, 0o600)


def _lock(handle: int, *, wait: bool) -> None:
    if os.name == "nt":
        import msvcrt

        far: Any = msvcrt
        far.locking(handle, far.LK_LOCK if wait else far.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
