"""Follow-ups as a calendar file: all-day entries that say nothing about anyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_PRODUCT = "-//optout//follow-ups//EN"


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One entry.

    Args:
        uid: stable for the follow-up, so that a later file updates the entry.
        summary: discreet: calendars are shared and shown on locked screens.
        sequence: grows with each change of the entry (RFC 5545, 3.8.7.4).
    """

    uid: str
    due_on: date
    summary: str
    sequence: int = 0


def calendar_bytes(items: Iterable[CalendarItem], stamp: datetime) -> bytes:
    """The entries as an iCalendar file (RFC 5545).

    Args:
        items: in any order; the file has them by date.
        stamp: the aware instant at which the file was made.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for item in sorted(items, key=lambda item: (item.due_on, item.uid)):
        event = Event()
        event.add("uid", item.uid)
        event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", item.due_on)
        event.add("dtend", item.due_on + timedelta(days=1))
        event.add("summary", item.summary)
        event.add("sequence", item.sequence)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
