"""The command for a company's record: as numbers for machines, as a table for people."""

from __future__ import annotations

from pathlib import Path

from tests.program import Program


def test_own_requests_stand_beside_the_filing(optout: Program, person_file: Path) -> None:
    person = str(optout.json("person", "add", "--file", person_file)["id"])
    empty = optout.json("registry", "record", "spokeo")
    assert (empty["sent"], empty["median_days"], empty["hint_only"]) == (0, None, True)
    made = optout.json("request", "create", person, "--broker", "spokeo")
    request = (made[0] if isinstance(made, list) else made)["id"]
    optout.json("request", "mark", request, "mark_sent")
    optout.json("request", "mark", request, "claim_removed")
    found = optout.json("registry", "record", "spokeo")
    assert (found["sent"], found["removed"], found["answered"], found["median_days"]) == (
        1, 1, 1, 0)
    assert found["gone"] == 0
    shown = optout("registry", "record", "spokeo").out
    assert "they say: removed or hidden" in shown
    assert "(n=1)" in shown
    assert "no more than a hint" in shown
    assert person not in shown
    assert optout("registry", "record", "no-such-broker").code == 1


def test_what_it_told_california_is_told_as_filed(optout: Program) -> None:
    told = optout.json("registry", "show", "beenverified")["deletion_requests"]
    found = optout.json("registry", "record", "beenverified")
    assert found["told_california"] == told
    assert str(told["received"]) in optout("registry", "record", "beenverified").out


def test_what_a_way_needs_is_said_in_words(optout: Program) -> None:
    ways = optout.json("registry", "show", "beenverified")["procedures"]
    assert "full_name" in {fact for way in ways for fact in way["needs"]}
    shown = optout("registry", "show", "beenverified").out
    assert "your name" in shown
    assert "full_name" not in shown
