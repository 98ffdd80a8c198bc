"""Closed days on the command line: listed, added, taken out, and counted by every clock."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Walked
from tests.program import Program

KEYS = {"region", "date", "name", "own", "source"}
CLOSED = ("law", "holidays", "add", "us-ca", "2026-12-01", "Closed by order")


def receipt(optout: Program) -> dict[str, Any]:
    """The date of a confirmation of receipt in California: ten business days."""
    found: dict[str, Any] = optout.json(
        "law", "deadlines", "us-ca-ccpa", "delete", "--from", "2026-11-23")
    return found


def set_up(optout: Program) -> None:
    optout.json("person", "list")


def test_the_holidays_of_a_region_are_listed_by_year(optout: Program) -> None:
    found = optout.json("law", "holidays", "list", "US-CA", "--year", "2026")
    assert all(one.keys() == KEYS and not one["own"] for one in found)
    assert ("2026-11-26", "Thanksgiving Day") in {(one["date"], one["name"]) for one in found}
    assert [one["date"] for one in found] == sorted(one["date"] for one in found)
    this_year = optout.json("law", "holidays", "list", "us-ca")
    assert this_year == found
    assert "Thanksgiving" in optout("law", "holidays", "list", "US-CA").out


def test_a_day_is_added_counted_listed_and_taken_out(optout: Program) -> None:
    set_up(optout)
    assert receipt(optout)["acknowledge_by"] == "2026-12-09"
    added = optout.json(*CLOSED, "--source", "https://gov.example/order")
    assert added == {"region": "US-CA", "date": "2026-12-01", "name": "Closed by order",
                     "own": True, "source": "https://gov.example/order", "recounted": 0}
    assert optout.json("law", "holidays", "list") == [
        {key: added[key] for key in ("region", "date", "name", "own", "source")}]
    assert receipt(optout)["acknowledge_by"] == "2026-12-10"
    assert "2026-12-01" in {one["date"] for one in optout.json(
        "law", "holidays", "list", "US-CA", "--year", "2026") if one["own"]}
    assert optout.json("law", "holidays", "list", "--year", "2027") == []
    gone = optout.json("law", "holidays", "remove", "US-CA", "2026-12-01")
    assert gone == added
    assert optout.json("law", "holidays", "list") == []
    assert receipt(optout)["acknowledge_by"] == "2026-12-09"
    assert "You have entered no closed days." in optout("law", "holidays", "list").out


def test_open_requests_are_counted_anew_at_once(walked: Walked) -> None:
    optout = walked.program
    for request in walked.requests:
        optout.json("request", "mark", request["id"], "mark_sent", "--on", "2026-11-23",
                    "--before-making")
    said = optout(*CLOSED)
    assert said.code == 0
    assert "Tuesday 2026-12-01 in US-CA (Closed by order) is closed from now on." in said.out
    californian = [one for one in walked.requests if one["law"] == "us-ca-ccpa"]
    assert 0 < len(californian) < len(walked.requests)  # federal clocks do not look at this day
    assert f"Open requests counted anew: {len(californian)}." in said.out
    shown = optout.json("request", "show", californian[0]["id"])
    assert "(Closed by order, entered by you)" in str(shown["dates"])
    again = optout("law", "holidays", "add", "DE", "2026-12-02", "Anderswo")
    assert "No open request rests on it." in again.out


def test_a_locked_folder_is_counted_anew_when_it_is_unlocked(optout: Program) -> None:
    set_up(optout)
    optout.environment.clear()
    said = optout(*CLOSED)
    assert said.code == 0
    assert "counted anew when your data is next unlocked" in said.out
    assert optout.json("law", "holidays", "remove", "US-CA", "2026-12-01")["recounted"] is None


@pytest.mark.parametrize(("words", "said"), [
    (("add", "ZZ", "2026-12-01", "Closed"), "no holiday calendar for “ZZ”"),
    (("add", "weekends", "2026-12-01", "Closed"), "Weekends are closed everywhere"),
    (("add", "US-CA", "1889-12-01", "Closed"), "date: the year must lie between"),
    (("add", "US-CA", "2026-12-01", " "), "name: expected a text"),
    (("add", "US-CA", "2026-12-01", "x" * 201), "name: expected a text"),
    (("add", "US-CA", "2026-12-01", "Closed", "--source", "a\nb"), "source: expected a text"),
    (("remove", "US-CA", "2026-12-01"), "entered no closed day"),
    (("remove", "US-CA", "2026-11-26"), "A day that the program knows cannot be taken out"),
    (("list", "ZZ"), "no holiday calendar"),
    (("list", "US", "--year", "12"), "no calendar for the year 12"),
    (("list", "US", "--year", "0"), "no calendar for the year 0"),
])
def test_what_cannot_be_done_is_refused_with_the_remedy(
    optout: Program, words: tuple[str, ...], said: str
) -> None:
    set_up(optout)
    refused = optout("law", "holidays", *words)
    assert refused.code == 1
    assert said in refused.err
    assert not (optout.instance / "holidays.local.yaml").exists()


def test_without_a_data_folder_there_is_nowhere_to_write(optout: Program) -> None:
    refused = optout(*CLOSED)
    assert refused.code == 1
    assert "Set it up first" in refused.err


def test_no_date_is_wrong_usage(optout: Program) -> None:
    assert optout("law", "holidays", "add", "US-CA", "tomorrow", "Closed").code == 2


def test_a_wrong_file_is_never_silently_ignored(optout: Program) -> None:
    set_up(optout)
    (optout.instance / "holidays.local.yaml").write_text(
        "US-CA:\n- date: 2026-12-01\n  nam: Closed\n", "utf-8")
    for words in (("law", "holidays", "list"), CLOSED,
                  ("law", "deadlines", "us-ca-ccpa", "delete", "--from", "2026-11-23")):
        refused = optout(*words)
        assert refused.code == 1
        assert "holidays.local.yaml:3: US-CA: nam: there is no such field" in refused.err
        assert "holidays.local.yaml:2: US-CA: name: expected a text" in refused.err
    assert "holidays.local.yaml:3" in optout("doctor").out
