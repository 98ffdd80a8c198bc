"""The sweep: whatever is due is raised once, by one process, however long the machine slept."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from optout.clock import HandClock
from optout.domain.person import Person
from optout.services import followups
from optout.services import sweep as sweeps
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.services.sweep import SweepResult, sweep
from optout.store import audit, sweeping
from optout.vault import marks
from tests.everyone import raised
from tests.services.conftest import PASSPHRASE
from tests.services.marked import made, mark

Make = Callable[[Path], Instance]


def audited(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return [entry.subject for entry in audit.latest(session, 1000)
                if entry.act == sweeping.ACT]


@pytest.mark.usefixtures("three")
def test_three_weeks_of_sleep_are_caught_up_in_one_sweep(desk: Desk, clock: HandClock) -> None:
    assert sweep(desk).raised == ()
    clock.forward(days=21)
    due = {item.follow_up.id for item in followups.due(desk)}
    assert due
    result = sweep(desk)
    assert set(result.raised) == due == raised(desk)
    assert (result.day, result.failed, result.elsewhere) == (clock.today(), (), False)
    assert {item.follow_up.id for item in followups.due(desk)} == due


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_nothing_is_raised_twice_whatever_the_chunk(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(sweeps, "CHUNK", chunk)
    clock.forward(days=400)
    due = [item.follow_up.id for item in followups.due(desk)]
    first = sweep(desk)
    assert sorted(first.raised) == sorted(due)
    assert sweep(desk).raised == ()
    assert sorted(audited(desk)) == sorted(first.raised)


@pytest.mark.usefixtures("three")
def test_two_processes_on_one_folder_raise_each_task_once(
    instance: Instance, desk: Desk, clock: HandClock, make_instance: Make
) -> None:
    desks = [desk, *(make_instance(instance.folder).unlock(PASSPHRASE) for _ in range(2))]
    clock.forward(days=400)
    results: list[SweepResult] = []
    threads = [threading.Thread(target=lambda d=d: results.append(sweep(d))) for d in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [task for result in results for task in result.raised]
    assert len(results) == 3
    assert sorted(everything) == sorted(set(everything)) == sorted(raised(desk))


@pytest.mark.usefixtures("three")
def test_it_stays_right_on_a_disk_that_knows_no_locks(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "_try", lambda _: True)
    clock.forward(days=400)
    waiting = sweeping.waiting_ids

    def overtaken(session: object, day: object) -> object:
        found = waiting(session, day)  # type: ignore[arg-type]  # passed on as it came
        monkeypatch.setattr(sweeping, "waiting_ids", waiting)
        assert sweep(desk).raised  # another process, between our look and our claims
        return found

    monkeypatch.setattr(sweeping, "waiting_ids", overtaken)
    assert sweep(desk).raised == ()
    assert len(audited(desk)) == len(set(audited(desk)))


@pytest.mark.usefixtures("three")
def test_what_was_put_off_between_the_look_and_the_claim_is_not_raised(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.forward(days=400)
    put_off, *_ = (item.follow_up.id for item in followups.due(desk))
    waiting = sweeping.waiting_ids

    def then_put_off(session: object, day: object) -> object:
        found = waiting(session, day)  # type: ignore[arg-type]  # passed on as it came
        with desk.store.writing() as writing:
            writing.execute(sa.text("UPDATE follow_up SET show_on = '2099-01-01' WHERE id = :id"),
                            {"id": put_off})
        return found

    monkeypatch.setattr(sweeping, "waiting_ids", then_put_off)
    assert put_off not in sweep(desk).raised
    assert put_off not in raised(desk)


@pytest.mark.usefixtures("three")
def test_while_another_process_sweeps_this_one_leaves_it_alone(
    desk: Desk, clock: HandClock
) -> None:
    clock.forward(days=400)
    mark = desk.settings.instance / "lock" / sweeps.MARK
    held = marks.hold(mark, "somebody")
    assert held
    with held:
        assert sweep(desk).elsewhere
        assert raised(desk) == set()
    assert sweep(desk).raised
    assert marks.holder(mark) is None


def test_a_folder_without_its_locks_gets_them_back(desk: Desk) -> None:
    folder = desk.settings.instance / "lock"
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    assert not sweep(desk).elsewhere
    assert os.name == "nt" or folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("three")
def test_a_row_that_fails_is_reported_and_blocks_no_other(
    desk: Desk, clock: HandClock, caplog: pytest.LogCaptureFixture,
) -> None:
    clock.forward(days=400)
    bad = followups.due(desk)[0].follow_up.id
    with desk.store.writing() as session:
        session.execute(sa.text(
            "CREATE TRIGGER broken BEFORE UPDATE ON follow_up "
            f"WHEN OLD.id = '{bad}' BEGIN SELECT RAISE(ABORT, 'broken row'); END"))
    result = sweep(desk)
    assert result.failed == (bad,)
    assert len(result.raised) > 1
    assert sorted(audited(desk)) == sorted(result.raised)
    assert bad in caplog.text
    with desk.store.writing() as session:
        session.execute(sa.text("DROP TRIGGER broken"))
    assert sweep(desk).raised == (bad,)


def test_closed_days_that_cannot_be_read_are_told_in_one_line_and_hold_no_task_back(
    desk: Desk, avery: Person, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    mark(desk, made(desk, avery), "mark_sent")
    desk.library.holidays_file.write_text("US:\n- {date: Zanzibar, name: x}\n", "utf-8")
    clock.forward(days=60)
    assert sweep(desk).raised
    (line,) = [one for one in caplog.records if "not counted anew" in one.getMessage()]
    assert line.exc_info is None
    assert "doctor" in line.getMessage()
    assert "Zanzibar" not in caplog.text


@pytest.mark.parametrize(("work", "said"), [
    ("recounting.recount", "could not be counted anew"),
    ("watching.watch_everything", "could not be given their next look"),
    ("mending.mend_doubles", "could not be closed")])
def test_other_work_that_fails_hides_nothing_that_is_due(
    desk: Desk, avery: Person, clock: HandClock, *, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch, work: str, said: str,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("Avery")

    mark(desk, made(desk, avery), "mark_sent")
    monkeypatch.setattr(f"optout.services.sweep.{work}", fails)
    clock.forward(days=60)
    result = sweep(desk)
    assert result.raised
    assert not result.unfinished, "or it would be tried again and again"
    assert [one.levelname for one in caplog.records if said in one.getMessage()] == ["ERROR"]
