"""The table of the law on the command line, and through `make`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from optout.services.law_table import places
from tests.program import Program

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_is_written_and_told(optout: Program, tmp_path: Path) -> None:
    found = optout.json("law", "table", "--out", tmp_path / "out", "--on", "2026-11-27")
    assert found.keys() == {"path", "csv", "places", "rows", "sha256"}
    page = Path(found["path"])
    assert page == tmp_path / "out" / "law-table.html"
    assert hashlib.sha256(page.read_bytes()).hexdigest() == found["sha256"]
    assert Path(found["csv"]).read_bytes().count(b"\r\n") == found["rows"] + 1
    assert found["places"] == 91
    assert not optout.instance.exists()  # it needs no passphrase, and makes no data folder


def test_people_are_told_where_it_lies(
    optout: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [place for place in places.places() if place.code in {"US-VA", "DE"}]
    monkeypatch.setattr(places, "places", lambda: few)  # all of them were written above
    said = optout("law", "table", "--out", tmp_path / "page.html", "--on", "2028-02-01")
    assert said.code == 0
    assert "page.html" in said.out
    assert (tmp_path / "page.csv").exists()


def test_it_wants_to_know_where_to(optout: Program) -> None:
    assert optout("law", "table").code == 2


@pytest.mark.skipif(shutil.which("make") is None, reason="this machine has no make")
def test_make_writes_it_into_the_folder_of_what_is_built() -> None:
    said = subprocess.run(["make", "-n", "law-table"], cwd=ROOT, capture_output=True, text=True,
                          check=True).stdout
    assert "optout law table --out build/law-table" in said
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True,
                          check=True).stdout
    assert "make law-table" in told
