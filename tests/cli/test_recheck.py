"""“optout recheck”: where to look again, and what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents import foreign_pictures
from tests.program import Program

LINK = "https://www.spokeo.com/Avery-Sample/p123"


@pytest.fixture
def avery(optout: Program, person_file: Path) -> str:
    return str(optout.json("person", "add", "--file", person_file)["id"])


def test_what_was_seen_comes_back_soonest_first(optout: Program, avery: str) -> None:
    assert optout.json("recheck", avery) == []
    assert "nothing to look at" in optout("recheck", avery).out
    found = optout.json("recheck", avery, "--record", "spokeo=not-found",
                        "--record", "whooster=could-not-look:sign-in")
    assert [(one["broker"], one["last_seen"], one["due_on"]) for one in found] == [
        ("whooster", None, "2026-11-28"), ("spokeo", None, "2027-02-23")]
    assert found[0]["search_url"] is None
    assert found[1]["search_url"] == (
        "https://www.spokeo.com/Avery-Sample/California/San%20Francisco")
    listed = optout.json("recheck", avery, "--record", "spokeo=listed", "--on", "2026-11-24")
    assert listed[0]["broker"] == "whooster"
    assert optout.json("recheck", avery, "--due") == []
    shown = optout("recheck", avery).out
    assert "Spokeo" in shown
    assert "2026-11-24" in shown
    assert "no search link is known" in shown
    assert "private window" not in shown


def test_one_that_is_unknown_keeps_the_others_from_being_recorded(
    optout: Program, avery: str
) -> None:
    refused = optout("recheck", avery, "--record", "spokeo=listed",
                     "--record", "spokeeo=not-found")
    assert refused.code == 1
    assert "spokeo" in refused.err, "what it may have meant"
    assert optout.json("recheck", avery) == []


def test_the_link_comes_from_standard_input(optout: Program, avery: str) -> None:
    answer = optout("recheck", avery, "--record", "spokeo=listed", "--url", "-", "--json",
                    typed=f"{LINK}\n")
    assert answer.json[0]["last_seen"] == "2026-11-25"
    plan = optout.json("plan", avery, "--broker", "spokeo")
    assert {action["presence"] for action in plan["actions"]
            if action["broker"] != "california-drop"} == {"listed"}
    again = optout("recheck", avery, "--record", "spokeo=listed", "--url", "no link", "--json")
    assert again.code == 1
    assert "web address" in again.err


@pytest.mark.parametrize(("words", "code", "said"), [
    (("--record", "spokeo"), 2, "not_found"),
    (("--record", "spokeo=gone"), 2, "could_not_look"),
    (("--record", "spokeo=could_not_look"), 2, "dead_link"),
    (("--record", "spokeo=could_not_look:tired"), 2, "dead_link"),
    (("--record", "spokeo=not_found:captcha"), 2, "no reason with any other"),
    (("--record", "spokeo=not_found:tired"), 2, "no reason with any other"),
    (("--proof", __file__), 2, "--record"),
    (("--record", "spokeo=not_found", "--proof", "no-such.png"), 2, "no-such.png"),
    (("--record", "spokeoo=listed"), 1, "spokeo"),
    (("--record", "spokeo=listed", "--on", "2027-01-01"), 1, "not come yet"),
    (("--record", "spokeo=not_found", "--url", LINK), 1, "found one"),
    (("--url", LINK), 2, "--record"),
    (("--record", "spokeo=listed", "--record", "radaris=listed", "--url", LINK), 2, "--record"),
])
def test_what_cannot_be_recorded_is_refused(
    optout: Program, avery: str, words: tuple[str, ...], code: int, said: str,
) -> None:
    answer = optout("recheck", avery, *words)
    assert answer.code == code
    assert said in answer.err
    assert "Avery-Sample" not in answer.err
    assert optout.json("recheck", avery) == []


def test_people_at_risk_are_told_of_the_private_window_once(
    optout: Program, person_file: Path,
) -> None:
    text = person_file.read_text("utf-8").replace("at_risk: false", "at_risk: true")
    person_file.write_text(text, "utf-8")
    person = optout.json("person", "add", "--file", person_file)["id"]
    shown = optout("recheck", person, "--record", "spokeo=not_found",
                   "--record", "thatsthem=not_found").out
    assert shown.count("private window") == 1
    assert "2026-12-25" in shown
    assert "San%20Francisco" not in shown, "the home is in no link"


def test_a_picture_goes_with_the_look_that_it_shows(
    optout: Program, avery: str, tmp_path: Path,
) -> None:
    shown = tmp_path / "seen by avery.png"
    shown.write_bytes(foreign_pictures.screenshot())
    found = optout.json("recheck", avery, "--record", "spokeo=listed", "--proof", shown)
    assert found[0]["due_on"] == "2027-02-23", "the interval that is known of it"
    (tmp_path / "program.exe").write_bytes(b"MZ\0\1")
    refused = optout("recheck", avery, "--record", "radaris=not_found",
                     "--proof", tmp_path / "program.exe")
    assert refused.code == 1
    assert [one["broker"] for one in optout.json("recheck", avery)] == ["spokeo"]


def test_what_proves_a_look_is_listed_and_removed_after_a_word(
    optout: Program, avery: str, tmp_path: Path
) -> None:
    picture = tmp_path / "seen.png"
    picture.write_bytes(foreign_pictures.screenshot())
    assert "Nothing is kept" in optout("proof", "list", avery).out
    optout.json("recheck", avery, "--record", "spokeo=not-found", "--proof", picture)
    (kept,) = optout.json("proof", "list", avery)
    assert (kept["broker"], kept["request"], kept["looked_on"], kept["kind"], kept["name"]) == (
        "spokeo", None, "2026-11-25", "look", "seen.png")
    assert "look of 2026-11-25" in optout("proof", "list", avery).out
    refused = optout("proof", "remove", kept["id"])
    assert refused.code == 1
    assert "--yes" in refused.err
    (sealed,) = (path for path in (optout.instance / "files").rglob("*") if path.is_file())
    sealed.unlink()  # one that is lost can be removed, too
    assert optout.json("proof", "remove", kept["id"].lower(), "--yes") == {"removed": kept["id"]}
    assert optout.json("proof", "list", avery) == []
    assert optout("proof", "remove", kept["id"], "--yes").code == 1
