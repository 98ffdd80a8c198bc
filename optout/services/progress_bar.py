"""How long work tells how far it has come, and is told to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Whoever watches long work: a bar on a terminal, a job of the app."""

    def advance(self, done: int, total: int) -> None:
        """Be told that so many of all pieces are whole.

        Raises:
            Cancelled: when the work is to stop here; what is whole stays.
        """


class Unwatched:
    """Nobody watches, and nobody stops it."""

    def advance(self, done: int, total: int) -> None:
        """Nothing to do."""


UNWATCHED = Unwatched()
