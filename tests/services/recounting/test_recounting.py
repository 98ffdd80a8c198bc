"""A closed day moves the dates of what is open, and of nothing else; nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.domain.actor import OWNER, SCHEDULER
from optout.domain.person import Person
from optout.domain.request import RequestEvent
from optout.domain.words import FollowUpState
from optout.services import followups, own_holidays, people, recounting
from optout.services.desk import Desk
from optout.services.sweep import sweep
from optout.store import requests as rows
from tests.factories import berliner, virginian
from tests.services.marked import made, mark, waiting
from tests.services.recounting.conftest import (
    ACKNOWLEDGE,
    DUE,
    LATE,
    RECEIPT_BY,
    audited,
    close_offices,
    file_of,
    receipt,
    tasks,
)
from tests.services.test_clock import day


def test_a_closed_day_moves_the_dates_and_the_tasks_of_an_open_request(
    desk: Desk, sent: str
) -> None:
    before = file_of(desk, sent)
    assert receipt(before).day == RECEIPT_BY
    close_offices(desk, date(2026, 12, 1))
    assert recounting.recount(desk) == (sent,)
    after = file_of(desk, sent)
    assert receipt(after).day == date(2026, 12, 10)
    assert ("Not counted: Tuesday 1 December 2026 (Closed by order of the governor, entered by "
            "you).") in receipt(after).arithmetic
    assert " + 1 of your own, " in receipt(after).calendar
    (task,) = tasks(after, ACKNOWLEDGE)
    (old,) = tasks(before, ACKNOWLEDGE)
    assert (task.id, task.key, task.state) == (old.id, old.key, FollowUpState.WAITING)
    assert task.due_on == date(2026, 12, 10)
    assert task.why == old.why
    assert len(after.follow_ups) == len(before.follow_ups)
    assert after.events == before.events
    assert audited(desk) == [(SCHEDULER, sent)]


def test_nothing_is_done_twice(desk: Desk, sent: str) -> None:
    close_offices(desk, date(2026, 12, 1))
    assert recounting.recount(desk) == (sent,)
    assert recounting.recount(desk) == ()
    assert len(audited(desk)) == 1


def test_taking_a_day_out_and_entering_it_again_loses_and_doubles_nothing(
    desk: Desk, sent: str
) -> None:
    before = file_of(desk, sent)
    closed = date(2026, 12, 1)
    for _ in range(3):
        close_offices(desk, closed)
        recounting.recount(desk)
        own_holidays.remove(desk.library, "US-CA", closed)
        recounting.recount(desk)
    after = file_of(desk, sent)
    assert waiting(after) == waiting(before)
    assert len(after.follow_ups) == len(before.follow_ups)
    assert after.dates == before.dates


def test_a_date_that_becomes_earlier_says_so(desk: Desk, sent: str) -> None:
    close_offices(desk, date(2026, 12, 1))
    recounting.recount(desk)
    own_holidays.remove(desk.library, "US-CA", date(2026, 12, 1))
    recounting.recount(desk)
    (task,) = tasks(file_of(desk, sent), ACKNOWLEDGE)
    assert task.due_on == RECEIPT_BY
    assert task.why.endswith(
        "This day was 10 December 2026 before; the list of holidays or the law has changed since, "
        "which made it earlier.")
    # Another change that does not move it leaves the note in place.
    close_offices(desk, date(2031, 1, 9))
    assert recounting.recount(desk) == (sent,)
    assert tasks(file_of(desk, sent), ACKNOWLEDGE) == [task]


@pytest.mark.parametrize("end", ["withdraw", "close", "claim_removed", "refuse"])
def test_a_request_that_ended_is_never_touched(desk: Desk, sent: str, end: str) -> None:
    ended = mark(desk, sent, end)
    close_offices(desk, date(2026, 12, 1))
    assert recounting.recount(desk) == ()
    after = file_of(desk, sent)
    assert after.dates == ended.dates
    assert after.follow_ups == ended.follow_ups


def test_a_request_that_did_not_leave_is_left_alone(desk: Desk, avery: Person) -> None:
    made(desk, avery)
    close_offices(desk, date(2026, 12, 1))
    assert recounting.recount(desk) == ()


@pytest.mark.parametrize(("region", "who", "touched"), [
    ("US", virginian, True), ("US-VA", virginian, True), ("US-CA", virginian, False),
    ("DE", virginian, False), ("US", berliner, True), ("US-CA", berliner, False),
])
def test_only_requests_that_looked_at_the_region_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, region: str, who: Callable[[], Person],
    *, touched: bool,
) -> None:
    request_id = made(desk, people.add_person(desk, who(), actor=OWNER))
    mark(desk, request_id, "mark_sent")
    recounting.recount(desk)
    read: list[str] = []
    history = rows.events

    def noted(session: Session, one: str) -> tuple[RequestEvent, ...]:
        read.append(one)
        return history(session, one)

    monkeypatch.setattr(rows, "events", noted)
    close_offices(desk, date(2026, 12, 1), region)
    recounting.recount(desk)
    assert (read == [request_id]) is touched


def test_the_estimate_of_a_letters_delivery_follows_too(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery, "slow-post")
    before = mark(desk, request_id, "mark_sent")
    recounting.recount(desk)
    start = receipt(before).starts_on
    assert start == date(2026, 11, 30)
    close_offices(desk, start, "US")
    assert recounting.recount(desk) == (request_id,)
    after = file_of(desk, request_id)
    assert receipt(after).starts_on == date(2026, 12, 1)
    assert len(waiting(after)[DUE]) == len(waiting(before)[DUE])
    assert waiting(after)[DUE] > waiting(before)[DUE]


def test_a_done_task_stays_done(desk: Desk, sent: str) -> None:
    (task,) = tasks(file_of(desk, sent), ACKNOWLEDGE)
    followups.finish(desk, task.id, actor=OWNER)
    close_offices(desk, date(2026, 12, 1))
    recounting.recount(desk)
    (after,) = tasks(file_of(desk, sent), ACKNOWLEDGE)
    assert (after.state, after.due_on) == (FollowUpState.DONE, RECEIPT_BY)


def test_a_task_that_was_shown_waits_again_if_its_day_is_still_to_come(
    desk: Desk, sent: str, clock: HandClock
) -> None:
    clock.forward(days=(RECEIPT_BY - clock.today()).days)
    assert sweep(desk).raised
    close_offices(desk, date(2026, 12, 1))
    swept = sweep(desk)
    (task,) = tasks(file_of(desk, sent), ACKNOWLEDGE)
    assert task.state is FollowUpState.WAITING
    assert task.id not in swept.raised
    clock.forward(days=1)
    assert task.id in sweep(desk).raised
    close_offices(desk, date(2026, 12, 2))
    clock.forward(days=5)
    sweep(desk)
    (task,) = tasks(file_of(desk, sent), ACKNOWLEDGE)
    assert (task.state, task.due_on) == (FollowUpState.RAISED, date(2026, 12, 11))


def test_after_a_reminder_the_reminders_own_day_stays(desk: Desk, sent: str) -> None:
    reminded = mark(desk, sent, "remind", on=day(20))
    close_offices(desk, date(2026, 12, 1))
    recounting.recount(desk)
    after = file_of(desk, sent)
    assert day(34) in waiting(after)[LATE]
    assert {kind: len(days) for kind, days in waiting(after).items()} == {
        kind: len(days) for kind, days in waiting(reminded).items()}


def test_after_an_early_reminder_the_next_step_moves_with_lateness(
    desk: Desk, sent: str
) -> None:
    reminded = mark(desk, sent, "remind", on=day(3))
    assert min(waiting(reminded)[LATE]) == day(17)  # receipt not confirmed in ten business days
    close_offices(desk, date(2026, 12, 1))
    recounting.recount(desk)
    after = waiting(file_of(desk, sent))
    assert min(after[LATE]) == day(18)
    assert len(after[LATE]) == len(waiting(reminded)[LATE])


def test_a_closed_last_day_only_moves_lateness(desk: Desk) -> None:
    request_id = made(desk, people.add_person(desk, virginian(), actor=OWNER))
    before = mark(desk, request_id, "mark_sent")
    recounting.recount(desk)
    end = before.dates[0].deadlines.respond_by
    assert end is not None
    close_offices(desk, end.day, "US-VA")
    recounting.recount(desk)
    after = file_of(desk, request_id)
    late = after.dates[0].deadlines.respond_by
    assert late is not None
    assert late.day == end.day
    assert late.late_from == end.late_from + timedelta(days=1)
    assert waiting(after)[DUE] == waiting(before)[DUE]
    assert waiting(after)[LATE] != waiting(before)[LATE]
