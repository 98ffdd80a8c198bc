"""One law whole on the command line, and the laws of one place."""

from __future__ import annotations

import pytest

from tests.program import Program


def test_a_law_is_shown_whole(optout: Program) -> None:
    found = optout.json("law", "show", "us-ca-ccpa", "--on", "2026-11-23")
    assert found["state"] == "in_force"
    assert found["on"] == "2026-11-23"
    rights = {right["right"]: right for right in found["rights"]}
    assert rights["delete"]["reaches_third_party_data"] is False
    assert rights["access"]["deadline"]["number"] == 45
    assert rights["access"]["acknowledgement"]["unit"] == "business_days"
    assert {limit["limit"]["key"] for limit in rights["access"]["limits"]} >= {"size_threshold"}
    assert {one["on"] for one in found["upcoming"]} >= {"2027-01-01"}
    confirmed = [one for one in found["authorities"] if one["contact"]["url_confirmed"]]
    assert confirmed
    assert found["counting"]["calendars"] == ["US-CA"]
    assert found["sources"]


def test_a_law_is_shown_as_it_stands_on_a_day(optout: Program) -> None:
    found = optout.json("law", "show", "us-ca-ccpa", "--on", "2027-01-01")
    rights = {right["right"]: right for right in found["rights"]}
    assert rights["delete"]["reaches_third_party_data"] is True


def test_what_is_not_certain_is_null_and_named(optout: Program) -> None:
    found = optout.json("law", "show", "us-federal-fcra")
    assert found["agent"] is None
    assert "agent" in found["low_confidence_fields"]
    rights = {right["right"]: right for right in found["rights"]}
    assert rights["fraud_alert"]["certain"] is False
    assert rights["dispute"]["certain"] is True
    assert rights["freeze"]["by_channel"]["postal_mail"]["number"] == 3


def test_a_law_is_shown_to_people(optout: Program) -> None:
    shown = optout("law", "show", "us-federal-fcra").out
    for words in ("Fair Credit Reporting Act", "4 business days", "Consumer Financial Protection",
                  "Not certain: agent.", "https://"):
        assert words in shown


def test_an_unknown_law_names_the_nearest(optout: Program) -> None:
    answer = optout("law", "show", "us-ca-cpra")
    assert answer.code == 1
    assert "us-ca-ccpa" in answer.err


@pytest.mark.parametrize(("day", "state", "words"), [
    ("2026-11-27", "not_yet", "not yet"), ("2027-05-01", "in_force", "in force")])
def test_a_law_in_the_list_switches_on_by_date(
    optout: Program, day: str, state: str, words: str
) -> None:
    laws = {law["id"]: law for law in optout.json("law", "list", "--on", day)}
    assert laws["us-al-apdpa"]["state"] == state
    assert laws["us-al-apdpa"]["status"] == "enacted_not_yet_effective"
    line, = (line for line in optout("law", "list", "--on", day).out.splitlines()
             if line.strip().startswith("us-al-apdpa"))
    assert words in line


def test_laws_of_a_place(optout: Program) -> None:
    german = {law["id"] for law in optout.json("law", "list", "--place", "DE")}
    assert german == {"eu-gdpr"}
    californian = {law["id"] for law in optout.json("law", "list", "--place", "us-ca")}
    assert {"us-ca-ccpa", "us-federal-fcra"} <= californian
    assert "us-va-vcdpa" not in californian
    assert {law["id"] for law in optout.json("law", "list", "--place", "EU")} == {"eu-gdpr"}
    assert optout("law", "list", "--place", "nowhere").code == 1
