"""How long work that can wait may go on at once: bounded, with room for others in between."""

from __future__ import annotations

import time

AT_UNLOCKING = 0.5
"""Seconds: the person waits for it."""

AT_A_SWEEP = 4.0
"""Seconds: nobody waits, but the pages share the machine with it."""

PAUSE = 0.05
"""Seconds between two pieces, in which others that wait for the write lock come to it."""


class Patience:
    """Time that work may take that is done in pieces and can go on later.

    By the machine's own count, which nobody can set.

    Args:
        seconds: after which no further piece is begun; the first one always is.
        pause: seconds between two pieces.
    """

    def __init__(self, seconds: float, *, pause: float = PAUSE) -> None:
        self._end = time.monotonic() + seconds
        self._pause = pause

    def lasts(self) -> bool:
        """Whether there is time for another piece; if so, others had their turn meanwhile."""
        if time.monotonic() + self._pause >= self._end:
            return False
        time.sleep(self._pause)
        return True
