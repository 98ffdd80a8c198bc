"""The list of what is due: groups, pages, people; never more read than shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.person import Person
from optout.domain.words import FollowUpKind
from optout.services import due_list, followups, letters, people
from optout.services.desk import Desk
from optout.services.due_list import DueList, Filter
from optout.store import people as people_rows
from optout.store import requests as request_rows
from tests.factories import new_yorker
from tests.services.marked import made, mark


def remind(desk: Desk, person: Person, *in_days: int) -> None:
    for number in in_days:
        followups.remind_me(desk, on=desk.clock.today() + timedelta(days=number),
                            words=str(number), person_id=person.id, actor=OWNER)


def shown(found: DueList) -> dict[str, list[str]]:
    return {group.name: [item.follow_up.reason for item in group.items]
            for group in found.groups}


def test_each_group_shows_its_first_tasks_and_counts_all(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    remind(desk, avery, 0, 0, 1, 5, 9, 30)
    clock.forward(days=1)
    found = due_list.due_list(desk, most=1)
    assert shown(found) == {"late": ["0"], "today": ["1"], "week": ["5"], "later": ["9"]}
    assert [group.count for group in found.groups] == [2, 1, 1, 2]
    assert (found.names, found.busiest, found.only, found.started) == ({}, (), avery.id, False)
    assert found.last_day == clock.today() + timedelta(days=7)

    late = found.groups[0]
    (rest,) = due_list.one_group(desk, "late", after=late.after).groups
    assert ([item.follow_up.reason for item in rest.items], rest.count, rest.after) == (
        ["0"], 2, None)
    assert late.after is not None
    assert not late.many
    with pytest.raises(NotFound):
        due_list.one_group(desk, "never")


def test_no_more_is_counted_than_helps(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_list, "MOST_COUNTED", 3)
    remind(desk, avery, 0, 0, 0, 0)
    (group,) = due_list.due_list(desk, most=2).groups
    assert (len(group.items), group.count, group.many) == (2, 3, True)


def test_of_several_people_only_those_shown_are_named(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    blair = people.add_person(desk, new_yorker(), actor=OWNER)
    nobody = people.add_person(desk, new_yorker(), actor=OWNER)
    remind(desk, avery, 0, 1)
    remind(desk, blair, 1)

    def whole(*_: object, **__: object) -> None:
        raise AssertionError("It reads more of people and requests than is shown.")

    for rows, name in ((people_rows, "get"), (people_rows, "some"), (people_rows, "page"),
                       (request_rows, "every"), (request_rows, "after")):
        monkeypatch.setattr(rows, name, whole)
    found = due_list.due_list(desk)
    assert set(found.names) == {avery.id, blair.id}
    assert (found.busiest, found.only) == ((avery.id, blair.id), "")
    of_blair = due_list.due_list(desk, Filter(person_id=blair.id))
    assert shown(of_blair) == {"week": ["1"]}
    assert shown(due_list.due_list(desk, Filter(person_id=nobody.id))) == {}
    with pytest.raises(NotFound):
        due_list.due_list(desk, Filter(person_id="P-222222"))


def test_a_request_has_one_line_in_each_group_and_every_task_counts(
    desk: Desk, avery: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for broker in ("quick-mail", "slow-post"):
        mark(desk, made(desk, avery, broker), "mark_sent")
    clock.forward(days=200)
    waiting = [item.follow_up for item in followups.due(desk)]
    assert len(waiting) > 4
    (late,) = due_list.due_list(desk).groups
    assert len(late.items) == 2
    assert (late.count, late.after) == (len(waiting), None)
    for item in late.items:
        of_one = [task for task in waiting if task.request_id == item.follow_up.request_id]
        assert [item.follow_up, *(other.follow_up for other in late.also[item.follow_up.id])] == (
            of_one)
    assert {task.id for task in late.tasks} == {task.id for task in waiting}

    first = due_list.due_list(desk, most=1).groups[0]
    (second,) = due_list.one_group(desk, "late", after=first.after).groups
    assert [*first.items, *second.items] == list(late.items)
    assert (first.count, second.count) == (late.count, late.count)
    assert {**first.also, **second.also} == late.also
    monkeypatch.setattr(due_list, "MOST_COUNTED", 4)
    assert [(one.count, one.many) for one in due_list.due_list(desk).groups] == [(4, True)]


def test_what_is_not_sent_stands_apart(desk: Desk, avery: Person, clock: HandClock) -> None:
    letters.generate(desk, avery.id, request_ids=[made(desk, avery)], actor=OWNER)
    remind(desk, avery, 0)
    clock.forward(days=9)
    found = due_list.due_list(desk)
    assert [group.name for group in found.groups] == ["late", "unsent"]
    assert found.started
    unsent = due_list.due_list(desk, Filter(kind=FollowUpKind.PREPARED_NOT_SENT))
    assert [group.name for group in unsent.groups] == ["unsent"]
    (task,) = unsent.groups[0].items
    followups.snooze(desk, task.follow_up.id, clock.today() + timedelta(days=30), actor=OWNER)
    (later,) = due_list.due_list(desk, Filter(kind=FollowUpKind.PREPARED_NOT_SENT)).groups
    assert later.name == "later"
    own = due_list.due_list(desk, Filter(kind=FollowUpKind.OWN_REMINDER))
    assert [group.name for group in own.groups] == ["late"]
