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


def test_a_folded_page_holds_the_first_task_of_each_request(
    session: Session, furnished: Furnished
) -> None:
    own = samples.follow_up(furnished.request_id, 11, day(2))
    followups.add(session, replace(own, kind=FollowUpKind.OWN_REMINDER), at=samples.NOW)
    followups.add(session, replace(samples.follow_up(furnished.request_id, 12, day(3)),
                                   request_id="", person_id=furnished.person_id), at=samples.NOW)
    shown = due.page(session, Days(), most=9, folded=True)
    assert ids(shown) == [0, 11, 12]
    assert {one: ids(others) for one, others in due.beside(session, Days(), shown).items()} == {
        "F-000000": [1, 2, 3, 4]}
    # Each group, each kind and each page by itself.
    late = Days(day(1), day(3))
    shown = due.page(session, late, most=1, folded=True)
    assert (ids(shown), ids(due.beside(session, late, shown)["F-000001"])) == ([1], [2, 3])
    rest = due.page(session, late, most=9, after=(shown[0].shown_on, shown[0].number), folded=True)
    assert ids(rest) == [11, 12]
    assert due.beside(session, late, rest) == {}
    kinds = {FollowUpKind.RECHECK}
    assert due.page(session, late, most=9, kinds=kinds, folded=True) == ()
    assert ids(due.page(session, late, most=9, kinds={FollowUpKind.OWN_REMINDER}, folded=True)
               ) == [11]
    assert due.beside(session, late, shown, kinds=kinds) == {}
    assert followups.put_off(session, "F-000001", day(8), at=samples.NOW)
    assert ids(due.page(session, late, most=9, folded=True)) == [2, 11, 12]


def noted(session: Session) -> list[tuple[str, Any]]:
    """The statements that are sent from now on."""
    asked: list[tuple[str, Any]] = []
    sa.event.listen(session.connection().engine, "before_cursor_execute",
                    lambda _c, _k, sql, values, *_: asked.append((sql, values)))
    return asked


def plan_of(session: Session, sql: str, values: Any) -> list[str]:
    raw = session.connection().connection
    return [row[3] for row in raw.cursor().execute(
        f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]


def test_what_is_folded_is_found_by_its_request(session: Session) -> None:
    asked = noted(session)
    week = Days(day(0), day(7))
    shown = due.page(session, week, most=5, folded=True)
    due.beside(session, week, shown, kinds={FollowUpKind.RESPOND_DUE})
    (page, values), (beside, others) = asked.copy()
    lines = [line for line in plan_of(session, page, values) if "ix_follow_up" in line]
    assert [("state_show_on" in line, "(request_id=?)" in line) for line in lines] == [
        (True, False), (False, True)] * 2
    (line,) = [line for line in plan_of(session, beside, others) if "ix_follow_up" in line]
    assert "(request_id=?)" in line
    assert "TEMP B-TREE" not in " ".join(plan_of(session, page, values)).split("UNION")[0]


@pytest.mark.parametrize("person", [None, "P-222222"])
def test_nothing_reads_the_whole_table(session: Session, person: str | None) -> None:
    asked = noted(session)
    week = Days(day(0), day(7))
    due.page(session, week, most=5, after=(day(1), 1), person_id=person)
    due.page(session, Days(until=day(1)), most=5, person_id=person)
    due.count(session, week, person_id=person)
    due.people_of(session, week, among=9, most=5)
    followups.due(session, day(1))
    read = list(asked)
    assert len(read) == 5
    for place, (sql, values) in enumerate(read):
        plan = plan_of(session, sql, values)
        table = [line for line in plan if "follow_up" in line]
        assert table, plan
        assert all("SEARCH" in line and "state" in line and "show_on" in line
                   for line in table), plan
        mine = person is not None and place < 3
        assert all(("person_id" in line) == mine for line in table), plan
