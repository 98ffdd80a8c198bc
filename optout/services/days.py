"""The days that this data has seen: whether the computer’s date lies before one of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from optout.services.desk import OWNER, Desk
from optout.store import audit, meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEY = "days"

A_ZONE = timedelta(days=1)
"""So far a journey into another time zone takes the date back: that is no wrong clock."""

BELIEVED_AFTER = timedelta(days=7)
"""A clock that ran on for so long after it was set back is right, and the later day was wrong."""

MADE_ON = date(2026, 11, 1)
"""This program was written later: a clock that says less is wrong however long it runs on."""

ACT = "believe_clock"


@dataclass(frozen=True, slots=True)
class Days:
    """What the sweeps saw of the computer’s clock.

    Args:
        newest: the newest local date on which one was made.
        swept_at: when the last one was made, UTC.
        back_since: the date that was seen first after the clock was set back; None while it lies
            where it should.
    """

    newest: date
    swept_at: datetime
    back_since: date | None = None

    def behind(self, today: date) -> bool:
        """Whether today lies before a day that was here already."""
        return today < self.newest - A_ZONE

    def after(self, today: date, now: datetime) -> Days:
        """What is known after one more sweep.

        A date far ahead is taken as it comes: a computer that was asleep for years looks the same
        as one whose clock is wrong. That it was wrong shows when the clock comes back; then the
        person is told, and the later day is forgotten when they say so, or by itself after a week
        of days in order.
        """
        if not self.behind(today):
            return Days(max(self.newest, today), now)
        since = min(self.back_since or today, today)
        if today - since >= BELIEVED_AFTER and today >= MADE_ON:
            return Days(today, now)
        return replace(self, swept_at=now, back_since=since)


def read(session: Session) -> Days | None:
    """What was kept; None before the first sweep, or where it cannot be read."""
    try:
        kept: dict[str, Any] = json.loads(meta.get(session, KEY) or "null")
        back = kept["back_since"]
        return Days(date.fromisoformat(kept["newest"]), datetime.fromisoformat(kept["swept_at"]),
                    date.fromisoformat(back) if back else None)
    except (TypeError, ValueError, KeyError):
        return None


def note(desk: Desk) -> Days:
    """Write down that a sweep is made now. Nobody but the sweep does."""
    today, now = desk.clock.today(), desk.clock.now()
    with desk.store.writing() as session:
        before = read(session)
        return _keep(session, before.after(today, now) if before else Days(today, now))


def known(desk: Desk) -> Days | None:
    """What is known now; None before the first sweep."""
    with desk.store.reading() as session:
        return read(session)


def latest(session: Session, today: date) -> date:
    """The latest day that has come: today, or tomorrow where it came in a zone further east."""
    days = read(session)
    return today if days is None or days.behind(today) else max(today, days.newest)


def believe(desk: Desk, *, actor: str = OWNER) -> Days:
    """Take the computer’s date of now for right, and forget any later day that it said before.

    Tasks that were raised on such a day stay raised; they are shown from their own day on.
    """
    today, now = desk.clock.today(), desk.clock.now()
    with desk.store.writing() as session:
        audit.write(session, actor, ACT, "", now)
        return _keep(session, Days(today, now))


def _keep(session: Session, days: Days) -> Days:
    meta.put(session, KEY, json.dumps({
        "newest": days.newest.isoformat(), "swept_at": days.swept_at.isoformat(),
        "back_since": days.back_since.isoformat() if days.back_since else None}))
    return days
