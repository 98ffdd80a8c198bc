"""A clock that can be set to any day, back as well as forward."""

from __future__ import annotations

from datetime import UTC, date, datetime

from optout.clock import HandClock


class SetClock(HandClock):
    """What a person does to a computer’s clock, or an empty battery."""

    def set_to(self, day: date) -> None:
        """Noon of that day."""
        self._now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
