"""The digest: late, today, this week, with whole numbers and few lines."""

from __future__ import annotations

from datetime import timedelta

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.request import DueItem
from optout.services import followups, people
from optout.services.desk import Desk
from optout.services.digest import digest
from tests.factories import new_yorker


def words(items: tuple[DueItem, ...]) -> list[str]:
    return [item.follow_up.reason for item in items]


def test_each_task_stands_in_one_group_under_the_day_from_which_it_is_shown(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    other = people.add_person(desk, new_yorker(), actor=OWNER)
    start = clock.today()
    for number in (0, 1, 1, 2, 3, 9, 10):
        followups.remind_me(desk, on=start + timedelta(days=number), words=f"in {number}",
                            person_id=avery.id, broker_id="quick-mail", actor=OWNER)
    followups.remind_me(desk, on=start, words="hers", person_id=other.id, actor=OWNER)
    first = digest(desk, person_id=avery.id).today[0]
    followups.snooze(desk, first.follow_up.id, start + timedelta(days=2), actor=OWNER)
    clock.forward(days=2)

    found = digest(desk, most=1)
    assert found.day == clock.today()
    assert (found.late_count, found.today_count, found.week_count) == (3, 2, 2)
    assert found.now_count == 5
    assert [words(group) for group in (found.late, found.today, found.week)] == [
        ["hers"], ["in 0"], ["in 3"]]
    assert found.today[0].days_overdue == 2

    of_one = digest(desk, on=start + timedelta(days=3), person_id=avery.id)
    assert [words(group) for group in (of_one.late, of_one.today, of_one.week)] == [
        ["in 1", "in 1", "in 0", "in 2"], ["in 3"], ["in 9", "in 10"]]
    assert of_one.late_count == 4
    assert of_one.late[0].broker_name == "Quick Mail"


def test_an_empty_folder_has_an_empty_digest(desk: Desk) -> None:
    found = digest(desk)
    assert (found.late, found.today, found.week, found.now_count) == ((), (), (), 0)
