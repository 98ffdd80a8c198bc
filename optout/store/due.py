"""What is due, read along the index: a page, a number, the people who have something due."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind
from optout.store.followups import OPEN, follow_up_of
from optout.store.models import FollowUpRow
from optout.store.rows import grouped

_ITS_OWN = FollowUpKind.OWN_REMINDER
_OTHER = "other"

_TABLE = cast("sa.Table", FollowUpRow.__table__)
_UNINDEXED_DAY = sa.literal_column("+follow_up.show_on", _TABLE.c.show_on.type)
"""The day without its index (“+”): with two ends, SQLite takes everybody’s tasks of some days for
fewer than the tasks of one person, and reads them all."""
_UNINDEXED_KIND = sa.literal_column("+follow_up.kind", _TABLE.c.kind.type)


@dataclass(frozen=True, slots=True)
class Days:
    """From which day to which, both included; None leaves that end open."""

    since: date | None = None
    until: date | None = None


def page(
    session: Session, days: Days, *, most: int, after: tuple[date, int] | None = None,
    person_id: str | None = None, kinds: Collection[FollowUpKind] = (), folded: bool = False,
) -> tuple[FollowUp, ...]:
    """The first open tasks that are shown from one of these days, by day and number.

    Each state is read along the index and stops at the limit, so that a page costs the same
    however many tasks there are.

    Args:
        session: the caller's.
        days: the days from which they are shown.
        most: how many at most.
        after: only those behind this place: the `shown_on` and `number` of the last one before.
        person_id: of this person only.
        kinds: of these kinds only; of all where empty.
        folded: only the first one of each request; `beside` gives the others. A reminder of the
            person's own stands for itself.
    """
    first = _first_of_request(days, kinds) if folded else sa.true()
    places = _TABLE.c.show_on, _TABLE.c.number
    in_state = sa.func.likely if _by_kind(person_id, kinds) else sa.and_
    if after is not None:
        days = Days(max(after[0], days.since or after[0]), days.until)
    conditions = _shown(days, person_id, kinds)
    if after is not None:
        conditions.append(sa.tuple_(_UNINDEXED_DAY, _TABLE.c.number)
                          > sa.tuple_(*map(sa.literal, after)))
    found = sa.union_all(*(
        sa.select(sa.select(_TABLE).where(in_state(_TABLE.c.state == state), *conditions, first)
                  .order_by(*places).limit(most).subquery())
        for state in OPEN)).order_by("show_on", "number").limit(most)
    return tuple(follow_up_of(row) for row in session.execute(found))


def beside(
    session: Session, days: Days, shown: Collection[FollowUp], *,
    kinds: Collection[FollowUpKind] = (),
) -> Mapping[str, tuple[FollowUp, ...]]:
    """By task: the others of its request that a folded page leaves out, in their order.

    Args:
        session: the caller's.
        days: as for the page.
        shown: the tasks of that page.
        kinds: as for the page.
    """
    first = {task.request_id: task.id for task in shown
             if task.request_id and task.kind is not _ITS_OWN}
    if not first:
        return {}
    rows = session.execute(
        sa.select(_TABLE).where(
            _TABLE.c.request_id.in_(list(first)), _TABLE.c.id.not_in(list(first.values())),
            *_along_requests(_TABLE, days, kinds))
        .order_by(_TABLE.c.show_on, _TABLE.c.number))
    tasks = (follow_up_of(row) for row in rows)
    return grouped((first[task.request_id], task) for task in tasks)


def count(
    session: Session, days: Days, *, person_id: str | None = None,
    kinds: Collection[FollowUpKind] = (), most: int | None = None,
) -> int:
    """How many open tasks are shown from one of these days; no more than `most` are counted."""
    found = sa.select(sa.literal(1)).select_from(_TABLE).where(
        _TABLE.c.state.in_(OPEN), *_shown(days, person_id, kinds)).limit(most).subquery()
    return session.execute(sa.select(sa.func.count()).select_from(found)).scalar_one()


def people_of(session: Session, days: Days, *, among: int, most: int) -> tuple[str, ...]:
    """The people with the most open tasks shown from one of these days.

    Args:
        session: the caller's.
        days: the days from which the tasks are shown.
        among: only so many tasks are looked at, those raised longest ago first; each costs a
            page of the disk.
        most: how many people at most.
    """
    looked_at = sa.select(_TABLE.c.person_id).where(
        _TABLE.c.state.in_(OPEN), *_shown(days, None, ())).limit(among).subquery()
    found = session.scalars(
        sa.select(looked_at.c.person_id).group_by(looked_at.c.person_id)
        .order_by(sa.func.count().desc(), looked_at.c.person_id).limit(most))
    return tuple(found)


def _first_of_request(
    days: Days, kinds: Collection[FollowUpKind],
) -> sa.ColumnElement[bool]:
    """No other open task of the request stands before it. A request has a handful of them."""
    other = _TABLE.alias(_OTHER)
    before = sa.tuple_(other.c.show_on, other.c.number) < sa.tuple_(
        _TABLE.c.show_on, _TABLE.c.number)
    return sa.or_(_TABLE.c.kind == _ITS_OWN, ~sa.exists().where(
        other.c.request_id == _TABLE.c.request_id, before, *_along_requests(other, days, kinds)))


def _along_requests(
    table: sa.FromClause, days: Days, kinds: Collection[FollowUpKind],
) -> list[sa.ColumnElement[bool]]:
    """What a folded page is about, for tasks that are found by their request: “+”, as above."""
    name = "follow_up" if table is _TABLE else _OTHER
    day, state, kind = (sa.literal_column(f"+{name}.{column.name}", column.type)
                        for column in (_TABLE.c.show_on, _TABLE.c.state, _TABLE.c.kind))
    return [state.in_(OPEN), kind.in_(list(kinds)) if kinds else sa.true(), kind != _ITS_OWN,
            day >= days.since if days.since is not None else sa.true(),
            day <= days.until if days.until is not None else sa.true()]


def _shown(
    days: Days, person_id: str | None, kinds: Collection[FollowUpKind],
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if days.since is not None:
        conditions.append(_TABLE.c.show_on >= days.since)
    if days.until is not None:
        of_one = person_id is not None and days.since is not None
        conditions.append((_UNINDEXED_DAY if of_one else _TABLE.c.show_on) <= days.until)
    if person_id is not None:
        conditions.append(_TABLE.c.person_id == person_id)
    if kinds:
        conditions.append(
            sa.func.unlikely(_TABLE.c.kind == next(iter(kinds)))
            if _by_kind(person_id, kinds) else _UNINDEXED_KIND.in_(list(kinds)))
    return conditions


def _by_kind(person_id: str | None, kinds: Collection[FollowUpKind]) -> bool:
    """One kind of everybody has an index; several, or those of one person, are met on the way.

    SQLite takes it when it is told that the kind leaves few (“unlikely”), and the state does not.
    """
    return len(kinds) == 1 and person_id is None
