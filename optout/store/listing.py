"""Pages of requests: filtered, sorted and counted along indexes, whatever is stored.

A list is read in one of two ways. When one filter leaves few requests, these are read along its
index and sorted. Otherwise the index of the order is walked, and no further than a fixed number of
rows: a page then ends early and the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.listing import Count, Place, SortBy, Wanted
from optout.domain.request import FollowUp, Request
from optout.domain.words import Standing
from optout.store import requests
from optout.store.followups import OPEN, follow_up_of
from optout.store.models import FollowUpRow, RequestRow, StandingCountRow

MOST_SORTED = 2_000
"""So many requests are read along the index of a filter and sorted.

Each may lie on a page of the file of its own, which has to be decrypted where there are too many
to be kept: a bound that only large data reaches makes it slower than small data.
"""

MOST_LOOKED_AT = 5_000
"""So many entries of an order's index are looked at for one page."""

MOST_COUNTED = 1_000

COUNTED_AMONG = 2_000
"""So many requests are looked at for a number where no filter leaves few."""

_TABLE = cast("sa.Table", RequestRow.__table__)
_TASKS = cast("sa.Table", FollowUpRow.__table__)
_COUNTS = cast("sa.Table", StandingCountRow.__table__)
_ROWID = sa.literal_column("request.rowid", sa.Integer())

Column = sa.ColumnElement[Any]
Term = tuple[str, Callable[[Column], sa.ColumnElement[bool]]]
"""The column that is asked, and what is asked of it."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by which column, in which direction, and whether it may be empty."""

    column: str
    newest_first: bool
    may_be_empty: bool


ORDERS = {
    SortBy.MADE: Order("created_on", newest_first=True, may_be_empty=False),
    SortBy.OLDEST: Order("created_on", newest_first=False, may_be_empty=False),
    SortBy.MOVED: Order("moved_on", newest_first=True, may_be_empty=True),
    SortBy.NEXT: Order("next_on", newest_first=False, may_be_empty=True),
}


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
    found: list[tuple[str, date | None]] = []
    for empty in _parts(order, after):
        rows, end = _walk(session, terms, driver, order, after, empty=empty,
                          most=most + 1 - len(found))
        found += rows
        after = None
        if len(found) > most:
            last = found[most - 1]
            return Found(_whole(session, found[:most]), Place(last[1], last[0]), stopped=False)
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
    end = _end(session, order, None, empty=False, among=COUNTED_AMONG)
    found = _capped(_number(session, [*_conditions(terms, None),
                                      *_between(order, None, end, empty=False)],
                            MOST_COUNTED + 1))
    return Count(found.number, exact=found.exact and end is None)


def counts(session: Session) -> Mapping[Standing, int]:
    """How many requests have each standing, as triggers keep it."""
    return {row.standing: row.requests for row in session.execute(sa.select(_COUNTS))}


def counts_of(session: Session, person_id: str) -> Mapping[Standing, int]:
    """How many of a person's requests have each standing: their index alone is read."""
    rows = session.execute(
        sa.select(_TABLE.c.standing, sa.func.count()).where(_TABLE.c.person_id == person_id)
        .group_by(_TABLE.c.standing))
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
    sizes = [(_number(session, [ask(_TABLE.c[name])], MOST_SORTED + 1), name)
             for name, ask in terms]
    least, name = min(sizes, default=(MOST_SORTED + 1, ""))
    return name if least <= MOST_SORTED else None


def _conditions(terms: list[Term], driver: str | None) -> list[sa.ColumnElement[bool]]:
    return [ask(_TABLE.c[name] if name == driver else apart(name)) for name, ask in terms]


def apart(name: str) -> Column:
    """A column as SQLite reads it without asking an index (“+” says so)."""
    column = _TABLE.c[name]
    return sa.literal_column(f"+request.{name}", column.type)


def _parts(order: Order, after: Place | None) -> Iterator[bool]:
    """The parts of an order that are still to come: those with a day, those without."""
    if after is None or after.day is not None:
        yield False
    if order.may_be_empty:
        yield True


def _walk(
    session: Session, terms: list[Term], driver: str | None, order: Order, after: Place | None, *,
    empty: bool, most: int,
) -> tuple[list[tuple[str, date | None]], Place | None]:
    """The ids and days of one part, and where the walk along the order was stopped."""
    end = None if driver is not None else _end(
        session, order, after, empty=empty, among=MOST_LOOKED_AT)
    column = _TABLE.c[order.column] if driver is None else apart(order.column)
    begin = None if after is None else (after.day, _rowid(session, order, after))
    rows = session.execute(
        sa.select(_TABLE.c.id, _TABLE.c[order.column])
        .where(*_conditions(terms, driver), *_between(order, begin, end, empty=empty,
                                                      column=column))
        .order_by(*_sorted(order, column)).limit(most)).all()
    stopped = None
    if end is not None:
        stopped = Place(end[0], session.execute(
            sa.select(_TABLE.c.id).where(sa.literal(end[1]) == _ROWID)).scalar_one())
    return [(row[0], row[1]) for row in rows], stopped


Bound = tuple[date | None, int]


def _end(
    session: Session, order: Order, after: Place | None, *, empty: bool, among: int,
) -> Bound | None:
    """The entry of the order's index at which a walk stops; None where it ends before."""
    column = _TABLE.c[order.column]
    begin = None if after is None else (after.day, _rowid(session, order, after))
    row = session.execute(
        sa.select(column, _ROWID).where(*_between(order, begin, None, empty=empty))
        .order_by(*_sorted(order, column)).limit(1).offset(among - 1)).one_or_none()
    return None if row is None else (row[0], row[1])


def _between(
    order: Order, begin: Bound | None, end: Bound | None, *, empty: bool,
    column: Column | None = None,
) -> Iterator[sa.ColumnElement[bool]]:
    """The entries of a part behind one place of the order, up to another one included."""
    column = _TABLE.c[order.column] if column is None else column
    if order.may_be_empty:
        yield column.is_(None) if empty else column.is_not(None)
    for bound, behind in ((begin, True), (end, False)):
        if bound is None:
            continue
        mine = sa.tuple_(_ROWID) if empty else sa.tuple_(column, _ROWID)
        other = sa.tuple_(*(sa.literal(value) for value in (bound[1:] if empty else bound)))
        if behind:
            yield mine < other if order.newest_first else mine > other
        else:
            yield mine >= other if order.newest_first else mine <= other


def _sorted(order: Order, column: Column) -> tuple[Column, ...]:
    keys = (column, _ROWID)
    return tuple(key.desc() for key in keys) if order.newest_first else keys


def _rowid(session: Session, order: Order, place: Place) -> int:
    """Where the request stands among those of its day; before all of them if it is gone."""
    found = session.execute(
        sa.select(_ROWID).where(_TABLE.c.id == place.request_id)).scalar_one_or_none()
    if found is not None:
        return int(found)
    return 2**62 if order.newest_first else 0


def _number(session: Session, conditions: list[sa.ColumnElement[bool]], most: int) -> int:
    inner = sa.select(sa.literal(1)).select_from(_TABLE).where(*conditions).limit(most).subquery()
    return int(session.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one())


def _capped(number: int) -> Count:
    return Count(min(number, MOST_COUNTED), exact=number <= MOST_COUNTED)


def _whole(session: Session, found: list[tuple[str, date | None]]) -> tuple[Request, ...]:
    ids = [row[0] for row in found]
    there = {request.id: request for request in requests.some(session, ids)}
    return tuple(there[one] for one in ids)
