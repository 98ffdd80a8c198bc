"""What one's own requests show of a broker: how fast it answers, and what it does."""

from __future__ import annotations

from datetime import date

from optout.domain.broker_record import BrokerRecord
from optout.lifecycle import record
from optout.services.desk import Desk
from optout.store import broker_requests, history, requests

MOST = 200
"""The newest requests that are read: they show the company as it is now, and a page stays quick."""

FEW = 10
"""Below so many requests the numbers are no more than a hint."""

_AT_ONCE = 400
"""Requests named in one statement."""


def record_of(desk: Desk, broker_id: str, *, on: date | None = None) -> BrokerRecord:
    """What the requests of everyone here to one broker came to; it names nobody.

    Args:
        desk: the opened data.
        broker_id: a broker, which may have left the registry.
        on: the day up to which lateness is counted; default: today.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        ids, besides = broker_requests.newest(session, broker_id, MOST)
        lives = []
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first:first + _AT_ONCE]
            events = history.events_of(session, some)
            dates = history.dates_of(session, some)
            lives += [(request, events.get(request.id, ()), dates.get(request.id, ()))
                      for request in requests.some(session, some)]
    return record.record(lives, day, not_counted=besides)
