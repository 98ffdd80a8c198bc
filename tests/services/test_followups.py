"""Follow-ups: due on their day, finished once, ended by answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound, Refused
from optout.domain.person import Person
from optout.domain.words import FollowUpState, Reading
from optout.services import answers, followups, letters, requests
from optout.services.desk import Desk
from optout.services.sweep import sweep
from optout.store import requests as request_rows
from tests.conftest import MONDAY


@pytest.fixture
def sent(desk: Desk, avery: Person) -> list[str]:
    """Three requests that left today."""
    made = requests.create_requests(desk, avery.id, ["quick-mail", "slow-post", "form-first"],
                                    actor=OWNER)
    for file in made:
        requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    return [file.request.id for file in made]


def test_nothing_is_due_before_its_day_and_everything_after(
    desk: Desk, sent: list[str], clock: HandClock
) -> None:
    assert followups.due(desk) == ()
    coming = followups.upcoming(desk)
    assert {item.follow_up.request_id for item in coming} == set(sent)
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


@pytest.mark.usefixtures("sent")
def test_what_is_due_is_found_without_reading_every_request(
    desk: Desk, avery: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, *_ = requests.list_requests(desk, avery.id)
    requests.mark(desk, quick.request.id, "bounce", actor=OWNER)
    (document,) = letters.generate(
        desk, avery.id, request_ids=[quick.request.id], actor=OWNER)
    (written,) = letters.write_documents(desk, [document], tmp_path / "out")
    assert written.broker == "quick-mail"

    def everything(*_: object) -> None:
        raise AssertionError("It reads every request there is.")

    monkeypatch.setattr(request_rows, "every", everything)
    assert {item.broker_id for item in followups.due(desk, within_days=7)} == {"quick-mail"}


@pytest.mark.usefixtures("sent")
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
    desk: Desk, sent: list[str], clock: HandClock
) -> None:
    clock.forward(days=400)
    sweep(desk)
    answers.record_answer(desk, sent[0], Reading.REMOVED, on=clock.today(), actor=OWNER)
    kinds = {item.follow_up.kind.value for item in followups.due(desk)
             if item.follow_up.request_id == sent[0]}
    assert kinds == set()


def test_an_empty_folder_is_swept_without_a_word(desk: Desk) -> None:
    assert sweep(desk).day == MONDAY
