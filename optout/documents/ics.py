"""Tasks as a calendar (RFC 5545): all-day entries that say no more than they are told to say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PRODUCT = "-//Reminders//Calendar//EN"
"""Names what wrote the file, which anybody who is shown the calendar can read; so not this
program."""

NAME = "Reminders"
"""What programs call the calendar: it stands in plain sight beside the others."""

LOOK_AGAIN = timedelta(hours=4)
"""How often programs that subscribe may look for news."""

MORNING = timedelta(hours=9)
"""An all-day entry begins at midnight where the person is; its alarm goes off at nine."""

DAY_BEFORE = MORNING - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One entry.

    Args:
        uid: stable for the task, so that what comes later updates the entry.
        on: the whole day on which it stands.
        summary: discreet: calendars are shared and shown on locked screens.
        sequence: grows with each change of the entry (RFC 5545, 3.8.7.4).
        changed_at: the aware instant of the last change; the entry's only time stamp, so that
            the same data gives the same bytes.
        cancelled: the task is over; programs take it off, and its alarms with it.
        warn_before: ring on the day before, too.
    """

    uid: str
    on: date
    summary: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    warn_before: bool = False


def calendar_parts(items: Iterable[CalendarItem]) -> Iterator[bytes]:
    """A calendar of the entries in their order, piece by piece: it is never held as a whole."""
    return framed(map(entry_bytes, items))


def entry_bytes(item: CalendarItem) -> bytes:
    """One entry by itself, to be kept and put into a calendar by `framed`."""
    return bytes(_event(item).to_ical())


def framed(entries: Iterable[bytes]) -> Iterator[bytes]:
    """A calendar, piece by piece, of entries as `entry_bytes` gives them."""
    head, end = _frame()
    yield head
    yield from entries
    yield end


def _frame() -> tuple[bytes, bytes]:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    end = b"END:VCALENDAR\r\n"
    return bytes(calendar.to_ical()).removesuffix(end), end


def _event(item: CalendarItem) -> Event:
    from icalendar import Event

    changed = item.changed_at.astimezone(UTC).replace(microsecond=0)
    summary = _line(item.summary)
    event = Event()
    event.add("uid", item.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", item.sequence)
    event.add("dtstart", item.on)
    event.add("dtend", item.on + timedelta(days=1))
    event.add("summary", summary)
    event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if not item.cancelled:
        event.add_component(_alarm(summary, MORNING))
        if item.warn_before:
            event.add_component(_alarm(summary, DAY_BEFORE))
    return event


def _alarm(summary: str, after_start: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", after_start)
    return alarm


def _line(text: str) -> str:
    """One line without the control characters that a calendar may not hold.

    Whatever some reader takes for the end of a line becomes a space.
    """
    return "".join(sign for sign in " ".join(text.split())
                   if unicodedata.category(sign) != "Cc")
