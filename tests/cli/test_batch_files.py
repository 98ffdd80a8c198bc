"""generate with its batch: the files beside the letters, and Ctrl-C between two of them."""

from __future__ import annotations

import hashlib
import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from optout.cli import watching
from optout.cli.state import State
from optout.domain.errors import Cancelled
from optout.registry import loading
from optout.registry.registry import Registry
from optout.services import batches, paper_files, rendering
from tests.cli.conftest import Walked
from tests.program import NOW, Program
from tests.services.post import PLACES

COUNT = 5


@pytest.fixture
def posting(
    optout: Program, person_file: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Program, str]:
    """A person with letters to several brokers that are asked by post."""
    load = loading.load_registry

    def with_post(*where: Any) -> Registry:
        registry = load(*where)
        model = next(broker for broker in registry.all() for procedure in broker.procedures
                     if procedure.address and broker.id == "beenverified")
        way = next(one for one in model.procedures if one.address)
        made = {f"post-{number}": replace(
            model, id=f"post-{number}", name=f"Post {number}", operator=f"Post {number} Inc.",
            covers=(), procedures=(replace(way, address=replace(
                PLACES[number % 3], lines=(f"{number} Invented Plaza",))),))
                for number in range(COUNT)}
        return Registry({**registry.brokers, **made}, registry.checked)

    monkeypatch.setattr(loading, "load_registry", with_post)
    person = optout.json("person", "add", "--file", person_file)["id"]
    brokers = [word for number in range(COUNT) for word in ("--broker", f"post-{number}")]
    plan = optout.json("plan", person, *brokers)
    for gate in sorted({(gate["id"]) for action in plan["actions"] for gate in action["gates"]
                        if gate["holds"] and gate["level"] == "confirm"}):
        optout.json("plan", person, *brokers, "--answer", gate)
    optout.json("request", "create", person, *brokers)
    return optout, person


def test_everything_for_the_post_is_written_beside_the_letters(
    posting: tuple[Program, str], tmp_path: Path
) -> None:
    program, person = posting
    out = tmp_path / "out"
    words = ("generate", person, "--out", out, "--one-file", "--duplex", "--labels", "avery-5160",
             "--skip", "3")
    rows = program.json(*words)
    more = [row for row in rows if not row["request"]]
    assert len(rows) == COUNT + 4
    assert [row["kind"] for row in more] == ["batch", "manifest", "mail_list", "labels"]
    assert {Path(row["path"]).name for row in more} == {
        "letters.pdf", "manifest.pdf", "mail-list.pdf", "labels.pdf"}
    for row in rows:
        content = Path(row["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert Path(row["path"]).stat().st_mode & 0o077 == 0
    pages = len(PdfReader(out / "letters.pdf").pages)
    assert pages % 2 == 0
    assert len(PdfReader(out / "letters.pdf").outline) == COUNT
    assert program.json(*words) == rows, "the same again, and no second file"
    assert len(list(out.iterdir())) == len(rows)
    plain = program.json("generate", person, "--out", out, "--one-file")
    assert Path(plain[COUNT]["path"]).name in {"letters.pdf", "letters-2.pdf"}
    assert Path(plain[COUNT + 1]["path"]).name == "manifest-2.pdf", "none is written over"
    shown = program("generate", person, "--out", out, "--one-file")
    assert "mail-list.pdf" in shown.out
    assert shown.code == 0


def test_without_a_letter_there_is_nothing_to_print(walked: Walked, tmp_path: Path) -> None:
    for one in walked.requests:
        if one["channel"] == "postal_mail":
            walked.program.json("request", "mark", one["id"], "mark_sent")
    words = ("generate", walked.person, "--out", tmp_path / "out", "--one-file")
    assert all(row["request"] for row in walked.program.json(*words))
    assert "None of these goes by post" in walked.program(*words).out


def test_what_was_written_later_is_in_the_pile_or_said_not_to_be(
    posting: tuple[Program, str], tmp_path: Path
) -> None:
    program, person = posting
    out, long_ago = tmp_path / "out", NOW.date() - timedelta(days=100)
    program.json("generate", person, "--out", out)
    asked = [row["id"] for row in program.json("request", "list")]
    for request in asked:
        program.json("request", "mark", request, "mark_sent", "--on", long_ago,
                     "--before-making")
    words = ("generate", person, "--out", out, "--one-file")
    assert program.json(*words) == [], "nothing is left to post"
    for request in asked[:2]:
        program.json("request", "letter", request, "reminder")
    assert [row["kind"] for row in program.json(*words)] == ["batch", "manifest", "mail_list"]
    titles = [str(one["/Title"]) for one in PdfReader(out / "letters.pdf").outline]  # type: ignore[call-overload]  # no nested ones
    assert len(titles) == 2
    assert f"Also in the pile: {titles[0]}." in " ".join(program(*words).out.split())
    program.json("request", "mark", asked[0], "claim_removed")
    shown = program(*words)
    assert f"Not in the pile: {asked[0]}, reminder (Post" in shown.out
    answer = program(*words, "--json")
    assert f"Not in the pile: {asked[0]}, reminder (Post" in answer.err, "programs leave it alone"
    assert len(answer.json) == 3
    program.json("request", "mark", asked[1], "claim_removed")
    assert "There is no letter that may be posted today." in program(*words).out


@pytest.mark.parametrize("words", [("--duplex",), ("--skip", "3"), ("--labels", "5167"),
                                   ("--one-file", "--skip", "1")])
def test_options_that_mean_nothing_are_refused(
    walked: Walked, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = walked.program("generate", walked.person, "--out", tmp_path / "out", *words)
    assert answer.code == 2
    assert "--" in answer.err
    assert not (tmp_path / "out").exists()


def interrupting(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, after: int) -> None:
    """Press Ctrl-C in a call of a function, after so many calls."""
    real, calls = getattr(place, name), list[int]()

    def pressed(*words: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == after:
            os.kill(os.getpid(), signal.SIGINT)
        return real(*words, **named)

    monkeypatch.setattr(place, name, pressed)


def test_ctrl_c_while_preparing_says_what_is_prepared(
    posting: tuple[Program, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, person = posting
    with monkeypatch.context() as patched:
        interrupting(patched, rendering, "render", 2)
        answer = program("generate", person, "--out", tmp_path / "out")
    assert answer.code == 1
    assert answer.err == (
        f"Stopped: no file is written yet; 2 of {COUNT} documents are prepared, and stay so. "
        "Repeat the command to go on.\n")
    assert not (tmp_path / "out").exists()
    assert len(program.json("generate", person, "--out", tmp_path / "out")) == COUNT


def test_ctrl_c_while_writing_says_how_many_files_are_whole(
    posting: tuple[Program, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, person = posting
    made = program.json("generate", person, "--out", tmp_path / "first")
    with monkeypatch.context() as patched:
        interrupting(patched, paper_files, "write_whole", 3)
        answer = program("generate", person, "--out", tmp_path / "out")
    assert answer.code == 1
    assert answer.err == (
        f"Stopped: 3 of {COUNT} files are written, each whole. Do the same again to write the "
        "others.\n")
    hashes = {row["sha256"] for row in made}
    files = list((tmp_path / "out").iterdir())
    assert len(files) == 3
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in files} <= hashes
    assert len(program.json("generate", person, "--out", tmp_path / "out")) == COUNT


def test_ctrl_c_while_printing_leaves_the_single_files(
    posting: tuple[Program, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, person = posting
    interrupting(monkeypatch, batches, "_piled", 2)
    answer = program("generate", person, "--out", tmp_path / "out", "--one-file")
    assert answer.code == 1
    assert answer.err.startswith(f"Stopped: {COUNT} files are written, each whole; the file to")
    assert len(list((tmp_path / "out").iterdir())) == COUNT


def pressed_twice(state: State) -> None:
    """Press Ctrl-C twice in watched work that stops for the first at its own time."""
    with watching.watched(state, "Working") as bar:
        bar.advance(1, 3)
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(Cancelled) as stopped:
            bar.advance(2, 3)
        assert (stopped.value.done, stopped.value.total) == (2, 3)
        os.kill(os.getpid(), signal.SIGINT)


def test_the_second_ctrl_c_breaks_off_and_the_first_handler_comes_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    state = State(house=None)  # type: ignore[arg-type]  # nothing of it is used
    state.as_json = True
    with pytest.raises(KeyboardInterrupt):
        pressed_twice(state)
    assert signal.getsignal(signal.SIGINT) is before
