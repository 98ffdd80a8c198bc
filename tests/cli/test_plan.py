"""“optout plan”: what it covers, keeps, chooses and says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optout.domain.words import Fact
from tests.cli.conftest import Walked
from tests.program import Program

KEYS = {"presence", "effort", "why_here", "why_channel", "week"}
PLAN_KEYS = {"wanted", "cost", "least_cost", "requests_saved", "weeks", "changes", "choices",
             "wish", "pace"}


@pytest.fixture
def avery(optout: Program, person_file: Path) -> str:
    """A stored Californian who has asked nobody yet."""
    return str(optout.json("person", "add", "--file", person_file)["id"])


def brokers(plan: dict[str, Any]) -> set[str]:
    """Everybody whom the plan covers or names as not covered."""
    return {i for action in plan["actions"] for i in action["covers"]} | {
        item["broker"] for item in plan["uncovered"]}


def test_a_plan_for_everything_stays_readable(optout: Program, avery: str) -> None:
    found = optout.json("plan", avery)
    assert found.keys() >= PLAN_KEYS
    assert all(action.keys() >= KEYS for action in found["actions"])
    assert found["wanted"] > 900
    assert found["wish"]["relevant"] is True
    assert found["requests_saved"] > 500
    assert 0 < found["least_cost"] <= found["cost"]
    assert found["changes"] is None
    numbers = {action["week"] for action in found["actions"]}
    assert numbers - {None} == {week["number"] for week in found["weeks"]}
    assert all(action["week"] is None for action in found["actions"] if action["missing"])
    assert found["weeks"][0]["minutes"] == sum(
        action["minutes"] for action in found["actions"] if action["week"] == 1)

    shown = optout("plan", avery).out
    for words in ("This week", "Next week", "After that, in", "--all shows them", "Not covered",
                  "California DROP", "requests fewer than one for each", "Your own time"):
        assert words in shown
    assert "your postal code" in " ".join(shown.split())
    assert not [fact for fact in Fact if "_" in fact and fact in shown], "words, no column names"
    assert len(shown.splitlines()) < 250
    assert "Week 5" not in shown
    whole = optout("plan", avery, "--all").out
    assert "Week 5" in whole
    assert "--all shows them" not in whole
    assert len(whole) > 3 * len(shown)


def test_one_company_is_no_companies(optout: Program, avery: str) -> None:
    shown = optout("plan", avery, "--broker", "spokeo").out
    assert "1 company wanted, " in shown


def test_a_person_can_be_read_from_what_is_shown_of_one(
    optout: Program, avery: str, tmp_path: Path
) -> None:
    shown = optout.json("person", "show", avery)
    del shown["id"]
    again = tmp_path / "again.json"
    again.write_text(json.dumps(shown), "utf-8")
    assert optout("person", "add", "--file", again).code == 0


def test_wishes_can_be_joined_and_kept(optout: Program, avery: str) -> None:
    found = optout.json("plan", avery, "--category", "genealogy", "--broker", "clearview-ai",
                        "--told", "sold_law_enforcement", "--location")
    assert found["wish"] == {
        "relevant": False, "location": True, "told": ["sold_law_enforcement"],
        "categories": ["genealogy"], "brokers": ["clearview-ai"]}
    assert "clearview-ai" in brokers(found)
    assert optout.json("plan", avery)["wish"]["relevant"] is True, "nothing was kept"

    kept = optout.json("plan", avery, "--category", "genealogy", "--keep")
    again = optout.json("plan", avery)
    assert again["wish"] == kept["wish"]
    assert brokers(again) == brokers(kept)
    assert again["changes"] == {"since": "2026-11-25", "changes": []}
    wide = optout.json("plan", avery, "--relevant", "--keep")
    assert wide["wish"]["relevant"] is True
    assert {change["kind"] for change in wide["changes"]["changes"]} >= {"new", "minutes"}


@pytest.mark.parametrize("words", [
    ("--on", "2027-03-01"), ("--right", "delete"), ("--channel", "email"),
    ("--acting-as", "guardian"), ("--category", "genealogy"),
])
def test_a_plan_of_another_wish_does_not_replace_the_last_one(
    optout: Program, avery: str, words: tuple[str, ...],
) -> None:
    optout.json("plan", avery, "--category", "people_search", "--keep")
    assert optout.json("plan", avery, *words)["changes"] is None
    assert optout.json("plan", avery)["changes"] == {"since": "2026-11-25", "changes": []}


def test_what_changed_is_told_to_people(optout: Program, avery: str) -> None:
    optout.json("plan", avery, "--broker", "spokeo", "--broker", "beenverified", "--keep")
    shown = optout("plan", avery, "--skip", "spokeo=My cousin works there.").out
    assert "Since 2026-11-25:" in shown
    assert "Spokeo: You left it out: My cousin works there." in shown
    assert "Since 2026-11-25:" not in optout("plan", avery).out, "nothing changed after that"


def test_many_changes_are_counted(optout: Program, avery: str) -> None:
    optout.json("plan", avery, "--broker", "spokeo", "--keep")
    shown = optout("plan", avery, "--category", "people_search", "--keep")
    assert "more changes." in shown.out
    optout.json("plan", avery, "--broker", "spokeo", "--keep")
    whole = optout("plan", avery, "--category", "people_search", "--keep", "--all").out
    assert "more changes." not in whole


def test_companies_are_left_out_put_off_asked_and_taken_back(
    optout: Program, avery: str,
) -> None:
    named = ("--broker", "spokeo", "--broker", "beenverified", "--broker", "thatsthem")
    found = optout.json("plan", avery, *named, "--skip", "spokeo=I know them.",
                        "--postpone", "beenverified=2026-12-24", "--ask", "thatsthem")
    assert {one["broker_id"]: (one["kind"], one["reason"], one["until"])
            for one in found["choices"]} == {
        "spokeo": ("skip", "I know them.", None),
        "beenverified": ("postpone", "", "2026-12-24"), "thatsthem": ("ask", "", None)}
    reasons = {item["broker"]: item["reason"] for item in found["uncovered"]}
    assert "I know them." in reasons["spokeo"]
    assert "2026-12-24" in reasons["beenverified"]
    assert "thatsthem" in {action["broker"] for action in found["actions"]}
    back = optout.json("plan", avery, *named, "--take-back", "spokeo",
                       "--take-back", "beenverified")
    assert [one["broker_id"] for one in back["choices"]] == ["thatsthem"]
    assert not {"spokeo", "beenverified"} & {item["broker"] for item in back["uncovered"]}


def test_a_pace_is_kept_and_spreads_the_weeks(optout: Program, avery: str) -> None:
    words = ("--category", "people_search")
    slow = optout.json("plan", avery, *words, "--minutes-a-day", "10", "--days-a-week", "2")
    assert slow["pace"] == {"minutes_a_day": 10, "days_a_week": 2}
    assert optout.json("plan", avery, *words)["pace"] == slow["pace"]
    fast = optout.json("plan", avery, *words, "--minutes-a-day", "240")
    assert fast["pace"] == {"minutes_a_day": 240, "days_a_week": 2}
    assert len(fast["weeks"]) < len(slow["weeks"])


def test_of_choices_of_which_one_cannot_be_read_none_is_kept(
    optout: Program, avery: str,
) -> None:
    for wrong in (("--postpone", "beenverified=soon"), ("--ask", "spokeoo")):
        assert optout("plan", avery, "--skip", "spokeo=I know them.", *wrong).code
    assert optout.json("plan", avery, "--broker", "spokeo")["choices"] == []


@pytest.mark.parametrize(("words", "code", "said"), [
    (("--skip", "spokeo"), 2, "BROKER=REASON"),
    (("--skip", "spokeo="), 1, "reason"),
    (("--postpone", "spokeo=soon"), 2, "not a date"),
    (("--postpone", "spokeo=2020-01-01"), 1, "come already"),
    (("--minutes-a-day", "1"), 1, "minutes"),
    (("--days-a-week", "9"), 1, "days"),
    (("--category", "no-such"), 1, "people_search"),
    (("--told", "no_such"), 1, "sold_law_enforcement"),
    (("--broker", "spokeoo"), 1, "spokeo"),
    (("--keep",), 2, "nothing to keep"),
    (("--take-back", "spokeoo"), 1, "spokeo"),
    (("--listings", "no-such-file.txt"), 1, "no-such-file.txt"),
])
def test_what_cannot_be_is_refused_with_its_remedy(
    optout: Program, avery: str, words: tuple[str, ...], code: int, said: str,
) -> None:
    answer = optout("plan", avery, *words)
    assert answer.code == code
    assert said in answer.err
    assert optout.json("plan", avery, "--broker", "spokeo")["choices"] == []


def test_listings_that_were_found_are_planned_and_never_shown(
    optout: Program, avery: str, tmp_path: Path,
) -> None:
    link = "https://www.spokeo.com/Avery-Sample/California/San-Francisco/p123"
    page = tmp_path / "found.txt"
    page.write_text(f"{link}\nhttps://people.example.com/Avery\n", "utf-8")
    found = optout.json("plan", avery, "--listings", page)
    assert found["listings"]["kept"] == ["spokeo"]
    assert found["listings"]["unknown"] == [{"site": "example.com", "number": 1}]
    assert found["wish"]["brokers"] == ["spokeo"]
    (action,) = (a for a in found["actions"] if a["broker"] == "spokeo")
    assert action["presence"] == "listed"
    assert "Avery-Sample" not in str(found)
    typed = optout("plan", avery, "--listings", "-", "--json", typed=f"{link}\n").json
    assert typed["listings"]["known"] == ["spokeo"]
    assert typed["listings"]["kept"] == []
    refused = optout("plan", avery, "--listings", "-", typed="nothing here")
    assert refused.code == 1
    assert "listing" in refused.err


def test_a_file_that_is_no_page_is_refused(
    optout: Program, avery: str, tmp_path: Path,
) -> None:
    huge = tmp_path / "huge.html"
    with huge.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    answer = optout("plan", avery, "--listings", huge)
    assert answer.code == 1
    assert "too large" in answer.err


def test_a_plan_with_nothing_to_do_says_why(walked: Walked) -> None:
    shown = walked.program("plan", walked.person, "--broker", "whooster")
    assert "There is nothing to do." in shown.out
    assert "No way out is known" in shown.out
    asked = walked.program("plan", walked.person, "--broker", walked.requests[0]["broker"])
    assert "open already" in asked.out


def test_an_answer_is_kept_with_who_and_when(optout: Program, avery: str) -> None:
    words = ("plan", avery, "--broker", "innovis")
    asked = [gate["id"] for action in optout.json(*words)["actions"]
             for gate in action["gates"] if gate["holds"] and gate["level"] == "confirm"]
    shown = optout(*words).out
    assert "Before anything is made" in shown
    assert f"--answer {asked[0]}" in shown
    optout.json(*words, *(word for gate in asked for word in ("--answer", gate)))
    assert not [gate for action in optout.json(*words)["actions"]
                for gate in action["gates"] if gate["holds"]]
