"""The app in a process of its own, started as a person starts it, on the day of the stories."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.program import LINK, NOW

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60.0
"""Seconds; two cores may be busy with other tests."""

STOPS_WITHIN = 30.0
"""Seconds."""


@dataclass(frozen=True)
class App:
    """One running program.

    Args:
        folder: its whole world: data folder, home, temporary files, and what it said.
        link: the one-time link that it printed.
    """

    process: subprocess.Popen[bytes]
    folder: Path
    link: str

    @property
    def instance(self) -> Path:
        """The data folder."""
        return self.folder / "instance"

    @property
    def said(self) -> str:
        """Everything that the process wrote to its terminal."""
        return (self.folder / "said.txt").read_text("utf-8", "replace")

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.link)
        return f"{parts.scheme}://{parts.netloc}"

    def url(self, path: str) -> str:
        """An address of it."""
        return f"{self.origin}{path}"


@contextlib.contextmanager
def running(folder: Path, *, moment: str = NOW.isoformat()) -> Iterator[App]:
    """`optout serve --no-browser` on a free port while the block runs.

    Args:
        folder: where the process finds everything that it may write to; new, or left by an
            earlier run.
        moment: when it is, ISO 8601.

    Raises:
        AssertionError: when the program does not start or does not stop cleanly; what it said is
            in the message. Any other failure inside the block carries the same words as a note.
    """
    process = _start(folder, moment)
    try:
        app = App(process, folder, _link(process, folder / "said.txt"))
        yield app
    except BaseException as error:
        state = "the program died" if process.poll() is not None else "the program is alive"
        error.add_note(f"{state}; it said:\n{_all_words(folder)}")
        raise
    finally:
        _stop(process)
    assert process.returncode == 0, f"ended with {process.returncode}: {app.said}"


def _all_words(folder: Path) -> str:
    """What the program wrote to its terminal and to its logs."""
    written = [folder / "said.txt", *sorted((folder / "instance" / "logs").glob("*"))]
    return "\n".join(path.read_text("utf-8", "replace") for path in written)


def _start(folder: Path, moment: str) -> subprocess.Popen[bytes]:
    places = {"HOME": folder / "home", "TMPDIR": folder / "tmp"}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    with (folder / "said.txt").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.browser.on_day", moment,
             "--instance", str(folder / "instance"), "serve", "--no-browser", "--port", "0"],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
            env={**os.environ, **{name: str(place) for name, place in places.items()},
                 "OPTOUT_LOG_LEVEL": "debug", "PYTHONUNBUFFERED": "1"})


def _link(process: subprocess.Popen[bytes], said: Path) -> str:
    """The link that the program prints once it answers."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        found = LINK.search(said.read_text("utf-8"))
        if found and "Ctrl-C" in said.read_text("utf-8"):
            return found.group(0)
        time.sleep(0.05)
    raise AssertionError("the program did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
