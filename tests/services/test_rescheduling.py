"""Open tasks follow their dates: they fall together, fall apart, and stay one row each."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.lifecycle.doubles import of_a_look
from optout.lifecycle.followups import FollowUpSpec
from optout.services import followups as tasks_of
from optout.services.desk import Desk
from optout.services.rescheduling import Change, add, reschedule
from optout.store import followups
from tests.conftest import MONDAY
from tests.services.marked import made, mark

DUE, WAITING, RAISED, DONE, CANCELLED = (FollowUpKind.RESPOND_DUE, *(
    FollowUpState(name) for name in ("waiting", "raised", "done", "cancelled")))


@pytest.fixture
def request_id(desk: Desk, avery: Person) -> str:
    """A request to which nothing has happened."""
    return made(desk, avery)


def specs(request_id: str, *days: int, why: str = "Why.", kind: FollowUpKind = DUE
          ) -> list[FollowUpSpec]:
    """Tasks so many days after Monday, with the keys that an event gives them."""
    return [FollowUpSpec(kind, day(number), f"{request_id}:{kind}:1" + (f".{n}" if n > 1 else ""),
                         why) for n, number in enumerate(days, start=1)]


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def tasks(desk: Desk, request_id: str) -> list[FollowUp]:
    with desk.store.reading() as session:
        return list(followups.of_request(session, request_id))


def states(desk: Desk, request_id: str) -> list[tuple[int, FollowUpState]]:
    return [((task.due_on - MONDAY).days, task.state) for task in tasks(desk, request_id)]


def change(desk: Desk, request_id: str, before: list[FollowUpSpec], after: list[FollowUpSpec],
           **how: object) -> None:
    with desk.store.writing() as session:
        reschedule(session, request_id, Change(
            before, after, MONDAY, desk.clock.now(), **how))  # type: ignore[arg-type]  # the two optional fields


def start(desk: Desk, request_id: str, *days: int) -> list[FollowUpSpec]:
    called = specs(request_id, *days)
    with desk.store.writing() as session:
        add(session, request_id, called, at=desk.clock.now())
    return called


def test_tasks_fall_together_and_apart_as_often_as_they_like(
    desk: Desk, request_id: str
) -> None:
    apart = start(desk, request_id, 10, 20)
    together = specs(request_id, 20)
    for _ in range(3):
        change(desk, request_id, apart, together)
        assert [day for day, state in states(desk, request_id) if state is WAITING] == [20]
        change(desk, request_id, together, apart)
        assert [day for day, state in states(desk, request_id) if state is WAITING] == [10, 20]
    keys = [task.key for task in tasks(desk, request_id)]
    assert len(set(keys)) == len(keys)
    again = f"{request_id}:{DUE}:1.2@{day(20).isoformat()}"
    assert {again, f"{again}.2", f"{again}.3"} < set(keys)


def test_the_first_of_two_that_was_done_stays_done(desk: Desk, request_id: str) -> None:
    before = start(desk, request_id, 10, 20)
    first = tasks(desk, request_id)[0]
    with desk.store.writing() as session:
        followups.claim(session, first.id, WAITING, DONE, at=desk.clock.now())
    change(desk, request_id, before, specs(request_id, 11, 21))
    assert states(desk, request_id) == [(10, DONE), (21, WAITING)]
    # Even where both fall together, what is still to be done is not lost.
    change(desk, request_id, specs(request_id, 11, 21), specs(request_id, 25))
    assert states(desk, request_id) == [(10, DONE), (25, WAITING)]


def test_a_task_that_is_not_called_for_any_more_is_cancelled(
    desk: Desk, request_id: str
) -> None:
    before = start(desk, request_id, 10)
    change(desk, request_id, before, [])
    assert states(desk, request_id) == [(10, CANCELLED)]
    # It comes back only where the clock runs on again.
    change(desk, request_id, [], before)
    assert states(desk, request_id) == [(10, CANCELLED)]
    change(desk, request_id, [], before, revives=True)
    assert sorted(states(desk, request_id)) == [(10, CANCELLED), (10, WAITING)]


def test_a_task_of_another_kind_takes_the_place_of_one(desk: Desk, request_id: str) -> None:
    before = start(desk, request_id, 10)
    longer = specs(request_id, 20, kind=FollowUpKind.EXTENSION_DUE)
    change(desk, request_id, before, longer)
    assert states(desk, request_id) == [(10, CANCELLED), (20, WAITING)]
    change(desk, request_id, longer, longer)
    assert states(desk, request_id) == [(10, CANCELLED), (20, WAITING)]


def test_tasks_of_other_kinds_are_left_alone(desk: Desk, request_id: str) -> None:
    own = specs(request_id, 5, kind=FollowUpKind.OWN_REMINDER)
    with desk.store.writing() as session:
        add(session, request_id, own, at=desk.clock.now())
    change(desk, request_id, own, specs(request_id, 9, kind=FollowUpKind.OWN_REMINDER))
    assert states(desk, request_id) == [(5, WAITING)]


@pytest.mark.parametrize(("to", "state"), [(-3, RAISED), (0, RAISED), (1, WAITING)])
def test_a_shown_task_waits_again_only_for_a_day_to_come(
    desk: Desk, request_id: str, to: int, state: FollowUpState
) -> None:
    before = start(desk, request_id, -1)
    (task,) = tasks(desk, request_id)
    with desk.store.writing() as session:
        followups.claim(session, task.id, WAITING, RAISED, at=desk.clock.now())
    change(desk, request_id, before, specs(request_id, to))
    assert states(desk, request_id) == [(to, state)]


def test_an_earlier_day_says_why_and_a_later_one_does_not(desk: Desk, request_id: str) -> None:
    before = start(desk, request_id, 10)
    change(desk, request_id, before, specs(request_id, 12), earlier_because="x made it earlier")
    assert tasks(desk, request_id)[0].why == "Why."
    change(desk, request_id, specs(request_id, 12), specs(request_id, 9),
           earlier_because="x made it earlier")
    (task,) = tasks(desk, request_id)
    assert task.why == "Why. This day was 5 December 2026 before; x made it earlier."
    change(desk, request_id, specs(request_id, 9), specs(request_id, 9, why="Other."))
    assert tasks(desk, request_id)[0].why == "Other."


@pytest.mark.parametrize("claim", ["claim_no_record", "look_not_found"])
def test_however_often_it_is_seen_there_is_one_next_step(
    desk: Desk, avery: Person, clock: HandClock, claim: str
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", claim)
    clock.forward(days=8)
    if claim == "look_not_found":
        mark(desk, request_id, claim)
        clock.forward(days=1)

    def by_looks() -> list[FollowUp]:
        return [task for task in tasks(desk, request_id)
                if task.state in followups.OPEN and of_a_look(task)]

    mark(desk, request_id, "look_listed")
    first = by_looks()
    for _ in range(4):
        clock.forward(days=1)
        mark(desk, request_id, "look_listed")
    mark(desk, request_id, "look_listed", on=clock.today() - timedelta(days=6))
    assert by_looks() == first
    assert len(first) == 1
    for close in (tasks_of.finish, partial(tasks_of.not_needed, reason="later")):
        (task,) = by_looks()
        close(desk, task.id, actor=OWNER)
        assert by_looks() == []
        clock.forward(days=1)
        mark(desk, request_id, "look_listed")
        assert [one.due_on - clock.today() for one in by_looks()] == [
            first[0].due_on - (MONDAY + timedelta(days=8 + (claim == "look_not_found")))]
        mark(desk, request_id, "acknowledge")
        mark(desk, request_id, "undo")  # what the person did about it is asked for again, once
        assert [one.due_on for one in by_looks()] == [first[0].due_on]
