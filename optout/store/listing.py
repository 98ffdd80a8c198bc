"""Pages of requests: filtered, sorted and counted along indexes, whatever is stored.

A list is read in one of two ways. When one filter leaves few requests, these are read along its
index and sorted. Otherwise the order is walked, no further than a fixed number of entries: a page
then ends early and the next one goes on from there. What is filtered stands in the index of the
order itself, so that no request is read but those that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.listing import Count, Place, SortBy, Wanted
from optout.domain.request import FollowUp, Request
from optout.domain.words import Standing
from optout.store import requests
from optout.store.followups import OPEN, follow_up_of
from optout.store.list_order import ORDERS, REQUESTS, Column, Entry, Order, off_index
from optout.store.models import FollowUpRow, StandingCountRow

MOST_SORTED = 2_000
"""So many requests are read along the index of a filter and sorted.

Each may lie on a page of the file of its own, which has to be decrypted where there are too many
to be kept: a bound that only large data reaches makes it slower than small data.
"""

MOST_LOOKED_AT = 5_000
"""So many entries of an order's index are looked at for one page, and for a number."""

MOST_COUNTED = 1_000

_TASKS = cast("sa.Table", FollowUpRow.__table__)
_COUNTS = cast("sa.Table", StandingCountRow.__table__)

Term = tuple[str, Callable[[Column], sa.ColumnElement[bool]]]
"""The column that is asked, and what is asked of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of requests in their order; see `ListPage`."""

    requests: tuple[Request, ...]
    more: Place | None
    stopped: bool


def page(
    session: Session, wanted: Wanted, sort: SortBy, after: Place | None = None, *, most: int,
) -> Found:
    """The next requests of a list.

    Args:
        session: the caller's.
        wanted: which.
        sort: in which order.
        after: where the page before ended; None for the first page.
        most: how many at most.
    """
    terms, order = _terms(wanted), ORDERS[sort]
    driver = _driver(session, terms)
    found: list[Entry] = []
    for empty in order.parts(after):
        entries, end = _walk(session, terms, driver, order, after, empty=empty,
                             most=most + 1 - len(found))
        found += entries
        after = None
        if len(found) > most:
            shown = _whole(session, found[:most])
            return Found(shown, Place(found[most - 1][0], shown[-1].id), stopped=False)
        if end is not None:
            return Found(_whole(session, found), end, stopped=True)
    return Found(_whole(session, found), None, stopped=False)


def count(session: Session, wanted: Wanted) -> Count:
    """How many such requests there are; beyond `MOST_COUNTED`, only that there are more.

    Where nothing or a standing alone is asked for, the number is kept and never counted.
    """
    terms = _terms(wanted)
    if not terms or (len(terms) == 1 and wanted.standings):
        kept = counts(session)
        return Count(sum(kept.get(standing, 0) for standing in wanted.standings or Standing))
    driver = _driver(session, terms)
    if driver is None and len(terms) == 1:
        return Count(MOST_COUNTED, exact=False)
    if driver is not None:
        return _capped(_number(session, _conditions(terms, driver), MOST_COUNTED + 1))
    order = ORDERS[SortBy.MADE]
    end = order.stop(session, None, empty=False, among=MOST_LOOKED_AT)
    # Where there is no end, what is always so leads SQLite to the order's index all the same.
    among = order.between(None, end, empty=False) if end else (order.column() > date.min,)
    found = _capped(_number(session, [*_conditions(terms, None), *among], MOST_COUNTED + 1))
    return Count(found.number, exact=found.exact and end is None)


def counts(session: Session) -> Mapping[Standing, int]:
    """How many requests have each standing, as triggers keep it."""
    return {row.standing: row.requests for row in session.execute(sa.select(_COUNTS))}


def counts_of(session: Session, person_id: str) -> Mapping[Standing, int]:
    """How many of a person's requests have each standing: their index alone is read."""
    rows = session.execute(
        sa.select(REQUESTS.c.standing, sa.func.count()).where(REQUESTS.c.person_id == person_id)
        .group_by(REQUESTS.c.standing))
    return {row[0]: row[1] for row in rows}


def first_tasks(session: Session, request_ids: Collection[str]) -> Mapping[str, FollowUp]:
    """By request: its first open task. Only these requests are read."""
    # Their states and order are looked at here: asked of SQLite, they would make it read the
    # index of all open tasks.
    tasks = sorted(
        (follow_up_of(row) for row in session.execute(
            sa.select(_TASKS).where(_TASKS.c.request_id.in_(list(request_ids))))
         if row.state in OPEN), key=lambda task: (task.shown_on, task.number))
    first: dict[str, FollowUp] = {}
    for task in tasks:
        first.setdefault(task.request_id, task)
    return first


def _terms(wanted: Wanted) -> list[Term]:
    """What is asked, the filters that mostly leave the fewest first."""
    return [(name, ask) for name, value, ask in (
        ("person_id", wanted.person_id, lambda c: c == wanted.person_id),
        ("broker_id", wanted.broker_id, lambda c: c == wanted.broker_id),
        ("next_on", wanted.shown_by, lambda c: c <= wanted.shown_by),
        ("late_from", wanted.late_by, lambda c: c <= wanted.late_by),
        ("standing", wanted.standings, lambda c: c.in_(wanted.standings)),
        ("claim", wanted.claim, lambda c: c == wanted.claim),
        ("last_look", wanted.look, lambda c: c == wanted.look),
        ("law", wanted.law, lambda c: c == wanted.law),
        ("channel", wanted.channel, lambda c: c == wanted.channel),
        ("created_on", wanted.made_from or wanted.made_to,
         lambda c: _within(c, wanted.made_from, wanted.made_to)),
        ("sent_on", wanted.sent_from or wanted.sent_to,
         lambda c: _within(c, wanted.sent_from, wanted.sent_to)),
    ) if value]


def _within(column: Column, since: date | None, until: date | None) -> sa.ColumnElement[bool]:
    bounds = [] if since is None else [column >= since]
    # An open beginning must not take in what has no day at all.
    bounds += [column.is_not(None)] if until is None else [column <= until]
    return sa.and_(*bounds)


def _driver(session: Session, terms: list[Term]) -> str | None:
    """The column whose filter leaves the fewest requests; None where each leaves many."""
    sizes = [(_number(session, [ask(REQUESTS.c[name])], MOST_SORTED + 1), name)
             for name, ask in terms]
    least, name = min(sizes, default=(MOST_SORTED + 1, ""))
    return name if least <= MOST_SORTED else None


def _conditions(terms: list[Term], driver: str | None) -> list[sa.ColumnElement[bool]]:
    return [ask(REQUESTS.c[name] if name == driver else off_index(name)) for name, ask in terms]


def _walk(
    session: Session, terms: list[Term], driver: str | None, order: Order, after: Place | None, *,
    empty: bool, most: int,
) -> tuple[list[Entry], Place | None]:
    """The entries of one part, and where the walk along the order was stopped."""
    by_index, begin = driver is None, order.entry_of(session, after)
    end = order.stop(session, begin, empty=empty, among=MOST_LOOKED_AT) if by_index else None
    rows = session.execute(
        sa.select(order.column(by_index=by_index), REQUESTS.c.number)
        .where(*_conditions(terms, driver),
               *order.between(begin, end, empty=empty, by_index=by_index))
        .order_by(*order.keys(by_index=by_index)).limit(most))
    entries = [(row[0], row[1]) for row in rows]
    if end is None:
        return entries, None
    return entries, Place(end[0], session.execute(
        sa.select(REQUESTS.c.id).where(REQUESTS.c.number == end[1])).scalar_one())


def _number(session: Session, conditions: list[sa.ColumnElement[bool]], most: int) -> int:
    inner = sa.select(sa.literal(1)).select_from(REQUESTS).where(*conditions).limit(most).subquery()
    return int(session.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one())


def _capped(number: int) -> Count:
    return Count(min(number, MOST_COUNTED), exact=number <= MOST_COUNTED)


def _whole(session: Session, found: list[Entry]) -> tuple[Request, ...]:
    numbers = [number for _, number in found]
    ids = {row.number: row.id for row in session.execute(
        sa.select(REQUESTS.c.number, REQUESTS.c.id).where(REQUESTS.c.number.in_(numbers)))}
    there = {request.id: request for request in requests.some(session, list(ids.values()))}
    return tuple(there[ids[number]] for number in numbers)
