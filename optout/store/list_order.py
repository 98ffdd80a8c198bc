"""The orders of lists of requests, each along an index of its own: what lies between two places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.listing import Place, SortBy
from optout.store.models import RequestRow

REQUESTS = cast("sa.Table", RequestRow.__table__)
Column = sa.ColumnElement[Any]
Entry = tuple[date | None, int]
"""The day that a request is sorted by, and its number, which tells those of one day apart."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by which column, in which direction, and whether it may be empty."""

    name: str
    newest_first: bool
    may_be_empty: bool

    def column(self, *, by_index: bool = True) -> Column:
        """What it sorts by: along its index, or as it stands in each request."""
        return REQUESTS.c[self.name] if by_index else off_index(self.name)

    def keys(self, *, by_index: bool = True) -> tuple[Column, ...]:
        """What a statement is ordered by."""
        keys = (self.column(by_index=by_index), REQUESTS.c.number)
        return tuple(key.desc() for key in keys) if self.newest_first else keys

    def parts(self, after: Place | None) -> Iterator[bool]:
        """The parts that are still to come: those with a day, and then, true, those without."""
        if after is None or after.day is not None:
            yield False
        if self.may_be_empty:
            yield True

    def between(
        self, begin: Entry | None, end: Entry | None, *, empty: bool, by_index: bool = True,
    ) -> Iterator[sa.ColumnElement[bool]]:
        """The entries of a part behind one entry, up to another one included.

        Args:
            begin: None for the beginning of the part.
            end: None for its end.
            empty: the part without a day.
            by_index: as for `column`.
        """
        column = self.column(by_index=by_index)
        if self.may_be_empty:
            yield column.is_(None) if empty else column.is_not(None)
        for bound, behind in ((begin, True), (end, False)):
            if bound is None:
                continue
            number = REQUESTS.c.number
            mine = sa.tuple_(number) if empty else sa.tuple_(column, number)
            other = sa.tuple_(*(sa.literal(value) for value in (bound[1:] if empty else bound)))
            if behind:
                yield mine < other if self.newest_first else mine > other
            else:
                yield mine >= other if self.newest_first else mine <= other

    def entry_of(self, session: Session, place: Place | None) -> Entry | None:
        """Where a page ended; before the others of its day if that request is gone."""
        if place is None:
            return None
        found = session.execute(
            sa.select(REQUESTS.c.number).where(
                REQUESTS.c.id == place.request_id)).scalar_one_or_none()
        gone = 2**62 if self.newest_first else 0
        return place.day, gone if found is None else int(found)

    def stop(
        self, session: Session, begin: Entry | None, *, empty: bool, among: int,
    ) -> Entry | None:
        """The entry at which a walk over so many stops; None where the part ends before."""
        row = session.execute(
            sa.select(self.column(), REQUESTS.c.number)
            .where(*self.between(begin, None, empty=empty))
            .order_by(*self.keys()).limit(1).offset(among - 1)).one_or_none()
        return None if row is None else (row[0], row[1])


ORDERS = {
    SortBy.MADE: Order("created_on", newest_first=True, may_be_empty=False),
    SortBy.OLDEST: Order("created_on", newest_first=False, may_be_empty=False),
    SortBy.MOVED: Order("moved_on", newest_first=True, may_be_empty=True),
    SortBy.NEXT: Order("next_on", newest_first=False, may_be_empty=True),
}


def off_index(name: str) -> Column:
    """A column as SQLite reads it without asking an index (“+” says so)."""
    return sa.literal_column(f"+request.{name}", REQUESTS.c[name].type)
