"""Long work on a terminal: a bar, and Ctrl-C that stops between two pieces and not within one."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType

from optout.cli.output import progress
from optout.cli.state import State
from optout.domain.errors import Cancelled


@dataclass
class Bar:
    """A bar that stops the work when it was asked to.

    Args:
        show: is told how much is done, of how much.
    """

    show: Callable[[int, int], None]
    asked: threading.Event = field(default_factory=threading.Event)

    def advance(self, done: int, total: int) -> None:
        """Show it, or stop here.

        Raises:
            Cancelled: after Ctrl-C.
        """
        self.show(done, total)
        if self.asked.is_set():
            raise Cancelled(done=done, total=total)


@contextlib.contextmanager
def watched(state: State, what: str) -> Iterator[Bar]:
    """Watch a piece of long work; the first Ctrl-C asks it to stop, the second breaks it off.

    Args:
        state: of this call; programs and pipes see no bar.
        what: stands before the bar.
    """
    with progress(state, what) as show:
        bar = Bar(show)

        def stop(number: int, frame: FrameType | None) -> None:
            if bar.asked.is_set():
                signal.default_int_handler(number, frame)
            bar.asked.set()

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield bar
        finally:
            signal.signal(signal.SIGINT, before)
