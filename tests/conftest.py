"""What every test stands on: closed sockets, a clean environment, a clock moved by hand."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from optout.clock import HandClock
from optout.registry import cache, loading
from optout.registry.reading import read_registry
from optout.services.desk import Library
from optout.store import engine, store
from optout.vault import keyfile
from tests import quick_store
from tests.law.samples import book
from tests.network import NetworkUsed, closed

if TYPE_CHECKING:
    from tests.mail_server import Post

MONDAY = date(2026, 11, 23)
"""The day on which most stories begin."""

SAMPLES = Path(__file__).parent / "samples"

Fetch = Callable[[Path, str], cache.Kept | None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-snapshots", action="store_true",
                     help="write what the code gives now over the stored snapshots")


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that tests start.

    A run in the background begins with interrupts ignored, and programs inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine can be reached; the guard itself is tested in tests/test_network.py."""
    with closed():
        yield


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Reading the shipped registry and laws takes a second, and hundreds of folders begin with it.

    What was read from the same bytes is handed out again; it is frozen. The tests of the readers
    call them by their own names.
    """
    with pytest.MonkeyPatch.context() as patch:
        again = lru_cache(maxsize=8)(read_registry)
        patch.setattr(loading, "read_registry", lambda files: again(tuple(files)))
        patch.setattr(cache, "fetch", _decoded_once(cache.fetch))
        laws = cached_property(lambda _: book())
        laws.__set_name__(Library, "packaged_laws")
        patch.setattr(Library, "packaged_laws", laws)
        yield


def _decoded_once(fetch: Fetch) -> Fetch:
    """The cache of the registry, each content of its file decoded once: megabytes a command."""
    known: dict[tuple[bytes, str], cache.Kept | None] = {}

    def fetched(folder: Path, key: str) -> cache.Kept | None:
        try:
            content = hashlib.sha256((folder / cache.FILE_NAME).read_bytes()).digest()
        except OSError:
            return fetch(folder, key)
        if (content, key) not in known:
            known[content, key] = fetch(folder, key)
        return known[content, key]

    return fetched


@pytest.fixture(scope="session", autouse=True)
def _migrated_once() -> Iterator[None]:
    """A new data folder need not walk through every earlier form of the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_build", quick_store.build)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Every test opens a database engine of its own, which would compile each statement anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_engine", quick_store.compiled_once(engine._engine))
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    """Every command opens its folder anew, half a second of work each with a dear passphrase.

    Files keep the cost they were made with, so processes started on such a folder are quick, too.
    The tests of the vault look at the dear passphrase, a fresh folder that a process makes has it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyfile, "STRONG", keyfile.CHEAP)
        yield


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's settings, keyring or proxies reach a test, nor the programs that it starts."""
    for name in os.environ:
        if name.startswith("OPTOUT_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("BROWSER", "true")  # the program `true`: no window ever opens


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Any:
    """Where `CI` is set, a journey that was skipped did not pass."""
    report = yield
    if os.environ.get("CI") and report.skipped and "browser" in item.keywords and (
            not hasattr(report, "wasxfail")):
        report.outcome = "failed"
        reason = call.excinfo.value if call.excinfo else "no reason"
        report.longrepr = f"skipped, which CI does not accept: {reason}"
    return report


@pytest.fixture
def clock() -> HandClock:
    """Monday 2026-11-23, noon, until it is moved."""
    return HandClock(MONDAY)


@pytest.fixture
def office() -> Iterator[Post]:
    """A mail server on this machine that takes everything from everybody."""
    from tests.mail_server import post

    with post() as made:
        yield made


@pytest.fixture
def guarded() -> Iterator[Post]:
    """A mail server on this machine that wants to know who sends."""
    from tests.mail_server import post

    with post(sign_in=True) as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the machine."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser",
                                                 "google-chrome"))), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    return found


@pytest.fixture
def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses right now."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


class Snapshot:
    """Compares text with the stored one; `--renew-snapshots` stores it anew."""

    def __init__(self, folder: Path, *, renew: bool) -> None:
        self._folder, self._renew = folder, renew

    def __call__(self, name: str, text: str) -> None:
        """Assert that `text` is what `tests/samples/<room>/<name>` says."""
        path = self._folder / name
        if self._renew:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{path} is missing: run pytest with --renew-snapshots, then read it"
        assert text == path.read_text("utf-8")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """The snapshots of the test's room."""
    room = request.path.parent.name
    return Snapshot(SAMPLES / room, renew=bool(request.config.getoption("--renew-snapshots")))


__all__ = ["NetworkUsed", "Snapshot"]
