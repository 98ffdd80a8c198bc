"""The pace of a plan: doable days, every step in one week, and what has to wait apart."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from optout.domain.plan import Action
from optout.domain.wanted import Pace
from optout.domain.words import ActionKind, Channel, Effort
from optout.planning.pace import LOOK_AHEAD, Week, by_effort, this_week, waiting, weeks
from tests.planning.steps import HOLDS, NO_LINK, step

A_QUARTER = Pace(minutes_a_day=15, days_a_week=4)

minutes = st.integers(min_value=0, max_value=60)
paces = st.builds(Pace, minutes_a_day=st.integers(1, 60), days_a_week=st.integers(1, 7))


def steps(*lengths: int) -> list[Action]:
    return [step(f"b{i:03}", length) for i, length in enumerate(lengths)]


def ids(actions: Sequence[Action]) -> list[str]:
    return [action.broker.id for action in actions]


def lengths(week: Week) -> list[list[int]]:
    return [[action.minutes for action in day] for day in week.days]


@given(st.lists(minutes, max_size=40), paces, st.integers(0, 400))
def test_every_step_stands_in_exactly_one_week_and_no_day_is_overfull(
    wanted: list[int], pace: Pace, spent: int,
) -> None:
    made = weeks(steps(*wanted), pace, spent=spent)
    assert sorted(i for week in made for i in ids(week.actions)) == ids(steps(*wanted))
    assert [week.number for week in made] == list(range(1, len(made) + 1))
    for week in made:
        assert len(week.days) <= pace.days_a_week
        assert week.minutes == sum(action.minutes for day in week.days for action in day)
        for day in week.days:
            assert sum(a.minutes for a in day) <= pace.minutes_a_day or len(day) == 1


@given(st.lists(minutes, max_size=40), paces)
def test_no_step_is_passed_by_more_than_those_that_may_fill_a_gap_and_no_day_is_idle(
    wanted: list[int], pace: Pace,
) -> None:
    made = weeks(steps(*wanted), pace)
    placed = [int(i[1:]) for week in made for i in ids(week.actions)]
    for position, number in enumerate(placed):
        assert number <= position + LOOK_AHEAD
    assert all(day for week in made for day in week.days)


@given(st.lists(minutes, max_size=20), paces, st.integers(0, 400))
def test_what_was_spent_is_not_asked_for_again(wanted: list[int], pace: Pace, spent: int) -> None:
    made = weeks(steps(*wanted), pace, spent=spent)
    spent = min(spent, pace.minutes_a_week)
    for day_number, day in enumerate(day for week in made for day in week.days):
        left = min(pace.minutes_a_day, max(0, (day_number + 1) * pace.minutes_a_day - spent))
        untouched = left == pace.minutes_a_day
        assert sum(a.minutes for a in day) <= left or (untouched and len(day) == 1)


def test_a_day_is_filled_in_order_and_a_week_has_its_days() -> None:
    first, second = weeks(steps(5, 10, 15, 2, 2, 8, 10, 10), A_QUARTER)
    assert lengths(first) == [[5, 10], [15], [2, 2, 8], [10]]
    assert lengths(second) == [[10]]
    assert (first.minutes, second.minutes) == (52, 10)


def test_a_small_step_fills_what_is_left_of_a_day() -> None:
    (week,) = weeks(steps(8, 10, 9, 2, 4), A_QUARTER)
    assert lengths(week) == [[8, 2, 4], [10], [9]]


def test_a_small_step_far_down_the_order_stays_there() -> None:
    far = weeks(steps(8, *[10] * (LOOK_AHEAD + 1), 2), A_QUARTER)
    assert lengths(far[0])[0] == [8]
    near = weeks(steps(8, *[10] * LOOK_AHEAD, 2), A_QUARTER)
    assert lengths(near[0])[0] == [8, 2]


def test_a_step_longer_than_a_day_has_a_day_for_itself() -> None:
    (week,) = weeks(steps(22, 2, 40, 5), A_QUARTER)
    assert lengths(week) == [[22], [2, 5], [40]]


def test_a_week_comes_to_an_end_when_its_minutes_are_spent() -> None:
    todo = steps(5, 5, 5, 5)
    assert ids(this_week(todo, A_QUARTER, spent=60).actions) == []
    assert lengths(this_week(todo, A_QUARTER, spent=55)) == [[], [], [], [5]]
    for spent in (60, 500):  # who gave more than a week's share owes nothing to the next
        after = weeks(todo, A_QUARTER, spent=spent)
        assert [week.minutes for week in after] == [0, 20]


def test_a_long_step_waits_for_a_day_that_is_whole() -> None:
    assert lengths(this_week(steps(40), A_QUARTER, spent=10)) == [[], [40]]


def test_nothing_to_do_is_an_empty_week() -> None:
    assert weeks([], A_QUARTER) == ()
    assert this_week([], A_QUARTER) == Week(1, ())
    assert this_week([], A_QUARTER).minutes == 0


def test_what_cannot_go_on_uses_no_minutes_and_stands_apart() -> None:
    lacking = step("lacking", changes={"missing": NO_LINK})
    asked = step("asked", changes={"gates": HOLDS})
    todo = [lacking, step("ready"), asked]
    assert ids(this_week(todo, A_QUARTER).actions) == ["ready"]
    assert ids(waiting(todo)) == ["lacking", "asked"]


def test_steps_are_grouped_by_what_they_cost_in_the_order_of_effort() -> None:
    todo = [
        step("call", channel=Channel.PHONE), step("look", kind=ActionKind.LOOK),
        step("mail", channel=Channel.EMAIL), step("form"),
        step("post", channel=Channel.POSTAL_MAIL), step("mail-too", channel=Channel.EMAIL),
        step("setting", kind=ActionKind.HYGIENE)]
    assert [(effort, ids(part)) for effort, part in by_effort(todo)] == [
        (Effort.ONE_CLICK, ["mail", "mail-too"]), (Effort.FORM, ["form"]),
        (Effort.STAMP, ["post"]), (Effort.PHONE_CALL, ["call"]),
        (Effort.OWN_HAND, ["look", "setting"])]
    assert by_effort(todo[2:3]) == ((Effort.ONE_CLICK, (todo[2],)),)
