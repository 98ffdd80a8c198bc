"""Follow-ups: due on their day, raised once in their life, caught up after weeks of sleep."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound, Refused
from optout.domain.person import Person
from optout.domain.words import FollowUpState, Reading
from optout.services import answers, followups, letters, requests
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.store import audit, lease
from optout.store import followups as rows
from optout.store import requests as request_rows
from tests.conftest import MONDAY
from tests.services.conftest import PASSPHRASE
from tests.services.test_marking import made, mark

Make = Callable[[Path], Instance]


@pytest.fixture
def sent(desk: Desk, avery: Person) -> list[str]:
    """Three requests that left today."""
    made = requests.create_requests(desk, avery.id, ["quick-mail", "slow-post", "form-first"],
                                    actor=OWNER)
    for file in made:
        requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    return [file.request.id for file in made]


def raised(desk: Desk) -> set[str]:
    return {task.id for file in requests.list_requests(desk) for task in file.follow_ups
            if task.state is FollowUpState.RAISED}


def audited(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return [entry.subject for entry in audit.latest(session, 1000)
                if entry.act == "raise_follow_up"]


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
def test_three_weeks_of_sleep_are_caught_up_in_one_sweep(desk: Desk, clock: HandClock) -> None:
    assert followups.sweep(desk).raised == ()
    clock.forward(days=21)
    due = {item.follow_up.id for item in followups.due(desk)}
    assert due
    result = followups.sweep(desk)
    assert set(result.raised) == due == raised(desk)
    assert (result.day, result.failed, result.elsewhere) == (clock.today(), (), False)
    assert {item.follow_up.id for item in followups.due(desk)} == due


@pytest.mark.usefixtures("sent")
def test_nothing_is_raised_twice(desk: Desk, clock: HandClock) -> None:
    clock.forward(days=400)
    first = followups.sweep(desk)
    assert followups.sweep(desk).raised == ()
    assert sorted(audited(desk)) == sorted(first.raised)


@pytest.mark.usefixtures("sent")
def test_two_processes_on_one_folder_raise_each_task_once(
    instance: Instance, desk: Desk, clock: HandClock, make_instance: Make
) -> None:
    desks = [desk, *(make_instance(instance.folder).unlock(PASSPHRASE) for _ in range(2))]
    clock.forward(days=400)
    results: list[followups.SweepResult] = []
    threads = [threading.Thread(target=lambda d=d: results.append(followups.sweep(d)))
               for d in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [task for result in results for task in result.raised]
    assert len(results) == 3
    assert sorted(everything) == sorted(set(everything)) == sorted(raised(desk))


@pytest.mark.usefixtures("sent")
def test_it_stays_right_without_the_lease(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "take", lambda *_, **__: True)
    clock.forward(days=400)
    waiting = rows.waiting

    def overtaken(session: object, day: object) -> object:
        found = waiting(session, day)  # type: ignore[arg-type]  # passed on as it came
        monkeypatch.setattr(rows, "waiting", waiting)
        assert followups.sweep(desk).raised  # another process, between our look and our claims
        return found

    monkeypatch.setattr(rows, "waiting", overtaken)
    assert followups.sweep(desk).raised == ()
    assert len(audited(desk)) == len(set(audited(desk)))


@pytest.mark.usefixtures("sent")
def test_while_another_process_sweeps_this_one_leaves_it_alone(
    desk: Desk, clock: HandClock
) -> None:
    clock.forward(days=400)
    with desk.store.writing() as session:
        lease.take(session, followups.LEASE, "somebody", clock.now() + timedelta(minutes=5),
                   now=clock.now())
    assert followups.sweep(desk).elsewhere
    assert raised(desk) == set()
    clock.forward(hours=1)
    assert followups.sweep(desk).raised


@pytest.mark.usefixtures("sent")
def test_a_row_that_fails_is_reported_and_blocks_no_other(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock.forward(days=400)
    bad = followups.due(desk)[0].follow_up.id
    claim = rows.claim

    def stumbling(session: object, task: str, *states: object, at: object) -> bool:
        if task == bad:
            raise ValueError("broken row")
        return claim(session, task, *states, at=at)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(rows, "claim", stumbling)
    result = followups.sweep(desk)
    assert result.failed == (bad,)
    assert result.raised
    assert bad in caplog.text
    monkeypatch.undo()
    assert followups.sweep(desk).raised == (bad,)


@pytest.mark.usefixtures("sent")
def test_a_task_is_finished_once(desk: Desk, clock: HandClock) -> None:
    clock.forward(days=400)
    first, second, *_ = followups.due(desk)
    followups.sweep(desk)
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
    followups.sweep(desk)
    answers.record_answer(desk, sent[0], Reading.REMOVED, on=clock.today(), actor=OWNER)
    kinds = {item.follow_up.kind.value for item in followups.due(desk)
             if item.follow_up.request_id == sent[0]}
    assert kinds == set()


@pytest.mark.usefixtures("sent")
def test_the_calendar_names_the_days_and_nobody(desk: Desk, avery: Person) -> None:
    content = followups.calendar_file(desk)
    events = Calendar.from_ical(content).walk("VEVENT")
    tasks = followups.upcoming(desk)
    days = [event.decoded("DTSTART") for event in events]
    assert days == [task.follow_up.due_on for task in tasks]
    assert all(str(event["SUMMARY"]).startswith("privacy follow-up ") for event in events)
    for word in ("Avery", "Sample", "Quick", "quick-mail", avery.id, "OPT-"):
        assert word.encode() not in content
    assert followups.calendar_file(desk) == content


def test_an_empty_folder_gives_an_empty_calendar(desk: Desk) -> None:
    assert Calendar.from_ical(followups.calendar_file(desk)).walk("VEVENT") == []
    assert followups.sweep(desk).day == MONDAY


def test_closed_days_that_cannot_be_read_are_told_in_one_line_and_hold_no_task_back(
    desk: Desk, avery: Person, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    mark(desk, made(desk, avery), "mark_sent")
    desk.library.holidays_file.write_text("US:\n- {date: Zanzibar, name: x}\n", "utf-8")
    clock.forward(days=60)
    assert followups.sweep(desk).raised
    (line,) = [one for one in caplog.records if "not counted anew" in one.getMessage()]
    assert line.exc_info is None
    assert "doctor" in line.getMessage()
    assert "Zanzibar" not in caplog.text
