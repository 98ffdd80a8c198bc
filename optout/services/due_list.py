"""The list of what is due: late, today, this week, later, each a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optout.domain.errors import NotFound
from optout.domain.request import DueItem, FollowUp
from optout.domain.words import FollowUpKind
from optout.services.desk import Desk
from optout.services.digest import WEEK, groups
from optout.services.followups import seen
from optout.store import due as rows
from optout.store import people, requests
from optout.store.due import Days

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GROUPS = ("late", "today", "week", "later")
"""The groups in the order of their days."""

UNSENT = "unsent"
"""What was prepared and has not left: a group of its own, whose letters may be hundreds."""

MOST_COUNTED = 200
"""Beyond it a number helps nobody. A task that is counted by its kind costs a page of the disk."""

MOST_PEOPLE = 12
"""People whose names stand above the list."""

_APART = frozenset({FollowUpKind.PREPARED_NOT_SENT})
_OTHERS = frozenset(FollowUpKind) - _APART


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks are listed.

    Args:
        person_id: of this person only; None: of everyone.
        kind: of this kind only; None: of every kind.
    """

    person_id: str | None = None
    kind: FollowUpKind | None = None


NO_FILTER = Filter()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of tasks.

    Args:
        name: one of `GROUPS`, or `UNSENT`.
        items: the first of them, by the day from which they are shown; of each request one.
        count: how many tasks there are, up to `MOST_COUNTED`, folded ones included.
        after: the place of the last item, where more follow; None where these are all.
        also: by the id of an item's task: the others of its request in this group, folded.
    """

    name: str
    items: tuple[DueItem, ...]
    count: int
    after: tuple[date, int] | None = None
    also: Mapping[str, tuple[DueItem, ...]] = field(default_factory=dict)

    @property
    def tasks(self) -> tuple[FollowUp, ...]:
        """Every task that the group holds, folded ones included."""
        folded = (item for of_one in self.also.values() for item in of_one)
        return tuple(item.follow_up for item in (*self.items, *folded))

    @property
    def many(self) -> bool:
        """Whether there may be more than are counted."""
        return self.count >= MOST_COUNTED


@dataclass(frozen=True, slots=True)
class DueList:
    """What waits on a day, with the names of those whose tasks are shown.

    Args:
        groups: those that hold something, in the order of their days; the unsent ones last.
        names: by person; empty where only one person is stored.
        busiest: who has most to do until the end of the week, as far as was looked.
        only: the id of the only person; empty where there is nobody or more than one.
        started: there is any request.
    """

    day: date
    groups: tuple[Group, ...]
    names: Mapping[str, str]
    busiest: tuple[str, ...] = ()
    only: str = ""
    started: bool = False

    @property
    def last_day(self) -> date:
        """The last day of this week."""
        return self.day + timedelta(days=WEEK)


def due_list(
    desk: Desk, wanted: Filter = NO_FILTER, *, on: date | None = None, most: int = 20
) -> DueList:
    """The first tasks of every group. It reads only what it gives back, and counts that far.

    One company may owe an answer under several laws: within a group a request has one line, its
    most urgent task, and the others lie folded under it.

    Args:
        desk: the opened data.
        wanted: which tasks.
        on: the day; default: today.
        most: how many lines each group holds at most.

    Raises:
        NotFound: when no such person is stored.
    """
    day = desk.day(on)
    with desk.store.reading() as session:
        found = [_group(desk, session, name, wanted, day, most=most)
                 for name in (*GROUPS, UNSENT)]
        return _with_names(session, tuple(one for one in found if one.items), wanted, day)


def one_group(
    desk: Desk, name: str, wanted: Filter = NO_FILTER, *, after: tuple[date, int] | None = None,
    on: date | None = None, most: int = 50,
) -> DueList:
    """A page of one group; args as `due_list`, and the place after which it begins.

    Raises:
        NotFound: when there is no such group or person.
    """
    if name not in (*GROUPS, UNSENT):
        raise NotFound
    day = desk.day(on)
    with desk.store.reading() as session:
        found = _group(desk, session, name, wanted, day, most=most, after=after)
        return _with_names(session, (found,), wanted, day)


def _group(
    desk: Desk, session: Session, name: str, wanted: Filter, day: date, *, most: int,
    after: tuple[date, int] | None = None,
) -> Group:
    days, kinds = _days(name, day), _kinds(name, wanted)
    if kinds is None:
        return Group(name, (), 0)
    tasks = rows.page(session, days, most=most + 1, after=after, person_id=wanted.person_id,
                      kinds=kinds, folded=True)
    shown = tasks[:most]
    last = (shown[-1].shown_on, shown[-1].number) if len(tasks) > most else None
    also = {one: seen(desk, others, day) for one, others in rows.beside(
        session, days, shown, kinds=kinds).items()}
    found = Group(name, seen(desk, shown, day), 0, last, also)
    return replace(found, count=min(len(found.tasks), MOST_COUNTED) if (
        after is None and last is None) else rows.count(
            session, days, person_id=wanted.person_id, kinds=kinds, most=MOST_COUNTED))


def _kinds(name: str, wanted: Filter) -> frozenset[FollowUpKind] | None:
    """The kinds of a group, empty for all of them; None where the filter leaves none.

    What lies ahead is not told apart, so that its number is read from the index alone.
    """
    own = {UNSENT: _APART, "later": frozenset[FollowUpKind]()}.get(name, _OTHERS)
    if wanted.kind is None:
        return own
    return frozenset({wanted.kind}) if not own or wanted.kind in own else None


def _days(name: str, day: date) -> Days:
    late, today, week = groups(day)
    end = day + timedelta(days=WEEK)
    return {"late": late, "today": today, "week": week, UNSENT: Days(until=end),
            "later": Days(end + timedelta(days=1))}[name]


def _with_names(
    session: Session, found: tuple[Group, ...], wanted: Filter, day: date
) -> DueList:
    if wanted.person_id is not None and not people.names_of(session, [wanted.person_id]):
        raise NotFound("There is no such person.")
    started = requests.any_there(session)
    if not people.are_several(session):
        return DueList(day, found, {}, only=people.only(session), started=started)
    busiest = rows.people_of(session, Days(until=day + timedelta(days=WEEK)),
                             among=MOST_COUNTED, most=MOST_PEOPLE)
    named = {item.follow_up.person_id for group in found for item in group.items}
    named |= {*busiest, wanted.person_id or ""}
    return DueList(day, found, people.names_of(session, sorted(named)), busiest,
                   started=started)
