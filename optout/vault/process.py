"""The process keeps its memory and its files to itself, as far as the system lets it."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """Close new files to others, and keep memory out of core dumps and other processes."""
    os.umask(0o077)
    _no_core_dumps()
    _not_dumpable()


def _no_core_dumps() -> None:
    if sys.platform == "win32":
        return
    import resource  # not there on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _not_dumpable() -> None:
    """Best effort: no core dump even where a handler takes them, no other process looks in."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return
