"""A notification on a real desktop bus; a desktop that is missing or hangs is no error."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from optout.delivery import desktop as rooms
from optout.delivery.desktop import Shown, show
from tests.desktop import desktop

WORDS = "3 privacy follow-ups are due"


def test_the_desktop_shows_the_words_and_not_the_name_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desktop(tmp_path, monkeypatch) as screen:
        assert show("Reminder", WORDS) is Shown.YES
    assert screen.shown == [("Reminders", "Reminder", WORDS)]


def test_it_is_shown_from_where_events_are_waited_for_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def within() -> Shown:
        return show("Reminder", WORDS)

    # In a thread of its own: the browser's journeys leave a running loop in this one.
    with desktop(tmp_path, monkeypatch) as screen, ThreadPoolExecutor(1) as apart:
        assert apart.submit(lambda: asyncio.run(within())).result() is Shown.YES
    assert len(screen.shown) == 1


def test_a_desktop_that_cannot_show_words_has_not_shown_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desktop(tmp_path, monkeypatch, works=False) as screen:
        assert show("Reminder", WORDS) is Shown.NO_DESKTOP
    assert screen.shown == []


def test_a_desktop_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desktop(tmp_path, monkeypatch, slow=True) as screen:
        assert show("Reminder", WORDS, seconds=0.2) is Shown.NO_DESKTOP
    assert screen.shown == []


def test_without_a_desktop_nothing_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    assert show("Reminder", WORDS) is Shown.NO_DESKTOP


def test_without_the_library_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "LIBRARY", "no_such_library")
    assert not rooms.is_there()
    assert show("Reminder", WORDS) is Shown.NO_LIBRARY
