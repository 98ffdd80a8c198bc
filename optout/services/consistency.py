"""Whether what is stored agrees with the histories: requests are played again and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optout.domain.errors import OptoutError
from optout.domain.request import FollowUp, Request
from optout.domain.words import Event, FollowUpKind
from optout.lifecycle.doubles import doubles
from optout.lifecycle.followups import fits
from optout.lifecycle.life import effective, replay
from optout.lifecycle.restated import restated, with_lateness
from optout.services.desk import Desk
from optout.services.recounting import counted_as_now
from optout.services.statutory import statutory_dates
from optout.store import keeping, walking
from optout.store import requests as rows
from optout.store.followups import OPEN
from optout.store.walking import Walked

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_DERIVED = ("standing", "claim", "claim_words", "last_look", "last_look_on", "sent_on",
            "received_on", "moved_on")
_MAY_GIVE_A_REASON = frozenset({Event.REFUSE, Event.CLAIM_PARTLY})


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the checks of one request stand on.

    Args:
        dates_hold: the stored dates rest on what dates are counted by today. Otherwise the next
            sweep counts them anew, and they are not compared before.
    """

    desk: Desk
    dates_hold: bool


def problems(desk: Desk) -> Iterator[str]:
    """Everything that is stored and does not agree with the histories; nothing where all is well.

    One unchanging view of all requests, read a page at a time. Sentences name ids and kinds, and
    nothing of a person. A request that ended or was answered keeps the dates of that day, so
    these are not counted anew.
    """
    with desk.store.reading() as session:
        yield from _told(desk, session, walking.walk(session))
        yield from _counts(session)
        yield from (f"{one}: its number is not behind the one that was made before it"
                    for one in keeping.out_of_order(session))
        yield from (f"{what} is not found by its words" for what in keeping.unsearched(session))
    with desk.store.writing() as session:
        broken = keeping.broken_indexes(session)
    yield from (f"{name} does not hold the words beside it" for name in broken)


def newest_problems(desk: Desk, most: int) -> Iterator[str]:
    """The same of the requests to which something happened last, at most so many of them.

    However many there are, no others are read.
    """
    with desk.store.reading() as session:
        newest = tuple(walking.walk_newest(session, most))
        yield from _told(desk, session, newest)
        yield from (f"{what} is not found by its words" for what in keeping.unsearched_of(
            session, [walked.request.id for walked in newest]))


def _told(desk: Desk, session: Session, requests: Iterable[Walked]) -> Iterator[str]:
    ground = _Ground(desk, counted_as_now(desk, session))
    for walked in requests:
        yield from (f"{walked.request.id}: {what}" for what in _of_one(ground, walked))


def _of_one(ground: _Ground, walked: Walked) -> Iterator[str]:
    yield from _history(walked)
    try:
        again = restated(walked.request, walked.events)
    except OptoutError as error:
        yield f"its history cannot be played again ({type(error).__name__})"
        return
    for name in _DERIVED:
        if getattr(again, name) != getattr(walked.request, name):
            yield f"“{name}” is not what its history says"
    if with_lateness(again, walked.dates, walked.events).late_from != walked.request.late_from:
        yield "“late_from” is not what its history and its dates say"
    yield from _dates(ground, walked)
    yield from _tasks(walked)
    yield from _kept(walked)
    yield from _ties(walked.request, walked.tied)


def _history(walked: Walked) -> Iterator[str]:
    for place, entry in enumerate(walked.events, start=1):
        if entry.seq != place:
            yield f"entry {entry.seq} of its history stands in place {place}"
            return
        if entry.reason is not None and entry.event not in _MAY_GIVE_A_REASON:
            yield f"entry {entry.seq} is no refusal and gives the reason of one"
        try:
            after = replay(walked.events[:place]).standing
        except OptoutError:
            return  # said once, for the whole history
        if after is not entry.standing_after:
            yield f"entry {entry.seq} says “{entry.standing_after}” and leads to “{after}”"


def _dates(ground: _Ground, walked: Walked) -> Iterator[str]:
    request, known = walked.request, {entry.seq for entry in effective(walked.events)}
    running = request.standing not in rows.ENDED and request.claim is None
    if running and any(row.started_by_seq not in known for row in walked.dates):
        yield "its dates count from an entry that does not count"
    elif running and ground.dates_hold:
        broker = ground.desk.registry.brokers.get(request.broker_id)
        try:
            today = statutory_dates(ground.desk.laws, broker, request, walked.events)
        except Exception as error:  # noqa: BLE001 - one bad request must not hide the others
            yield f"its dates cannot be counted ({type(error).__name__})"
            return
        if today != walked.dates:
            yield "its dates are not those that are counted today"


def _tasks(walked: Walked) -> Iterator[str]:
    for task in walked.follow_ups:
        if (task.person_id, task.broker_id) != (walked.request.person_id,
                                                walked.request.broker_id):
            yield f"{task.id} belongs to another person or broker"
        if task.state in OPEN and not fits(task.kind, walked.request.standing):
            yield f"{task.id} ({task.kind}) is open while it is “{walked.request.standing}”"
    for task in doubles([task for task in walked.follow_ups if task.state in OPEN]):
        yield f"{task.id} ({task.kind}) is open beside an earlier one that stands for it"
    yield from _merged(walked.request, walked.follow_ups)


def _kept(walked: Walked) -> Iterator[str]:
    """What triggers keep beside the request."""
    if walked.next_on != min((task.shown_on for task in walked.follow_ups
                              if task.state in OPEN), default=None):
        yield "its next day is not that of its tasks"
    if walked.number < 1:
        yield "it has no number in the order of their making"


def _merged(request: Request, tasks: tuple[FollowUp, ...]) -> Iterator[str]:
    if not request.merged_into:
        return
    if request.standing not in rows.ENDED:
        yield f"it is merged and still “{request.standing}”"
    if any(task.state in OPEN and task.kind is not FollowUpKind.OWN_REMINDER for task in tasks):
        yield "it is merged and still has open follow-ups"


def _ties(request: Request, tied: Mapping[str, Request]) -> Iterator[str]:
    """Both ends of a tie name each other, and no tie leads to another person or broker."""
    before, after, kept = (tied.get(other) for other in (
        request.predecessor_id, request.successor_id, request.merged_into))
    if before is not None and before.successor_id != request.id:
        yield f"it continues {before.id}, which does not say so"
    if after is not None and after.predecessor_id != request.id:
        yield f"{after.id} should continue it, and does not say so"
    if kept is not None and kept.merged_into:
        yield f"it is merged into {kept.id}, which is merged itself"
    for other in (before, after, kept):
        if other is not None and not _belongs(request, other):
            yield f"it is tied to {other.id}, which is of another person or broker"


def _belongs(one: Request, other: Request) -> bool:
    """Whether both are of one person, and of one broker or of a network that serves it."""
    return one.person_id == other.person_id and (
        one.broker_id == other.broker_id or one.broker_id in other.covers
        or other.broker_id in one.covers)


def _counts(session: Session) -> Iterator[str]:
    kept = {standing: number for standing, number in walking.kept_counts(session).items()
            if number}
    if kept != walking.true_counts(session):
        yield "the kept number of requests by standing is not the true one"
