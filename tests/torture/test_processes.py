"""Several processes on one data folder, and processes that die in the middle."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.program import Program

PERSON = ("person", "add", "--given", "Avery", "--family", "Sample", "--residence", "US-CA",
          "--email", "avery.sample@example.com", "--reply-email", "optout.sample@example.com",
          "--phone", "+1 415 555 0142",
          "--address", "100 Fictional Way; San Francisco; CA; 94102; US",
          "--reply-address", "PO Box 0; San Francisco; CA; 94102; US")
BROKERS = ("spokeo", "beenverified", "lexisnexis-risk-consumer-center", "clearview-ai")

pytestmark = pytest.mark.slow


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program.in_folder(tmp_path)


def with_requests(program: Program) -> tuple[str, list[dict[str, Any]]]:
    """A person with a few drafted requests."""
    person = program.json(*PERSON)["id"]
    for broker in BROKERS:
        plan = program.json("plan", person, "--broker", broker)
        for gate in sorted({gate["id"] for action in plan["actions"] for gate in action["gates"]
                            if gate["holds"] and gate["level"] == "confirm"}):
            program.json("plan", person, "--broker", broker, "--answer", gate)
        program("request", "create", person, "--broker", broker)
    made: list[dict[str, Any]] = program.json("request", "list")
    assert len(made) >= 2
    return person, made


def test_a_crowd_of_processes_loses_nobody(program: Program) -> None:
    program.json("person", "list")
    with ThreadPoolExecutor(4) as crowd:
        added = [answer.json["id"] for answer in
                 crowd.map(lambda _: program.apart(*PERSON, "--json"), range(8))]
    assert len(set(added)) == 8
    assert {one["id"] for one in program.json("person", "list")} == set(added)


def test_a_crowd_that_sets_up_one_folder_makes_one(program: Program) -> None:
    with ThreadPoolExecutor(3) as crowd:
        answers = list(crowd.map(lambda _: program.apart("person", "list", "--json"), range(3)))
    assert any(answer.code == 0 for answer in answers)
    for answer in answers:
        assert "Traceback" not in answer.err
        assert "quote E-" not in answer.err, answer
    assert program.json("person", "list") == []


def test_one_event_marked_by_two_processes_happens_once(program: Program) -> None:
    _, made = with_requests(program)
    request = made[0]["id"]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(
            lambda _: program.apart("request", "mark", request, "mark_sent"), range(2)))
    assert sorted(answer.code for answer in answers) == [0, 1]
    events = program.json("request", "show", request)["events"]
    assert [event["event"] for event in events] == ["mark_sent"]


def test_a_killed_generate_leaves_only_whole_files(program: Program, tmp_path: Path) -> None:
    person, _ = with_requests(program)
    out = tmp_path / "out"
    command = [*program.command, "generate", person, "--out", str(out)]
    started = time.monotonic()
    for attempt in range(8):
        process = subprocess.Popen(
            command, env={**os.environ, **program.environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3 + 0.15 * attempt)
        process.kill()
        process.wait()
    rows = program.json("generate", person, "--out", out)
    assert time.monotonic() - started < 120
    for row in rows:
        content = Path(row["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
    named = {Path(row["path"]).name for row in rows}
    for path in out.iterdir():
        assert path.name in named or path.name.startswith("."), path
    told = program.apart("doctor")  # by the clock of those that were killed
    assert told.code == 0, told.out
