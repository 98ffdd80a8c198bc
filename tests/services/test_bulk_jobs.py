"""Work in the background: watched, stopped, one at a time, over when the data is locked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from optout.domain.actor import OWNER
from optout.domain.document import Document
from optout.domain.errors import NotFound, Refused
from optout.domain.person import Person
from optout.domain.words import Standing
from optout.services import bulk_jobs, rendering
from optout.services.bulk_jobs import BulkState
from optout.services.desk import Desk
from optout.services.instance import Instance
from tests.everyone import every_request
from tests.services.conftest import PASSPHRASE
from tests.services.post import post_requests


class Turnstile:
    """Lets documents be rendered one by one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.render = rendering.render
        self.may_go = threading.Semaphore(0)
        self.open = False
        monkeypatch.setattr(rendering, "render", self)

    def __call__(self, *order: Any, **how: Any) -> Document:
        if not self.open:
            assert self.may_go.acquire(timeout=60)
        return self.render(*order, **how)

    def let(self, number: int) -> None:
        self.may_go.release(number)


@pytest.fixture
def turnstile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turnstile]:
    made = Turnstile(monkeypatch)
    yield made
    made.open = True
    made.let(100)


def until(job: str, done: int = -1) -> BulkState:
    """Wait until so many are done, or until it is over."""
    for _ in range(6_000):
        state = bulk_jobs.state_of(job)
        if state.finished or state.done == done:
            return state
        time.sleep(0.01)
    raise AssertionError(state)


def ready(desk: Desk) -> set[str]:
    return {file.request.id for file in every_request(desk)
            if file.request.standing is Standing.READY}


def test_a_job_makes_the_documents_that_were_named_and_tells_how_far_it_is(
    desk: Desk, avery: Person, turnstile: Turnstile
) -> None:
    ids = post_requests(desk, avery, 5)
    job = bulk_jobs.start(desk, avery.id, ids[:4], actor=OWNER)
    turnstile.let(2)
    assert until(job, 2) == BulkState(done=2, total=4)
    assert bulk_jobs.person_of(job) == avery.id
    turnstile.let(2)
    assert until(job) == BulkState(done=4, total=4, finished=True)
    assert ready(desk) == set(ids[:4])
    last = bulk_jobs.start(desk, avery.id, None, actor=OWNER)
    turnstile.let(1)
    assert until(last).done == 5
    assert ready(desk) == set(ids)


def test_a_stopped_job_keeps_what_is_whole(
    desk: Desk, avery: Person, turnstile: Turnstile
) -> None:
    ids = post_requests(desk, avery, 5)
    job = bulk_jobs.start(desk, avery.id, None, actor=OWNER)
    turnstile.let(2)
    until(job, 2)
    bulk_jobs.cancel(job)
    turnstile.let(1)
    assert until(job) == BulkState(done=3, total=5, finished=True, cancelled=True)
    assert ready(desk) == set(ids[:3])
    bulk_jobs.cancel(job)  # one that is over stays as it is
    assert bulk_jobs.state_of(job).finished


def test_one_job_at_a_time(desk: Desk, avery: Person, turnstile: Turnstile) -> None:
    ids = post_requests(desk, avery, 2)
    job = bulk_jobs.start(desk, avery.id, None, actor=OWNER)
    with pytest.raises(Refused, match="at this moment"):
        bulk_jobs.start(desk, avery.id, ids, actor=OWNER)
    turnstile.let(2)
    assert until(job).error == ""


def test_locking_the_data_stops_what_works_on_it(
    instance: Instance, avery: Person, turnstile: Turnstile
) -> None:
    ids = post_requests(instance.desk, avery, 5)
    job = bulk_jobs.start(instance.desk, avery.id, None, actor=OWNER)
    turnstile.let(1)
    until(job, 1)
    threading.Timer(0.2, lambda: turnstile.let(1)).start()
    instance.lock()
    assert bulk_jobs.state_of(job) == BulkState(2, 5, finished=True, cancelled=True)
    assert ready(instance.unlock(PASSPHRASE)) == set(ids[:2])


def test_a_job_that_fails_says_why_with_the_remedy(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_requests(desk, avery, 2)
    state = until(bulk_jobs.start(desk, avery.id, ["OPT-222222"], actor=OWNER))
    assert "no request OPT-222222" in state.error
    assert not state.cancelled

    def broken(*_: Any, **__: Any) -> Document:
        raise ZeroDivisionError("Avery Sample")

    monkeypatch.setattr(rendering, "render", broken)
    state = until(bulk_jobs.start(desk, avery.id, None, actor=OWNER))
    assert "optout doctor" in state.error
    assert "Avery" not in state.error


def test_jobs_that_are_over_are_forgotten_in_the_end(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_jobs, "_MOST_KEPT", 2)
    jobs = []
    for _ in range(3):
        jobs.append(bulk_jobs.start(desk, avery.id, [], actor=OWNER))
        until(jobs[-1])
    for call in (bulk_jobs.state_of, bulk_jobs.cancel, bulk_jobs.person_of):
        with pytest.raises(NotFound, match="no such work"):
            call(jobs[0])
    assert bulk_jobs.state_of(jobs[2]).finished
