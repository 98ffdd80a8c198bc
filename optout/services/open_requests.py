"""What earlier requests mean for a plan: who was asked, what is settled, what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Channel, Event, Standing
from optout.lifecycle.outcome import relisted
from optout.lifecycle.table import LOOKS
from optout.store import history, looks, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Histories: TypeAlias = Mapping[str, Sequence[RequestEvent]]
"""By request, what happened to it, first event first."""

Newest: TypeAlias = Mapping[str, tuple[date, str]]
"""By request, day and actor of its newest entry of a kind."""


@dataclass(frozen=True, slots=True)
class Past:
    """What was asked of brokers for a person, and what was seen there; read once for a plan.

    Args:
        asked: requests that stand in the way of another one to the same broker.
        looks: by broker, the newest look.
        settled: by broker, why it is not asked again now.
    """

    asked: tuple[Request, ...]
    looks: Mapping[str, Look]
    settled: Mapping[str, str]


def past_of(session: Session, person_id: str, listings: Iterable[Exposure]) -> Past:
    """What earlier requests, looks and listings mean for a plan; the number of queries is fixed.

    Args:
        session: the caller's transaction.
        person_id: for whom.
        listings: all listings of the person that are known.
    """
    made = requests.every(session, person_id)
    histories = history.events_where_looked(session, person_id, (LookResult.LISTED,))
    looked = history.newest_of(session, person_id, LOOKS)
    closed = history.newest_of(session, person_id, (Event.CLOSE,))
    entered = looks.of_person(session, person_id)
    newest = _newest_looks(made, looked, entered, listings)
    seen = _last_seen(newest.values(), listings)
    asked = tuple(request for request in made
                  if request.standing not in requests.ENDED and not request.successor_id
                  and not _is_relisted(request, histories))
    return Past(asked, newest, _settled(made, closed, seen))


def to_continue(session: Session, person_id: str) -> dict[str, Request]:
    """By broker: the relisted request that a new one is to continue.

    One whose listing was confirmed gone and is back does not stand in the way of another.
    """
    histories = history.events_where_looked(session, person_id, (LookResult.LISTED,))
    return {request.broker_id: request for request in requests.every(session, person_id)
            if not request.successor_id and not request.merged_into
            and _is_relisted(request, histories)}


def _is_relisted(request: Request, histories: Histories) -> bool:
    """Whether the listing was confirmed gone and has been seen again since."""
    return request.last_look is LookResult.LISTED and relisted(histories[request.id])


def _settled(
    made: Iterable[Request], closed: Newest, seen: Mapping[str, date],
) -> dict[str, str]:
    """By broker: why it is not asked again, where a request to it was closed.

    What is seen after that day is asked about again; what was seen before it was dealt with. A
    request that was withdrawn settles nothing, and one to a platform settles the platform alone:
    what shows records to strangers is asked beside it.
    """
    found: dict[str, str] = {}
    for request in made:
        if request.standing is not Standing.CLOSED or request.merged_into or request.successor_id:
            continue  # it goes on in another request
        ended, _ = closed.get(request.id, (request.created_on, ""))
        for broker_id in _settled_by(request):
            found.pop(broker_id, None)
            if seen.get(broker_id, ended) <= ended:
                found[broker_id] = (f"The request {request.id} is closed. A new one begins when "
                                    "it is listed again.")
    return found


def _settled_by(request: Request) -> tuple[str, ...]:
    covers = () if request.channel is Channel.PLATFORM else request.covers
    return (request.broker_id, *covers)


def _newest_looks(
    made: Iterable[Request], looked: Newest, entered: Iterable[Look],
    listings: Iterable[Exposure],
) -> dict[str, Look]:
    """By broker: the newest look, whether it was noted on a request or entered by itself.

    A listing that was handed in since a look found nothing is the newer word: it was seen.
    """
    found = {look.broker_id: look for look in entered}
    for request in made:
        if request.last_look is None or request.last_look_on is None:
            continue
        before = found.get(request.broker_id)
        if before is None or before.looked_on <= request.last_look_on:
            found[request.broker_id] = Look(
                request.person_id, request.broker_id, request.last_look, request.last_look_on,
                actor=looked[request.id][1])
    for listing in listings:
        before = found.get(listing.broker_id)
        if before is not None and before.result is LookResult.NOT_FOUND and (
                before.looked_on < listing.seen_on):
            found[listing.broker_id] = replace(
                before, result=LookResult.LISTED, looked_on=listing.seen_on)
    return found


def _last_seen(newest: Iterable[Look], listings: Iterable[Exposure]) -> dict[str, date]:
    """By broker: the newest day on which a listing was seen there."""
    days = [*((one.broker_id, one.seen_on) for one in listings),
            *((look.broker_id, look.looked_on) for look in newest
              if look.result is LookResult.LISTED)]
    return dict(sorted(days, key=lambda entry: entry[1]))
