"""What is due, a page at a time, counted, by person; always along the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.store import due, followups, people
from optout.store.due import Days
from tests.store import samples
from tests.store.conftest import Furnished


def day(number: int) -> date:
    return samples.DAY + timedelta(days=number)


@pytest.fixture
def session(furnished: Furnished) -> Iterator[Session]:
    """Six tasks: one a day for five days, the third and fourth raised, and one that is done."""
    with furnished.store.writing() as opened:
        for number in range(5):
            state = FollowUpState.RAISED if number in {2, 3} else FollowUpState.WAITING
            task = samples.follow_up(furnished.request_id, number, day(number))
            followups.add(opened, replace(task, state=state), at=samples.NOW)
        followups.add(opened, replace(samples.follow_up(furnished.request_id, 9),
                                      state=FollowUpState.DONE), at=samples.NOW)
        yield opened


def ids(tasks: tuple[FollowUp, ...]) -> list[int]:
    return [int(task.id.removeprefix("F-")) for task in tasks]


def test_pages_follow_one_another_and_leave_nothing_out(session: Session) -> None:
    first = due.page(session, Days(), most=2)
    last = first[-1]
    second = due.page(session, Days(), most=2, after=(last.shown_on, last.number))
    last = second[-1]
    third = due.page(session, Days(), most=2, after=(last.shown_on, last.number))
    assert [ids(first), ids(second), ids(third)] == [[0, 1], [2, 3], [4]]


def test_tasks_of_one_day_follow_by_their_number(session: Session, furnished: Furnished) -> None:
    followups.add(session, samples.follow_up(furnished.request_id, 7, day(2)), at=samples.NOW)
    (raised,) = due.page(session, Days(day(2), day(2)), most=1)
    rest = due.page(session, Days(), most=9, after=(raised.shown_on, raised.number))
    assert (ids((raised,)), ids(rest)) == ([2], [7, 3, 4])


def test_days_bound_a_page_and_a_count(session: Session) -> None:
    assert ids(due.page(session, Days(until=day(1)), most=9)) == [0, 1]
    assert ids(due.page(session, Days(day(1), day(2)), most=9)) == [1, 2]
    assert ids(due.page(session, Days(day(3)), most=9)) == [3, 4]
    assert [due.count(session, days) for days in (
        Days(), Days(until=day(1)), Days(day(1), day(2)), Days(day(9)))] == [5, 2, 2, 0]
    assert due.count(session, Days(), most=3) == 3


def test_a_task_that_is_put_off_stands_under_its_new_day(session: Session) -> None:
    assert followups.put_off(session, "F-000002", day(8), at=samples.NOW)
    (task,) = due.page(session, Days(day(8)), most=9)
    assert (task.id, task.due_on, task.state) == ("F-000002", day(2), FollowUpState.WAITING)
    assert not followups.put_off(session, "F-000009", day(8), at=samples.NOW)


def test_by_person_and_kind(session: Session, furnished: Furnished) -> None:
    other = people.save(session, replace(samples.AVERY, id=""))
    followups.add(session, FollowUp(
        id="F-000020", request_id="", person_id=other.id, kind=FollowUpKind.OWN_REMINDER,
        due_on=day(1), state=FollowUpState.WAITING, key="own:1"), at=samples.NOW)
    (own,) = due.page(session, Days(), most=9, person_id=other.id)
    assert (own.broker_id, own.kind) == ("", FollowUpKind.OWN_REMINDER)
    assert due.page(session, Days(), most=9, kinds=[FollowUpKind.OWN_REMINDER]) == (own,)
    assert due.count(session, Days(), person_id=furnished.person_id) == 5
    assert due.count(session, Days(), kinds={FollowUpKind.RECHECK}) == 0
    assert due.people_of(session, Days(), among=9, most=9) == (furnished.person_id, other.id)
    assert due.people_of(session, Days(), among=9, most=1) == (furnished.person_id,)
    assert due.people_of(session, Days(), among=2, most=9) == (furnished.person_id,)


@pytest.mark.parametrize("person", [None, "P-222222"])
def test_nothing_reads_the_whole_table(session: Session, person: str | None) -> None:
    asked: list[tuple[str, Any]] = []
    sa.event.listen(session.connection().engine, "before_cursor_execute",
                    lambda _c, _k, sql, values, *_: asked.append((sql, values)))
    week = Days(day(0), day(7))
    due.page(session, week, most=5, after=(day(1), 1), person_id=person)
    due.page(session, Days(until=day(1)), most=5, person_id=person)
    due.count(session, week, person_id=person)
    due.people_of(session, week, among=9, most=5)
    followups.due(session, day(1))
    read = list(asked)
    assert len(read) == 5
    raw = session.connection().connection
    for place, (sql, values) in enumerate(read):
        plan = [row[3] for row in raw.cursor().execute(
            f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]
        table = [line for line in plan if "follow_up" in line]
        assert table, plan
        assert all("SEARCH" in line and "state" in line and "show_on" in line
                   for line in table), plan
        mine = person is not None and place < 3
        assert all(("person_id" in line) == mine for line in table), plan
