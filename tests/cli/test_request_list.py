"""Lists, finds and tables on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from optout.cli import people, request_list
from tests.cli.conftest import Walked
from tests.program import Program


def test_requests_are_listed_a_page_after_the_other(
    walked: Walked, monkeypatch: pytest.MonkeyPatch,
) -> None:
    optout, made = walked.program, [one["id"] for one in walked.requests]
    listed = optout.json("request", "list")
    assert [one["id"] for one in listed] == made
    assert listed == optout.json("request", "list", walked.person)
    assert listed[0]["overdue_days"] == 0
    first = optout.json("request", "list", "--limit", "2")
    assert [one["id"] for one in first] == made[:2]
    rest = optout.json("request", "list", "--after", first[-1]["id"])
    assert [one["id"] for one in rest] == made[2:]
    assert len(optout.json("request", "list", "--broker", "spokeo")) == 1
    assert optout.json("request", "list", "--standing", "answered") == []
    assert optout.json("request", "list", "--late") == []
    assert "no such requests" in optout("request", "list", "--late").out
    monkeypatch.setattr(request_list, "TABLE_ROWS", 2)
    shown = optout("request", "list").out
    assert all(reference in shown for reference in made)
    nobody = optout("request", "list", "P-222222")
    assert nobody.code == 1
    assert "no such person" in nobody.err


def test_people_are_listed_a_page_after_the_other(
    walked: Walked, monkeypatch: pytest.MonkeyPatch,
) -> None:
    optout = walked.program
    added = optout.json("person", "add", "--given", "Blake", "--family", "Zed",
                        "--residence", "US-CA")["id"]
    everybody = [one["id"] for one in optout.json("person", "list")]
    assert everybody == [walked.person, added]
    assert [one["id"] for one in optout.json("person", "list", "--limit", "1")] == everybody[:1]
    rest = optout.json("person", "list", "--after", everybody[0])
    assert [one["id"] for one in rest] == everybody[1:]
    monkeypatch.setattr(people, "TABLE_ROWS", 1)
    shown = optout("person", "list").out
    assert "Avery Sample" in shown
    assert "Blake Zed" in shown
    nobody = optout("person", "list", "--after", "P-222222")
    assert nobody.code == 1
    assert "no such person" in nobody.err


def test_words_are_found_wherever_they_stand(walked: Walked) -> None:
    optout, asked = walked.program, walked.requests[0]["id"]
    assert optout.json("find", asked[4:].lower()) == [
        {"kind": "request", "id": asked, "person": walked.person,
         "broker": walked.requests[0]["broker"], "label": "Spokeo"}]
    (person,) = optout("find", "-", "--json", typed="avery\n").json
    assert (person["kind"], person["id"], person["label"]) == (
        "person", walked.person, "Avery Sample")
    assert "Avery Sample" in optout("find", "avery", "sample").out
    assert "Nothing was found" in optout("find", "no", "such", "word").out


def test_a_table_is_written(walked: Walked, tmp_path: Path) -> None:
    optout, out = walked.program, tmp_path / "requests.csv"
    assert "not encrypted" in optout("request", "export", "--out", out).out
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["reference"] for row in rows][::-1] == [one["id"] for one in walked.requests]
    assert "already" in optout("request", "export", "--out", out).err
    assert optout.json("request", "export", walked.person, "--without-names", "--out",
                       tmp_path / "b.csv")["file"].endswith("b.csv")
    assert "Avery" not in (tmp_path / "b.csv").read_text("utf-8-sig")


def test_nothing_is_a_list_too(optout: Program, person_file: Path) -> None:
    optout("person", "add", "--file", person_file)
    assert optout.json("request", "list") == []
