"""Many requests are counted a few at a time, and whatever is cut short or fails goes on."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from optout.domain.errors import InvalidFile
from optout.domain.person import Person
from optout.services import consistency, doctor, own_holidays, recounting, uncounted
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.services.patience import Patience
from optout.services.rescheduling import Change, reschedule
from optout.services.statutory import statutory_dates
from optout.services.sweep import sweep
from optout.store import meta
from tests.everyone import every_request
from tests.services.marked import made, mark, waiting
from tests.services.recounting.conftest import audited, close_offices, file_of


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
    assert f"{bad} could not be counted anew" in caplog.text
    assert "ValueError" in caplog.text, "also where the log lets through what is safe only"
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
