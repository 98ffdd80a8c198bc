"""The commands about letters that come after a request, on the shipped registry."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Walked
from tests.program import Program


def sent_long_ago(walked: Walked, broker: str = "") -> str:
    """A request that left, by its own account, a hundred days ago."""
    found = next(one for one in walked.requests if broker in {"", one["broker"]})
    day = date.today() - timedelta(days=100)  # noqa: DTZ011 - as the program asks its own clock
    walked.program.json("request", "mark", found["id"], "mark_sent", "--on", day,
                            "--before-making")
    return str(found["id"])


@pytest.fixture
def late(walked: Walked) -> tuple[Program, str]:
    """The program, and a request whose recipient is late."""
    return walked.program, sent_long_ago(walked, "spokeo")


def test_offers_say_what_they_wait_for(walked: Walked) -> None:
    unsent = walked.requests[0]["id"]
    offers = walked.program.json("request", "letters", unsent)
    assert [one["purpose"] for one in offers] == [
        "reminder", "identity_answer", "refusal_answer", "appeal", "complaint"]
    assert {one["unmet"] for one in offers} == {"It has not been sent yet."}
    assert "It has not been sent yet." in walked.program("request", "letters", unsent).out


def test_a_reminder_is_kept_and_written(late: tuple[Program, str], tmp_path: Path) -> None:
    optout, request = late
    out = tmp_path / "letters" / "reminder"
    made = optout.json("request", "letter", request, "reminder", "--out", out)
    assert made["request"] == request
    assert made["purpose"] == "reminder"
    assert made["path"] == str(out)
    assert hashlib.sha256(out.read_bytes()).hexdigest() == made["sha256"]
    kept = optout.json("request", "letter", request, "reminder")
    assert (kept["path"], kept["kind"]) == ("", made["kind"])
    said = optout("request", "letter", request, "reminder", "--out", tmp_path / "again")
    assert "Nothing was sent." in said.out
    assert f"optout request mark {request} remind" in said.out
    assert "not encrypted" in said.out


def test_another_file_is_left_alone(late: tuple[Program, str], tmp_path: Path) -> None:
    optout, request = late
    out = tmp_path / "mine"
    out.write_text("mine", "utf-8")
    answer = optout("request", "letter", request, "reminder", "--out", out)
    assert answer.code == 1
    assert "another file" in answer.err
    assert out.read_text("utf-8") == "mine"


def test_a_name_that_cannot_be_used_is_said_before_anything_is_kept(
    late: tuple[Program, str], tmp_path: Path
) -> None:
    optout, request = late
    (tmp_path / "file").write_text("mine", "utf-8")
    for out, why in ((tmp_path / "file" / "letter", "cannot be made"),
                     (tmp_path / "file", "another file")):
        answer = optout("request", "letter", request, "reminder", "--out", out)
        assert (answer.code, why in answer.err) == (1, True)
    assert f"{request}-reminder-" not in optout("request", "letter", request, "reminder").out


def test_what_they_asked_for_and_wrote_goes_in(late: tuple[Program, str], tmp_path: Path) -> None:
    optout, request = late
    optout.json("request", "mark", request, "demand_identity")
    out = tmp_path / "answer"
    optout.json("request", "letter", request, "identity_answer", "--demanded", "government_id",
                "--demanded", "photo", "--out", out)
    assert out.exists()
    unknown = optout("request", "letter", request, "identity_answer", "--demanded", "shoe_size")
    assert unknown.code == 2
    optout.json("request", "mark", request, "refuse")
    early = optout("request", "letter", request, "reminder")
    assert (early.code, "Answer the refusal instead" in early.err) == (1, True)
    optout.json("request", "letter", request, "refusal_answer", "--their-words", "We refuse.",
                "--out", tmp_path / "refusal")


def test_a_complaint_is_read_about_first(late: tuple[Program, str], tmp_path: Path) -> None:
    optout, request = late
    first = optout("request", "letter", request, "complaint")
    assert first.code == 1
    assert "others may get to read" in first.err
    assert "The safer way is to leave it at a reminder" in first.err
    assert first.err.strip().endswith("If you want it, say it with --read.")
    wrong = optout("request", "letter", request, "complaint", "--read", "--authority", "Nobody")
    assert (wrong.code, "Choose one of" in wrong.err) == (1, True)
    made = optout.json("request", "letter", request, "complaint", "--read", "--authority",
                       "California Attorney General, Public Inquiry Unit", "--channel",
                       "postal_mail", "--out", tmp_path / "complaint.pdf")
    assert made["kind"] == "letter"
    assert (tmp_path / "complaint.pdf").read_bytes().startswith(b"%PDF")
