"""Work that can wait stops when its time is over, and lets others have their turn before."""

from __future__ import annotations

import time

import pytest

from optout.services.patience import Patience


def test_it_lasts_for_its_seconds_and_pauses_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", sleep)
    patience = Patience(2.0, pause=0.5)
    assert [patience.lasts() for _ in range(4)] == [True, True, True, False]
    assert slept == [0.5] * 3
    assert not Patience(0).lasts()
