"""The delay after wrong passphrases grows, ends, and never locks anyone out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from optout.domain.errors import InstanceMissing, TooSoon, WrongPassphrase
from optout.vault import keyfile
from optout.vault.attempts import FREE_TRIES, LONGEST, Attempts, delay_after, unlock

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    path = tmp_path / "key.json"
    keyfile.create(path, "right", cost=keyfile.CHEAP)
    return path


def fail(key_path: Path, now: datetime) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(key_path, "wrong", now)


def test_everyone_may_mistype_three_times(key_path: Path) -> None:
    for _ in range(FREE_TRIES):
        fail(key_path, NOW)
    unlock(key_path, "right", NOW)


def test_the_next_try_waits_and_the_right_one_then_opens(key_path: Path) -> None:
    for _ in range(FREE_TRIES + 1):
        fail(key_path, NOW)
    with pytest.raises(TooSoon) as told:
        unlock(key_path, "right", NOW)
    assert told.value.wait_seconds == 2
    with pytest.raises(TooSoon, match="1 second"):
        unlock(key_path, "right", NOW + timedelta(seconds=1, milliseconds=200))
    unlock(key_path, "right", NOW + timedelta(seconds=2))
    assert [entry.name for entry in key_path.parent.iterdir()] == ["key.json"]


def test_a_refused_try_does_not_make_the_delay_longer(key_path: Path) -> None:
    for _ in range(FREE_TRIES + 1):
        fail(key_path, NOW)
    for _ in range(20):
        with pytest.raises(TooSoon):
            unlock(key_path, "right", NOW + timedelta(seconds=1))
    unlock(key_path, "right", NOW + timedelta(seconds=2))


def test_the_delay_doubles_up_to_five_minutes() -> None:
    assert [delay_after(n).total_seconds() for n in range(2, 8)] == [0, 0, 2, 4, 8, 16]
    assert delay_after(10**30) == LONGEST == timedelta(minutes=5)


def test_the_count_outlives_the_process_on_the_disk(key_path: Path) -> None:
    fail(key_path, NOW)
    assert json.loads(key_path.with_name("attempts.json").read_bytes()) == {
        "tries": 1, "last": NOW.isoformat()}


def test_a_clock_set_back_does_not_lock_anyone_out(key_path: Path) -> None:
    for _ in range(FREE_TRIES + 1):
        fail(key_path, NOW)
    long_ago = NOW - timedelta(days=4000)
    with pytest.raises(TooSoon) as told:
        unlock(key_path, "right", long_ago)
    assert told.value.wait_seconds == 2
    unlock(key_path, "right", long_ago + timedelta(seconds=2))


@pytest.mark.parametrize("content", [
    "", "[]", "{}", '{"tries": "x", "last": "y"}', '{"tries": 99, "last": "2026-11-23"}',
    '{"tries": 99, "last": null}'])
def test_a_damaged_count_does_not_keep_the_owner_out(key_path: Path, content: str) -> None:
    key_path.with_name("attempts.json").write_text(content)
    unlock(key_path, "right", NOW)


def test_without_a_key_file_nothing_is_counted(tmp_path: Path) -> None:
    with pytest.raises(InstanceMissing):
        unlock(tmp_path / "key.json", "right", NOW)
    assert list(tmp_path.iterdir()) == []


def test_tries_side_by_side_are_counted_before_they_are_made(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path / "attempts.json")
    for _ in range(FREE_TRIES + 1):
        attempts.begin(NOW)
    with pytest.raises(TooSoon):
        attempts.begin(NOW)
