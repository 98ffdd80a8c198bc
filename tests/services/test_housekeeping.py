"""What is tidied when the data is opened: once a day, and never in the way of opening it."""

from __future__ import annotations

import os
import time

import pytest

from optout.clock import HandClock
from optout.services import housekeeping, sweep
from optout.services.instance import Instance
from tests.services.conftest import PASSPHRASE


def test_what_a_cut_short_setting_up_left_is_swept_a_day_later(
    instance: Instance, clock: HandClock
) -> None:
    clock.forward(days=400)  # one that was moved by hand makes nothing old
    beside = instance.folder.parent
    for name, age in ((".optout-new-killed", 3), (".optout-new-running", 0), ("mine", 3)):
        (beside / name / "files").mkdir(parents=True)
        at = time.time() - age * 86_400
        os.utime(beside / name, (at, at))
    instance.create(PASSPHRASE)
    assert {path.name for path in beside.iterdir()} == {
        instance.folder.name, ".optout-new-running", "mine"}


def test_what_fails_in_tidying_does_not_keep_the_data_closed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    instance.create(PASSPHRASE)
    instance.lock()
    monkeypatch.setattr(sweep, "_hold", broken)
    assert instance.unlock(PASSPHRASE) is instance.desk
    assert "housekeeping failed" in caplog.text


def test_what_reads_all_permissions_is_done_once_a_day(
    instance: Instance, clock: HandClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[object] = []
    monkeypatch.setattr(housekeeping, "follow_permissions", done.append)
    instance.create(PASSPHRASE)
    for days, times in ((0, 1), (1, 2)):
        instance.lock()
        clock.forward(days=days)
        instance.unlock(PASSPHRASE)
        assert len(done) == times
