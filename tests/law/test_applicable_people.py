"""Whom a law reaches and for whom: recipients, certain people, homes left lately, agents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.words import ActingAs, Right, Role
from optout.law.applicable import applicable
from optout.law.model import History, LawBook, RightRule
from optout.law.parts import WhoMayInvoke
from optout.law.recipients import UNREACHED_ROLES
from optout.law.words import PersonClass, Recipients
from tests.law.applied import CCPA, FCRA, TODAY, VCDPA, ask, keys, laws, pairs, reason
from tests.law.samples import BROKER, GERMAN, NATIONWIDE, PLATFORM, book

# Recipients that no consumer law reaches

@pytest.mark.parametrize("role", sorted(UNREACHED_ROLES))
def test_what_is_no_firm_with_data_of_its_own_is_not_asked(role: Role) -> None:
    for residence in ("US-CA", "US-VA", "DE"):
        found = ask(residence, replace(GERMAN, role=role))
        assert found.offered == ()
        assert len(found.withheld) == 1
        assert found.withheld[0].reason.endswith(".")


def for_agencies(people: PersonClass) -> LawBook:
    """A federal law on the records of agencies, beside Virginia's."""
    federal = replace(
        book().laws[FCRA], id="records", people=WhoMayInvoke(people, "anywhere", "Some."),
        recipients=Recipients.GOVERNMENT, low_confidence_fields=(),
        rights={Right.ACCESS: RightRule(Right.ACCESS, "s. 1", reaches_third_party_data=True,
                                        binds=("foia",))})
    return replace(book(), histories={
        VCDPA: book().histories[VCDPA], "records": History(((date.min, federal),))})


AGENCY_SYSTEM = replace(BROKER, id="records-office", role=Role.GOVERNMENT_SYSTEM,
                        regulated_as=("foia",))


@pytest.mark.parametrize("residence", ["US-VA", "US-NY", "DE"])
def test_a_federal_agency_opens_its_records_to_anyone_and_answers_to_no_other_law(
    residence: str
) -> None:
    laws_of_agencies = for_agencies(PersonClass.ANY_PERSON)
    found = applicable(laws_of_agencies, [residence], AGENCY_SYSTEM, TODAY)
    assert pairs(found) == [("records", Right.ACCESS)]
    assert [w.law for w in found.withheld] == [""]
    local = replace(AGENCY_SYSTEM, regulated_as=())
    withheld = applicable(laws_of_agencies, [residence], local, TODAY)
    assert not withheld.offered
    assert "not known to be a federal agency" in reason(withheld, "records", Right.ACCESS)


def test_the_records_of_agencies_are_no_law_on_firms() -> None:
    laws_of_agencies = for_agencies(PersonClass.ANY_PERSON)
    assert laws(applicable(laws_of_agencies, ["US-VA"], BROKER, TODAY)) == {VCDPA}
    anyone = applicable(laws_of_agencies, ["US-VA"], None, TODAY)
    assert "does not bind firms" in reason(anyone, "records")


def test_a_law_on_certain_people_is_offered_only_to_who_says_to_be_one() -> None:
    citizens = for_agencies(PersonClass.CITIZENS_AND_PERMANENT_RESIDENTS)
    silent = applicable(citizens, ["US-NY"], AGENCY_SYSTEM, TODAY)
    assert not silent.offered
    assert "certain people only" in reason(silent, "records")
    said = applicable(citizens, ["US-NY"], AGENCY_SYSTEM, TODAY, declared=["records"])
    assert pairs(said) == [("records", Right.ACCESS)]


def test_what_no_one_can_be_by_saying_so_stays_withheld() -> None:
    wronged = for_agencies(PersonClass.AGGRIEVED_PERSON)
    found = applicable(wronged, ["US-NY"], AGENCY_SYSTEM, TODAY, declared=["records"])
    assert not found.offered


def test_a_law_that_is_not_relied_on_says_why() -> None:
    virginia = replace(book().laws[VCDPA], not_relied_on="Hardly any broker is large enough.")
    other = replace(book(), histories={VCDPA: History(((date.min, virginia),))})
    found = applicable(other, ["US-VA"], BROKER, TODAY)
    assert not found.offered
    assert reason(found, VCDPA) == "Hardly any broker is large enough."


def test_what_helps_instead_is_said_before_that_there_is_nothing_to_ask() -> None:
    virginia = replace(book().laws[VCDPA], recipients=Recipients.NOBODY,
                       not_relied_on="Ask the motor vehicle department instead.")
    other = replace(book(), histories={VCDPA: History(((date.min, virginia),))})
    found = applicable(other, ["US-VA"], BROKER, TODAY)
    assert not found.offered
    assert reason(found, VCDPA) == "Ask the motor vehicle department instead."


# A home that the person left lately

def test_a_home_left_lately_counts_last_and_with_a_doubt() -> None:
    found = applicable(book(), ["US-VA"], BROKER, TODAY, former=["US-CA", "US-VA"])
    assert laws(found) == {VCDPA, CCPA}
    first = [f.law for f in found.offered].index(CCPA)
    assert {f.law for f in found.offered[first:]} == {CCPA}
    for footing in found.offered:
        assert ("still_resident" in keys(footing)) is (footing.law == CCPA)
    assert "lived in California until lately" in found.offered[first].reason


def test_a_law_that_asks_for_no_residence_knows_no_former_one() -> None:
    assert laws(applicable(book(), ["US-VA"], BROKER, TODAY, former=["DE"])) == {VCDPA}


def test_every_role_is_either_reached_or_has_a_reason() -> None:
    reached = {Role.BROKER, Role.FACE_SEARCH, Role.CONSUMER_REPORTING_AGENCY, Role.PLATFORM,
               Role.GOVERNMENT_SYSTEM}
    assert reached | set(UNREACHED_ROLES) == set(Role)


def test_a_face_search_engine_is_a_business_like_any_other() -> None:
    assert (VCDPA, Right.DELETE) in pairs(ask("US-VA", replace(BROKER, role=Role.FACE_SEARCH)))


# Acting for someone

def test_a_californian_agent_may_do_everything_with_signed_permission() -> None:
    self_made, by_agent = ask("US-CA"), ask("US-CA", acting_as=ActingAs.AGENT)
    assert pairs(by_agent) == pairs(self_made)
    assert all("signed_permission" in keys(footing) for footing in by_agent.offered)
    assert by_agent.offered[0].reason == "The person lives in California."
    drop = ask("US-CA", PLATFORM, acting_as=ActingAs.AGENT)
    assert pairs(drop) == pairs(ask("US-CA", PLATFORM))


def test_a_power_of_attorney_takes_the_place_of_the_permission() -> None:
    for found in (ask("US-CA", acting_as=ActingAs.ATTORNEY_IN_FACT),
                  ask("US-CA", acting_as=ActingAs.AGENT, power=True)):
        assert all("power_of_attorney" in keys(footing) for footing in found.offered)
        assert not any("signed_permission" in keys(footing) for footing in found.offered)


@pytest.mark.parametrize("power", [True, False])
def test_virginia_provides_for_no_agent(*, power: bool) -> None:
    for capacity in (ActingAs.AGENT, ActingAs.ATTORNEY_IN_FACT):
        found = ask("US-VA", acting_as=capacity, power=power)
        assert found.offered == ()
        assert "does not provide for agents" in reason(found, VCDPA, Right.DELETE)


def test_an_agent_asserts_nothing_under_the_fcra_because_its_rule_is_uncertain() -> None:
    found = ask("US-NY", NATIONWIDE, acting_as=ActingAs.AGENT)
    assert found.offered == ()
    assert "not certain" in reason(found, FCRA, Right.ACCESS)


def test_a_guardian_stands_in_the_place_of_the_person() -> None:
    found = ask("US-VA", acting_as=ActingAs.GUARDIAN)
    assert pairs(found) == pairs(ask("US-VA"))
    assert all("guardian" in keys(footing) for footing in found.offered)


def test_an_agent_in_europe_carries_a_mandate() -> None:
    found = ask("DE", GERMAN, acting_as=ActingAs.AGENT)
    assert pairs(found) == pairs(ask("DE", GERMAN))
    assert all("signed_permission" in keys(footing) for footing in found.offered)
