"""Follow-ups: due on their day, finished once, ended by answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.outcome_words import Reading
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import answers, followups, letters, people, requests
from optout.services.desk import Desk
from optout.services.sweep import sweep
from optout.store import audit
from optout.store import followups as rows
from optout.store import requests as request_rows
from tests.conftest import MONDAY
from tests.everyone import requests_of
from tests.factories import berliner
from tests.services.marked import made, mark


def test_nothing_is_due_before_its_day_and_everything_after(
    desk: Desk, three: list[str], clock: HandClock
) -> None:
    assert followups.due(desk) == ()
    coming = followups.due(desk, within_days=1_000)
    assert {item.follow_up.request_id for item in coming} == set(three)
    first = coming[0]
    assert [item.days_overdue for item in coming] == sorted(
        (item.days_overdue for item in coming), reverse=True)
    day = first.follow_up.due_on
    on_the_day = followups.due(desk, on=day)
    assert on_the_day[0].days_overdue == 0
    assert followups.due(desk, on=day + timedelta(days=4))[0].days_overdue == 4
    assert followups.due(desk, within_days=(day - clock.today()).days)[0].days_overdue < 0
    assert (first.broker_id, first.broker_name) in {
        ("quick-mail", "Quick Mail"), ("form-first", "Form First")}


@pytest.mark.usefixtures("three")
def test_what_is_due_is_found_without_reading_every_request(
    desk: Desk, avery: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, *_ = requests_of(desk, avery.id)
    requests.mark(desk, quick.request.id, "bounce", actor=OWNER)
    (document,) = letters.generate(
        desk, avery.id, request_ids=[quick.request.id], actor=OWNER)
    (written,) = letters.write_documents(desk, [document], tmp_path / "out")
    assert written.broker == "quick-mail"

    def everything(*_: object) -> None:
        raise AssertionError("It reads every request there is.")

    monkeypatch.setattr(request_rows, "every", everything)
    assert {item.broker_id for item in followups.due(desk, within_days=7)} == {"quick-mail"}


@pytest.mark.usefixtures("three")
def test_a_task_is_finished_once(desk: Desk, clock: HandClock) -> None:
    clock.forward(days=400)
    first, second, *_ = followups.due(desk)
    sweep(desk)
    assert followups.finish(desk, first.follow_up.id, actor=OWNER).state is FollowUpState.DONE
    with pytest.raises(Refused):
        followups.finish(desk, first.follow_up.id, actor=OWNER)
    with pytest.raises(NotFound):
        followups.finish(desk, "F-222222", actor=OWNER)
    left = {item.follow_up.id for item in followups.due(desk)}
    assert first.follow_up.id not in left
    assert second.follow_up.id in left


def test_an_answer_ends_the_tasks_that_waited_for_it(
    desk: Desk, three: list[str], clock: HandClock
) -> None:
    clock.forward(days=400)
    sweep(desk)
    answers.record_answer(desk, three[0], Reading.REMOVED, on=clock.today(), actor=OWNER)
    kinds = {item.follow_up.kind.value for item in followups.due(desk)
             if item.follow_up.request_id == three[0]}
    assert kinds == set()


def test_an_empty_folder_is_swept_without_a_word(desk: Desk) -> None:
    assert sweep(desk).day == MONDAY


def opened(desk: Desk, request_id: str, kind: FollowUpKind) -> FollowUp:
    return next(task for task in requests.get_request(desk, request_id).follow_ups
                if task.kind is kind and task.state in rows.OPEN)


def test_a_task_is_put_off_and_comes_back_on_that_day_once_more(
    desk: Desk, three: list[str], clock: HandClock
) -> None:
    task = opened(desk, three[0], FollowUpKind.RESPOND_DUE)
    clock.forward(days=400)
    sweep(desk)
    until = clock.today() + timedelta(days=7)
    put_off = followups.snooze(desk, f" {task.id.lower()} ", until, actor=OWNER)
    assert (put_off.due_on, put_off.shown_on) == (task.due_on, until)
    assert (put_off.state, put_off.sequence) == (FollowUpState.WAITING, task.sequence + 1)
    assert task.id not in {item.follow_up.id for item in followups.due(desk)}
    clock.forward(days=7)
    assert sweep(desk).raised == (task.id,)
    (item,) = [item for item in followups.due(desk) if item.follow_up.id == task.id]
    assert item.days_overdue == (clock.today() - task.due_on).days


def test_what_was_put_off_by_mistake_is_shown_again(
    desk: Desk, three: list[str], clock: HandClock
) -> None:
    task = opened(desk, three[0], FollowUpKind.RESPOND_DUE)
    with pytest.raises(Refused, match="not put off"):
        followups.wake(desk, task.id, actor=OWNER)
    for state in (FollowUpState.WAITING, FollowUpState.RAISED):
        until = max(task.due_on, clock.today()) + timedelta(days=3)
        followups.snooze(desk, task.id, until, actor=OWNER)
        woken = followups.wake(desk, task.id, actor=OWNER)
        assert (woken.shown_on, woken.why, woken.state) == (task.due_on, task.why, state)
        clock.forward(days=200)
    followups.finish(desk, task.id, actor=OWNER)
    with pytest.raises(Refused, match="not open"):
        followups.wake(desk, task.id, actor=OWNER)


def test_a_task_that_is_put_off_ends_with_its_cause_and_moves_with_the_law(
    desk: Desk, three: list[str], clock: HandClock
) -> None:
    ends, moves = (opened(desk, request, FollowUpKind.RESPOND_DUE) for request in three[:2])
    for task in (ends, moves):
        followups.snooze(desk, task.id, task.due_on + timedelta(days=30), actor=OWNER)
    answers.record_answer(desk, three[0], Reading.NO_RECORD, actor=OWNER)
    clock.forward(days=20)
    requests.mark(desk, three[1], "acknowledge", received_on=clock.today(), actor=OWNER)
    with desk.store.reading() as session:
        ended, moved = (rows.get(session, task.id) for task in (ends, moves))
    assert ended.state is FollowUpState.DONE
    assert moved.due_on > moves.due_on
    assert moved.shown_on == moved.due_on


def test_a_task_is_put_off_to_a_sensible_day_only(
    desk: Desk, three: list[str], clock: HandClock
) -> None:
    clock.forward(days=200)
    task = opened(desk, three[0], FollowUpKind.RESPOND_DUE)
    for days, says in ((0, "first day"), (400, "year")):
        until = clock.today() + timedelta(days=days)
        with pytest.raises(InvalidInput, match=says) as caught:
            followups.snooze(desk, task.id, until, actor=OWNER)
        assert caught.value.field == "until"
    followups.finish(desk, task.id, actor=OWNER)
    with pytest.raises(Refused, match="not open"):
        followups.snooze(desk, task.id, clock.today() + timedelta(days=1), actor=OWNER)


def test_a_last_day_is_not_slept_through(desk: Desk, three: list[str], clock: HandClock) -> None:
    end = clock.today() + timedelta(days=5)
    requests.mark(desk, three[0], "needs_confirmation", until=end, actor=OWNER)
    link = opened(desk, three[0], FollowUpKind.CONFIRMATION_EXPIRES)
    with pytest.raises(Refused, match="28 November 2026 at the latest, because the link"):
        followups.snooze(desk, link.id, end + timedelta(days=1), actor=OWNER)
    clock.forward(days=5)
    with pytest.raises(Refused, match="cannot be put off, because the link"):
        followups.snooze(desk, link.id, end + timedelta(days=1), actor=OWNER)


def test_an_answer_about_identity_is_not_put_off_beyond_the_clock_that_rests_for_it(
    desk: Desk, clock: HandClock
) -> None:
    request_id = made(desk, people.add_person(desk, berliner(), actor=OWNER))
    mark(desk, request_id, "mark_sent", "demand_identity")
    task = opened(desk, request_id, FollowUpKind.ANSWER_IDENTITY)
    with pytest.raises(Refused, match="their time does not run"):
        followups.snooze(desk, task.id, clock.today() + timedelta(days=200), actor=OWNER)
    until = task.due_on + timedelta(days=7)
    assert followups.snooze(desk, task.id, until, actor=OWNER).shown_on == until


def test_what_is_not_needed_keeps_the_reason(desk: Desk, three: list[str]) -> None:
    task = opened(desk, three[0], FollowUpKind.RESPOND_DUE)
    for wrong in (" ", "x" * 501, "my passport is A123456789"):
        with pytest.raises(InvalidInput) as caught:
            followups.not_needed(desk, task.id, wrong, actor=OWNER)
        assert caught.value.field == "reason"
    closed = followups.not_needed(desk, task.id, " they\ncalled me ", actor=OWNER)
    assert followups.find(desk, task.id).follow_up == closed
    assert (closed.state, closed.reason, closed.sequence) == (
        FollowUpState.NOT_NEEDED, "they called me", task.sequence + 1)
    with pytest.raises(Refused):
        followups.not_needed(desk, task.id, "again", actor=OWNER)
    with desk.store.reading() as session:
        newest = audit.latest(session)[0]
    assert (newest.act, newest.subject) == ("follow_up_not_needed", task.id)
