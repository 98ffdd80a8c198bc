"""Looks that no request calls for: one open task for each place where something may show up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.reference import new_id
from optout.domain.request import FollowUp, Request
from optout.domain.words import Channel, FollowUpKind, FollowUpState, Standing
from optout.lifecycle.look_tasks import next_look_days
from optout.lifecycle.situation import Expectation
from optout.lifecycle.watch import AWAY, Watch, watch_of
from optout.services.people import careful_person
from optout.services.returns import returns_at
from optout.store import exposures, followups, looks, meta, watches

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.domain.person import Person
    from optout.services.desk import Desk
    from optout.services.patience import Patience

NOT_THE_BROKERS = frozenset({FollowUpKind.OWN_REMINDER, FollowUpKind.AUTHORIZATION_EXPIRING})
"""Tasks that have nothing to do with what the broker does or shows."""

_SAYS_GONE = frozenset({Claim.REMOVED, Claim.SUPPRESSED, Claim.NO_RECORD})
_WATCHED_SINCE = "watched"
_WATCHED_UP_TO = "watched_up_to"
"""Keys of the day on which every place had its next look, and of the place that was last until
then."""

AT_ONCE = 50
"""Places of one transaction: some tenths of a second."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one person at one broker.

    Args:
        looks: oldest first.
        listings: first seen first.
    """

    person_id: str
    broker_id: str
    looks: tuple[Look, ...]
    listings: tuple[Exposure, ...]


def place_of(session: Session, person_id: str, broker_id: str) -> Place:
    """One place, as it is stored."""
    return Place(person_id, broker_id, looks.of_person(session, person_id, broker_id),
                 exposures.of_person(session, person_id, broker_id))


def renew_watch(desk: Desk, session: Session, person_id: str, broker_id: str) -> None:
    """See to it that a place has its next look, once, within the caller's transaction.

    While a request to that broker has a task of its own, that one stands for it. Otherwise, where
    a listing is known, a look was made, or a request was answered as if nothing were there, there
    is exactly one open task without a request, due as `watch_of` says. One that the person did by
    hand is followed by the next; one that they do not need stays away until something new is
    seen.

    Args:
        desk: the opened data.
        session: of a writing transaction.
        person_id: whose place it is.
        broker_id: where; it may be gone from the registry.
    """
    place = place_of(session, person_id, broker_id)
    tasks = watches.tasks_at(session, person_id, broker_id)
    asked = watches.requests_at(session, person_id, broker_id)
    watch = None
    if (place.looks or place.listings or asked) and not _stands_for_it(session, place, asked):
        watch = _watch(desk, session, place, asked)
    kept = _keep(desk, session, place, watch, tasks) if watch is not None else ""
    for task in tasks:
        if task.state in followups.OPEN and task.id != kept:
            followups.claim(session, task.id, task.state, _ended_by(place, task, watch),
                            at=desk.clock.now())


def renew_around(desk: Desk, session: Session, request: Request) -> None:
    """Renew the looks at every place that a request asks about, after it moved."""
    places = {request.broker_id}
    if len(request.covers) > 1:
        places |= watches.places_of(session, request.person_id) & set(request.covers)
    for broker_id in sorted(places):
        renew_watch(desk, session, request.person_id, broker_id)


def renew_after(desk: Desk, session: Session, task: FollowUp) -> None:
    """Renew the looks at the place of a task that the person closed or opened by hand."""
    if task.broker_id and task.kind not in NOT_THE_BROKERS:
        renew_watch(desk, session, task.person_id, task.broker_id)


def watch_everything(desk: Desk, patience: Patience | None = None) -> bool:
    """Give every place its next look, once in the life of a data folder that had none before.

    A few places at a time, each few in a transaction of their own that also keeps how far it
    came: whoever is cut short goes on there, and nobody waits long for the write lock.

    Args:
        desk: the opened data.
        patience: after which it stops until it is called again; default: never.

    Returns:
        Whether every place has been reached.
    """
    with desk.store.reading() as session:
        if meta.get(session, _WATCHED_SINCE) is not None:
            return True
    while not _watch_some(desk):
        if patience is not None and not patience.lasts():
            return False
    return True


def _watch_some(desk: Desk) -> bool:
    """The next few places; whether these were the last ones."""
    with desk.store.writing() as session:
        if meta.get(session, _WATCHED_SINCE) is not None:
            return True  # another process did it in this very moment
        person, broker = json.loads(meta.get(session, _WATCHED_UP_TO) or '["", ""]')
        places = watches.everywhere(session, after=(person, broker), limit=AT_ONCE)
        for place in places:
            renew_watch(desk, session, *place)
        if len(places) == AT_ONCE:
            meta.put(session, _WATCHED_UP_TO, json.dumps(places[-1]))
            return False
        meta.forget(session, _WATCHED_UP_TO)
        meta.put(session, _WATCHED_SINCE, desk.clock.today().isoformat())
        return True


def expectation_at(
    desk: Desk, session: Session, person: Person, broker_id: str,
) -> Expectation:
    """How long to wait between looks at a broker, where no request says more.

    Args:
        desk: the opened data.
        session: the caller's.
        person: as `careful_person` gives it.
        broker_id: it may be gone from the registry.
    """
    broker = desk.registry.brokers.get(broker_id)
    return Expectation(
        recheck_days=broker.recheck_days if broker is not None else None, at_risk=person.at_risk,
        came_back_days=returns_at(session, broker_id).soonest,
        can_look=broker is not None and broker.search is not None)


def stands_for(request: Request, tasks: Sequence[FollowUp], place: Place) -> FollowUp | None:
    """The open task of a request that stands for a look at a place; the soonest, or None.

    For the broker that it asks, any of its tasks does: there is something to be done there. For
    another that its answer serves, only a look does, and not one that was called for before the
    newest look there.
    """
    wanted = watches.LOOKING if (request.standing is Standing.CLOSED
                         or request.broker_id != place.broker_id) else None
    if request.broker_id != place.broker_id and (
            request.channel is Channel.PLATFORM or _looked_since(request, place)):
        return None
    fit = [task for task in tasks if task.state in followups.OPEN
           and task.kind not in NOT_THE_BROKERS and (wanted is None or task.kind in wanted)]
    return min(fit, key=lambda task: (task.due_on, task.number), default=None)


def _looked_since(request: Request, place: Place) -> bool:
    """Whether the place was looked at after the request moved last; a failed look that day too."""
    if not place.looks or request.moved_on is None:
        return False
    look = place.looks[-1]
    if look.result is LookResult.COULD_NOT_LOOK:
        return look.looked_on >= request.moved_on
    return look.looked_on > request.moved_on


def _ended_by(place: Place, task: FollowUp, watch: Watch | None) -> FollowUpState:
    """A look that was made since has done a task; anything else took its reason away."""
    new_look = watch is not None and watch.cause in {look.id for look in place.looks[-1:]}
    own = watch is not None and watch.cause in task.key
    return FollowUpState.DONE if new_look and not own else FollowUpState.CANCELLED


def _stands_for_it(session: Session, place: Place, asked: Sequence[Request]) -> bool:
    return any(stands_for(request, followups.of_request(session, request.id), place) is not None
               for request in asked)


def _watch(
    desk: Desk, session: Session, place: Place, asked: Sequence[Request],
) -> Watch | None:
    person = careful_person(session, place.person_id)
    expectation = expectation_at(desk, session, person, place.broker_id)
    found = watch_of(place.looks, place.listings, expectation)
    if found is not None or not expectation.can_look:
        return found
    # Nothing was seen there; but what was said to be gone is looked at for as long as one can.
    answered = [request for request in asked if request.broker_id == place.broker_id
                and request.claim in _SAYS_GONE]
    if not answered:
        return None
    last = answered[-1]
    day = max(last.moved_on or last.created_on, desk.clock.today())
    return Watch(last.id, day + timedelta(days=next_look_days(expectation, 0)), AWAY)


def _keep(
    desk: Desk, session: Session, place: Place, watch: Watch, tasks: Sequence[FollowUp],
) -> str:
    """Have the task of a watch open, unless the person does not need it; gives its id."""
    key = watches.key_of(place.person_id, place.broker_id, watch.cause)
    mine = [task for task in tasks if task.key.partition("#")[0] == key]
    if not mine:
        return _add(desk, session, place, watch, key)
    still = [task for task in mine if task.state in followups.OPEN]
    if still:
        if len(mine) == 1 and _was_seen(place, watch):
            _move(desk, session, still[0], watch)
        return still[0].id
    if mine[-1].state is FollowUpState.NOT_NEEDED:
        return ""
    if any(task.state is FollowUpState.DONE for task in mine):
        watch = replace(watch, due_on=max(watch.due_on, _wait_from_today(desk, session, place)))
    if mine[-1].state is FollowUpState.DONE:
        number = int(mine[-1].key.partition("#")[2] or 1) + 1  # older ones may not have been read
        return _add(desk, session, place, watch, f"{key}#{number}")
    # On a day that has come it was shown before: no sweep raises it twice for the same showing.
    state = FollowUpState.RAISED if watch.due_on <= desk.clock.today() else FollowUpState.WAITING
    followups.move(session, mine[-1].id, watch.due_on, watch.why, state, at=desk.clock.now())
    return mine[-1].id


def _wait_from_today(desk: Desk, session: Session, place: Place) -> date:
    """When to look again after the person ticked off a look without entering one."""
    expectation = expectation_at(
        desk, session, careful_person(session, place.person_id), place.broker_id)
    return desk.clock.today() + timedelta(days=next_look_days(expectation, 0))


def _was_seen(place: Place, watch: Watch) -> bool:
    """Whether a sight calls for it; else its day was counted from a day that has gone by."""
    return watch.cause in {*(look.id for look in place.looks[-1:]),
                           *(listing.id for listing in place.listings[-1:])}


def _move(desk: Desk, session: Session, task: FollowUp, watch: Watch) -> None:
    if (task.due_on, task.why) == (watch.due_on, watch.why):
        return
    shown = task.state is FollowUpState.RAISED and watch.due_on <= desk.clock.today()
    followups.move(session, task.id, watch.due_on, watch.why,
                   FollowUpState.RAISED if shown else FollowUpState.WAITING, at=desk.clock.now())


def _add(desk: Desk, session: Session, place: Place, watch: Watch, key: str) -> str:
    task = FollowUp(
        id=new_id("F", 10), request_id="", kind=FollowUpKind.RECHECK, due_on=watch.due_on,
        state=FollowUpState.WAITING, key=key, why=watch.why, person_id=place.person_id,
        broker_id=place.broker_id)
    followups.add(session, task, at=desk.clock.now())
    return task.id
