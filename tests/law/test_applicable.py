"""Who may assert what against whom on which day, each trap with its test."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput
from optout.domain.footing import Applicable, Footing
from optout.domain.words import ActingAs, Confidence, Right, Role
from optout.law.applicable import BEST_FIRST, applicable
from optout.law.model import History, LawBook, RightRule
from optout.law.parts import WhoMayInvoke
from optout.law.reach import EEA
from optout.law.recipients import UNREACHED_ROLES
from optout.law.words import PersonClass, Recipients, Status
from tests.law.samples import (
    AGENCY,
    BROKER,
    GERMAN,
    MIXED,
    NATIONWIDE,
    PLATFORM,
    REGISTERED,
    SPECIALTY,
    UNKNOWN_COUNTRY,
    book,
)

TODAY, LAST_DAY, NEW_LAW, LATER = (
    date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 1))
CCPA, DROP, VCDPA, FCRA, GDPR = (
    "us-ca-ccpa", "us-ca-delete-act", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr")
OPT_OUTS = frozenset({Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS})


def ask(
    residence: str, broker: Broker | None = BROKER, day: date = TODAY,
    acting_as: ActingAs = ActingAs.SELF, *, power: bool = False,
) -> Applicable:
    return applicable(book(), [residence], broker, day, acting_as, holds_power_of_attorney=power)


def pairs(found: Applicable) -> list[tuple[str, Right]]:
    return [(footing.law, footing.right) for footing in found.offered]


def laws(found: Applicable) -> set[str]:
    return {footing.law for footing in found.offered}


def one(found: Applicable, law: str, right: Right) -> Footing:
    return next(f for f in found.offered if (f.law, f.right) == (law, right))


def keys(footing: Footing) -> set[str]:
    return {limit.key for limit in footing.limits}


def reason(found: Applicable, law: str, right: Right | None = None) -> str:
    return next(w.reason for w in found.withheld if (w.law, w.right) == (law, right))


# California

def test_until_2027_a_broker_cannot_be_asked_under_the_ccpa_to_delete_what_it_bought() -> None:
    for day in (TODAY, LAST_DAY):
        for broker in (BROKER, REGISTERED, MIXED, None):
            found = ask("US-CA", broker, day)
            assert (CCPA, Right.DELETE) not in pairs(found)
            assert "DROP" in reason(found, CCPA, Right.DELETE)


def test_until_2027_the_working_pair_is_drop_and_opt_out_of_sale() -> None:
    assert pairs(ask("US-CA", PLATFORM))[0] == (DROP, Right.DELETE)
    assert pairs(ask("US-CA", BROKER))[0] == (CCPA, Right.OPT_OUT_OF_SALE)
    assert (CCPA, Right.ACCESS) in pairs(ask("US-CA", BROKER))


def test_from_2027_deletion_under_the_ccpa_reaches_brokers_and_says_what_it_rests_on() -> None:
    found = one(ask("US-CA", BROKER, NEW_LAW), CCPA, Right.DELETE)
    assert found.reaches_third_party_data
    assert pairs(ask("US-CA", BROKER, NEW_LAW))[0] == (CCPA, Right.DELETE)
    assert "SB 923" in found.reason
    assert "second-hand" in found.reason
    assert "amended_law" in keys(found)


def test_the_periods_of_drop_say_that_they_rest_on_a_change() -> None:
    assert "AB 883" not in one(ask("US-CA", PLATFORM, LAST_DAY), DROP, Right.DELETE).reason
    after = one(ask("US-CA", PLATFORM, NEW_LAW), DROP, Right.DELETE).reason
    assert "Its periods rest on a change of 1 January 2027 (AB 883)" in after


def test_drop_is_a_platform_and_no_letter_to_a_broker() -> None:
    for day in (TODAY, NEW_LAW, LATER):
        found = ask("US-CA", REGISTERED, day)
        assert DROP not in laws(found)
        assert "does not start it" in reason(found, DROP, Right.DELETE)


def test_the_platform_takes_nothing_but_delete_act_requests_of_californians() -> None:
    assert laws(ask("US-CA", PLATFORM)) == {DROP}
    assert "takes no requests" in reason(ask("US-CA", PLATFORM), CCPA)
    for other in ("US-VA", "US-NY", "DE"):
        assert not ask(other, PLATFORM).offered


def test_drop_is_not_offered_before_it_opened() -> None:
    found = ask("US-CA", PLATFORM, date(2025, 12, 31))
    assert not found.offered
    assert "only from 1 January 2026 on" in reason(found, DROP, Right.DELETE)


def test_without_a_broker_the_platform_comes_first() -> None:
    for day in (TODAY, NEW_LAW):
        assert pairs(ask("US-CA", None, day))[0] == (DROP, Right.DELETE)


def test_a_filing_as_a_broker_lifts_the_doubt_about_size() -> None:
    assert "size_threshold" in keys(one(ask("US-CA", BROKER), CCPA, Right.ACCESS))
    assert "size_threshold" not in keys(one(ask("US-CA", REGISTERED), CCPA, Right.ACCESS))
    assert "size_threshold" in keys(one(ask("US-CA", REGISTERED, LATER), CCPA, Right.ACCESS))


def test_california_gives_no_way_out_of_profiling() -> None:
    assert (CCPA, Right.OPT_OUT_OF_PROFILING) not in pairs(ask("US-CA", BROKER, LATER))


# Only the law of the residence

@pytest.mark.parametrize(("residence", "expected"), [
    ("US-CA", {CCPA}), ("US-VA", {VCDPA}), ("US-NY", set()), ("GB", {"gb-uk-gdpr"}),
    ("CH", {"ch-fadp"}), ("CA-ON", {"ca-pipeda"}), ("CA-QC", {"ca-pipeda", "ca-qc-law25"}),
    ("DE", {GDPR}), ("US-VI", set()), ("BR", {"br-lgpd"}), ("AU", set()),
])
def test_only_the_law_of_the_residence_is_asserted(residence: str, expected: set[str]) -> None:
    for day in (TODAY, LAST_DAY, NEW_LAW, LATER):
        assert laws(ask(residence, BROKER, day)) == expected


def test_where_no_law_applies_it_says_so_and_points_to_a_courteous_request() -> None:
    found = ask("US-NY")
    assert found.offered == ()
    assert "US-NY" in reason(found, "voluntary")
    assert "There may be one." in reason(ask("US-PA"), "voluntary")
    assert "courteous request" in reason(found, "voluntary")


def test_two_residences_both_count() -> None:
    found = applicable(book(), ["US-VA", "US-CA", "US-VA"], BROKER, TODAY)
    assert laws(found) == {CCPA, VCDPA}
    assert pairs(found)[0] == (VCDPA, Right.DELETE)
    assert len(pairs(found)) == len(set(pairs(found)))


def test_a_law_is_not_asserted_before_it_holds() -> None:
    found = ask("US-VA", BROKER, date(2022, 12, 31))
    assert not found.offered
    assert "holds only from 1 January 2023 on" in reason(found, VCDPA)


@pytest.mark.parametrize("code", ["US", "us-ca", "California", ""])
def test_a_residence_that_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        ask(code)


# Virginia

def test_virginia_offers_deletion_of_data_from_elsewhere_first() -> None:
    found = ask("US-VA")
    assert pairs(found) == [(VCDPA, right) for right in (
        Right.DELETE, Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS,
        Right.OPT_OUT_OF_PROFILING, Right.ACCESS, Right.CORRECT)]
    assert one(found, VCDPA, Right.DELETE).citation == "Va. Code § 59.1-577(A)(3)"
    assert {"size_threshold", "business_capacity", "glba_entity", "publicly_available"} <= keys(
        one(found, VCDPA, Right.DELETE))
    assert "only what you gave" in reason(found, VCDPA, Right.PORTABILITY)


def test_a_sale_in_virginia_is_for_money() -> None:
    found = ask("US-VA")
    assert "for_money" in keys(one(found, VCDPA, Right.OPT_OUT_OF_SALE))
    assert "for_money" not in keys(one(found, VCDPA, Right.DELETE))


# Europe

def test_the_eea_has_thirty_states() -> None:
    assert len(EEA) == 30
    assert not {"GB", "CH", "US"} & EEA


@pytest.mark.parametrize("residence", [*sorted(EEA), "FR-75"])
def test_a_resident_of_the_eea_has_the_gdpr_against_any_broker(residence: str) -> None:
    far = ask(residence, BROKER)
    assert laws(far) == {GDPR}
    assert all("targeting" in keys(footing) for footing in far.offered)
    assert "targeting" in keys(one(ask(residence, UNKNOWN_COUNTRY), GDPR, Right.DELETE))
    near = ask(residence, GERMAN)
    assert not any({"targeting", "establishment"} & keys(f) for f in near.offered)


def test_the_gdpr_puts_erasure_and_objection_first() -> None:
    assert pairs(ask("DE", GERMAN)) == [(GDPR, right) for right in (
        Right.DELETE, Right.OBJECT, Right.OBJECT_DIRECT_MARKETING, Right.RESTRICT, Right.ACCESS,
        Right.CORRECT)]


def test_a_broker_established_in_the_eea_is_bound_wherever_the_person_lives() -> None:
    for residence in ("US-NY", "US-CA", "GB", "BR"):
        found = ask(residence, GERMAN)
        assert GDPR in laws(found)
        assert "establishment" in keys(one(found, GDPR, Right.DELETE))
    assert GDPR not in laws(ask("US-NY", BROKER))


def test_without_a_broker_only_the_residence_counts() -> None:
    assert laws(ask("US-CA", None)) == {CCPA, DROP, FCRA}
    assert laws(ask("US-VA", None)) == {VCDPA, FCRA}
    assert laws(ask("US-NY", None)) == {FCRA}
    assert laws(ask("DE", None)) == {GDPR}
    assert laws(ask("GB", None)) == {"gb-uk-gdpr"}
    assert "targeting" not in keys(one(ask("DE", None), GDPR, Right.DELETE))


# Consumer reporting agencies

def test_the_fcra_binds_agencies_only() -> None:
    for residence in ("US-CA", "US-VA", "US-NY"):
        found = ask(residence, BROKER)
        assert FCRA not in laws(found)
        assert "not known to be a consumer reporting agency" in reason(found, FCRA)
        for agency in (AGENCY, NATIONWIDE, SPECIALTY):
            assert ask(residence, agency).offered[0].law == FCRA


def test_some_data_under_the_fcra_makes_no_firm_an_agency() -> None:
    for residence in ("US-CA", "US-VA", "US-NY"):
        under_it = [f for f in ask(residence, MIXED).offered if f.law == FCRA]
        assert under_it
        for footing in under_it:
            assert "consumer_reporting_agency" in keys(footing)
            assert "is a consumer reporting agency" not in footing.reason
    assert "consumer_reporting_agency" not in keys(one(ask("US-NY", AGENCY), FCRA, Right.ACCESS))
    for residence, law in (("US-CA", CCPA), ("US-VA", VCDPA)):
        assert ask(residence, MIXED).offered[0].law == law
        assert ask(residence, MIXED).offered[-1].law == FCRA


def test_a_consumer_file_is_shown_corrected_and_frozen_but_not_deleted() -> None:
    for residence in ("US-CA", "US-VA"):
        for day in (TODAY, NEW_LAW):
            found = ask(residence, NATIONWIDE, day)
            assert not [pair for pair in pairs(found) if pair[1] is Right.DELETE]
            assert [right for law, right in pairs(found) if law == FCRA][:3] == [
                Right.ACCESS, Right.FREEZE, Right.DISPUTE]
    assert "corrected and frozen" in reason(ask("US-VA", AGENCY), VCDPA, Right.DELETE)
    assert "Dispute what is wrong" in reason(ask("US-VA", AGENCY), FCRA, Right.DELETE)


def test_state_rights_against_an_agency_leave_its_files_out() -> None:
    for broker in (AGENCY, MIXED):
        state = [f for f in ask("US-VA", broker).offered if f.law == VCDPA]
        assert state
        assert all("fcra_file" in keys(footing) for footing in state)
    assert (VCDPA, Right.DELETE) in pairs(ask("US-VA", MIXED))


def test_a_freeze_binds_nationwide_agencies_only() -> None:
    assert (FCRA, Right.FREEZE) in pairs(ask("US-NY", NATIONWIDE))
    for agency in (AGENCY, SPECIALTY, MIXED):
        found = ask("US-NY", agency)
        assert (FCRA, Right.FREEZE) not in pairs(found)
        assert "nationwide" in reason(found, FCRA, Right.FREEZE)
    assert "nationwide_agency" in keys(one(ask("US-NY", None), FCRA, Right.FREEZE))


def test_without_a_broker_the_fcra_comes_last_and_with_its_limit() -> None:
    found = ask("US-VA", None)
    assert [law for law, _ in pairs(found)].index(FCRA) == 6
    assert all("consumer_reporting_agency" in keys(f) for f in found.offered if f.law == FCRA)


def test_the_fcra_protects_people_abroad_against_american_agencies_only() -> None:
    assert FCRA in laws(ask("DE", NATIONWIDE))
    german_agency = replace(AGENCY, country="DE")
    assert laws(ask("DE", german_agency)) == {GDPR}
    assert FCRA not in laws(ask("US-NY", german_agency))


def test_a_right_known_with_low_confidence_is_never_offered() -> None:
    for broker in (None, AGENCY, NATIONWIDE):
        assert (FCRA, Right.FRAUD_ALERT) not in pairs(ask("US-NY", broker))
    virginia = book().histories[VCDPA].versions[0][1]
    low = replace(virginia, low_confidence_fields=("rights.delete",))
    doubtful = replace(book(), histories={VCDPA: History(((date.min, low),))})
    assert (VCDPA, Right.DELETE) not in pairs(applicable(doubtful, ["US-VA"], BROKER, TODAY))
    whole = replace(virginia, confidence=Confidence.LOW)
    nothing = replace(book(), histories={VCDPA: History(((date.min, whole),))})
    found = applicable(nothing, ["US-VA"], BROKER, TODAY)
    assert not found.offered
    assert "not certain enough" in reason(found, VCDPA)


@pytest.mark.parametrize(("changed", "why"), [
    ({"effective": None}, "no single date"),
    ({"status": Status.STRUCK_DOWN}, "struck"),
    ({"recipients": Recipients.NOBODY}, "gives no right to send a request"),
    ({"people": WhoMayInvoke(PersonClass.COVERED_PERSONS, "Virginia", "Judges only.")},
     "certain people only: Judges only."),
])
def test_a_law_that_gives_this_person_nothing_says_why(
    changed: dict[str, Any], why: str
) -> None:
    virginia = replace(book().laws[VCDPA], **changed)
    other = replace(book(), histories={VCDPA: History(((date.min, virginia),))})
    found = applicable(other, ["US-VA"], BROKER, TODAY)
    assert not found.offered
    assert why in reason(found, VCDPA)


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


# Whatever the cell of the grid

BROKERS = (None, BROKER, REGISTERED, UNKNOWN_COUNTRY, GERMAN, PLATFORM, AGENCY, NATIONWIDE,
           SPECIALTY, MIXED)


@pytest.mark.parametrize("acting_as", ActingAs)
@pytest.mark.parametrize("day", [TODAY, LAST_DAY, NEW_LAW, LATER])
def test_every_footing_can_say_why_and_names_no_right_that_is_withheld(
    day: date, acting_as: ActingAs
) -> None:
    for residence in ("US-CA", "US-VA", "US-NY", "DE", "IS", "GB"):
        for broker in BROKERS:
            found = ask(residence, broker, day, acting_as)
            withheld = {(item.law, item.right) for item in found.withheld}
            for footing in found.offered:
                law = book().law(footing.law, day)
                assert law.in_force_on(day)
                assert footing.reaches_third_party_data
                assert footing.citation
                assert footing.reason
                assert footing.source.startswith("https://")
                assert footing.checked == law.checked
                assert footing.right in BEST_FIRST
                assert (footing.law, footing.right) not in withheld
                assert (footing.law, None) not in withheld
            assert all(item.reason.endswith((".", "”")) for item in found.withheld)
            assert len(pairs(found)) == len(set(pairs(found)))
            assert found.offered or found.withheld


def test_limits_complete_a_sentence() -> None:
    for residence in ("US-CA", "US-VA", "DE"):
        for broker in BROKERS:
            for footing in ask(residence, broker, NEW_LAW, ActingAs.GUARDIAN).offered:
                for limit in footing.limits:
                    assert not limit.text.endswith(".")
                    assert limit.text[0].islower() or limit.text.startswith("Civil Code")
                    assert limit.why.endswith(".")


@pytest.mark.parametrize("acting_as", [ActingAs.AGENT, ActingAs.ATTORNEY_IN_FACT])
def test_limits_are_true_also_where_the_writer_is_not_the_person(acting_as: ActingAs) -> None:
    for residence in ("US-CA", "US-VA", "US-NY", "DE"):
        for broker in BROKERS:
            for footing in ask(residence, broker, NEW_LAW, acting_as).offered:
                for limit in footing.limits:
                    assert not re.search(r"\b(?:I|me|my|myself)\b", limit.text)
                    assert "enclosed" not in limit.text  # a web form encloses nothing
