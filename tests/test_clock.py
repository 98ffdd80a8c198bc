"""The local date is that of the zone in which the machine is now."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

import pytest

from optout.clock import HandClock, SystemClock
from tests.conftest import MONDAY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there a zone is set another way")


@pytest.fixture(autouse=True)
def _back_home(monkeypatch: pytest.MonkeyPatch) -> object:
    yield
    monkeypatch.undo()
    time.tzset()


def test_who_travels_has_another_date_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    days = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # 26 hours apart: never one date
        monkeypatch.setenv("TZ", zone)
        days.append(clock.today())
    assert 1 <= (days[0] - days[1]).days <= 2
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 60


@pytest.mark.parametrize(("instant", "day"), [
    ("2026-03-08T09:59:59", "2026-03-08"), ("2026-03-08T10:00:00", "2026-03-08"),
    ("2026-03-09T06:59:59", "2026-03-08"), ("2026-03-09T07:00:00", "2026-03-09"),
    ("2026-11-01T08:30:00", "2026-11-01"), ("2026-11-01T09:30:00", "2026-11-01"),
    ("2026-11-02T07:59:59", "2026-11-01"), ("2026-11-02T08:00:00", "2026-11-02")])
def test_daylight_saving_moves_midnight_and_no_date(
    monkeypatch: pytest.MonkeyPatch, instant: str, day: str
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)

    class Then(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # stands still
            return at if tz else datetime.fromtimestamp(at.timestamp())  # noqa: DTZ006 -- as the real one

    monkeypatch.setattr("optout.clock.datetime", Then)
    assert SystemClock().today().isoformat() == day


def test_a_clock_moved_by_hand_goes_forward_only() -> None:
    clock = HandClock(MONDAY)
    clock.forward(days=1, hours=12)
    assert (clock.today() - MONDAY).days == 2
    with pytest.raises(ValueError, match="forward"):
        clock.forward(days=-1)
