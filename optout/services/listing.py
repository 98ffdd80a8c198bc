"""Lists of requests a page at a time; only what is shown is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.listing import Count, Listed, ListPage, Place, SortBy, Wanted
from optout.domain.request import Request
from optout.domain.words import Channel, Standing
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.store import listing, people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAGE = 50
"""Requests on one page."""

MOST_WAITING = 200
"""Requests that are looked at for what can be sent next."""

MOST_AT_ONCE = 5_000
"""Requests of one person that are handled in one go."""

CHUNK = 500
"""Requests read at once where a whole list is written."""


def list_page(
    desk: Desk, wanted: Wanted, *, sort: SortBy = SortBy.MADE, after: Place | None = None,
    most: int = PAGE,
) -> ListPage:
    """The next rows of a list of requests.

    Args:
        desk: the opened data.
        wanted: which requests.
        sort: in which order.
        after: where the page before ended; None for the first page.
        most: how many at most.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.clock.today()
    with desk.store.reading() as session:
        if wanted.person_id:
            people.get(session, wanted.person_id)
        found = listing.page(session, wanted, sort, after, most=most)
        return ListPage(listed(desk, session, found.requests, day), found.more, found.stopped)


def count(desk: Desk, wanted: Wanted) -> Count:
    """How many such requests there are: exactly up to 1,000, else that there are more."""
    with desk.store.reading() as session:
        return listing.count(session, wanted)


def every_row(
    desk: Desk, wanted: Wanted, *, sort: SortBy = SortBy.MADE, after: Place | None = None,
) -> Iterator[Listed]:
    """All rows of a list, read a few hundred at a time and never held together.

    Raises:
        NotFound: when no such person is stored.
    """
    page = list_page(desk, wanted, sort=sort, after=after, most=CHUNK)
    while True:
        yield from page.rows
        if page.more is None:
            return
        page = list_page(desk, wanted, sort=sort, after=page.more, most=CHUNK)


def unsent_of(desk: Desk, person_id: str, standing: Standing, *, most: int) -> tuple[str, ...]:
    """Ids of a person's requests that wait to be written or sent, drafts for a lawyer left out.

    Args:
        desk: the opened data.
        person_id: whose; of everybody where empty.
        standing: `DRAFT` or `READY`.
        most: how many are looked at.
    """
    with desk.store.reading() as session:
        found = listing.page(session, Wanted(person_id=person_id, standings=(standing,)),
                             SortBy.MADE, most=most)
        return tuple(request.id for request in reversed(found.requests)
                     if not is_for_counsel(desk, session, request))


def has_post(desk: Desk, person_id: str) -> bool:
    """Whether a letter of somebody waits to be posted, as far as standings tell."""
    wanted = Wanted(person_id=person_id, channel=Channel.POSTAL_MAIL,
                    standings=(Standing.DRAFT, Standing.READY))
    with desk.store.reading() as session:
        return bool(listing.page(session, wanted, SortBy.MADE, most=1).requests)


def listed(
    desk: Desk, session: Session, requests: Iterable[Request], day: date,
) -> tuple[Listed, ...]:
    """Rows for requests, with the names and tasks of these alone."""
    found = tuple(requests)
    tasks = listing.first_tasks(session, [request.id for request in found])
    names = people.names_of(session, {request.person_id for request in found})
    return tuple(
        Listed(request, broker_name(desk, request.broker_id), names.get(request.person_id, ""),
               tasks.get(request.id), days_late(request, day),
               request.standing is Standing.READY and is_for_counsel(desk, session, request))
        for request in found)


def broker_name(desk: Desk, broker_id: str) -> str:
    """The name, or the id where the registry lost the entry since."""
    broker = desk.registry.brokers.get(broker_id)
    return broker.name if broker else broker_id


def days_late(request: Request, day: date) -> int:
    """How many days late its broker may be called; 1 on the first such day, else 0."""
    return max(0, (day - request.late_from).days + 1) if request.late_from else 0
