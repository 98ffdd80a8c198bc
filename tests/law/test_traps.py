"""The traps of the law, one test each: what other tools assert and nobody may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.footing import Applicable
from optout.domain.words import ActingAs, Channel, PeriodUnit, Right
from optout.law.applicable import applicable
from optout.law.deadlines import appeal_deadlines, deadlines, platform_dates
from optout.law.words import AgentScope
from tests.law.applied import ask, reason
from tests.law.applied import one as footing
from tests.law.samples import (
    AGENCY,
    BROKER,
    NATIONWIDE,
    PLATFORM,
    REGISTERED,
    SPECIALTY,
    book,
    on,
)

TODAY = date(2026, 11, 27)
OPT_OUT_ONLY = {
    "us-co-cpa", "us-ct-ctdpa", "us-tx-tdpsa", "us-or-ocpa", "us-mt-mcdpa", "us-de-dpdpa",
    "us-ne-ndpa", "us-nh-nhpa", "us-nj-njdpa", "us-mn-mcdpa", "us-md-modpa", "us-ri-dtppa",
    "us-la-ldpa", "us-vt-vdposa"}
NO_AGENT_RULE = {
    "us-va-vcdpa", "us-ut-ucpa", "us-fl-fdbr", "us-ia-icdpa", "us-tn-tipa", "us-in-incdpa",
    "us-ky-kcdpa", "us-ok-ocdpa", "us-nv-603a", "us-wa-mhmda"}
OPTING_OUT = {Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS, Right.OPT_OUT_OF_PROFILING}


def rights(found: Applicable, law: str) -> set[Right]:
    return {footing.right for footing in found.offered if footing.law == law}


# California

def test_until_2026_california_deletes_only_what_was_collected_from_the_person() -> None:
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    before, after = ask("US-CA", REGISTERED, last), ask("US-CA", REGISTERED, first)
    assert Right.DELETE not in rights(before, "us-ca-ccpa")
    assert "collected from you yourself" in reason(before, "us-ca-ccpa", Right.DELETE)
    assert Right.OPT_OUT_OF_SALE in rights(before, "us-ca-ccpa")
    assert Right.DELETE in rights(after, "us-ca-ccpa")
    assert "amended_law" in {limit.key for limit in
                             footing(after, "us-ca-ccpa", Right.DELETE).limits}


def test_the_working_pair_until_then_is_drop_and_the_opt_out_of_sale() -> None:
    assert Right.DELETE in rights(ask("US-CA", PLATFORM), "us-ca-delete-act")
    assert rights(ask("US-CA", REGISTERED), "us-ca-delete-act") == set()
    assert "does not start it" in reason(ask("US-CA", REGISTERED), "us-ca-delete-act",
                                         Right.DELETE)


@pytest.mark.parametrize(("filed", "picked_up", "answered"), [
    # 45 days to fetch, 45 to process: 15 of September, 30 of October; 1, 30 and 14.
    ("Tuesday 2026-09-15", "Friday 2026-10-30", "Monday 2026-12-14"),
    # 30 and 30: 27 of January, 3 of February; 25 of February, 5 of March.
    ("Monday 2027-01-04", "Wednesday 2027-02-03", "Friday 2027-03-05")])
def test_drop_has_a_clock_of_its_own_which_shortens(
    filed: str, picked_up: str, answered: str
) -> None:
    dates = platform_dates(book(), "us-ca-delete-act", on(filed))
    assert (dates.pick_up_by.day, dates.respond_by.day) == (on(picked_up), on(answered))


def test_one_californian_letter_runs_three_clocks() -> None:
    start = on("Monday 2026-11-30")
    access = deadlines(book(), "us-ca-ccpa", Right.ACCESS, start)
    sale = deadlines(book(), "us-ca-ccpa", Right.OPT_OUT_OF_SALE, start)
    assert access.acknowledge_by
    assert access.respond_by
    assert sale.respond_by
    assert sale.acknowledge_by is None
    assert [item.day for item in (access.acknowledge_by, sale.respond_by, access.respond_by)] == [
        on("Monday 2026-12-14"), on("Monday 2026-12-21"), on("Thursday 2027-01-14")]


# Agents

def test_fourteen_laws_let_an_agent_only_opt_out() -> None:
    found = {law.id for law in book().laws.values()
             if law.agent.allowed is AgentScope.OPT_OUT_ONLY}
    assert found == OPT_OUT_ONLY
    assert len(found) == 14


def test_ten_laws_have_no_rule_on_agents() -> None:
    found = {law.id for law in book().laws.values()
             if law.agent.allowed is AgentScope.NOT_PROVIDED_FOR}
    assert found == NO_AGENT_RULE
    assert len(found) == 10


@pytest.mark.parametrize("law_id", sorted(OPT_OUT_ONLY - {"us-vt-vdposa"}))
def test_an_agent_may_only_opt_out_without_a_power_of_attorney(law_id: str) -> None:
    law = book().laws[law_id]
    day = max(TODAY, law.effective or TODAY)
    alone = rights(ask(law.jurisdiction, BROKER, day, ActingAs.AGENT), law_id)
    assert alone
    assert alone <= OPTING_OUT
    assert alone == set(law.agent.rights)
    by_power = rights(ask(law.jurisdiction, BROKER, day, ActingAs.AGENT, power=True), law_id)
    assert by_power == rights(ask(law.jurisdiction, BROKER, day), law_id)
    assert Right.DELETE in by_power


@pytest.mark.parametrize("law_id", ["us-tx-tdpsa", "us-ne-ndpa", "us-la-ldpa"])
def test_an_agent_there_may_not_opt_out_of_profiling(law_id: str) -> None:
    assert Right.OPT_OUT_OF_PROFILING not in book().laws[law_id].agent.rights


@pytest.mark.parametrize("law_id", sorted(NO_AGENT_RULE - {"us-fl-fdbr"}))
@pytest.mark.parametrize("power", [False, True])
def test_where_no_rule_lets_an_agent_act_none_does(law_id: str, *, power: bool) -> None:
    law = book().laws[law_id]
    day = max(TODAY, law.effective or TODAY)
    assert rights(ask(law.jurisdiction, BROKER, day), law_id)
    assert not rights(ask(law.jurisdiction, BROKER, day, ActingAs.AGENT, power=power), law_id)


# What does not help against a broker

@pytest.mark.parametrize(("code", "law"), [("US-UT", "us-ut-ucpa"), ("US-IA", "us-ia-icdpa")])
def test_deletion_in_utah_and_iowa_is_useless_against_brokers(code: str, law: str) -> None:
    for day in (TODAY, date(2028, 2, 1)):
        found = ask(code, REGISTERED, day)
        assert Right.DELETE not in rights(found, law)
        assert "you gave" in reason(found, law, Right.DELETE)
        assert Right.OPT_OUT_OF_SALE in rights(found, law)


@pytest.mark.parametrize(("code", "law"), [
    ("US-TX", "us-tx-data-broker"), ("US-OR", "us-or-data-broker"),
    ("US-NJ", "us-nj-data-broker"), ("US-VT", "us-vt-data-broker")])
def test_a_registration_law_gives_no_right_to_ask(code: str, law: str) -> None:
    for day in (TODAY, date(2028, 2, 1)):
        found = ask(code, REGISTERED, day)
        assert not rights(found, law)
        assert reason(found, law, None)


def test_floridas_law_is_not_relied_on() -> None:
    assert not rights(ask("US-FL"), "us-fl-fdbr")
    assert reason(ask("US-FL"), "us-fl-fdbr", None)


def test_daniels_law_is_for_covered_persons_only() -> None:
    ordinary = ask("US-NJ")
    assert not rights(ordinary, "us-nj-daniels-law")
    assert "certain people only" in reason(ordinary, "us-nj-daniels-law", None)
    covered = applicable(book(), ["US-NJ"], BROKER, TODAY, declared=["us-nj-daniels-law"])
    assert rights(covered, "us-nj-daniels-law") == {Right.SUPPRESS_PUBLICATION}
    elsewhere = applicable(book(), ["US-NY"], BROKER, TODAY, declared=["us-nj-daniels-law"])
    assert not rights(elsewhere, "us-nj-daniels-law")


# Appeals

def test_california_and_utah_know_no_appeal() -> None:
    assert not book().laws["us-ca-ccpa"].appeal.available
    assert not book().laws["us-ut-ucpa"].appeal.available


@pytest.mark.parametrize(("law", "days"), [
    ("us-or-ocpa", 45), ("us-nj-njdpa", 45), ("us-wa-mhmda", 45),
    ("us-va-vcdpa", 60), ("us-ct-ctdpa", 60), ("us-mt-mcdpa", 60), ("us-de-dpdpa", 60),
    ("us-ia-icdpa", 60), ("us-ne-ndpa", 60), ("us-nh-nhpa", 60), ("us-tn-tipa", 60),
    ("us-in-incdpa", 60), ("us-ky-kcdpa", 60), ("us-ri-dtppa", 60), ("us-md-modpa", 60)])
def test_an_appeal_is_answered_within(law: str, days: int) -> None:
    found = appeal_deadlines(book(), law, TODAY).respond_by
    assert found
    assert (found.number, found.unit) == (days, PeriodUnit.CALENDAR_DAYS)


@pytest.mark.parametrize("law", ["us-co-cpa", "us-mn-mcdpa", "us-tx-tdpsa"])
def test_an_appeal_whose_length_nobody_read_has_no_number(law: str) -> None:
    assert book().laws[law].appeal.available
    assert appeal_deadlines(book(), law, TODAY).respond_by is None


# Who is bound, and what is owed

def test_connecticut_reaches_sellers_of_any_size() -> None:
    keys = {limit.key for limit in
            footing(ask("US-CT"), "us-ct-ctdpa", Right.OPT_OUT_OF_SALE).limits}
    assert "size_threshold" not in keys
    assert "nexus" in keys


@pytest.mark.parametrize(("code", "law"), [
    ("US-OR", "us-or-ocpa"), ("US-MN", "us-mn-mcdpa"), ("US-CT", "us-ct-ctdpa")])
def test_these_states_name_the_third_parties(code: str, law: str) -> None:
    assert Right.LIST_THIRD_PARTIES in rights(ask(code), law)


def test_the_fifteen_days_of_the_fcra_bind_only_nationwide_specialty_agencies() -> None:
    start = on("Monday 2026-11-30")
    for broker, number in ((SPECIALTY, 15), (NATIONWIDE, None), (AGENCY, None)):
        found = deadlines(book(), "us-federal-fcra", Right.ACCESS, start, broker=broker)
        assert (found.respond_by.number if found.respond_by else None) == number


def test_the_clock_of_a_freeze_depends_on_the_channel_and_binds_the_nationwide_ones() -> None:
    start = on("Monday 2026-11-30")
    numbers = [deadlines(book(), "us-federal-fcra", Right.FREEZE, start, channel).respond_by
               for channel in (Channel.PHONE, Channel.WEB_FORM, Channel.POSTAL_MAIL)]
    assert [n.number for n in numbers if n] == [1, 1, 3]
    assert Right.FREEZE in rights(ask("US-NY", NATIONWIDE), "us-federal-fcra")
    assert Right.FREEZE not in rights(ask("US-NY", AGENCY), "us-federal-fcra")


def test_a_consumer_file_is_disputed_and_frozen_and_not_erased() -> None:
    for code in ("US-CO", "US-TX", "US-VA", "US-NY"):
        found = ask(code, NATIONWIDE)
        assert not [f for f in found.offered if f.right is Right.DELETE]
        assert {Right.ACCESS, Right.DISPUTE, Right.FREEZE} <= rights(found, "us-federal-fcra")


def test_the_gdpr_counts_months_and_not_thirty_days() -> None:
    found = deadlines(book(), "eu-gdpr", Right.ACCESS, on("Thursday 2027-07-01")).respond_by
    assert found
    assert (found.number, found.unit) == (1, PeriodUnit.MONTHS)
    assert found.day == on("Monday 2027-08-02"), "1 August 2027 is a Sunday"


@pytest.mark.parametrize(("code", "law"), [
    ("DE", "eu-gdpr"), ("GB", "gb-uk-gdpr"), ("CH", "ch-fadp"), ("CA-ON", "ca-pipeda"),
    ("CA-QC", "ca-qc-law25"), ("BR", "br-lgpd")])
def test_a_firm_elsewhere_is_asked_to_the_extent_that_the_law_reaches_it(
    code: str, law: str
) -> None:
    elsewhere = [f for f in ask(code).offered if f.law == law]
    at_home = {f.right: f for f in ask(code, replace(BROKER, country=code[:2])).offered
               if f.law == law}
    assert elsewhere
    for item in elsewhere:
        doubts = {limit.key for limit in item.limits}
        assert doubts & {"targeting", "effect", "real_connection", "enterprise_in_quebec"}, doubts
        assert {limit.key for limit in at_home[item.right].limits} <= doubts
