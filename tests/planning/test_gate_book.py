"""The book of safety rules: held against the researched ones, and read without mercy."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from optout.domain.errors import InvalidFile, NotFound
from optout.domain.gate import GatePlace
from optout.domain.words import GateLevel
from optout.planning.gate_book import PAGES, read_gates
from optout.planning.gate_when import OF_ACTS, ON_PAGES
from optout.services.gate_files import parsed_gates
from tests.planning.builders import AT_RISK, AVERY, rules

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts" / "surveillance.yaml"
HOUSE = {
    "no-living-authorization", "agent-identity-discloses", "government-system",
    "government-drafts", "new-fact-to-broker", "reply-identity-missing", "home-address-shown",
    "sensitive-fact", "look-first", "ssn-or-id-demanded", "date-of-birth-demanded",
    "look-is-a-disclosure", "unverified-procedure", "address-not-residence",
    "complaint-may-be-public", "complete-case-file", "words-in-reminders",
    "who-sees-reminders"}
"""Rules that are the house's own; every other one is researched."""


@pytest.mark.skipif(
    not FACTS.exists() and not os.environ.get("CI"),
    reason="the researched facts are not beside this checkout")
def test_every_researched_rule_stands_under_its_id_with_its_level() -> None:
    import yaml

    researched = {rule["id"]: rule["level"] for rule in yaml.safe_load(
        FACTS.read_text("utf-8"))["safety_rules"]}
    ours = {rule.id: rule.level.value for rule in rules().rules if rule.id not in HOUSE}
    assert ours == researched
    for rule in rules().rules:
        assert set(rule.rules) <= set(researched), rule.id


def test_the_houses_own_rules_are_all_there() -> None:
    assert {rule.id for rule in rules().rules} >= HOUSE


def test_every_predicate_is_used_and_explained() -> None:
    used = {name for rule in rules().rules
            for name in (rule.when, rule.tells.when if rule.tells else "") if name}
    assert used == {*ON_PAGES, *OF_ACTS}
    assert all(one.__doc__ for one in (*ON_PAGES.values(), *OF_ACTS.values()))


def test_every_place_has_its_rules() -> None:
    for place in GatePlace:
        assert rules().at(place), place
        assert all(place in rule.places for rule in rules().at(place))


def test_what_bites_on_a_page_needs_no_request() -> None:
    for rule in rules().rules:
        if PAGES.intersection(rule.places):
            assert not rule.when or rule.when in ON_PAGES, rule.id


def test_what_is_asked_before_a_request_is_asked_again_before_its_document_and_sending() -> None:
    for rule in rules().rules:
        holds = {rule.level, rule.at_risk} & {GateLevel.BLOCK, GateLevel.CONFIRM}
        if rule.when and holds and GatePlace.REQUEST in rule.places and rule.id not in {
                "government-system", "government-drafts"}:
            assert {GatePlace.DOCUMENT, GatePlace.SEND} <= set(rule.places), rule.id


def test_what_is_held_by_construction_says_by_which_part() -> None:
    held = [rule for rule in rules().rules if rule.held_by]
    assert {"no-auto-send-government", "no-false-data", "no-deletion-promise"} <= {
        rule.id for rule in held}
    for rule in held:
        assert rule.level is GateLevel.BLOCK
        assert rule.held_by.endswith(".")
    for rule in rules().rules:
        assert rule.when or rule.held_by


def test_a_rule_is_found_by_its_id_or_the_known_ones_are_named() -> None:
    assert rules().rule("face-upload").level is GateLevel.CONFIRM
    with pytest.raises(NotFound, match=r"“nonsense”.*face-upload"):
        rules().rule("nonsense")


def test_at_risk_a_rule_may_hold_more_strongly_and_never_less() -> None:
    order = list(GateLevel)
    for rule in rules().rules:
        assert order.index(rule.level_for(AT_RISK)) <= order.index(rule.level_for(AVERY)), rule.id


ONE = {"id": "one", "level": "confirm", "places": ["request"], "when": "wants_a_face",
       "question": "A question?", "explanation": "An explanation."}


def without(field: str) -> Callable[[dict[str, Any]], None]:
    return lambda rule: rule.pop(field)


def having(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda rule: rule.update(fields)


@pytest.mark.parametrize(("spoil", "said"), [
    (without("id"), "rule number 1: id: is missing"),
    (having(level="stop"), "one: level: “stop” is not one of: block"),
    (having(at_risk="stop"), "one: at_risk: “stop” is not one of: block"),
    (having(places=["somewhere"]), "one: places: “somewhere” is not one of: request"),
    (having(places=[]), "one: places: is empty"),
    (having(when="full_moon"), "one: when: there is no predicate “full_moon”"),
    (having(places=["person"]), "one: when: there is no predicate “wants_a_face” for these"),
    (without("when"), "one: when: is missing"),
    (having(level="block"), "one: remedy: is missing"),
    (having(at_risk="block"), "one: remedy: is missing"),
    (having(held_by="A part."), "one: held_by: only a rule of level “block”"),
    (having(tells={"when": "full_moon"}), "one: tells.when: there is no predicate “full_moon”"),
    (having(tells={"when": "always", "level": "block"}), "one: tells.level: a sentence"),
    (having(colour="red"), "one: colour: there is no such field"),
    (having(per_broker="yes"), "one: per_broker: expected true or false"),
])
def test_a_spoilt_rule_is_refused_by_rule_and_field(
    spoil: Callable[[dict[str, Any]], None], said: str
) -> None:
    rule = copy.deepcopy(ONE)
    spoil(rule)
    with pytest.raises(InvalidFile) as caught:
        read_gates({"schema": 1, "rules": [rule]})
    assert any(f"gates.yaml: {said}" in problem for problem in caught.value.problems), (
        caught.value.problems)


def test_every_spoilt_rule_is_named_at_once_and_none_twice() -> None:
    with pytest.raises(InvalidFile) as caught:
        read_gates({"schema": 1, "rules": [ONE, ONE, "x", {**ONE, "level": "stop"}]})
    assert [problem.split(": ")[1] for problem in caught.value.problems] == [
        "one", "rule number 3", "one"]
    assert "is used twice" in caught.value.problems[0]


@pytest.mark.parametrize("data", [
    None, [], {"schema": 2, "rules": [ONE]}, {"schema": 1, "rules": []}, {"schema": 1},
    {"schema": 1, "rules": [ONE], "more": 1}])
def test_a_file_of_another_shape_is_refused(data: object) -> None:
    with pytest.raises(InvalidFile, match=r"gates\.yaml"):
        read_gates(data)


def test_a_sound_rule_is_read_with_its_defaults() -> None:
    (rule,) = read_gates({"schema": 1, "rules": [ONE]}).rules
    assert (rule.per_broker, rule.remedy, rule.held_by, rule.tells, rule.at_risk) == (
        True, "", "", None, None)


def test_the_shipped_file_is_the_one_that_is_read() -> None:
    assert len(read_gates(parsed_gates()).rules) == len(rules().rules)
