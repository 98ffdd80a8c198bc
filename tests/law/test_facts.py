"""The model holds every researched law, and the product's laws agree with the facts."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.words import ActingAs, PeriodUnit, Right
from optout.law.applicable import applicable
from optout.law.deadlines import deadlines
from optout.law.model import LawBook, RightRule
from optout.law.reading import read_laws
from optout.law.words import Status
from tests.law.facts import FACTS, as_product, read_facts
from tests.law.samples import (
    AGENCY,
    BROKER,
    GERMAN,
    NATIONWIDE,
    PLATFORM,
    book,
    laws_as_parsed,
)

needs_facts = pytest.mark.skipif(
    not FACTS.exists() and not os.environ.get("CI"),
    reason="the researched facts lie beside the checkout, and here they do not")
"""On a machine that checks every change the folder must be there: then its lack is a failure."""

MONDAY = date(2026, 11, 23)
OURS = tuple(book().histories)


@cache
def facts() -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in read_facts()}


@cache
def whole() -> LawBook:
    """All researched laws in the product's model."""
    return read_laws(as_product(list(facts().values())))


def widest() -> dict[str, Any]:
    """One made-up law that uses every corner of the schema; it stands in where facts are away."""
    hours = {"number": 72, "unit": "hours", "starts": "receipt of the written notice"}
    return {
        "id": "xx-widest", "name": "Widest Act", "short_name": "WA", "citation": "Art. 1",
        "jurisdiction": "US states", "kind": "pointer", "status": "struck_down_in_federal_court",
        "effective_date_note": "various",
        "who_may_invoke": {"class": "covered_persons", "of": "various", "text": "Officials.",
                           "excludes": "Everyone else."},
        "recipients": "government", "applies_to": {"thresholds": "None."},
        "rights": {
            "suppress_publication": {"section": "s. 1", "deadline": hours},
            "review_of_refusal": {
                "section": "s. 2", "confidence": "low",
                "deadline": {"number": 30, "unit": "business_days"},
                "extension": {"number": None, "unit": "business_days", "notice_required": True}},
            "complain_to_controller": {
                "section": "s. 3", "deadline": None, "available_from": "2027-01-01",
                "acknowledgement": {"number": 30, "unit": "calendar_days", "note": "Then soon."}}},
        "changes": [{"on": "2028-01-01", "change": "More.", "confidence": "medium"}],
        "appeal": {"available": True, "then_complain_to": "a court", "how": "In writing.",
                   "answer_within": {"number": 45, "unit": "calendar_days"},
                   "extension": {"number": 60, "unit": "calendar_days"}},
        "agent": {"allowed": "designated_agent", "rights": ["suppress_publication"],
                  "not_for": ["anything else"], "note": "A clerk."},
        "identity_verification": {"rule": "None.", "opt_out_needs_authentication": None},
        "exemptions": [{"text": "News."}],
        "enforcement": [{"name": "A court", "role": "decides", "postal": None}],
        "counting": {"calendars": ["US", "US-NJ"], "end_rule": "plain"},
        "deletion_of_third_party_data": {"covered": "yes_as_suppression"},
        "private_right_of_action": {"exists": "limited"},
        "sources": ["https://example.com/act"], "checked": "2026-11-23", "confidence": "low",
        "low_confidence_fields": ["agent"],
    }


def test_the_model_holds_every_corner_of_a_law() -> None:
    made = read_laws({"schema": 1, "checked": "2026-11-23", "laws": [widest()]})
    law = made.laws["xx-widest"]
    assert law.status is Status.STRUCK_DOWN
    assert not law.in_force_on(MONDAY)
    assert law.effective is None
    assert law.is_low("agent")
    published = deadlines(made, "xx-widest", Right.SUPPRESS_PUBLICATION, MONDAY).respond_by
    assert published
    assert (published.day, published.late_from) == (date(2026, 11, 26), date(2026, 11, 27))
    review = deadlines(made, "xx-widest", Right.REVIEW_OF_REFUSAL, MONDAY)
    assert review.respond_by
    assert review.extended_respond_by is None
    assert "US + US-NJ" in review.respond_by.calendar
    complaint = deadlines(made, "xx-widest", Right.COMPLAIN_TO_CONTROLLER, MONDAY)
    assert complaint.respond_by is None
    assert complaint.acknowledge_by
    assert complaint.acknowledge_by.calendar == ""


@needs_facts
def test_the_model_holds_all_researched_laws() -> None:
    assert len(whole().histories) == len(facts()) == 53
    assert sum(len(law.rights) for law in whole().laws.values()) == 238


@needs_facts
def test_every_researched_deadline_can_be_computed() -> None:
    for law in whole().laws.values():
        for right, rule in law.rights.items():
            found = deadlines(whole(), law.id, right, MONDAY)
            sure = not law.is_low(f"rights.{right}.deadline")
            assert (found.respond_by is not None) == (sure and rule.deadline is not None)
            assert (found.acknowledge_by is None) == (rule.acknowledgement is None)


@needs_facts
@pytest.mark.parametrize("acting_as", ActingAs)
@pytest.mark.parametrize("day", [MONDAY, date(2027, 1, 1), date(2028, 2, 1)])
def test_no_researched_law_is_asserted_outside_its_dates_or_its_people(
    day: date, acting_as: ActingAs
) -> None:
    states = {fact["jurisdiction"] for fact in facts().values()} - {
        "US federal", "US states", "EU"}
    brokers: tuple[Broker | None, ...] = (None, BROKER, GERMAN, PLATFORM, AGENCY, NATIONWIDE)
    for residence in (*sorted(states), "DE", "US-NY"):
        for broker in brokers:
            for footing in applicable(whole(), [residence], broker, day, acting_as).offered:
                fact = facts()[footing.law]
                right = next(r for r in fact["rights"] if r["right"] == footing.right)
                assert fact["effective_date"] <= day.isoformat()
                assert fact["status"] != "struck_down_in_federal_court"
                assert fact["confidence"] != "low"
                assert right["reaches_data_obtained_from_third_parties"] is True
                assert fact["who_may_invoke"]["class"] in {
                    "residents", "any_consumer", "data_subjects", "individuals",
                    "residents_or_data_collected_there"}
                assert (fact["jurisdiction"] in {residence, residence[:2]}
                        or footing.law in {"us-federal-fcra", "eu-gdpr"})
                if acting_as is ActingAs.AGENT:
                    assert footing.right in fact["agent"]["rights"]


NARROWER = {
    ("us-federal-dppa", "recipients"), ("ch-fadp", "extension"), ("ca-pipeda", "extension"),
}
"""Where the product says less than the facts: what they hold with low confidence, or to nobody."""


def period(rule: RightRule) -> tuple[int, PeriodUnit] | None:
    return (rule.deadline.number, rule.deadline.unit) if rule.deadline else None


def extension(rule: RightRule) -> tuple[int | None, PeriodUnit, bool] | None:
    found = rule.extension
    return (found.number, found.unit, found.notice_required) if found else None


@needs_facts
@pytest.mark.parametrize("law_id", OURS)
def test_our_laws_agree_with_the_facts(law_id: str) -> None:
    ours, theirs = book().laws[law_id], whole().laws[law_id]
    for field in ("jurisdiction", "kind", "status", "effective", "checked", "confidence",
                  "recipients"):
        assert (law_id, field) in NARROWER or getattr(ours, field) == getattr(theirs, field), field
    assert ours.people.people is theirs.people.people
    assert (ours.appeal.available, set(ours.agent.rights), ours.agent.allowed) == (
        theirs.appeal.available, set(theirs.agent.rights), theirs.agent.allowed)
    assert ours.third_party_deletion.covered == theirs.third_party_deletion.covered
    assert ours.verification.opt_out_needs_authentication == (
        theirs.verification.opt_out_needs_authentication)
    assert set(ours.sources) <= set(theirs.sources)
    assert set(ours.rights) == set(theirs.rights)
    for right, rule in ours.rights.items():
        fact = theirs.rights[right]
        assert period(rule) == period(fact), right
        assert rule.reaches_third_party_data == fact.reaches_third_party_data
        assert (law_id, "extension") in NARROWER or extension(rule) == extension(fact), right
        assert (rule.acknowledgement is None) == (fact.acknowledgement is None)


_NUMBER = re.compile(r"\d[\w.:–/-]*(?:\([\w-]+\))*")


def citations(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a law's file that cites, with its path."""
    if isinstance(data, list):
        for position, item in enumerate(data):
            yield from citations(item, f"{path}[{position}]")
    elif isinstance(data, dict):
        for key, value in data.items():
            where = f"{path}.{key}" if path else key
            if isinstance(value, str) and (key.endswith("section") or key == "citation"):
                yield where, value
            else:
                yield from citations(value, where)


@needs_facts
@pytest.mark.parametrize("law", laws_as_parsed()["laws"], ids=lambda law: law["id"])
def test_no_section_is_cited_that_the_facts_do_not_name(law: dict[str, Any]) -> None:
    known = json.dumps(facts()[law["id"]], ensure_ascii=False)
    for where, text in citations(law):
        for number in _NUMBER.findall(text):
            for one in re.split("–", number.rstrip(".-–")):
                assert one in known, (where, text)


@needs_facts
@pytest.mark.parametrize("law", laws_as_parsed()["laws"], ids=lambda law: law["id"])
def test_each_right_cites_the_section_of_the_facts(law: dict[str, Any]) -> None:
    low = law.get("low_confidence_fields", [])
    for fact in facts()[law["id"]]["rights"]:
        path = f"rights.{fact['right']}"
        if any(field in {path, f"{path}.section", "rights"} for field in low):
            continue
        first = _NUMBER.search(fact["section"].split(";")[0])
        if first is None:
            assert law["kind"] == "pointer", path
            continue
        ours = json.dumps([law["rights"][fact["right"]], law.get("every_right")])
        assert first.group().rstrip(".-") in ours, (path, fact["section"], ours)
