"""Doubles of an older data folder are closed once, the earliest stays, and a trace is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.domain.actor import OWNER, SCHEDULER
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.lifecycle.look_tasks import NEXT_STEPS
from optout.services import consistency, mending, people
from optout.services.desk import Desk
from optout.services.patience import Patience
from optout.services.sweep import sweep
from optout.store import audit, followups, meta, sweeping
from tests.factories import californian
from tests.services.marked import made, mark, waiting

CANCELLED, WAITING = FollowUpState.CANCELLED, FollowUpState.WAITING


@pytest.fixture
def crowded(desk: Desk, avery: Person, clock: HandClock) -> list[str]:
    """Three requests as older versions left them: a next step for each day of a look."""
    found = [made(desk, avery, broker) for broker in ("quick-mail", "form-first", "slow-post")]
    for request_id in found:
        mark(desk, request_id, "mark_sent", "claim_removed", "look_listed")
        (first,) = steps(desk, request_id)
        with desk.store.writing() as session:
            for days in (3, 9):
                day = first.due_on + timedelta(days=days)
                followups.add(session, replace(
                    first, id=f"{first.id}{days}", key=f"{first.key}.{days}", due_on=day,
                    show_on=day), at=clock.now())
    with desk.store.writing() as session:
        meta.forget(session, mending.MENDED)  # no older version knew of it
    return sorted(found)


def steps(desk: Desk, request_id: str) -> list[FollowUp]:
    with desk.store.reading() as session:
        return [task for task in followups.of_request(session, request_id)
                if task.kind is FollowUpKind.ESCALATE and task.why in NEXT_STEPS]


def closed(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return [entry.subject for entry in audit.latest(session, 1000)
                if entry.act == mending.ACT]


def test_a_sweep_closes_the_later_ones_and_leaves_a_trace(
    desk: Desk, crowded: list[str]
) -> None:
    before = {one: steps(desk, one) for one in crowded}
    assert len(list(consistency.problems(desk))) == 6
    assert not sweep(desk).unfinished
    assert list(consistency.problems(desk)) == []
    for one in crowded:
        first, *others = steps(desk, one)
        assert first == before[one][0]
        assert [task.state for task in others] == [CANCELLED] * 2
        assert [task.sequence for task in others] == [
            task.sequence + 1 for task in before[one][1:]]
        assert {task.id for task in others} <= set(closed(desk))
    assert len(closed(desk)) == 6


def test_it_is_done_in_pieces_and_only_once(
    desk: Desk, crowded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "AT_ONCE", 1)
    assert not mending.mend_doubles(desk, actor=SCHEDULER, patience=Patience(0))
    assert [len([task for task in steps(desk, one) if task.state is WAITING])
            for one in crowded] == [1, 3, 3]
    assert mending.mend_doubles(desk, actor=SCHEDULER, patience=Patience(60, pause=0))
    assert len(closed(desk)) == 6
    with desk.store.reading() as session:
        assert meta.get(session, mending.MENDED_UP_TO) is None
    monkeypatch.setattr(sweeping, "crowded", None)  # nobody looks again
    assert mending.mend_doubles(desk, actor=SCHEDULER)


def test_only_requests_that_may_hold_doubles_are_read(
    desk: Desk, crowded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = people.add_person(desk, californian(), actor=OWNER)
    of_law = mark(desk, made(desk, other), "mark_sent")
    assert len(waiting(of_law)[FollowUpKind.ESCALATE]) > 1
    read: list[str] = []
    real = followups.of_request

    def noted(session: Session, request_id: str) -> tuple[FollowUp, ...]:
        read.append(request_id)
        return real(session, request_id)

    monkeypatch.setattr(followups, "of_request", noted)
    assert mending.mend_doubles(desk, actor=SCHEDULER)
    assert read == crowded


@pytest.mark.usefixtures("crowded")
def test_two_processes_close_them_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., str | None] = meta.get
    asked: list[str] = []

    def first_unknown(session: object, key: str) -> str | None:
        asked.append(key)
        return None if len(asked) == 1 else real(session, key)

    assert mending.mend_doubles(desk, actor=SCHEDULER)
    monkeypatch.setattr(meta, "get", first_unknown)
    assert mending.mend_doubles(desk, actor=SCHEDULER)
    assert len(asked) == 2
    assert len(closed(desk)) == 6


def test_what_cannot_be_mended_keeps_no_sweep_from_its_work(
    desk: Desk, crowded: list[str], clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(mending, "doubles", broken)
    clock.forward(days=1)
    result = sweep(desk)
    assert {steps(desk, one)[0].id for one in crowded} <= set(result.raised)
    assert not result.unfinished
