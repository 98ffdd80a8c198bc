"""The scheduler is a clock that nobody can set wrong, in one process; the truth is in the rows."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from optout import jobs
from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import DiskFull, Locked
from optout.services import followups, new_day, outbox, people, reminders, requests, sweep
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault import marks
from optout.vault.keyfile import CHEAP
from tests.everyone import raised
from tests.factories import californian
from tests.services.conftest import BROKERS, PASSPHRASE


def opened_by(folder: Path, clock: HandClock) -> Instance:
    """The folder, as a process of its own would have it."""
    settings = Settings(instance=folder)
    return Instance(settings, clock, Library(settings, brokers_file=BROKERS), cost=CHEAP)


@pytest.fixture
def instance(tmp_path: Path, clock: HandClock) -> Iterator[Instance]:
    """A locked data folder with one request that was sent today."""
    made = opened_by(tmp_path / "instance", clock)
    desk = made.create(PASSPHRASE)
    person = people.add_person(desk, californian(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    made.lock()
    yield made
    made.lock()


def wait_for(what: str, condition: object) -> None:
    """Wait for the scheduler's thread, at most ten seconds."""
    assert callable(condition)
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen")


def test_a_locked_folder_is_left_alone(instance: Instance) -> None:
    assert new_day.sweep_if_open(instance) is False
    assert not instance.is_open


def test_the_start_sweeps_what_became_due_while_the_machine_slept(
    instance: Instance, clock: HandClock
) -> None:
    instance.unlock(PASSPHRASE)
    before = raised(instance.desk)
    clock.forward(days=200)
    running = jobs.start(instance)
    try:
        wait_for("the sweep", lambda: raised(instance.desk) > before)
    finally:
        running.shutdown()


def test_reminders_follow_each_sweep(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminded: list[Instance] = []
    monkeypatch.setattr("optout.services.reminders.remind_if_open", reminded.append)
    scheduler = jobs.start(instance)
    try:
        wait_for("the reminders", lambda: reminded == [instance])
    finally:
        scheduler.shutdown(wait=True)


def test_unlocking_catches_up_by_itself(instance: Instance, clock: HandClock) -> None:
    clock.forward(days=200)
    desk = instance.unlock(PASSPHRASE)
    assert raised(instance.desk)
    assert {item.follow_up.id for item in followups.due(desk)} >= raised(instance.desk)


def test_a_second_sweep_raises_nothing_twice(instance: Instance, clock: HandClock) -> None:
    desk = instance.unlock(PASSPHRASE)
    clock.forward(days=200)
    first = sweep.sweep(desk)
    assert first.raised
    again = sweep.sweep(desk)
    assert not again.raised


def test_the_clock_ticks_every_hour_keeps_nothing_and_forgives_missed_hours(
    instance: Instance
) -> None:
    running = jobs.start(instance)
    try:
        (job,) = running.scheduler.get_jobs()
        assert job.trigger.interval == timedelta(hours=1)
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
        assert type(running.scheduler._lookup_jobstore("default")).__name__ == "MemoryJobStore"
        wait_for("the first tick",
                 lambda: job.next_run_time > datetime.now(UTC) + timedelta(minutes=50))
    finally:
        running.shutdown()


def next_hour(running: jobs.Jobs) -> None:
    """Wait until the first tick is over."""
    (job,) = running.scheduler.get_jobs()
    wait_for("the tick", lambda: job.next_run_time > datetime.now(UTC) + timedelta(minutes=50))


@pytest.mark.parametrize("step", [-30 * 86_400.0, 30 * 86_400.0, -3600.0])
def test_a_clock_that_was_set_wakes_the_scheduler(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, step: float
) -> None:
    instance.unlock(PASSPHRASE)
    running = jobs.start(instance)
    try:
        next_hour(running)
        assert not running.beat()
        truly = time.time
        monkeypatch.setattr(time, "time", lambda: truly() + step)
        assert running.beat()
        assert not running.beat()
        monkeypatch.undo()
        assert running.beat()
    finally:
        running.shutdown()


def test_a_new_day_wakes_the_scheduler_once(instance: Instance, clock: HandClock) -> None:
    instance.unlock(PASSPHRASE)
    running = jobs.start(instance)
    try:
        next_hour(running)
        clock.forward(days=200)
        assert running.beat()
        # The first tick may run still, and then the next beat calls once more.
        wait_for("the sweep", lambda: (running.beat(), raised(instance.desk))[1])
        assert not running.beat()
        instance.lock()
        clock.forward(days=1)
        assert not running.beat()
    finally:
        running.shutdown()


def test_reminders_do_not_wait_an_hour_for_whoever_unlocks(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminded: list[bool] = []
    monkeypatch.setattr("optout.services.reminders.remind_if_open",
                        lambda one: reminded.append(one.is_open))
    running = jobs.start(instance)
    try:
        wait_for("the first tick", lambda: reminded == [False])
        for times in (1, 2):
            instance.unlock(PASSPHRASE)
            assert running.beat()
            wait_for("the reminders", lambda times=times: reminded == [False, *[True] * times])
            assert not running.beat()
            instance.lock()
            assert times == 1 or not running.beat()
    finally:
        running.shutdown()


def test_reminders_do_not_wait_an_hour_where_a_page_was_first_to_see_the_new_day(
    instance: Instance, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminded: list[date] = []
    go_on = threading.Event()

    def remind(one: Instance) -> None:
        reminded.append(one.clock.today())
        go_on.wait(10)

    monkeypatch.setattr("optout.services.reminders.remind_if_open", remind)
    instance.unlock(PASSPHRASE)
    days = [clock.today() + timedelta(days=number) for number in range(2)]
    running = jobs.start(instance)
    try:
        wait_for("the first tick", lambda: reminded == days[:1])
        clock.forward(days=1)
        assert new_day.sweep_on_new_day(instance)
        assert running.beat()  # while the last tick still sends
        next_hour(running)
        go_on.set()
        wait_for("the reminders", lambda: (running.beat(), reminded[:2] == days)[1])
        wait_for("silence", lambda: not running.beat())
    finally:
        go_on.set()
        running.shutdown()


def test_an_email_that_was_put_off_does_not_wait_for_the_next_hour(
    instance: Instance, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_off = reminders.Reminded(mail=outbox.Handled(again_at=clock.now() + timedelta(hours=1)))
    answers = [put_off, reminders.Reminded(mail=outbox.Handled()), reminders.Reminded()]
    monkeypatch.setattr("optout.services.reminders.remind_if_open", lambda _: answers.pop(0))
    instance.unlock(PASSPHRASE)
    running = jobs.start(instance)
    try:
        wait_for("the first tick", lambda: len(answers) == 2)
        assert not running.beat()
        clock.forward(hours=1)
        wait_for("the second", lambda: (running.beat(), len(answers) == 1)[1])
        wait_for("silence", lambda: not running.beat())
        assert answers
    finally:
        running.shutdown()


def test_the_heart_beats_by_itself_and_survives_an_error(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    beats: list[int] = []

    def beat(_: jobs.Jobs) -> bool:
        beats.append(1)
        raise OSError

    monkeypatch.setattr(jobs, "BEAT", 0.01)
    monkeypatch.setattr(jobs.Jobs, "beat", beat)
    running = jobs.start(instance)
    wait_for("three beats", lambda: len(beats) > 2)
    running.shutdown(wait=False)
    assert "could not be woken" in caplog.text


def test_one_of_two_sweeps_and_the_other_follows_when_it_stops(
    instance: Instance, clock: HandClock
) -> None:
    second = opened_by(instance.folder, clock)
    first, other = jobs.start(instance), jobs.start(second)
    try:
        assert (first.leads, other.leads) == (True, False)
        assert not other.beat()
        second.unlock(PASSPHRASE)
        clock.forward(days=200)
        assert other.beat()  # a new day, which is not its business
        next_hour(other)
        assert raised(second.desk) == set()
        first.shutdown()
        assert other.beat()
        assert other.leads
        wait_for("the sweep", lambda: (other.beat(), raised(second.desk))[1])
    finally:
        other.shutdown()
        second.lock()
    assert marks.holder(instance.folder / "lock" / jobs.MARK) is None


LEADER = """
import sys, time
from pathlib import Path
from optout.vault.marks import hold
held = hold(Path(sys.argv[1]), "42")
print(bool(held), flush=True)
time.sleep(60)
"""


def test_another_takes_the_lead_when_the_first_is_killed(instance: Instance) -> None:
    mark = instance.folder / "lock" / jobs.MARK
    with subprocess.Popen([sys.executable, "-c", LEADER, str(mark)],
                          stdout=subprocess.PIPE, text=True) as leader:
        assert leader.stdout is not None
        assert leader.stdout.readline() == "True\n"
        running = jobs.start(instance)
        try:
            assert not running.beat()
            assert marks.holder(mark) == "42"
            leader.kill()
            leader.wait()
            assert running.beat()
            assert running.leads
        finally:
            running.shutdown()


def test_a_folder_that_is_not_set_up_is_waited_for(tmp_path: Path, clock: HandClock) -> None:
    made = opened_by(tmp_path / "instance", clock)
    running = jobs.start(made)
    try:
        assert not running.leads
        (made.folder / "lock").mkdir(parents=True)
        assert running.beat()
        assert running.leads
    finally:
        running.shutdown()


def test_work_that_a_sweep_left_wakes_the_scheduler(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.unlock(PASSPHRASE)
    left = sweep.SweepResult(instance.clock.today(), unfinished=True)
    with monkeypatch.context() as many:
        many.setattr(sweep, "sweep", lambda *_, **__: left)
        running = jobs.start(instance)
        next_hour(running)
        wait_for("the first sweep", lambda: instance.unfinished)

    def over() -> bool:
        running.beat()  # as the heart does: one beat may fall into the first sweep's last moment
        return not instance.unfinished

    try:
        assert running.beat()
        wait_for("the sweep that ends it", over)
    finally:
        running.shutdown()


def test_an_error_in_a_sweep_does_not_stop_the_clock(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    instance.unlock(PASSPHRASE)

    def broken(*_: object, **__: object) -> None:
        raise ValueError("something")

    monkeypatch.setattr(sweep, "sweep", broken)
    assert new_day.sweep_if_open(instance) is False
    assert "unforeseen error" in caplog.text


def test_a_refused_sweep_is_tried_again_later(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.unlock(PASSPHRASE)

    def refused(*_: object, **__: object) -> None:
        raise DiskFull

    with monkeypatch.context() as broken:
        broken.setattr(sweep, "sweep", refused)
        assert new_day.sweep_if_open(instance) is False
    assert new_day.sweep_if_open(instance) is True


def test_what_is_locked_while_it_sweeps_is_left_alone(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.unlock(PASSPHRASE)

    def locked(*_: object, **__: object) -> None:
        raise Locked

    monkeypatch.setattr(sweep, "sweep", locked)
    assert new_day.sweep_if_open(instance) is False
