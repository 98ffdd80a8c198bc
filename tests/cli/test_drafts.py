"""The commands about counsel and drafts, on the shipped registry."""

from __future__ import annotations

from pathlib import Path

from tests.program import Program
from tests.services.test_counsel import FILE


def with_person(optout: Program, person_file: Path) -> str:
    return str(optout.json("person", "add", "--file", person_file)["id"])


def test_a_draft_is_read_made_and_filed_by_counsel(
    optout: Program, person_file: Path, tmp_path: Path
) -> None:
    person = with_person(optout, person_file)
    off = optout("request", "draft", person, "--broker", "ice", "--read")
    assert off.code == 1
    assert "government" in off.err
    optout("plan", person, "--broker", "ice", "--answer", "government-drafts")
    looked = optout.json("request", "draft", person, "--broker", "ice")
    assert looked["made"] is None
    ids = {gate["id"] for gate in looked["gates"]}
    assert {"no-auto-send-government", "address-duty", "penalty-of-perjury"} <= ids
    assert "Nothing was made" in optout("request", "draft", person, "--broker", "ice").out
    assert optout.json("request", "list") == []
    bulk = optout("request", "create", person, "--broker", "ice")
    assert (bulk.code, "alone" in bulk.err) == (1, True)
    unread = optout("request", "draft", person, "--broker", "ice", "--out", tmp_path / "draft")
    assert (unread.code, "--read" in unread.err) == (2, True)
    answered = optout.json("request", "draft", person, "--broker", "ice", "--read",
                           "--out", tmp_path / "draft")
    made = answered["made"]
    (file,) = answered["files"]
    assert file == str(tmp_path / "draft" / f"{made['id']}-draft-for-counsel.pdf")
    assert Path(file).read_bytes().startswith(b"%PDF-")
    assert optout.json("generate", person, "--out", tmp_path / "all") == []
    refused = optout("request", "mark", made["id"], "mark_sent")
    assert (refused.code, "never sends" in refused.err) == (1, True)
    assert optout("request", "filed", made["id"]).code == 1
    counsel = tmp_path / "counsel.yaml"
    counsel.write_text(FILE.replace("true", "false"), "utf-8")
    optout("person", "counsel", person, "--file", counsel)
    filed = optout.json("request", "filed", made["id"], "--number", "2026-1")
    assert filed["standing"] == "sent"


def test_counsel_is_shown_and_removed(
    optout: Program, person_file: Path, tmp_path: Path
) -> None:
    person = with_person(optout, person_file)
    assert optout.json("person", "counsel", person) is None
    assert "No lawyer is named" in optout("person", "counsel", person).out
    counsel = tmp_path / "counsel.yaml"
    counsel.write_text(FILE, "utf-8")
    assert "may stand there" in optout("person", "counsel", person, "--file", counsel).out
    assert optout.json("person", "counsel", person)["name"] == "Robin Sample"
    assert optout("person", "counsel", person, "--file", counsel, "--remove").code == 2
    assert optout.json("person", "counsel", person, "--remove") is None
