"""The calendar file, the private address, and a program that subscribes to it over HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.cli.conftest import BROKERS, Walked
from tests.documents.calendar_reading import READERS, ReadEvent
from tests.program import Program

USUAL = "http://127.0.0.1:5170"


@pytest.fixture
def sent(walked: Walked) -> Walked:
    """The first request left."""
    walked.program.json("request", "mark", walked.requests[0]["id"], "mark_sent")
    return walked


def events_of(content: bytes) -> list[ReadEvent]:
    """As both parsers read it."""
    one, other = (reader(content) for reader in READERS.values())
    assert one == other
    return one


def test_the_file_says_as_much_as_is_wished(sent: Walked, tmp_path: Path) -> None:
    program, file = sent.program, tmp_path / "due.ics"
    answer = program.json("calendar", "--out", file)
    text = Path(answer["path"]).read_text("utf-8")
    events = events_of(file.read_bytes())
    assert (answer["events"], answer["cancelled"]) == (len(events), 0)
    assert events
    for word in ("Avery", "Sample", *BROKERS):
        assert word.lower() not in text.lower()
    program.json("calendar", "--out", file, "--discretion", "company")
    assert any("Spokeo" in event.summary for event in events_of(file.read_bytes()))
    program.json("request", "mark", sent.requests[0]["id"], "withdraw")
    said = program("calendar", "--out", file).out
    assert f"0 tasks written to {file}" in said
    assert f"takes {len(events)} off that are over" in said
    assert {event.status for event in events_of(file.read_bytes())} == {"CANCELLED"}


def test_without_a_file_it_says_what_is_missing(optout: Program) -> None:
    answer = optout("calendar")
    assert answer.code == 2
    assert "--out FILE" in answer.err


def test_a_program_reads_the_running_apps_feed_without_cookies(
    sent: Walked, tmp_path: Path
) -> None:
    program, file = sent.program, tmp_path / "due.ics"
    assert program.json("calendar", "feed") == {"on": False, "address": None}
    living = program.json("calendar", "feed", "--on")["address"]
    assert living.startswith(USUAL)
    assert living in program("calendar", "feed").out
    path = living.removeprefix(USUAL)
    program.apart("calendar", "--out", file, "--json")  # by the same clock as the app's
    with program.serving("--port", 0) as app:
        headers, content = fetched(app.port, path)
        assert (headers.status, headers.getheader("Set-Cookie")) == (200, None)
        assert headers.getheader("Content-Type") == "text/calendar; charset=utf-8"
        assert events_of(content) == events_of(file.read_bytes()) != []
        known, nothing = fetched(app.port, path, {"If-None-Match": headers.getheader("ETag")})
        assert (known.status, nothing) == (304, b"")
        assert "off" in program("calendar", "feed", "--off").out
        assert fetched(app.port, path)[0].status == 404
        app.process.terminate()
        _, said = app.process.communicate(timeout=30)
    assert path.removeprefix("/feed/").removesuffix(".ics") not in said
    program("calendar", "feed", "--on")
    renewed = program.json("calendar", "feed", "--renew")["address"]
    assert renewed not in {None, living}


def fetched(
    port: int, path: str, headers: Mapping[str, Any] = MappingProxyType({})
) -> tuple[HTTPResponse, bytes]:
    """What a program without cookies is answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    with contextlib.closing(connection):
        answer = connection.getresponse()
        return answer, answer.read()
