"""The scheduler is a clock: it sweeps at start and hourly, and the truth is in the rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from optout import jobs
from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import DiskFull
from optout.domain.request import Request
from optout.domain.words import Channel, FollowUpState
from optout.services import demo, followups, people, requests, sweep
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from tests.program import PASSPHRASE


@pytest.fixture
def instance(tmp_path: Path, clock: HandClock) -> Iterator[Instance]:
    """A locked data folder with one request that was sent today."""
    settings = Settings(instance=tmp_path / "instance")
    made = Instance(settings, clock, Library(settings))
    desk = made.create(PASSPHRASE)
    person = people.add_person(desk, demo.sample_person(), actor=OWNER)
    action = next(one for one in demo.actions(desk, person.id) if one.channel is Channel.EMAIL)
    sent = demo.create(desk, person.id, (action,))[0].request
    requests.mark(desk, sent.id, "mark_sent", actor=OWNER)
    made.lock()
    yield made
    made.lock()


def raised(instance: Instance, request: Request | None = None) -> set[str]:
    """Ids of the follow-ups that a sweep has shown."""
    return {item.id for file in requests.list_requests(instance.desk)
            for item in file.follow_ups if item.state is FollowUpState.RAISED
            and request in (None, file.request)}


def wait_for(what: str, condition: object) -> None:
    """Wait for the scheduler's thread, at most ten seconds."""
    assert callable(condition)
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen")


def test_a_locked_folder_is_left_alone(instance: Instance) -> None:
    assert jobs.sweep_if_open(instance) is False
    assert not instance.is_open


def test_the_start_sweeps_what_became_due_while_the_machine_slept(
    instance: Instance, clock: HandClock
) -> None:
    instance.unlock(PASSPHRASE)
    before = raised(instance)
    clock.forward(days=200)
    scheduler = jobs.start(instance)
    try:
        wait_for("the sweep", lambda: raised(instance) > before)
    finally:
        scheduler.shutdown(wait=True)


def test_unlocking_catches_up_by_itself(instance: Instance, clock: HandClock) -> None:
    clock.forward(days=200)
    desk = instance.unlock(PASSPHRASE)
    assert raised(instance)
    assert {item.follow_up.id for item in followups.due(desk)} >= raised(instance)


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
    scheduler = jobs.start(instance)
    try:
        (job,) = scheduler.get_jobs()
        assert job.trigger.interval == timedelta(hours=1)
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
        assert type(scheduler._lookup_jobstore("default")).__name__ == "MemoryJobStore"
        wait_for("the first tick",
                 lambda: job.next_run_time > datetime.now(UTC) + timedelta(minutes=50))
    finally:
        scheduler.shutdown(wait=True)


def test_an_error_in_a_sweep_does_not_stop_the_clock(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    instance.unlock(PASSPHRASE)

    def broken(*_: object, **__: object) -> None:
        raise ValueError("something")

    monkeypatch.setattr(sweep, "sweep", broken)
    assert jobs.sweep_if_open(instance) is False
    assert "unforeseen error" in caplog.text


def test_a_refused_sweep_is_tried_again_later(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.unlock(PASSPHRASE)

    def refused(*_: object, **__: object) -> None:
        raise DiskFull

    with monkeypatch.context() as broken:
        broken.setattr(sweep, "sweep", refused)
        assert jobs.sweep_if_open(instance) is False
    assert jobs.sweep_if_open(instance) is True
