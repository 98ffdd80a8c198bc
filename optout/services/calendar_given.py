"""What calendars were given last: programs take other words up only where their numbers move.

Programs compare SEQUENCE and LAST-MODIFIED of an entry with those that they have (RFC 5545,
3.8.7). The words of an entry also change where nothing of its task does: by another choice, when
somebody comes to be at risk, when a second person joins, or when companies have other names. So
each such change is counted here, when a calendar is made: whatever brought it about, the next
calendar after it moves every entry.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from optout.domain.discretion import Discretion
from optout.domain.request import FollowUp
from optout.services.desk import Desk
from optout.store import calendar as rows
from optout.store import meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.registry.registry import Registry

KEY = "calendar_given"

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

_SPACE = uuid.UUID("38004c81-03ca-4150-8669-572b05652f99")
"""Tells the ids of entries from those that others make of the same words."""

_NAMES = "names of companies"
"""Where the desk's memory holds what tells them from others, and of which registry it is."""


@dataclass(frozen=True, slots=True)
class Given:
    """How the entries are worded and named.

    Args:
        words: how much they say; other text means other words.
        count: how often the words changed; a part of the SEQUENCE of every entry.
        changed_at: the instant of the last such change, UTC.
        named_until: tasks up to this number may stand in calendars under an id that names this
            program, and keep it: under another one they would stand there twice.
    """

    words: str = Discretion.NUMBER.value
    count: int = 0
    changed_at: datetime = LONG_AGO
    named_until: int = 0

    def uid(self, task: FollowUp) -> str:
        """The id of a task's entry, the same for ever; it says nothing (RFC 7986, 5.3)."""
        if task.number <= self.named_until:
            return f"{task.id.lower()}@optout.invalid"
        return str(uuid.uuid5(_SPACE, task.id))


def begin(session: Session) -> None:
    """Note in a new data folder that no calendar was given yet."""
    _keep(session, Given())


def given(desk: Desk, discretion: Discretion, *, with_person: bool) -> Given:
    """How the entries of a calendar that is made now are worded and named.

    Where they say something else than those of the last one, that is counted and kept. In a data
    folder of before, nobody kept what the last one said: it may have said more.

    Args:
        desk: the opened data.
        discretion: how much they say.
        with_person: they say whose each is, where they name companies.
    """
    words = discretion.value
    if discretion is Discretion.COMPANY:
        words += f"{' and person' if with_person else ''} {_names(desk)}"
    with desk.store.reading() as session:
        last = _last(session)
    if last is not None and last.words == words:
        return last
    with desk.store.writing() as session:
        last = _last(session) or Given(words="", named_until=rows.last_number(session))
        if last.words != words:
            last = replace(last, words=words, count=last.count + 1, changed_at=desk.clock.now())
        _keep(session, last)
    return last


def _names(desk: Desk) -> str:
    """The same while every company of the registry is called as before; worked out once."""
    registry = desk.registry
    known = cast("tuple[Registry, str] | None", desk.memory.get(_NAMES))
    if known is None or known[0] is not registry:
        names = json.dumps(sorted((one.id, one.name) for one in registry.brokers.values()))
        known = registry, hashlib.sha256(names.encode()).hexdigest()
        desk.memory[_NAMES] = known
    return known[1]


def _last(session: Session) -> Given | None:
    text = meta.get(session, KEY)
    if text is None:
        return None
    kept = json.loads(text)
    return Given(**{**kept, "changed_at": datetime.fromisoformat(kept["changed_at"])})


def _keep(session: Session, now: Given) -> None:
    meta.put(session, KEY, json.dumps({**asdict(now), "changed_at": now.changed_at.isoformat()}))
