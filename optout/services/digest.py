"""What waits for the person at a glance: late, today, this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.request import DueItem
from optout.services.desk import Desk
from optout.services.followups import seen
from optout.store import due as rows
from optout.store.due import Days

WEEK = 7
"""Days after today that count as this week."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The open tasks of a day, each group with its first ones and its whole number.

    A task stands under the day from which it is shown: one that was put off until today is
    today's, however long ago its own day was (`DueItem.days_overdue` tells that).

    Args:
        day: as of which it was made.
        late: shown since an earlier day, the longest first.
        today: shown from this day on.
        week: shown within the seven days after it, soonest first.
        late_count, today_count, week_count: how many there are; the groups may hold fewer.
    """

    day: date
    late: tuple[DueItem, ...]
    today: tuple[DueItem, ...]
    week: tuple[DueItem, ...]
    late_count: int
    today_count: int
    week_count: int

    @property
    def now_count(self) -> int:
        """How many wait today: the late ones and today's."""
        return self.late_count + self.today_count


def digest(
    desk: Desk, *, on: date | None = None, most: int = 50, person_id: str | None = None,
) -> Digest:
    """What is late, due today and due this week. It reads only what it gives back.

    Args:
        desk: the opened data.
        on: the day; default: today.
        most: how many tasks each group holds at most.
        person_id: of this person only; default: of everyone.
    """
    day = desk.day(on)
    late, today, week = groups(day)
    with desk.store.reading() as session:
        def first(days: Days) -> tuple[DueItem, ...]:
            return seen(desk, rows.page(session, days, most=most, person_id=person_id), day)

        def number(days: Days) -> int:
            return rows.count(session, days, person_id=person_id)

        return Digest(day, first(late), first(today), first(week),
                      number(late), number(today), number(week))


def groups(day: date) -> tuple[Days, Days, Days]:
    """The days of the three groups, as of a day: late, today, this week."""
    tomorrow = day + timedelta(days=1)
    return (Days(until=day - timedelta(days=1)), Days(day, day),
            Days(tomorrow, day + timedelta(days=WEEK)))
