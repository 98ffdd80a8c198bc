"""Holidays entered later, a newer library, newer laws: open requests follow, ended ones never."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.domain.actor import OWNER, SCHEDULER
from optout.domain.broker import Broker
from optout.domain.errors import InvalidFile
from optout.domain.footing import ComputedDate
from optout.domain.person import Person
from optout.domain.request import FollowUp, Request, RequestEvent, RequestFile, StatutoryDate
from optout.domain.words import FollowUpKind, FollowUpState
from optout.law import calendar
from optout.law.model import LawBook
from optout.services import (
    consistency,
    doctor,
    followups,
    housekeeping,
    own_holidays,
    people,
    recounting,
    requests,
    uncounted,
)
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.services.patience import Patience
from optout.services.rescheduling import Change, reschedule
from optout.services.statutory import statutory_dates
from optout.services.sweep import sweep
from optout.store import audit, meta
from optout.store import requests as rows
from tests.everyone import every_request
from tests.factories import berliner, virginian
from tests.services.conftest import PASSPHRASE
from tests.services.test_clock import change_law, day
from tests.services.test_marking import made, mark, waiting

DUE, LATE, ACKNOWLEDGE = (
    FollowUpKind.RESPOND_DUE, FollowUpKind.ESCALATE, FollowUpKind.ACKNOWLEDGE_DUE)
# Ten business days from Monday 23 November, without Thanksgiving and the Friday after it.
RECEIPT_BY = date(2026, 12, 9)


@pytest.fixture
def sent(desk: Desk, avery: Person) -> str:
    """A Californian's request that left today: its receipt is due in ten business days."""
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    recounting.recount(desk)
    return request_id


def close_offices(desk: Desk, on: date, region: str = "US-CA") -> None:
    own_holidays.add(desk.library, region, on, "Closed by order of the governor")


def file_of(desk: Desk, request_id: str) -> RequestFile:
    return requests.get_request(desk, request_id)


def receipt(file: RequestFile) -> ComputedDate:
    found = next(row.deadlines.acknowledge_by for row in file.dates
                 if row.deadlines.acknowledge_by)
    assert found is not None
    return found


def tasks(file: RequestFile, kind: FollowUpKind) -> list[FollowUp]:
    return [task for task in file.follow_ups if task.kind is kind]


def audited(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as session:
        return [(entry.actor, entry.subject) for entry in audit.latest(session, 1000)
                if entry.act == recounting.ACT]


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


def test_a_sweep_counts_anew_before_it_raises(
    desk: Desk, sent: str, clock: HandClock
) -> None:
    close_offices(desk, date(2026, 12, 1))
    clock.forward(days=(RECEIPT_BY - clock.today()).days)
    (task,) = tasks(file_of(desk, sent), ACKNOWLEDGE)
    assert task.id not in sweep(desk).raised


def test_opening_the_data_folder_counts_anew(
    sent: str, instance: Instance, make_instance: Callable[[Path], Instance]
) -> None:
    instance.lock()
    other = make_instance(instance.folder)
    own_holidays.add(other.library, "US-CA", date(2026, 12, 1), "Closed")
    opened = other.unlock(PASSPHRASE)
    assert receipt(file_of(opened, sent)).day == date(2026, 12, 10)


def test_a_file_that_cannot_be_read_keeps_no_sweep_from_its_work(
    desk: Desk, sent: str, clock: HandClock
) -> None:
    desk.library.holidays_file.write_text("US-CA: [{date: never, name: x}]\n", "utf-8")
    clock.forward(days=60)
    assert sweep(desk).raised
    assert receipt(file_of(desk, sent)).day == RECEIPT_BY


def test_a_newer_library_of_holidays_touches_every_open_request(
    desk: Desk, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (calendar, recounting):
        monkeypatch.setattr(module, "library_version", lambda: "99.0")
    assert recounting.recount(desk) == (sent,)
    assert "holidays 99.0" in receipt(file_of(desk, sent)).calendar


def test_newer_laws_touch_every_open_request(
    desk: Desk, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def noted(laws: LawBook, broker: Broker | None, request: Request,
              events: Sequence[RequestEvent]) -> tuple[StatutoryDate, ...]:
        counted.append(request.id)
        return statutory_dates(laws, broker, request, events)

    monkeypatch.setattr(recounting, "statutory_dates", noted)
    monkeypatch.setattr(recounting, "basis_of", lambda library, real=recounting.basis_of: replace(
        real(library), laws="other"))
    assert recounting.recount(desk) == ()
    assert counted == [sent]


def test_a_law_that_lets_no_clock_rest_any_more_brings_lateness_back(desk: Desk) -> None:
    request_id = made(desk, people.add_person(desk, berliner(), actor=OWNER))
    mark(desk, request_id, "mark_sent")
    asked = mark(desk, request_id, "demand_identity", on=day(3))
    assert LATE not in waiting(asked)
    recounting.recount(desk)
    law = desk.laws.law("eu-gdpr", day(0))
    change_law(desk, law.id, verification=replace(law.verification, pauses_clock=False))
    with desk.store.writing() as session:
        meta.put(session, recounting.COUNTED_BY, "")
    assert recounting.recount(desk) == (request_id,)
    assert LATE in waiting(file_of(desk, request_id))


@pytest.mark.parametrize("stored", ["", "{", "[]", '{"rules": 1}', '"x"'])
def test_what_an_older_program_left_is_counted_anew_once(
    desk: Desk, sent: str, stored: str
) -> None:
    with desk.store.writing() as session:
        meta.put(session, recounting.COUNTED_BY, stored)
        (row,) = [row for row in rows.dates(session, sent) if row.deadlines.acknowledge_by]
        old = replace(row, deadlines=replace(row.deadlines, acknowledge_by=replace(
            receipt(file_of(desk, sent)), day=date(2026, 12, 1), regions=())))
        rows.save_dates(session, sent, [old])
    assert recounting.recount(desk) == (sent,)
    assert receipt(file_of(desk, sent)).day == RECEIPT_BY
    assert recounting.recount(desk) == ()


class PowerCut(BaseException):
    """Nothing catches it, as nothing does when the process ends."""


def test_an_interrupted_recount_leaves_all_as_it_was(
    desk: Desk, avery: Person, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = made(desk, avery, "form-first")
    mark(desk, second, "mark_sent")
    before = every_request(desk)
    close_offices(desk, date(2026, 12, 1))
    calls: list[int] = []

    def fail_at_the_second(*arguments: object) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise PowerCut
        return statutory_dates(*arguments)  # type: ignore[arg-type]  # handed through as they come

    with monkeypatch.context() as broken:
        broken.setattr(recounting, "statutory_dates", fail_at_the_second)
        with pytest.raises(PowerCut):
            recounting.recount(desk)
    assert every_request(desk) == before
    assert audited(desk) == []
    assert set(recounting.recount(desk)) == {sent, second}


@pytest.fixture
def three(desk: Desk, avery: Person, sent: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three requests whose dates look at California, by their ids; two are counted at once."""
    others = [made(desk, avery, broker) for broker in ("form-first", "slow-post")]
    for request_id in others:
        mark(desk, request_id, "mark_sent")
    monkeypatch.setattr(recounting, "AT_ONCE", 2)
    return sorted([sent, *others])


def a_piece(desk: Desk) -> tuple[str, ...]:
    return recounting.recount(desk, patience=Patience(0))


def test_many_are_counted_a_few_at_a_time_and_whoever_is_cut_short_goes_on(
    desk: Desk, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    close_offices(desk, date(2026, 12, 1))
    assert a_piece(desk) == tuple(three[:2])
    with desk.store.reading() as session:
        assert not recounting.counted_as_now(desk, session)
    assert list(consistency.problems(desk)) == []
    last = file_of(desk, three[2])

    def broken(*_: object) -> object:
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(recounting, "reschedule", broken)
        with pytest.raises(PowerCut):
            a_piece(desk)
    assert file_of(desk, three[2]) == last, "no date without its tasks"
    assert a_piece(desk) == (three[2],)
    assert a_piece(desk) == ()
    assert [subject for _, subject in audited(desk)] == three[::-1]
    with desk.store.reading() as session:
        assert recounting.counted_as_now(desk, session)
    assert list(consistency.problems(desk)) == []


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Requests that cannot be counted: their tasks fail after their dates were written."""
    ids: set[str] = set()

    def failing(session: Session, request_id: str, change: Change) -> None:
        reschedule(session, request_id, change)
        if request_id in ids:
            raise ValueError("of Avery Sample")

    monkeypatch.setattr(recounting, "reschedule", failing)
    return ids


def left(desk: Desk) -> tuple[str, ...]:
    with desk.store.reading() as session:
        return uncounted.uncounted(session)


def test_a_request_that_fails_is_passed_by_as_it_was_and_tried_again(
    desk: Desk, instance: Instance, three: list[str], broken: set[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad, *good = three
    broken.add(bad)
    before = file_of(desk, bad)
    close_offices(desk, date(2026, 12, 1))
    assert recounting.recount(desk) == tuple(good)
    assert file_of(desk, bad) == before
    assert left(desk) == (bad,)
    assert f"{bad} could not be counted anew: ValueError" in caplog.text
    assert "Avery" not in caplog.text
    (told,) = (one for one in doctor.examine(instance) if "could not be counted" in one.what)
    assert (told.ok, f": {bad}." in told.what) == (False, True)
    assert "its dates are not those" in "".join(consistency.problems(desk))
    assert not sweep(desk).unfinished
    assert left(desk) == (bad,)

    broken.clear()
    assert recounting.recount(desk) == (bad,)
    assert recounting.recount(desk) == left(desk) == ()
    assert list(consistency.problems(desk)) == []
    assert not [one for one in doctor.examine(instance) if "could not be counted" in one.what]
    assert sorted(subject for _, subject in audited(desk)) == three


def test_those_that_fail_take_turns_and_ended_ones_are_kept_no_longer(
    desk: Desk, three: list[str], broken: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken |= set(three)
    close_offices(desk, date(2026, 12, 1))
    assert recounting.recount(desk) == ()
    assert left(desk) == tuple(three)
    monkeypatch.setattr(recounting, "AT_ONCE", 1)
    recounting.recount(desk)
    assert left(desk) == (*three[1:], three[0])
    mark(desk, three[1], "withdraw")
    recounting.recount(desk)
    assert left(desk) == (three[2], three[0])
    close_offices(desk, date(2026, 12, 2))  # what is counted by changed: they are reached anew
    broken.discard(three[0])
    assert recounting.recount(desk) == (three[0],)
    assert left(desk) == (three[2],)


@pytest.mark.parametrize("stored", ["{", "3", ""])
def test_ids_that_cannot_be_read_are_none(desk: Desk, stored: str) -> None:
    with desk.store.writing() as session:
        meta.put(session, uncounted.UNCOUNTED, stored)
    assert left(desk) == ()


def test_the_doctor_names_a_few_of_many_and_what_cannot_be_counted_at_all(
    desk: Desk, instance: Instance, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.store.writing() as session:
        uncounted.keep(session, [f"OPT-22222{number}" for number in range(2, 9)])
    (told,) = (one for one in doctor.examine(instance) if "could not be counted" in one.what)
    assert told.what.count("OPT-") == 5
    assert "and 2 more." in told.what

    def broken(*_: object) -> None:
        raise ValueError("of Avery Sample")

    monkeypatch.setattr(consistency, "statutory_dates", broken)
    assert list(consistency.problems(desk)) == [f"{sent}: its dates cannot be counted (ValueError)"]


def test_where_all_fail_or_none_can_be_read_the_recount_stops(
    desk: Desk, three: list[str], broken: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken |= set(three)
    close_offices(desk, date(2026, 12, 1))
    with monkeypatch.context() as few:
        few.setattr(recounting, "MOST", 1)
        with pytest.raises(ValueError, match="Avery"):
            recounting.recount(desk)
    assert left(desk) == ()

    def unreadable(*_: object) -> object:
        raise InvalidFile("no registry")

    with monkeypatch.context() as worse:
        worse.setattr(recounting, "statutory_dates", unreadable)
        with pytest.raises(InvalidFile):
            recounting.recount(desk)
    assert left(desk) == ()
    broken.clear()
    assert recounting.recount(desk) == tuple(three)


@pytest.mark.parametrize("removed", [True, False])
def test_what_changes_on_the_way_reaches_those_that_were_counted_before(
    desk: Desk, three: list[str], *, removed: bool
) -> None:
    before = [file_of(desk, one) for one in three]
    close_offices(desk, date(2026, 12, 1))
    a_piece(desk)
    if removed:
        own_holidays.remove(desk.library, "US-CA", date(2026, 12, 1))
        assert set(recounting.recount(desk)) == set(three[:2])
        after = [file_of(desk, one) for one in three]
        assert [file.dates for file in after] == [file.dates for file in before]
        assert [waiting(file) for file in after] == [waiting(file) for file in before]
    else:
        close_offices(desk, date(2026, 12, 2), "US")
        assert set(recounting.recount(desk)) == set(three)
    assert list(consistency.problems(desk)) == []


def test_those_that_are_not_asked_for_are_passed_a_piece_at_a_time(
    desk: Desk, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "LOOKED_THROUGH", 1)
    close_offices(desk, date(2026, 12, 1))
    assert [a_piece(desk) for _ in range(4)] == [*((one,) for one in three), ()]
    assert recounting.recount(desk) == ()
    close_offices(desk, date(2026, 12, 1), "DE")
    assert recounting.recount(desk) == ()


@pytest.mark.parametrize("stored", ["{", "[]", '{"to": {}}', '{"to": {"x": 1}, "since": []}'])
def test_a_way_that_another_program_kept_is_gone_anew(
    desk: Desk, three: list[str], stored: str
) -> None:
    close_offices(desk, date(2026, 12, 1))
    with desk.store.writing() as session:
        meta.put(session, recounting.UNDER_WAY, stored)
    assert recounting.recount(desk) == tuple(three)


def test_a_sweep_tells_what_it_left_and_the_next_one_goes_on(
    desk: Desk, instance: Instance, three: list[str]
) -> None:
    close_offices(desk, date(2026, 12, 1))
    left = []
    for _ in range(2):
        instance.sweep(seconds=0)
        left.append(instance.unfinished)
    assert left == [True, False]
    assert len(audited(desk)) == len(three)


def test_opening_counts_for_a_moment_only(
    three: list[str], instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "AT_UNLOCKING", 0)
    instance.lock()
    own_holidays.add(instance.library, "US-CA", date(2026, 12, 1), "Closed")
    opened = instance.unlock(PASSPHRASE)
    assert instance.unfinished
    assert [one for _, one in audited(opened)] == three[1::-1]


def test_two_at_once_count_once(desk: Desk, sent: str) -> None:
    close_offices(desk, date(2026, 12, 1))
    found: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(recounting.recount(desk)))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(), (), (), (sent,)]
    assert len(audited(desk)) == 1


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


def test_dates_that_an_older_version_stored_are_read_and_counted_anew(
    desk: Desk, sent: str
) -> None:
    # An older version knew neither regions nor provisional days, nor kept what it counted by.
    with desk.store.writing() as session:
        for name in ("regions", "provisional"):
            for part in ("acknowledge_by", "respond_by", "extended_respond_by"):
                session.execute(sa.text(
                    "UPDATE statutory_date SET deadlines = "
                    "json_remove(deadlines, :path)").bindparams(path=f"$.{part}.{name}"))
        session.execute(sa.text("DELETE FROM meta WHERE key = :key").bindparams(
            key=recounting.COUNTED_BY))
    old = receipt(file_of(desk, sent))
    assert (old.day, old.regions, old.provisional) == (RECEIPT_BY, (), False)
    before = file_of(desk, sent)
    assert recounting.recount(desk) == (sent,)
    after = file_of(desk, sent)
    assert "US-CA" in receipt(after).regions
    assert after.follow_ups == before.follow_ups
