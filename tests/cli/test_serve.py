"""The running app: on this machine only, one a data folder, started and stopped cleanly."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from optout.services.folder import KEY_FILE
from tests.program import Program


def page(url: str) -> str:
    """The page behind a link, as a browser with cookies gets it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(url, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


@pytest.fixture
def ready(optout: Program) -> Program:
    """A program whose data folder is set up: cheaply, which no start of a program could do."""
    assert optout.json("person", "list") == []
    return optout


def test_the_one_time_link_opens_the_app_once(optout: Program) -> None:
    optout.environment.clear()
    with optout.serving("--port", 0) as app:
        assert "<h1" in page(app.url(app.start_path))
        with pytest.raises(urllib.error.HTTPError):
            page(app.url(app.start_path))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's table of sockets")
def test_it_listens_on_the_loopback_address_only(ready: Program) -> None:
    with ready.serving("--port", 0) as app:
        listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
                     if line.split()[3] == "0A"]
        assert [place for place in listening if place.endswith(f":{app.port:04X}")] == [
            f"0100007F:{app.port:04X}"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(ready: Program, stop: signal.Signals) -> None:
    with ready.serving("--port", 0) as app:
        app.process.send_signal(stop)
        _, said = app.process.communicate(timeout=30)
        assert app.process.returncode == 0
        assert "Stopped." in said
        assert "Traceback" not in said
    with socket.socket() as again:
        again.bind(("127.0.0.1", app.port))


def test_a_second_start_says_where_the_first_runs(ready: Program) -> None:
    with ready.serving("--port", 0) as app:
        second = ready.apart("serve", "--no-browser", "--port", 0)
        assert second.code == 1
        assert f"http://127.0.0.1:{app.port}/" in second.err
        assert "<h1" in page(app.url(app.start_path)), "the first one suffered"


def test_a_start_after_a_crash_is_a_start(ready: Program) -> None:
    with ready.serving("--port", 0) as app:
        app.process.kill()
        app.process.communicate(timeout=30)
    with ready.serving("--port", 0) as app:
        assert "<h1" in page(app.url(app.start_path))


def test_a_taken_usual_port_moves_it_to_the_next(ready: Program, free_port: int) -> None:
    with socket.create_server(("127.0.0.1", free_port)):
        ready.environment["OPTOUT_PORT"] = str(free_port)
        with ready.serving() as app:
            assert app.port != free_port


def test_the_browser_is_opened_with_the_link_unless_it_is_not_wanted(
    ready: Program, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{seen}"\n', "utf-8")
    browser.chmod(0o700)
    ready.environment["BROWSER"] = f"{browser} %s"
    with ready.serving("--port", 0):
        time.sleep(1)
        assert not seen.exists()
    process = subprocess.Popen([*ready.command, "serve", "--port", "0"], text=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, **ready.environment})
    try:
        for _ in range(200):
            if seen.exists() and seen.read_text():
                break
            time.sleep(0.1)
        assert seen.read_text().startswith("http://127.0.0.1:")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def test_a_fresh_folder_is_set_up_from_the_passphrase_file_without_questions(
    optout: Program
) -> None:
    with optout.serving("--port", 0):
        for _ in range(100):
            if (optout.instance / "optout.db").exists():
                break
            time.sleep(0.1)
    assert json.loads((optout.instance / KEY_FILE).read_bytes())["kdf"]["memory_kib"] >= 64 * 1024
    assert optout.json("person", "list") == []
