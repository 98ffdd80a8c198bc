"""What time it is: the system's clock, and the one that tests and the demo move by hand."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time; a function asks once and passes the value on."""

    def now(self) -> datetime:
        """The instant, as an aware UTC time."""
        ...

    def today(self) -> date:
        """The local date."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The instant, as an aware UTC time."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The local date, in the zone that the machine has now.

        It is asked for anew each time: who travels changes it while the program runs.
        """
        if sys.platform != "win32":
            time.tzset()
        return datetime.now().astimezone().date()


class HandClock:
    """A clock that stands still until it is moved, and never runs backwards."""

    def __init__(self, start: date) -> None:
        self._now = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """The instant, as an aware UTC time."""
        return self._now

    def today(self) -> date:
        """The date of the instant (local time is UTC for this clock)."""
        return self._now.date()

    def forward(self, *, days: int = 0, hours: int = 0) -> None:
        """Move on.

        Raises:
            ValueError: if the step is negative.
        """
        step = timedelta(days=days, hours=hours)
        if step < timedelta(0):
            raise ValueError("A clock moves forward only.")
        self._now += step
