"""Steps without a letter: for whom, from which entry, and what they never do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Broker
from optout.domain.footing import VOLUNTARY
from optout.domain.person import Person
from optout.domain.places import PersonAddress
from optout.domain.words import (
    ActionKind,
    BrokerStatus,
    Channel,
    Effort,
    Fact,
    Right,
    Role,
    Verification,
)
from optout.planning.hygiene import RULES, HygieneStep, When, action_of, steps_for
from optout.planning.minutes import OWN_STEPS
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    CHECKED,
    DAY,
    LISTED,
    SUBSTITUTE,
    broker,
    living_in,
    only_for,
    procedure,
)

FREEZE = procedure(
    Channel.WEB_FORM, Fact.FULL_NAME, Fact.CURRENT_ADDRESS, Fact.DATE_OF_BIRTH, Fact.SSN,
    rights=(Right.FREEZE,), verification=(Verification.KNOWLEDGE_QUESTIONS,),
    url="https://bureau.example/freeze", checked=date(2026, 10, 1))
CALLED = procedure(Channel.PHONE, Fact.FULL_NAME, rights=(Right.FREEZE,),
                   checked=date(2026, 9, 1))


def entry(id_: str, *procedures: object, category: str, **about: object) -> Broker:
    made = broker(id_, category=category)
    return replace(made, procedures=procedures, **about)  # type: ignore[arg-type]  # made by name


PROGRAMME = entry(
    "address-confidentiality-programs",
    procedure(Channel.PHONE, Fact.STATE_OF_RESIDENCE, eligible=only_for("US-CA"), basis=LISTED,
              phone="+12125550142"),
    category="protective_programs", role=Role.PROGRAM)
FEEDS = entry("app-location-feeds", category="location", role=Role.PRACTICE)
HEADERS = entry("credit-header-data", category="credit_header", role=Role.PRACTICE,
                related=("one", "two", "gone", "finder", "no-freeze", "unknown"))
BUREAUS = (
    entry("one", procedure(rights=(Right.DELETE,)), FREEZE, category="credit_bureau"),
    entry("two", CALLED, category="credit_bureau"),
    entry("gone", FREEZE, category="credit_bureau", status=BrokerStatus.DEFUNCT),
    entry("finder", FREEZE, category="people_search"),
    entry("no-freeze", procedure(), category="credit_bureau"),
)
OFFERS = entry("optoutprescreen", procedure(
    Channel.WEB_FORM, Fact.FULL_NAME, url="https://offers.example", steps=("Choose five years.",),
    rights=(Right.OPT_OUT_PRESCREEN,)), category="credit_bureau", role=Role.PROGRAM)
CALLS = entry("donotcall", procedure(Channel.WEB_FORM, Fact.PHONE, url="https://calls.example"),
              category="marketing", role=Role.PROGRAM)
TRACKER = broker("tracker", category="location")
REGISTRY = {b.id: b for b in (PROGRAMME, FEEDS, HEADERS, *BUREAUS, OFFERS, CALLS, TRACKER)}


def found(person: Person, *wanted: str, **about: object) -> dict[str, HygieneStep]:
    made = steps_for(person, REGISTRY, DAY, wanted=wanted, **about)  # type: ignore[arg-type]  # by name
    return {step.broker.id: step for step in made}


def test_a_person_at_risk_gets_an_address_first_then_the_phone_then_the_freeze() -> None:
    steps = found(AT_RISK)
    assert list(steps) == ["address-confidentiality-programs", "app-location-feeds",
                           "credit-header-data"]
    assert [step.when for step in steps.values()] == [When.FIRST, When.FIRST, When.ANY]


def test_nothing_is_asked_of_somebody_who_wants_nothing_of_the_kind() -> None:
    assert found(AVERY) == {}
    assert found(AVERY, "unheard-of") == {}


@pytest.mark.parametrize(("wanted", "steps"), [
    ("tracker", ["app-location-feeds"]),
    ("app-location-feeds", ["app-location-feeds"]),
    ("credit-header-data", ["credit-header-data"]),
    ("one", ["optoutprescreen"]),
    ("donotcall", ["donotcall"]),
])
def test_what_is_wanted_calls_for_its_step(wanted: str, steps: list[str]) -> None:
    assert list(found(AVERY, wanted)) == steps


def test_who_has_an_address_that_may_be_shown_needs_no_programme() -> None:
    shown = replace(AT_RISK, addresses=(*AT_RISK.addresses,
                                        PersonAddress(SUBSTITUTE, substitute=True)))
    assert "address-confidentiality-programs" not in found(shown)
    ended = replace(AT_RISK, addresses=(
        PersonAddress(SUBSTITUTE, substitute=True, valid_to=date(2026, 1, 1)),))
    assert "address-confidentiality-programs" in found(ended)


def test_what_exists_only_in_the_states_is_not_offered_elsewhere() -> None:
    german = living_in("DE", AT_RISK)
    assert list(found(german, *REGISTRY)) == ["app-location-feeds"]


def test_the_programme_of_the_own_state_is_named_where_its_number_is_known() -> None:
    own = " ".join(found(AT_RISK)["address-confidentiality-programs"].steps)
    assert "Call 212-555-0142" in own
    assert "Nobody has checked this number" in own
    other = found(living_in("US-TX", AT_RISK))["address-confidentiality-programs"]
    assert "212" not in " ".join(other.steps)
    assert "Secretary of State" in " ".join(other.steps)
    assert (other.procedure.channel, other.procedure.phone) == (Channel.PHONE, "")
    assert other.checked == CHECKED


def test_a_number_that_was_proven_is_given_without_a_doubt() -> None:
    proven = replace(PROGRAMME, procedures=(
        procedure(Channel.PHONE, phone="+442079460000"),))
    (step, *_) = steps_for(AT_RISK, {proven.id: proven}, DAY)
    assert "Call +442079460000 and ask for an advocate who helps with the application." in (
        step.steps)


def test_the_advertising_id_is_noted_before_it_is_deleted() -> None:
    steps = found(AVERY, "tracker")["app-location-feeds"].steps
    noted = next(i for i, text in enumerate(steps) if "Write the phone’s advertising id" in text)
    deleted = next(i for i, text in enumerate(steps) if "delete the advertising id" in text)
    assert noted < deleted
    assert not any("advocate" in text for text in steps)
    assert "advocate" in found(AT_RISK)["app-location-feeds"].steps[0]


def test_the_freeze_names_each_living_bureau_and_its_own_page_or_number() -> None:
    step = found(AVERY, "credit-header-data")["credit-header-data"]
    assert step.steps[:2] == (
        "One: open https://bureau.example/freeze and ask for a freeze.",
        "Two: call 212-555-0100 and ask for a freeze.")
    assert any("social security number" in text for text in step.steps)
    assert step.minutes == (5 + 5) + 15
    assert step.checked == date(2026, 9, 1)
    assert "does not stop the sale" in step.why


def test_a_freeze_by_call_alone_says_nothing_of_numbers_that_a_form_asks_for() -> None:
    few = {b.id: b for b in (HEADERS, BUREAUS[1])}
    (step,) = steps_for(AVERY, few, DAY, wanted=["credit-header-data"])
    assert not any("social security" in text for text in step.steps)


def test_a_person_at_risk_is_warned_of_new_addresses_and_numbers() -> None:
    steps = found(AT_RISK, *REGISTRY)
    for id_ in ("credit-header-data", "optoutprescreen", "donotcall"):
        assert any("never a new" in text for text in steps[id_].steps)
    assert not any("never a new" in text for text in found(AVERY, "one")["optoutprescreen"].steps)


def test_without_a_way_that_is_needed_there_is_no_step() -> None:
    bare = {HEADERS.id: HEADERS}
    assert steps_for(AVERY, bare, DAY, wanted=["credit-header-data"]) == ()


def test_an_entry_with_an_action_gets_no_second_step() -> None:
    assert list(found(AVERY, *REGISTRY, asked=["optoutprescreen"])) == [
        "app-location-feeds", "credit-header-data", "donotcall"]


def test_who_has_no_phone_number_is_not_sent_to_the_register_of_numbers() -> None:
    assert "donotcall" not in found(replace(AVERY, phones=()), *REGISTRY)


def test_a_step_becomes_an_action_that_sends_nothing() -> None:
    step = found(AVERY, "one")["optoutprescreen"]
    action = action_of(step)
    assert (action.kind, action.effort) == (ActionKind.HYGIENE, Effort.OWN_HAND)
    assert (action.needs, action.missing, action.gates) == ((), (), ())
    assert action.footings == (VOLUNTARY,)
    assert action.covers == ("optoutprescreen",)
    assert action.procedure.steps == step.steps == (
        "Open https://offers.example.", "Choose five years.")
    assert action.minutes == step.minutes == 5
    assert action.note.startswith("Stop offers of credit. Lenders")
    assert action.note.endswith(step.done_when)
    assert action.may_go_on


def test_every_rule_is_told_apart_and_says_when_it_is_done() -> None:
    assert len({rule.entry for rule in RULES}) == len(RULES)
    assert all(rule.done_when.startswith("It is done when") for rule in RULES)
    assert set(OWN_STEPS) == {"protective_programs", "location"}
