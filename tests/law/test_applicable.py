"""Which law gives a resident which right: California, Virginia, and every cell of the grid."""

from __future__ import annotations

import re
from datetime import date

import pytest

from optout.domain.errors import InvalidInput
from optout.domain.words import ActingAs, Right
from optout.law.applicable import BEST_FIRST, applicable
from tests.law.applied import (
    CCPA,
    DROP,
    GDPR,
    LAST_DAY,
    LATER,
    NEW_LAW,
    TODAY,
    VCDPA,
    ask,
    keys,
    laws,
    one,
    pairs,
    reason,
)
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
