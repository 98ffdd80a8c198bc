"""A clock that was set back is told once, and the later day is not believed for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.services import days, followups, new_day
from optout.services.days import Days
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.services.sweep import sweep
from optout.store import audit, meta
from tests.clocks import SetClock
from tests.conftest import MONDAY
from tests.services.conftest import PASSPHRASE
from tests.services.marked import made, mark
from tests.services.test_sweep import audited

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> SetClock:
    """Monday 2026-11-23, until it is set."""
    return SetClock(MONDAY)


def later(instance: Instance) -> date | None:
    """The day that was here already and lies after today."""
    return instance.later_day


def test_a_clock_that_goes_forward_raises_no_doubt(instance: Instance, clock: SetClock) -> None:
    desk = instance.create(PASSPHRASE)
    assert days.known(desk) == Days(MONDAY, clock.now())
    assert later(instance) is None
    clock.forward(days=400)
    instance.sweep()
    assert days.known(desk) == Days(MONDAY + 400 * DAY, clock.now())
    assert later(instance) is None


def test_a_journey_across_the_date_line_is_no_wrong_clock(
    instance: Instance, clock: SetClock
) -> None:
    desk = instance.create(PASSPHRASE)
    clock.set_to(MONDAY - DAY)
    instance.sweep()
    assert later(instance) is None
    assert days.known(desk) == Days(MONDAY, clock.now())
    clock.set_to(MONDAY - 2 * DAY)
    assert later(instance) == MONDAY


@pytest.mark.parametrize("back", [30, 3000])
def test_a_clock_set_back_loses_and_doubles_nothing(
    instance: Instance, clock: SetClock, back: int
) -> None:
    desk = instance.create(PASSPHRASE)
    mark(desk, made(desk, _avery(desk)), "mark_sent")
    clock.forward(days=400)
    raised = sweep(desk).raised
    assert raised
    late = clock.today()
    clock.set_to(late - back * DAY)
    assert instance.sweep().raised == ()
    assert later(instance) == late
    due = {item.follow_up.id for item in followups.due(desk)}
    assert due == {item.follow_up.id for item in followups.due(desk, on=clock.today())}
    clock.set_to(late)
    assert instance.sweep().raised == ()
    assert later(instance) is None
    assert {item.follow_up.id for item in followups.due(desk)} == set(raised)
    assert sorted(audited(desk)) == sorted(raised)


def _avery(desk: Desk) -> Person:
    from optout.services import people
    from tests.factories import californian

    return people.add_person(desk, californian(), actor=OWNER)


def test_a_battery_that_said_2035_poisons_nothing(instance: Instance, clock: SetClock) -> None:
    desk = instance.create(PASSPHRASE)
    mark(desk, made(desk, _avery(desk)), "mark_sent")
    coming = [item.follow_up for item in followups.due(desk, within_days=1_000)]
    clock.set_to(date(2035, 6, 1))
    assert set(instance.sweep().raised) == {task.id for task in coming}
    clock.set_to(MONDAY)
    assert later(instance) == date(2035, 6, 1)
    # Nothing is due before its day, and on its day it is, whoever raised it.
    assert followups.due(desk) == ()
    first = min(task.due_on for task in coming)
    clock.set_to(first)
    assert {item.follow_up.due_on for item in followups.due(desk)} == {first}
    assert instance.sweep().raised == ()
    assert len(audited(desk)) == len(set(audited(desk))) == len(coming)


def test_the_later_day_is_forgotten_when_the_person_says_so(
    instance: Instance, clock: SetClock
) -> None:
    desk = instance.create(PASSPHRASE)
    clock.set_to(date(2035, 6, 1))
    instance.sweep()
    clock.set_to(MONDAY)
    instance.sweep()
    instance.believe_clock()
    assert later(instance) is None
    assert days.known(desk) == Days(MONDAY, clock.now())
    with desk.store.reading() as session:
        newest, *_ = audit.latest(session, 1)
    assert (newest.actor, newest.act, newest.subject) == (OWNER, days.ACT, "")
    instance.sweep()
    assert days.known(desk) == Days(MONDAY, clock.now())


def test_the_later_day_is_forgotten_after_a_week_in_order() -> None:
    now = SetClock(MONDAY).now()
    kept = Days(date(2035, 6, 1), now)
    for number in range(7):
        kept = kept.after(MONDAY + number * DAY, now)
        assert (kept.newest, kept.back_since) == (date(2035, 6, 1), MONDAY)
    assert kept.after(MONDAY + 7 * DAY, now) == Days(MONDAY + 7 * DAY, now)
    # Set back once more: the week begins anew.
    further = kept.after(MONDAY - 3 * DAY, now)
    assert further.back_since == MONDAY - 3 * DAY
    assert further.after(MONDAY + 2 * DAY, now).newest == date(2035, 6, 1)


def test_a_day_before_the_program_was_made_is_never_believed_by_itself() -> None:
    now = SetClock(MONDAY).now()
    kept = Days(MONDAY, now)
    for number in range(0, 4000, 40):
        kept = kept.after(date(2015, 1, 1) + number * DAY, now)
    assert kept.newest == MONDAY


@pytest.mark.parametrize("kept", ["", "null", "[]", "{}", '{"newest": "never"}', "nonsense"])
def test_what_cannot_be_read_is_begun_anew(desk: Desk, clock: SetClock, kept: str) -> None:
    with desk.store.writing() as session:
        meta.put(session, days.KEY, kept)
    assert days.known(desk) is None
    assert days.note(desk) == Days(MONDAY, clock.now()) == days.known(desk)


def test_the_first_page_of_a_day_sweeps_and_no_other(instance: Instance, clock: SetClock) -> None:
    assert not new_day.sweep_on_new_day(instance)
    instance.create(PASSPHRASE)
    assert not new_day.sweep_on_new_day(instance)
    clock.forward(hours=11)
    assert not new_day.sweep_on_new_day(instance)
    clock.forward(hours=1)
    assert new_day.sweep_on_new_day(instance)
    assert not new_day.sweep_on_new_day(instance)
    assert instance.swept_on == MONDAY + DAY
    instance.lock()
    clock.forward(days=1)
    assert not new_day.sweep_on_new_day(instance)


def test_another_process_reads_the_same_days(instance: Instance, clock: SetClock) -> None:
    instance.create(PASSPHRASE)
    clock.forward(days=40)
    instance.sweep()
    clock.set_to(MONDAY)
    other = Instance(instance.settings, clock, Library(instance.settings))
    other.unlock(PASSPHRASE)
    assert other.later_day == MONDAY + 40 * DAY
    other.lock()
