"""Narrow state laws, laws that take no letters, and those that protect officials."""

from __future__ import annotations

from datetime import date

import pytest

from optout.domain.footing import Applicable, Footing
from optout.domain.words import ActingAs, Right
from optout.law.applicable import applicable
from optout.law.deadlines import appeal_deadlines, deadlines
from optout.law.words import ClockStart
from tests.law.applied import keys
from tests.law.applied import reason as why_not
from tests.law.samples import BROKER, book

TODAY = date(2026, 11, 27)
NEVADA, WASHINGTON, ALABAMA = "us-nv-603a", "us-wa-mhmda", "us-al-apdpa"
DANIEL, ANDERL, ILLINOIS = "us-nj-daniels-law", "us-federal-anderl", "us-il-judicial-privacy"
OFFICIALS = (DANIEL, ANDERL, ILLINOIS, "us-md-wilkinson", "us-wv-daniels-law",
             "us-states-official-protection-pointer", "us-states-acp-pointer")


def ask(
    residence: str, *declared: str, day: date = TODAY, acting_as: ActingAs = ActingAs.SELF
) -> Applicable:
    return applicable(book(), [residence], BROKER, day, acting_as, declared=declared)


def of(found: Applicable, law: str) -> dict[Right, Footing]:
    return {footing.right: footing for footing in found.offered if footing.law == law}


# Narrow laws

def test_nevada_stops_only_sale_and_says_what_the_firm_must_be() -> None:
    found = of(ask("US-NV"), NEVADA)
    assert set(found) == {Right.OPT_OUT_OF_SALE}
    assert keys(found[Right.OPT_OUT_OF_SALE]) == {
        "data_broker_or_operator", "collected_online", "for_money", "fcra_agency", "glba_entity",
        "other_law_governs", "publicly_available", "hipaa_entity"}


def test_nevada_counts_sixty_days_from_the_verified_request() -> None:
    # Monday 30 November + 60 days: 31 in December leave 29, so Friday 29 January.
    dates = deadlines(book(), NEVADA, Right.OPT_OUT_OF_SALE, date(2026, 11, 30))
    assert dates.respond_by
    assert dates.respond_by.day == date(2027, 1, 29)
    assert dates.extended_respond_by
    assert dates.extended_respond_by.day == date(2027, 2, 28)
    period = book().laws[NEVADA].rule(Right.OPT_OUT_OF_SALE).deadline
    assert period
    assert period.starts_at is ClockStart.VERIFICATION


def test_no_agent_may_act_under_the_laws_of_nevada_and_washington() -> None:
    for residence, law in (("US-NV", NEVADA), ("US-WA", WASHINGTON)):
        found = ask(residence, acting_as=ActingAs.AGENT)
        assert not of(found, law)
        assert any("does not provide for agents" in one.reason
                   for one in found.withheld if one.law == law)


def test_the_nevada_law_on_health_data_is_not_sure_enough() -> None:
    found = ask("US-NV")
    assert not of(found, "us-nv-health")
    assert "not certain enough" in why_not(found, "us-nv-health")


def test_washington_gives_three_rights_over_health_data_alone() -> None:
    found = of(ask("US-WA"), WASHINGTON)
    assert set(found) == {Right.ACCESS, Right.WITHDRAW_CONSENT, Right.DELETE}
    for footing in found.values():
        assert {"consumer_health_data", "nexus", "publicly_available"} <= keys(footing)
    appeal = appeal_deadlines(book(), WASHINGTON, date(2026, 11, 30)).respond_by
    assert appeal
    assert appeal.day == date(2027, 1, 14)


def test_alabama_switches_on_by_its_date_and_knows_no_appeal() -> None:
    before, after = ask("US-AL", day=date(2027, 4, 30)), ask("US-AL", day=date(2027, 5, 1))
    assert not of(before, ALABAMA)
    assert "holds only from" in why_not(before, ALABAMA)
    found = of(after, ALABAMA)
    assert Right.DELETE in found
    assert {"size_threshold", "small_firm_without_sale"} <= keys(found[Right.DELETE])
    assert "only what you gave the firm yourself" in why_not(after, ALABAMA, Right.PORTABILITY)
    assert not book().laws[ALABAMA].appeal.available
    assert not of(ask("US-AL", day=date(2027, 5, 1), acting_as=ActingAs.AGENT), ALABAMA)


def test_vermont_gives_nothing_to_assert_even_in_2028() -> None:
    found = ask("US-VT", day=date(2028, 2, 1))
    assert not found.offered
    assert "not certain enough" in why_not(found, "us-vt-vdposa")
    assert "gives no right to send a request" in why_not(found, "us-vt-data-broker")


# Laws that take no letters

def test_the_act_on_biometrics_tells_that_it_leads_to_court_and_not_to_a_letter() -> None:
    found = ask("US-IL", "us-il-bipa")
    assert not of(found, "us-il-bipa")
    reason = why_not(found, "us-il-bipa")
    assert "protects certain people only: Those whose fingerprint" in reason
    assert "nobody a right to send a request" in reason


def test_a_setting_of_the_browser_is_no_letter() -> None:
    found = ask("US-CA", day=date(2027, 1, 1))
    assert not of(found, "us-ca-opt-me-out")
    assert "gives no right to send a request" in why_not(found, "us-ca-opt-me-out")


# Officials

@pytest.mark.parametrize(("residence", "law"), [
    ("US-NJ", DANIEL), ("US-TX", ANDERL), ("US-IL", ILLINOIS)])
def test_officials_are_protected_only_where_they_say_so(residence: str, law: str) -> None:
    assert not of(ask(residence), law)
    assert "certain people only" in why_not(ask(residence), law)
    assert set(of(ask(residence, law), law)) == {Right.SUPPRESS_PUBLICATION}
    assert not of(ask("US-NY" if residence != "US-TX" else "DE", law), law)


def test_every_law_for_some_people_asks_a_question() -> None:
    for law in OFFICIALS:
        assert book().laws[law].people.question.endswith("?"), law


def test_the_notice_in_new_jersey_runs_ten_business_days() -> None:
    # From Monday 14 December: 15 to 18 are four, 21 to 24 eight, 28 and 29 ten; the 25th is
    # Christmas.
    dates = deadlines(book(), DANIEL, Right.SUPPRESS_PUBLICATION, date(2026, 12, 14))
    assert dates.respond_by
    assert dates.respond_by.day == date(2026, 12, 29)


def test_illinois_counts_hours_through_the_weekend() -> None:
    dates = deadlines(book(), ILLINOIS, Right.SUPPRESS_PUBLICATION, date(2026, 11, 27))
    assert dates.respond_by
    assert dates.respond_by.day == date(2026, 11, 30)


@pytest.mark.parametrize(("residence", "law", "reason"), [
    ("US-MD", "us-md-wilkinson", "not certain enough"),
    ("US-WV", "us-wv-daniels-law", "A court struck")])
def test_a_law_in_doubt_is_asserted_by_nobody(residence: str, law: str, reason: str) -> None:
    found = ask(residence, law)
    assert not of(found, law)
    assert reason in why_not(found, law)


@pytest.mark.parametrize("law", ["us-states-official-protection-pointer",
                                 "us-states-acp-pointer"])
def test_a_pointer_asserts_nothing_anywhere_and_says_why(law: str) -> None:
    for residence in ("US-MO", "US-CA", "DE"):
        assert not of(ask(residence, law), law)
    assert "no request relies on it" in book().laws[law].effective_note


def test_what_is_not_certain_of_the_federal_act_is_marked() -> None:
    law = book().laws[ANDERL]
    assert law.is_low("rights.suppress_publication.deadline")
    assert not law.is_low("rights.suppress_publication")
