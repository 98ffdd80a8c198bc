"""The data file is read strictly, and every mistake is named by law and field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optout.domain.errors import InvalidFile, NotFound
from optout.domain.words import Confidence, PeriodUnit, Right
from optout.law.reading import read_laws
from optout.law.words import Status
from tests.law.samples import book, laws_as_parsed


def spoiled(spoil: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Three of the product's laws, with one mistake in the Virginian one."""
    data = laws_as_parsed()
    by_id = {law["id"]: law for law in data["laws"]}
    data["laws"] = [by_id[one] for one in ("us-ca-ccpa", "eu-gdpr", "us-va-vcdpa")]
    spoil(data["laws"][2])
    return data


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda law: law.pop("citation"), "us-va-vcdpa.yaml: citation: is missing"),
    (lambda law: law.update(citation=""), "us-va-vcdpa.yaml: citation: expected text"),
    (lambda law: law.update(citation={"a": 1}), "us-va-vcdpa.yaml: citation: expected text"),
    (lambda law: law.update(citation=["a"]), "us-va-vcdpa.yaml: citation: expected text"),
    (lambda law: law.update(colour="red"), "us-va-vcdpa.yaml: colour: there is no such field"),
    (lambda law: law.update(status="alive"), "us-va-vcdpa.yaml: status: “alive” is not one of"),
    (lambda law: law.update(checked="today"), "us-va-vcdpa.yaml: checked: “today” is not a date"),
    (lambda law: law.update(checked=None), "us-va-vcdpa.yaml: checked: is missing"),
    (lambda law: law.update(effective_date="2023"), "us-va-vcdpa.yaml: effective_date: “2023”"),
    (lambda law: law.update(sources=[]), "us-va-vcdpa.yaml: sources: expected at least one link"),
    (lambda law: law.update(sources=["here"]),
     "us-va-vcdpa.yaml: sources: expected at least one link"),
    (lambda law: law.update(sources="here"), "us-va-vcdpa.yaml: sources: expected a list"),
    (lambda law: law.update(notes=[1]), "us-va-vcdpa.yaml: notes: expected a list of texts"),
    (lambda law: law.update(agent=None), "us-va-vcdpa.yaml: agent: expected fields"),
    (lambda law: law["rights"].update(vanish={"section": "x"}),
     "us-va-vcdpa.yaml: rights.vanish: “vanish” is not one of"),
    (lambda law: law["rights"]["delete"].pop("section"),
     "us-va-vcdpa.yaml: rights.delete.section: is missing"),
    (lambda law: law["rights"]["delete"].update(deadline={"number": 0, "unit": "months"}),
     "us-va-vcdpa.yaml: rights.delete.deadline.number: expected a whole number above zero"),
    (lambda law: law["rights"]["delete"].update(deadline={"unit": "fortnights"}),
     "us-va-vcdpa.yaml: rights.delete.deadline.unit: “fortnights” is not one of"),
    (lambda law: law["every_right"]["deadline"].update(late_number=45),
     "us-va-vcdpa.yaml: rights.access.deadline.late_number: expected a number above 45"),
    (lambda law: law["rights"]["delete"].update(deadline=None),
     "us-va-vcdpa.yaml: rights.delete.extension: there is no deadline to extend"),
    (lambda law: law["rights"]["delete"]["extension"].update(unit="months")
     if law["rights"]["delete"].setdefault("extension", {}) is not None else None,
     "us-va-vcdpa.yaml: rights.delete.extension: must count in the unit of the deadline"),
    (lambda law: law["rights"]["delete"].update(reaches_data_obtained_from_third_parties="yes"),
     "us-va-vcdpa.yaml: rights.delete.reaches_data_obtained_from_third_parties: expected true or"),
    (lambda law: law.update(rights=["delete"]), "us-va-vcdpa.yaml: rights: expected fields"),
    (lambda law: law.update(changes=[{"on": "2027-01-01", "change": "x", "confidence": "low",
                                      "set": {"status": "in_force"}}]),
     "us-va-vcdpa.yaml: changes: a change of low confidence must not set anything"),
    (lambda law: law.update(changes=[{"on": "soon", "change": "x", "confidence": "high"}]),
     "us-va-vcdpa.yaml: changes[0].on: “soon” is not a date"),
    (lambda law: law.update(changes=[{"on": "2027-01-01", "change": "x", "confidence": "high",
                                      "set": {"status": "vanished"}}]),
     "us-va-vcdpa.yaml: status: “vanished” is not one of"),
    (lambda law: law.update(changes=[{"on": "2027-01-01", "change": "x", "confidence": "high",
                                      "set": "everything"}]),
     "us-va-vcdpa.yaml: changes[0].set: expected fields"),
    (lambda law: law.update(id="us-ca-ccpa"), "laws/us-ca-ccpa.yaml: id: is used twice"),
    (lambda law: law.pop("id"), "laws.yaml: law number 3: id: is missing"),
])
def test_a_mistake_is_named_by_law_and_field(
    spoil: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(InvalidFile) as caught:
        read_laws(spoiled(spoil))
    assert len(caught.value.problems) == 1
    assert message in caught.value.problems[0]
    assert caught.value.remedy


@pytest.mark.parametrize(("data", "message"), [
    ([], "this: expected fields"),
    ({}, "schema: is missing"),
    ({"schema": 2, "checked": "2026-11-23", "laws": []}, "reads version 1"),
    ({"schema": 1, "laws": []}, "checked: is missing"),
    ({"schema": 1, "checked": "2026-11-23", "laws": {}}, "laws: expected a list"),
    ({"schema": 1, "checked": "2026-11-23", "laws": ["x"], "more": 1}, "more: there is no such"),
    ({"schema": 1, "checked": "2026-11-23", "laws": ["x"]}, "law number 1: expected a law"),
])
def test_a_file_without_its_head_is_refused(data: Any, message: str) -> None:
    with pytest.raises(InvalidFile, match="does not follow its schema") as caught:
        read_laws(data)
    assert message in caught.value.problems[0]


def test_every_mistake_is_reported_at_once() -> None:
    data = laws_as_parsed()
    for law in data["laws"]:
        law.pop("short_name")
    with pytest.raises(InvalidFile) as caught:
        read_laws(data)
    assert len(caught.value.problems) == len(data["laws"])


def test_every_law_can_say_where_it_was_read_and_when() -> None:
    for law in book().laws.values():
        assert law.citation
        assert law.sources
        assert law.checked == date(2026, 11, 23)
        assert law.authorities or law.jurisdiction == "US states"  # a pointer names none
        assert all(rule.section for rule in law.rights.values())
        assert all(item.postal or item.postal_status for item in law.authorities)


def test_what_all_rights_share_is_overridden_by_one_right() -> None:
    rights = book().laws["us-ca-ccpa"].rights
    access, sale = rights[Right.ACCESS], rights[Right.OPT_OUT_OF_SALE]
    assert access.deadline
    assert sale.deadline
    assert (access.deadline.number, access.deadline.unit) == (45, PeriodUnit.CALENDAR_DAYS)
    assert (sale.deadline.number, sale.deadline.unit) == (15, PeriodUnit.BUSINESS_DAYS)
    assert (sale.acknowledgement, sale.extension) == (None, None)


def test_a_change_switches_itself_on_by_date() -> None:
    before = book().law("us-ca-ccpa", date(2026, 12, 31)).rights[Right.DELETE]
    after = book().law("us-ca-ccpa", date(2027, 1, 1)).rights[Right.DELETE]
    assert not before.reaches_third_party_data
    assert after.reaches_third_party_data
    assert before.deadline == after.deadline
    assert before.section == after.section


def test_a_change_of_all_rights_reaches_each_of_them() -> None:
    law = book().law("us-ca-delete-act", date(2027, 1, 1))
    assert {rule.deadline.number for rule in law.rights.values() if rule.deadline} == {30}
    assert law.platform
    assert law.platform.pick_up.number == 30
    assert law.platform.broker == "california-drop"


def test_a_change_known_with_low_confidence_sets_nothing() -> None:
    for law in book().laws.values():
        assert not any(change.applied for change in law.changes
                       if change.confidence is Confidence.LOW)


def test_low_confidence_covers_a_field_and_what_lies_below_it_but_not_above() -> None:
    fcra, ccpa = book().laws["us-federal-fcra"], book().laws["us-ca-ccpa"]
    assert fcra.is_low("agent")
    assert fcra.is_low("agent.rights")
    assert ccpa.is_low("agent.section")
    assert not ccpa.is_low("agent")


def laws_as_ids() -> list[str]:
    return [law["id"] for law in laws_as_parsed()["laws"]]


def test_the_book_holds_each_law_in_the_order_of_its_head() -> None:
    laws = {law.id: law for law in book().all_on(date(2026, 11, 23))}
    assert list(laws) == laws_as_ids()
    assert len(laws) == 53
    virginia = laws["us-va-vcdpa"]
    assert virginia.jurisdiction == "US-VA"
    assert virginia.effective == date(2023, 1, 1)
    assert virginia.status is Status.IN_FORCE
    assert Right.DELETE in virginia.rights


def test_an_unknown_law_is_not_found() -> None:
    with pytest.raises(NotFound, match="us-xx"):
        book().law("us-xx", date(2026, 11, 23))


def test_a_law_holds_from_its_first_day_on() -> None:
    virginia = book().laws["us-va-vcdpa"]
    assert not virginia.in_force_on(date(2022, 12, 31))
    assert virginia.in_force_on(date(2023, 1, 1))
