"""What a person sees and types on a terminal: questions in their order, nothing echoed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.documents.foreign_pictures import screenshot
from tests.program import PASSPHRASE, Program

if sys.platform == "win32":
    pytest.skip("needs a terminal of Unix", allow_module_level=True)

import fcntl
import pty
import termios

CTRL_C = "\x03"


def on_terminal(program: Program, words: Sequence[str], talk: Sequence[tuple[str, str]]
                ) -> tuple[int, str]:
    """Run a command on a terminal of its own; answer each question when it stands there."""
    here, there = pty.openpty()

    def take_terminal() -> None:
        fcntl.ioctl(there, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [*program.command, *words], stdin=there, stdout=there, stderr=there,
        start_new_session=True, preexec_fn=take_terminal,  # noqa: PLW1509 -- one system call
        env={**os.environ, **program.environment, "TERM": "xterm", "COLUMNS": "120"})
    os.close(there)
    said = ""
    waiting = list(talk)
    with contextlib.suppress(OSError):  # the terminal goes away with its last program
        while part := os.read(here, 65536).decode("utf-8", "replace"):
            said += part
            if waiting and waiting[0][0] in said[said.rfind("\n", 0, -1) + 1:]:
                time.sleep(0.1)  # the question stands there before the echo is switched off
                os.write(here, waiting.pop(0)[1].encode())
    os.close(here)
    assert not waiting, (waiting, said)
    return process.wait(60), said


def test_a_fresh_folder_asks_about_danger_before_anything_else(tmp_path: Path) -> None:
    program = Program(tmp_path / "instance")
    code, said = on_terminal(program, ["person", "list"], [
        ("others use this computer?", "y\n"), ("Passphrase:", PASSPHRASE + "\n"),
        ("Repeat", PASSPHRASE + "\n")])
    assert code == 0, said
    assert said.index("Is someone looking for you") < said.index("Passphrase:")
    assert "Nobody has been added yet" in said
    assert PASSPHRASE not in said
    assert (program.instance / "optout.db").exists()


def test_the_passphrase_is_asked_for_and_not_shown(optout: Program) -> None:
    optout.json("person", "list")
    optout.environment.clear()
    code, said = on_terminal(optout, ["person", "list"], [("Passphrase:", PASSPHRASE + "\n")])
    assert code == 0, said
    assert PASSPHRASE not in said


def test_ctrl_c_at_a_question_stops_without_a_trace(tmp_path: Path) -> None:
    program = Program(tmp_path / "instance")
    code, said = on_terminal(program, ["person", "list"],
                             [("others use this computer?", CTRL_C)])
    assert code == 1
    assert "Stopped." in said
    assert "Traceback" not in said
    assert not (program.instance / "key.json").exists()


def test_the_demo_shows_how_far_it_is_and_what_it_made(optout: Program, tmp_path: Path) -> None:
    code, said = on_terminal(optout, ["demo", "--out", str(tmp_path / "out")], [])
    assert code == 0
    assert "Three weeks pass" in said
    assert "requests;" in said
    assert "nothing was sent" in said
    assert str(tmp_path / "out") in "".join(said.split())
    assert not optout.instance.exists()


def test_a_reader_who_has_seen_enough_causes_no_error(optout: Program) -> None:
    command = [*optout.command, "registry", "show", "spokeo", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, **optout.environment}) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_the_link_of_a_listing_is_asked_for_and_not_typed_after_the_command(
    tmp_path: Path
) -> None:
    program = Program.in_folder(tmp_path)
    person = program.json("person", "add", "--given", "Avery", "--family", "Sample",
                          "--residence", "US-TX")["id"]
    words = ["recheck", person, "--record", "spokeo=listed", "--on", "2026-11-25"]
    code, said = on_terminal(program, words, [
        ("The link of your listing", "https://www.spokeo.com/Avery-Sample/p123\n")])
    assert code == 0, said
    assert "Spokeo" in said
    code, said = on_terminal(program, words, [("The link of your listing", "no link\n")])
    assert code == 1
    assert "web address" in said


def test_a_proof_goes_after_a_yes(optout: Program, tmp_path: Path) -> None:
    person = optout.json("person", "add", "--given", "Avery", "--family", "Sample",
                         "--residence", "US-TX")["id"]
    picture = tmp_path / "seen.png"
    picture.write_bytes(screenshot())
    optout.json("recheck", person, "--record", "spokeo=not_found", "--proof", picture)
    (kept,) = optout.json("proof", "list", person)
    ended, said = on_terminal(optout, ["proof", "remove", kept["id"]], [
        ("Remove “seen.png” for good?", "y\n")])
    assert ended == 0, said
    assert optout.json("proof", "list", person) == []
