"""The laws on federal records, and those of Britain, Switzerland, Canada and Brazil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Broker
from optout.domain.footing import Applicable, Footing
from optout.domain.words import ActingAs, Right, Role
from optout.law.applicable import applicable
from optout.law.clock import ClockHistory, Question
from optout.law.deadlines import appeal_by, appeal_deadlines, deadlines
from optout.law.reach import NEVER_ASKED
from tests.law.applied import keys
from tests.law.samples import BROKER, book

TODAY = date(2026, 11, 27)
AGENCY = replace(BROKER, id="records-office", role=Role.GOVERNMENT_SYSTEM, regulated_as=("foia",))
BRITISH = replace(BROKER, country="GB")
PRIVACY_ACT, FOIA, UK = "us-federal-privacy-act", "us-federal-foia", "gb-uk-gdpr"


def ask(residence: str, broker: Broker = BROKER, *declared: str) -> Applicable:
    return applicable(book(), [residence], broker, TODAY, declared=declared)


def of(found: Applicable, law: str) -> dict[Right, Footing]:
    return {footing.right: footing for footing in found.offered if footing.law == law}


# Federal records

def test_anyone_may_ask_an_agency_but_only_some_under_the_privacy_act() -> None:
    for residence in ("US-NY", "DE", "BR"):
        found = ask(residence, AGENCY)
        assert set(of(found, FOIA)) == {Right.ACCESS}
        assert not of(found, PRIVACY_ACT)
    declared = of(ask("US-NY", AGENCY, PRIVACY_ACT), PRIVACY_ACT)
    assert set(declared) == {Right.ACCESS, Right.CORRECT}
    assert "exempt_system" in keys(declared[Right.ACCESS])


def test_the_laws_that_turn_on_citizenship_ask_nobody_and_are_never_written_down() -> None:
    found = [law for law in book().laws.values() if "citizen" in law.people.people]
    assert {law.people.people for law in found} == NEVER_ASKED
    for law in found:
        assert law.never_stored
        assert not law.people.question
        assert "Counsel says whether it applies" in law.people.text
    assert not [law.id for law in book().laws.values() if "citizen" in law.people.question]


def test_the_judicial_redress_act_is_never_asserted() -> None:
    law = "us-federal-judicial-redress"
    found = ask("DE", AGENCY, law)
    assert not of(found, law)
    assert "not certain enough" in next(w.reason for w in found.withheld if w.law == law)


def test_the_act_on_driver_records_says_what_helps_instead() -> None:
    found = ask("US-NY")
    assert not of(found, "us-federal-dppa")
    reason = next(w.reason for w in found.withheld if w.law == "us-federal-dppa")
    assert "motor vehicle department of your state" in reason


def test_an_agency_has_twenty_working_days_and_ten_more_with_notice() -> None:
    # 26 November is Thanksgiving; 25 December and 1 January are holidays.
    dates = deadlines(book(), FOIA, Right.ACCESS, date(2026, 11, 23))
    assert dates.respond_by
    assert dates.extended_respond_by
    assert dates.respond_by.day == date(2026, 12, 22)
    assert dates.extended_respond_by.day == date(2027, 1, 7)
    last = appeal_by(book(), FOIA, date(2026, 11, 23))
    assert last
    assert last.day == date(2027, 2, 21)


def test_an_agency_confirms_a_correction_in_ten_working_days_and_decides_without_a_number() -> None:
    dates = deadlines(book(), PRIVACY_ACT, Right.CORRECT, date(2026, 11, 23))
    assert dates.respond_by is None
    assert dates.acknowledge_by
    assert dates.acknowledge_by.day == date(2026, 12, 8)
    assert deadlines(book(), PRIVACY_ACT, Right.ACCESS, TODAY).respond_by is None


# Britain

def test_the_uk_gdpr_follows_the_firm_and_the_person() -> None:
    assert "establishment" in keys(of(ask("US-NY", BRITISH), UK)[Right.DELETE])
    assert "targeting" in keys(of(ask("GB"), UK)[Right.DELETE])
    assert not {"establishment", "targeting"} & keys(of(ask("GB", BRITISH), UK)[Right.DELETE])
    assert not of(ask("US-NY"), UK)


@pytest.mark.parametrize(("homes", "firm", "first"), [
    (["US-VA"], "DE", "eu-gdpr"), (["US-VA"], "GB", UK), (["US-VA", "FR"], "DE", "eu-gdpr"),
    (["US-VA", "FR"], "US", "us-va-vcdpa"), (["US-VA", "FR"], "", "us-va-vcdpa"),
])
def test_the_law_of_the_firms_own_country_comes_before_one_that_may_not_reach_it(
    homes: list[str], firm: str, first: str
) -> None:
    found = applicable(book(), homes, replace(BROKER, country=firm), TODAY)
    assert (found.offered[0].law, found.offered[0].right) == (first, Right.DELETE)


def test_a_holiday_in_any_part_of_the_united_kingdom_moves_the_end() -> None:
    # 29 March 2027 is Easter Monday, but not in Scotland; 30 November is a Scottish holiday.
    for start, last in (("2027-02-28", "2027-03-30"), ("2026-10-30", "2026-12-01")):
        found = deadlines(book(), UK, Right.ACCESS, date.fromisoformat(start)).respond_by
        assert found
        assert found.day == date.fromisoformat(last)


def test_the_british_clock_rests_by_article_12a() -> None:
    asked = ClockHistory((Question(date(2027, 3, 1), date(2027, 3, 11)),))
    found = deadlines(book(), UK, Right.ACCESS, date(2027, 2, 26), history=asked).respond_by
    assert found
    assert found.day == date(2027, 4, 5)
    assert "(UK GDPR Art. 12A)" in "".join(found.arithmetic)


def test_a_british_complaint_is_confirmed_in_thirty_days_and_answered_without_a_number() -> None:
    dates = deadlines(book(), UK, Right.COMPLAIN_TO_CONTROLLER, date(2026, 11, 25))
    assert dates.acknowledge_by
    assert dates.acknowledge_by.number == 30
    assert dates.respond_by is None
    assert appeal_deadlines(book(), UK, TODAY).respond_by is None
    before = applicable(book(), ["GB"], BRITISH, date(2026, 6, 18))
    assert Right.COMPLAIN_TO_CONTROLLER not in of(before, UK)
    assert "164A" in of(ask("GB"), UK)[Right.DELETE].appeal_section


# Elsewhere only what is certain

@pytest.mark.parametrize(("residence", "law", "link", "number"), [
    ("CH", "ch-fadp", "effect", 30), ("CA-ON", "ca-pipeda", "real_connection", 30),
    ("CA-QC", "ca-qc-law25", "enterprise_in_quebec", 30), ("BR", "br-lgpd", "targeting", 15),
])
def test_abroad_only_access_is_asserted_and_with_its_link(
    residence: str, law: str, link: str, number: int
) -> None:
    found = of(ask(residence), law)
    assert set(found) == {Right.ACCESS}
    assert link in keys(found[Right.ACCESS])
    assert not of(ask("US-NY", replace(BROKER, country=residence[:2])), law)
    dates = deadlines(book(), law, Right.ACCESS, TODAY)
    assert dates.respond_by
    assert dates.respond_by.number == number
    assert dates.extended_respond_by is None


def test_canada_leaves_room_for_the_laws_of_its_provinces() -> None:
    for residence in ("CA-ON", "CA-QC", "CA-AB"):
        assert "provincial_law" in keys(of(ask(residence), "ca-pipeda")[Right.ACCESS])


@pytest.mark.parametrize(("residence", "law", "may"), [
    ("CH", "ch-fadp", False), ("CA-QC", "ca-qc-law25", False),
    ("CA-ON", "ca-pipeda", True), ("BR", "br-lgpd", True), ("GB", UK, True),
])
def test_an_agent_acts_only_where_the_rule_is_certain(
    residence: str, law: str, *, may: bool
) -> None:
    found = applicable(book(), [residence], BROKER, TODAY, ActingAs.AGENT)
    assert (Right.ACCESS in of(found, law)) is may
