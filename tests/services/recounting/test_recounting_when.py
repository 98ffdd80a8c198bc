"""When dates are counted anew: with newer laws, holidays and programs, at opening, at a sweep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.broker import Broker
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.law import calendar
from optout.law.model import LawBook
from optout.services import housekeeping, own_holidays, people, recounting
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.services.statutory import statutory_dates
from optout.services.sweep import sweep
from optout.store import meta
from optout.store import requests as rows
from tests.factories import berliner
from tests.services.conftest import PASSPHRASE
from tests.services.marked import made, mark, waiting
from tests.services.recounting.conftest import (
    ACKNOWLEDGE,
    LATE,
    RECEIPT_BY,
    audited,
    close_offices,
    file_of,
    receipt,
    tasks,
)
from tests.services.test_clock import change_law, day


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
