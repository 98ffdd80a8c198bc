"""Deadlines worked out by hand, weekday by weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.footing import ComputedDate
from optout.domain.words import Channel, PeriodUnit, Right
from optout.law.clock import extension_counts
from optout.law.deadlines import appeal_deadlines, deadlines, platform_dates
from optout.law.model import History
from optout.law.parts import Extension
from tests.law.samples import AGENCY, BROKER, GERMAN, NATIONWIDE, SPECIALTY, book, on

CCPA, DROP, VCDPA, FCRA, GDPR = (
    "us-ca-ccpa", "us-ca-delete-act", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr")


def shown(found: ComputedDate | None) -> str | None:
    return f"{found.day:%A} {found.day.isoformat()}" if found else None


@pytest.mark.parametrize(("right", "start", "acknowledge", "respond", "extended"), [
    # Thanksgiving and the Friday after it are closed, so 10 business days take 16 days.
    (Right.ACCESS, "Monday 2026-11-23", "Wednesday 2026-12-09", "Thursday 2027-01-07",
     "Sunday 2027-02-21"),
    (Right.OPT_OUT_OF_SALE, "Monday 2026-11-23", None, "Wednesday 2026-12-16", None),
    # 24, 28-31 December; 4-8, 11-15 January: Christmas and New Year are left out.
    (Right.OPT_OUT_OF_SALE, "Wednesday 2026-12-23", None, "Friday 2027-01-15", None),
    (Right.LIMIT_SENSITIVE, "Wednesday 2026-12-23", None, "Friday 2027-01-15", None),
    # 45 days end on Washington's Birthday; the day itself is still shown.
    (Right.DELETE, "Friday 2027-01-01", "Friday 2027-01-15", "Monday 2027-02-15",
     "Thursday 2027-04-01"),
    # César Chávez Day, Wednesday 31 March, is closed.
    (Right.CORRECT, "Thursday 2027-03-25", "Friday 2027-04-09", "Sunday 2027-05-09",
     "Wednesday 2027-06-23"),
    # Susan B. Anthony Day, Tuesday 15 February 2028, is open; Monday the 21st is closed.
    (Right.ACCESS, "Friday 2028-02-11", "Monday 2028-02-28", "Monday 2028-03-27",
     "Thursday 2028-05-11"),
    # Diwali, Friday 29 October 2027, is open.
    (Right.ACCESS, "Monday 2027-10-25", "Monday 2027-11-08", "Thursday 2027-12-09",
     "Sunday 2028-01-23"),
])
def test_california_counts_three_clocks(
    right: Right, start: str, acknowledge: str | None, respond: str, extended: str | None
) -> None:
    found = deadlines(book(), CCPA, right, on(start))
    assert (shown(found.acknowledge_by), shown(found.respond_by),
            shown(found.extended_respond_by)) == (acknowledge, respond, extended)


@pytest.mark.parametrize(("start", "respond", "late", "extended", "late_then"), [
    ("Monday 2026-11-23", "Thursday 2027-01-07", "Friday 2027-01-08",
     "Sunday 2027-02-21", "Tuesday 2027-02-23"),
    # Sunday, then Washington's Birthday: an answer on Tuesday the 16th is still in time.
    ("Thursday 2026-12-31", "Sunday 2027-02-14", "Wednesday 2027-02-17",
     "Wednesday 2027-03-31", "Thursday 2027-04-01"),
    # 29 February lies inside the extended period.
    ("Friday 2028-01-14", "Monday 2028-02-28", "Tuesday 2028-02-29",
     "Thursday 2028-04-13", "Friday 2028-04-14"),
    # The 90th day is Memorial Day.
    ("Tuesday 2028-02-29", "Friday 2028-04-14", "Saturday 2028-04-15",
     "Monday 2028-05-29", "Wednesday 2028-05-31"),
])
def test_virginia_counts_plain_days_and_claims_lateness_late(
    start: str, respond: str, late: str, extended: str, late_then: str
) -> None:
    found = deadlines(book(), VCDPA, Right.DELETE, on(start))
    assert found.respond_by
    assert found.extended_respond_by
    assert (found.respond_by.day, found.respond_by.late_from) == (on(respond), on(late))
    assert (found.extended_respond_by.day, found.extended_respond_by.late_from) == (
        on(extended), on(late_then))
    assert found.acknowledge_by is None


@pytest.mark.parametrize(("start", "calendar", "respond", "extended"), [
    # The example of the European Data Protection Board: received on 4 March, due on 4 April.
    ("Tuesday 2025-03-04", None, "Friday 2025-04-04", "Wednesday 2025-06-04"),
    ("Wednesday 2026-03-04", None, "Monday 2026-04-06", "Thursday 2026-06-04"),
    ("Wednesday 2026-03-04", "DE", "Tuesday 2026-04-07", "Thursday 2026-06-04"),
    ("Monday 2026-11-23", None, "Wednesday 2026-12-23", "Tuesday 2027-02-23"),
    ("Wednesday 2026-11-25", None, "Friday 2026-12-25", "Thursday 2027-02-25"),
    ("Wednesday 2026-11-25", "DE", "Monday 2026-12-28", "Thursday 2027-02-25"),
    # 28 February is the last day of the month and a Sunday.
    ("Sunday 2027-01-31", None, "Monday 2027-03-01", "Friday 2027-04-30"),
    ("Saturday 2027-01-30", None, "Monday 2027-03-01", "Friday 2027-04-30"),
    # A leap year; 30 April 2028 is a Sunday and 1 May a holiday in Germany.
    ("Monday 2028-01-31", None, "Tuesday 2028-02-29", "Monday 2028-05-01"),
    ("Monday 2028-01-31", "DE", "Tuesday 2028-02-29", "Tuesday 2028-05-02"),
    ("Tuesday 2028-02-29", None, "Wednesday 2028-03-29", "Monday 2028-05-29"),
    ("Thursday 2026-12-31", None, "Monday 2027-02-01", "Wednesday 2027-03-31"),
])
def test_europe_counts_months_and_never_ends_on_a_closed_day(
    start: str, calendar: str | None, respond: str, extended: str
) -> None:
    found = deadlines(book(), GDPR, Right.DELETE, on(start), calendar=calendar)
    assert shown(found.respond_by) == respond
    assert shown(found.extended_respond_by) == extended


@pytest.mark.parametrize(("right", "channel", "start", "respond", "extended"), [
    (Right.ACCESS, Channel.EMAIL, "Monday 2026-11-23", "Tuesday 2026-12-08", None),
    (Right.DISPUTE, Channel.POSTAL_MAIL, "Monday 2026-11-23", "Wednesday 2026-12-23",
     "Thursday 2027-01-07"),
    (Right.FREEZE, Channel.WEB_FORM, "Wednesday 2026-11-25", "Friday 2026-11-27", None),
    (Right.FREEZE, Channel.PHONE, "Thursday 2027-12-30", "Monday 2028-01-03", None),
    (Right.FREEZE, Channel.POSTAL_MAIL, "Wednesday 2026-11-25", "Tuesday 2026-12-01", None),
    (Right.FREEZE, Channel.FAX, "Wednesday 2026-11-25", "Tuesday 2026-12-01", None),
    (Right.UNFREEZE, Channel.PHONE, "Wednesday 2026-11-25", "Wednesday 2026-11-25", None),
    (Right.UNFREEZE, Channel.POSTAL_MAIL, "Wednesday 2026-11-25", "Tuesday 2026-12-01", None),
    (Right.BLOCK, Channel.EMAIL, "Tuesday 2026-12-22", "Tuesday 2026-12-29", None),
    # Martin Luther King Day, Monday 18 January, is closed.
    (Right.OPT_OUT_PRESCREEN, Channel.EMAIL, "Friday 2027-01-15", "Monday 2027-01-25", None),
])
def test_the_fcra_counts_by_right_and_channel(
    right: Right, channel: Channel, start: str, respond: str, extended: str | None
) -> None:
    found = deadlines(book(), FCRA, right, on(start), channel)
    assert (shown(found.respond_by), shown(found.extended_respond_by)) == (respond, extended)


def test_fifteen_days_for_a_report_bind_specialty_agencies_that_are_asked_themselves() -> None:
    # A nationwide agency owes them through the central source alone: 15 U.S.C. 1681j(a)(1)(B).
    def answer(broker: Broker | None) -> str | None:
        return shown(deadlines(book(), FCRA, Right.ACCESS, on("Monday 2026-11-23"),
                               broker=broker).respond_by)

    assert answer(SPECIALTY) == answer(None) == "Tuesday 2026-12-08"
    assert answer(NATIONWIDE) is answer(AGENCY) is None


@pytest.mark.parametrize(("country", "late"), [
    ("DE", "Tuesday 2026-12-29"),  # Friday 25 December is a holiday, then comes a weekend
    ("US", "Tuesday 2026-12-29"),
    ("", "Saturday 2026-12-26"),
    ("XX", "Saturday 2026-12-26"),
])
def test_lateness_in_europe_waits_for_the_holidays_of_the_recipient(
    country: str, late: str
) -> None:
    found = deadlines(book(), GDPR, Right.DELETE, on("Wednesday 2026-11-25"),
                      broker=replace(GERMAN, country=country)).respond_by
    assert found
    assert found.day == on("Friday 2026-12-25")
    assert found.late_from == on(late)
    assert found.arithmetic[-1].startswith(f"Late from {found.late_from:%A}")


def test_hours_warn_early_and_claim_late() -> None:
    found = deadlines(book(), FCRA, Right.UNFREEZE, on("Wednesday 2026-11-25")).respond_by
    assert found
    assert found.unit is PeriodUnit.HOURS
    assert found.late_from == on("Friday 2026-11-27")
    assert found.calendar == ""


def test_a_right_without_a_number_gets_none() -> None:
    found = deadlines(book(), FCRA, Right.FRAUD_ALERT, on("Monday 2026-11-23"))
    assert (found.acknowledge_by, found.respond_by, found.extended_respond_by) == (
        None, None, None)
    assert found.citations == ()


@pytest.mark.parametrize(("start", "respond"), [
    ("Monday 2026-11-23", "Thursday 2027-01-07"),
    ("Thursday 2026-12-31", "Sunday 2027-02-14"),
    ("Friday 2027-01-01", "Sunday 2027-01-31"),
])
def test_a_broker_that_picked_up_from_drop_has_forty_five_days_and_thirty_from_2027(
    start: str, respond: str
) -> None:
    assert shown(deadlines(book(), DROP, Right.DELETE, on(start)).respond_by) == respond


@pytest.mark.parametrize(("filed", "pick_up", "respond"), [
    # Nobody had to fetch anything before 1 August 2026.
    ("Sunday 2026-03-01", "Tuesday 2026-09-15", "Friday 2026-10-30"),
    ("Monday 2026-08-17", "Thursday 2026-10-01", "Sunday 2026-11-15"),
    # Picked up in 2027, processed by the shorter period of 2027.
    ("Monday 2026-11-23", "Thursday 2027-01-07", "Saturday 2027-02-06"),
    ("Monday 2027-02-01", "Wednesday 2027-03-03", "Friday 2027-04-02"),
])
def test_the_worst_case_of_drop_is_pick_up_and_then_processing(
    filed: str, pick_up: str, respond: str
) -> None:
    found = platform_dates(book(), DROP, on(filed))
    assert shown(found.pick_up_by) == pick_up
    assert shown(found.respond_by) == respond
    assert found.respond_by.arithmetic[0] == found.pick_up_by.arithmetic[0]


@pytest.mark.parametrize(("filed", "late"), [
    # Whoever fetched on 31 December 2026 has 45 days, until Sunday 14 February; the Monday after
    # it is Washington’s Birthday.
    ("Wednesday 2026-11-25", "Wednesday 2027-02-17"),
    ("Saturday 2026-11-28", "Wednesday 2027-02-17"),
    # 14 February, then 30 days: 16 March lies after all who fetched in 2026.
    ("Thursday 2026-12-31", "Wednesday 2027-03-17"),
    ("Monday 2027-02-01", "Saturday 2027-04-03"),
])
def test_lateness_on_drop_waits_for_brokers_that_fetched_before_the_period_became_shorter(
    filed: str, late: str
) -> None:
    found = platform_dates(book(), DROP, on(filed)).respond_by
    assert found.late_from == on(late)
    assert found.arithmetic[-1].startswith(f"Late from {found.late_from:%A}")
    fetched_earlier = any("fetched it on Thursday 31 December" in x for x in found.arithmetic)
    assert fetched_earlier == (late == "Wednesday 2027-02-17")


@pytest.mark.parametrize("doubted", ["extension", "rights.delete.extension", "rights", "all"])
def test_a_longer_time_that_is_not_certain_starts_no_date(doubted: str) -> None:
    law = book().law(VCDPA, date(2026, 11, 23))
    sure, unsure = (deadlines(
        replace(book(), histories={VCDPA: History(((date.min, replace(
            law, low_confidence_fields=low)),))}),
        VCDPA, Right.DELETE, on("Monday 2026-11-23")) for low in ((), (doubted,)))
    assert sure.extended_respond_by is not None
    assert unsure.extended_respond_by is None


def test_a_law_without_a_platform_says_so() -> None:
    with pytest.raises(NotFound, match="no platform"):
        platform_dates(book(), VCDPA, on("Monday 2026-11-23"))


def test_a_platform_whose_law_sets_no_number_gets_none() -> None:
    act = book().laws[DROP]
    rights = {right: replace(rule, deadline=None) for right, rule in act.rights.items()}
    silent = replace(book(), histories={
        DROP: History(((date.min, replace(act, rights=rights)),))})
    with pytest.raises(NotFound, match="sets no period"):
        platform_dates(silent, DROP, on("Monday 2026-11-23"))


def test_an_appeal_in_virginia_is_answered_in_sixty_days() -> None:
    found = appeal_deadlines(book(), VCDPA, on("Monday 2027-01-04"))
    assert shown(found.respond_by) == "Friday 2027-03-05"
    assert found.extended_respond_by is None


@pytest.mark.parametrize("law", [CCPA, DROP, GDPR])
def test_where_there_is_no_appeal_the_authority_is_named(law: str) -> None:
    with pytest.raises(NotFound, match="no appeal") as caught:
        appeal_deadlines(book(), law, on("Monday 2027-01-04"))
    assert "Complain to" in caught.value.remedy


def test_the_arithmetic_spells_out_every_step() -> None:
    found = deadlines(book(), CCPA, Right.ACCESS, on("Monday 2026-11-23"))
    assert found.acknowledge_by
    assert found.acknowledge_by.arithmetic == (
        "Day 0: Monday 23 November 2026 (receipt of the request)",
        "Not counted: Thursday 26 November 2026 (Thanksgiving Day).",
        "Not counted: Friday 27 November 2026 (Day After Thanksgiving).",
        "10 business days later, without weekends and holidays: Wednesday 9 December 2026.",
        "Late from Thursday 10 December 2026.")
    assert found.extended_respond_by
    assert "45 calendar days, and 45 more" in found.extended_respond_by.arithmetic[1]
    assert "Monday 22 February 2027 still counts" in found.extended_respond_by.arithmetic[3]


def test_each_date_keeps_its_citation_and_calendar() -> None:
    found = deadlines(book(), CCPA, Right.ACCESS, on("Monday 2026-11-23"))
    assert found.acknowledge_by
    assert found.acknowledge_by.citation == "Cal. Code Regs. tit. 11, § 7021(a)"
    assert found.acknowledge_by.calendar.startswith("US-CA (holidays ")
    assert found.citations[0] == "Cal. Code Regs. tit. 11, § 7021(a)"
    assert len(found.citations) == 3


def test_another_calendar_can_be_named() -> None:
    federal = deadlines(book(), CCPA, Right.ACCESS, on("Monday 2026-11-23"), calendar="US")
    assert shown(federal.acknowledge_by) == "Tuesday 2026-12-08"


def test_a_date_beyond_the_checked_holidays_says_so() -> None:
    found = deadlines(book(), CCPA, Right.ACCESS, on("Friday 2028-12-15")).respond_by
    assert found
    assert "Update the program" in found.arithmetic[-1]


def test_an_unknown_law_or_right_is_named_with_what_there_is() -> None:
    with pytest.raises(NotFound, match="us-ca-cpa") as caught:
        deadlines(book(), "us-ca-cpa", Right.DELETE, on("Monday 2026-11-23"))
    assert "us-ca-ccpa" in caught.value.remedy
    with pytest.raises(NotFound, match="freeze") as caught:
        deadlines(book(), VCDPA, Right.FREEZE, on("Monday 2026-11-23"))
    assert "opt_out_of_sale" in caught.value.remedy
    with pytest.raises(NotFound) as caught:
        deadlines(book(), "zzz", Right.DELETE, on("Monday 2026-11-23"))
    assert "law list" in caught.value.remedy


@pytest.mark.parametrize("start", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_start_that_no_clock_can_have_is_refused(start: date) -> None:
    with pytest.raises(InvalidInput, match="No clock"):
        deadlines(book(), GDPR, Right.DELETE, start)


def test_a_late_notice_does_not_extend() -> None:
    first = deadlines(book(), VCDPA, Right.DELETE, on("Thursday 2026-12-31")).respond_by
    extension = book().laws[VCDPA].rights[Right.DELETE].extension
    assert first
    assert extension_counts(first, extension, on("Tuesday 2027-02-16"))
    assert not extension_counts(first, extension, on("Wednesday 2027-02-17"))
    assert not extension_counts(first, None, on("Monday 2027-01-04"))
    without_notice = Extension(15, PeriodUnit.CALENDAR_DAYS, notice_required=False)
    assert extension_counts(first, without_notice, on("Wednesday 2027-02-17"))


def test_a_broker_that_is_no_agency_changes_nothing_where_a_number_binds_all() -> None:
    with_broker = deadlines(book(), VCDPA, Right.DELETE, on("Monday 2026-11-23"), broker=BROKER)
    assert with_broker == deadlines(book(), VCDPA, Right.DELETE, on("Monday 2026-11-23"))
