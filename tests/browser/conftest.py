"""A browser for all journeys, a fresh program and a checked visitor for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.canary import spilled_in_folder
from tests.browser.people import CALIFORNIAN
from tests.browser.server import App, running
from tests.browser.steps import describe, set_up
from tests.browser.visitor import Inspector, Visitor
from tests.program import NOW

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")

Opener = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def inspector(browser: Browser) -> Iterator[Inspector]:
    """The window in which pages are inspected."""
    found = Inspector(browser)
    yield found
    found.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Path]:
    """All that a program may write to; in the end it holds nobody's words in the clear."""
    place = tmp_path / "world"
    yield place
    assert place.exists(), "nothing ran there"
    assert not list(spilled_in_folder(place))


@pytest.fixture(scope="session")
def described_once(
    browser: Browser, inspector: Inspector, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """What a first run leaves up to the choice of companies, and the path of that page.

    It is walked once in a run; the journeys that are about it walk it themselves.
    """
    folder = tmp_path_factory.mktemp("described")
    with running(folder, moment=(NOW - timedelta(hours=1)).isoformat()) as started:
        visitor = Visitor(started, browser, inspector, schemes=())
        set_up(visitor)
        describe(visitor, CALIFORNIAN)
        path = visitor.page.url.removeprefix(started.origin)
        visitor.leave()
    return folder / "instance", path


@pytest.fixture
def californian(described_once: tuple[Path, str], world: Path) -> str:
    """Somebody was described an hour ago; gives the path where she chooses companies.

    To be asked for before `app` or `visitor`: the program begins with a copy of that data folder.
    """
    left, path = described_once
    shutil.copytree(left, world / "instance")
    return path


@pytest.fixture
def app(world: Path) -> Iterator[App]:
    """A fresh program that nobody has set up; searched while it runs, too."""
    with running(world) as started:
        yield started
        assert not list(spilled_in_folder(world))


@pytest.fixture
def window(browser: Browser, inspector: Inspector) -> Iterator[Opener]:
    """Opens windows; all are checked when the journey has ended well."""
    opened: list[Visitor] = []

    def open_one(app: App, **choices: Any) -> Visitor:
        opened.append(Visitor(app, browser, inspector, **choices))
        return opened[-1]

    yield open_one
    for visitor in opened:
        visitor.leave()


@pytest.fixture
def visitor(app: App, window: Opener) -> Visitor:
    """A person at a desk, with JavaScript, in a light scheme."""
    return window(app)
