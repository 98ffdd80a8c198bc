"""Calendars read by two parsers that share no code with the writer, nor with each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import vobject  # type: ignore[import-untyped]  # it ships no types
from ical.calendar_stream import IcsCalendarStream

MORNING, DAY_BEFORE = timedelta(hours=9), timedelta(hours=-15)


@dataclass(frozen=True)
class ReadEvent:
    """What a program makes of an entry."""

    uid: str
    on: date
    until: date
    summary: str
    sequence: int
    status: str
    changed_at: datetime
    stamped_at: datetime
    private: bool
    free: bool
    alarms: tuple[timedelta, ...]
    rings: tuple[str, ...]


def by_ical(content: bytes) -> list[ReadEvent]:
    """Read by `ical`."""
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    return [ReadEvent(
        str(event.uid), _day(event.dtstart), _day(event.dtend), event.summary or "",
        event.sequence or 0, str(event.status and event.status.value), _instant(
            event.last_modified), _instant(event.dtstamp), str(
            event.classification and event.classification.value) == "PRIVATE",
        event.transparency == "TRANSPARENT",
        tuple(_delay(alarm.trigger) for alarm in event.alarm),
        tuple(alarm.description or "" for alarm in event.alarm)) for event in calendar.events]


def by_vobject(content: bytes) -> list[ReadEvent]:
    """Read by `vobject`."""
    calendar: Any = vobject.readOne(content.decode())
    calendar.validate(raiseException=True)
    return [ReadEvent(
        event.uid.value, event.dtstart.value, event.dtend.value, event.summary.value,
        int(event.sequence.value), event.status.value, event.last_modified.value,
        event.dtstamp.value, getattr(event, "class").value == "PRIVATE",
        event.transp.value == "TRANSPARENT",
        tuple(alarm.trigger.value for alarm in event.contents.get("valarm", ())),
        tuple(alarm.description.value for alarm in event.contents.get("valarm", ())))
        for event in calendar.contents.get("vevent", ())]


READERS: Mapping[str, Callable[[bytes], list[ReadEvent]]] = {
    "ical": by_ical, "vobject": by_vobject}


def _day(value: object) -> date:
    assert isinstance(value, date)
    assert not isinstance(value, datetime), "an entry is a whole day"
    return value


def _instant(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value


def _delay(value: object) -> timedelta:
    assert isinstance(value, timedelta)
    return value
