"""Marks: files that one process holds while it does what only one of them shall do."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_FAR = 1024
"""Windows locks bytes against reading too: one beyond the note, so that others can read it."""

_LONGEST_NOTE = 100

_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""Some network folders know no locks; whoever works there works as if alone."""


class Held:
    """A mark that this process holds until `let_go`, or until it dies; see `hold`."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    def note(self, text: str) -> None:
        """Write a short line for others to read, in place of the one that stood there."""
        if self._handle is not None:
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.ftruncate(self._handle, 0)
            os.write(self._handle, text.encode()[:_LONGEST_NOTE])

    def let_go(self) -> None:
        """Give the mark back; the second time does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):  # a full disk: the lock ends all the same
                os.ftruncate(handle, 0)
            os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.let_go()


def hold(mark: Path, note: str = "") -> Held | None:
    """Take a mark without waiting; None while another process, or another part of this one, has it.

    The system takes the mark back from a process that dies, however it dies, so that nobody has
    to guess how long its work may last. Its file stays, and is never deleted: a process that held
    a deleted file and one that made it anew would both believe to have it.

    Args:
        mark: the file; its folder must exist.
        note: a short line for others to read, such as who holds it.
    """
    handle = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _try(handle):
            os.close(handle)
            return None
        held = Held(handle)
        held.note(note)
    except BaseException:
        os.close(handle)
        raise
    return held


def holder(mark: Path) -> str | None:
    """The note of whoever holds a mark now; None when nobody does."""
    if not mark.exists():
        return None
    held = os.open(mark, os.O_RDWR)
    try:
        if _try(held):
            return None
        os.lseek(held, 0, os.SEEK_SET)
        return os.read(held, _LONGEST_NOTE).decode(errors="replace")
    finally:
        os.close(held)


def _try(handle: int) -> bool:
    try:
        _lock(handle)
    except OSError as error:
        return error.errno in _NO_LOCKS_HERE
    return True


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        far: Any = msvcrt
        os.lseek(handle, _FAR, os.SEEK_SET)
        far.locking(handle, far.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
