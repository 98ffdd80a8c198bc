"""What came of many requests, counted from their histories at the end of every stretch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from optout.domain.outcome_words import Claim
from optout.domain.progress import Measure, Progress, Stretch, Tally
from optout.domain.request import RequestEvent
from optout.domain.words import Event
from optout.lifecycle.life import Life, advance
from optout.lifecycle.outcome import unfolding
from optout.lifecycle.table import LOOKS, WITH_BROKER

MOST_WEEKS = 26
"""Up to so many weeks are shown as weeks, more as months."""

SAYS: Mapping[Claim, Measure] = {
    Claim.REMOVED: Measure.SAID_REMOVED, Claim.SUPPRESSED: Measure.SAID_REMOVED,
    Claim.NO_RECORD: Measure.SAID_NOTHING, Claim.PARTLY: Measure.SAID_PARTLY,
    Claim.REFUSED: Measure.SAID_REFUSED,
}
"""Where each claim is counted; hidden counts as removed: both are only said."""

ASKED = (Measure.SENT, Measure.WAITING)
SAID = tuple(dict.fromkeys(SAYS.values()))
SEEN = (Measure.SEEN_GONE, Measure.SEEN_AGAIN)


def progress(
    histories: Iterable[Sequence[RequestEvent]], found: Iterable[date], today: date, *,
    looks: Iterable[date] = (),
) -> Progress:
    """A person's progress by week, or by month where it has been going on for longer.

    Args:
        histories: those of the requests. What happens on a day counts from its end; an entry
            that was dated before its forerunner counts from that one's day, unless it is the
            first sending.
        found: the days on which listings were seen.
        today: the last day that counts.
        looks: days of looks that belong to no request.
    """
    lives = [life for events in histories if (life := list(_days(events, today)))]
    listings = sorted(day for day in found if day <= today)
    first = min([*(day for life in lives for day, *_ in life), *listings[:1]], default=None)
    if first is None:
        return Progress(Stretch.WEEK, ())
    answers = _first_of(lives, ASKED)
    sights = min([*(day for life in lives for day, _, looked in life if looked),
                  *(day for day in looks if day <= today)], default=None)
    stretch, stretches = _stretches(first, today)
    known = {**dict.fromkeys(ASKED, answers), **dict.fromkeys(SAID, answers),
             **dict.fromkeys(SEEN, sights), Measure.FOUND: listings[0] if listings else None}
    return Progress(stretch, tuple(
        _tally(start, end, lives, listings, known) for start, end in stretches))


Day = tuple[date, frozenset[Measure], bool]
"""From a day on: what holds of a request, and whether a look was made on that day."""


def _days(events: Sequence[RequestEvent], today: date) -> Iterator[Day]:
    """What holds of a request after each of its events, up to a day."""
    life, day, sent = Life(), date.min, False
    for event, gone, again in unfolding(events):
        # Who writes down later what left long ago prepares it after it was sent.
        leaves = event.event is Event.MARK_SENT and not sent
        day = event.on if leaves else max(day, event.on)
        if day > today:
            return
        life = advance(life, event.event, event.on, event.detail)
        sent = sent or event.event is Event.MARK_SENT
        yield day, frozenset(_holds(life, sent=sent, gone=gone, again=again)), (
            event.event in LOOKS)


def _holds(life: Life, *, sent: bool, gone: bool, again: bool) -> Iterator[Measure]:
    if sent:
        yield Measure.SENT
        if life.claim is None and life.standing in WITH_BROKER:
            yield Measure.WAITING
    if life.claim is not None:
        yield SAYS[life.claim]
    if gone:
        yield Measure.SEEN_GONE
    if again:
        yield Measure.SEEN_AGAIN


def _first_of(lives: Sequence[Sequence[Day]], measures: Sequence[Measure]) -> date | None:
    """The first day on which one of these held of any request."""
    return min((day for life in lives for day, holds, _ in life
                if not holds.isdisjoint(measures)), default=None)


def _tally(
    start: date, end: date, lives: Sequence[Sequence[Day]], listings: Sequence[date],
    known: Mapping[Measure, date | None],
) -> Tally:
    now: Counter[Measure] = Counter()
    ever: Counter[Measure] = Counter()
    for life in lives:
        past = [holds for day, holds, _ in life if day <= end]
        now.update(past[-1] if past else ())
        ever.update(frozenset().union(*past))
    now[Measure.FOUND] = ever[Measure.FOUND] = sum(day <= end for day in listings)
    by_then = [one for one in Measure if (since := known[one]) is not None and since <= end]
    return Tally(start, end, {one: now[one] for one in by_then},
                 {one: ever[one] for one in by_then})


def _stretches(first: date, today: date) -> tuple[Stretch, list[tuple[date, date]]]:
    """The weeks from Monday to Sunday, or the months, from one day to another."""
    if (today - first).days < 7 * MOST_WEEKS:
        return Stretch.WEEK, list(_walk(
            first, today, lambda day: day + timedelta(days=7 - day.weekday())))
    return Stretch.MONTH, list(_walk(first, today, _next_month))


def _walk(first: date, today: date, following: Callable[[date], date]) -> Iterator[
        tuple[date, date]]:
    start = first
    while start <= today:
        then = following(start)
        yield start, min(then - timedelta(days=1), today)
        start = then


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
