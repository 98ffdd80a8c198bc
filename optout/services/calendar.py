"""Tasks as other calendars show them: the file of everything, the feed of the months ahead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from optout.domain.discretion import Discretion, Medium
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind
from optout.services import calendar_given
from optout.services import discretion as speech
from optout.services.calendar_given import LONG_AGO
from optout.services.desk import Desk
from optout.store import calendar as rows
from optout.store import people
from optout.store.followups import OPEN

if TYPE_CHECKING:
    from optout.documents.ics import CalendarItem

HORIZON = timedelta(days=400)
"""So far ahead the feed looks: a year, and the notice that some dates need."""

KEPT = timedelta(weeks=6)
"""So long an entry of a task that ended is still told as cancelled, to every program."""

MOST_OPEN = 2_000
MOST_ENDED = 1_000
"""Entries of the feed; the nearest days and the latest changes come first."""

PAGE = 2_000
"""Tasks that the file reads at a time."""

LAST_DAYS = frozenset({FollowUpKind.APPEAL_BY, FollowUpKind.CONFIRMATION_EXPIRES})
"""Tasks whose day is the last one for the person: their alarm rings on the day before, too."""

_ENTRIES = "calendar entries"
"""Where the desk's memory holds the entries of the last feed, as they were written."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a program that subscribes is given.

    Args:
        etag: the same for the same content.
    """

    content: bytes
    etag: str


def calendar_file(desk: Desk, *, discretion: Discretion | None = None) -> Iterator[bytes]:
    """Every open task and those that ended lately, piece by piece.

    Args:
        desk: the opened data.
        discretion: how much the entries say; default: as chosen for calendars.

    Raises:
        GateClosed: when somebody here is at risk and it would say more than was agreed to.
    """
    from optout.documents.ics import calendar_parts

    if discretion is not None:
        speech.require_allowed(desk, Medium.CALENDAR, discretion)
    return calendar_parts(_everything(desk, _Scribe(desk, discretion)))


def feed(desk: Desk) -> Feed:
    """The tasks within the horizon and those that ended lately, as an iCalendar file.

    It is the same, byte for byte, while nothing changed and the same day lasts. Entries are
    kept as long as the data is open, and only those that changed are written anew: programs ask
    every few hours or minutes, and little changes in between.
    """
    from optout.documents.ics import entry_bytes, framed

    scribe = _Scribe(desk, None)
    until = desk.clock.today() + HORIZON
    with desk.store.reading() as session:
        tasks = (*rows.open_tasks(session, limit=MOST_OPEN, until=until),
                 *rows.ended_since(session, _begin(desk), limit=MOST_ENDED))
    known = cast("Mapping[CalendarItem, bytes]", desk.memory.get(_ENTRIES, {}))
    entries = {item: known.get(item) or entry_bytes(item) for item in scribe.items(tasks)}
    desk.memory[_ENTRIES] = entries
    content = b"".join(framed(entries.values()))
    return Feed(content, hashlib.sha256(content).hexdigest())


def _everything(desk: Desk, scribe: _Scribe) -> Iterator[CalendarItem]:
    last = None
    while True:
        with desk.store.reading() as session:
            tasks = rows.open_tasks(session, limit=PAGE, after=last)
        if not tasks:
            break
        last = (tasks[-1].shown_on, tasks[-1].number)
        yield from scribe.items(tasks)
    with desk.store.reading() as session:
        ended = rows.ended_since(session, _begin(desk), limit=rows.MOST_ENDED)
    yield from scribe.items(ended)


def _begin(desk: Desk) -> datetime:
    """The midnight from which on it is told what ended: it moves once a day, not each second."""
    now = desk.clock.now() - KEPT
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


class _Scribe:
    """Makes entries of tasks, as much as may be said."""

    def __init__(self, desk: Desk, discretion: Discretion | None) -> None:
        with desk.store.reading() as session:
            chosen = speech.discretion_of(session, Medium.CALENDAR)
            self._several = people.are_several(session)
        self._discretion = discretion or chosen
        self._given = calendar_given.given(
            desk, self._discretion, with_person=self._several)
        self._brokers = desk.registry.brokers

    def items(self, tasks: Iterable[FollowUp]) -> Iterator[CalendarItem]:
        """The entries; other words count as a change, so that programs take them up."""
        from optout.documents.ics import CalendarItem

        for task in tasks:
            broker = self._brokers.get(task.broker_id)
            yield CalendarItem(
                uid=self._given.uid(task), on=task.shown_on,
                summary=speech.summary_of(
                    task, broker.name if broker else task.broker_id, self._discretion,
                    with_person=self._several),
                sequence=task.sequence + self._given.count,
                changed_at=max(task.changed_at or LONG_AGO, self._given.changed_at),
                cancelled=task.state not in OPEN, warn_before=task.kind in LAST_DAYS)
