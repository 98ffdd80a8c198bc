"""A question of identity, and whether a law lets its clock rest meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.words import PeriodUnit, Right
from optout.law.clock import ClockHistory
from optout.law.deadlines import appeal_by
from optout.law.model import History
from optout.law.parts import Period
from tests.law.dated import CCPA, FCRA, GDPR, MONDAY, VCDPA, asked, dates, respond, with_law
from tests.law.samples import GERMAN, book, on

# A question of identity, where the law lets the clock rest.

@pytest.mark.parametrize(("pairs", "day", "late"), [
    # A month from 23 November is Wednesday 23 December; ten days of rest make it Saturday
    # 2 January, so that the period ends on Monday.
    ([("Tuesday 2026-12-01", "Friday 2026-12-11")], "Monday 2027-01-04", "Tuesday 2027-01-05"),
    # Answered on the day of the question: nothing rests.
    ([("Tuesday 2026-12-01", "Tuesday 2026-12-01")], "Wednesday 2026-12-23",
     "Thursday 2026-12-24"),
    # One day makes it Thursday the 24th.
    ([("Tuesday 2026-12-01", "Wednesday 2026-12-02")], "Thursday 2026-12-24",
     "Friday 2026-12-25"),
    # Asked on the last day, over the end of the period: five days, Monday 28 December.
    ([("Wednesday 2026-12-23", "Monday 2026-12-28")], "Monday 2026-12-28", "Tuesday 2026-12-29"),
    # Two questions: two days and three days.
    ([("Tuesday 2026-12-01", "Thursday 2026-12-03"), ("Monday 2026-12-07", "Thursday 2026-12-10")],
     "Monday 2026-12-28", "Tuesday 2026-12-29"),
    # The second came while only the first had moved the end: Friday the 25th.
    ([("Tuesday 2026-12-01", "Thursday 2026-12-03"), ("Friday 2026-12-25", "Sunday 2026-12-27")],
     "Monday 2026-12-28", "Tuesday 2026-12-29"),
    # Days that two questions share are counted once: 1 to 10 December, nine days.
    ([("Tuesday 2026-12-01", "Tuesday 2026-12-08"), ("Thursday 2026-12-03", "Thursday 2026-12-10")],
     "Friday 2027-01-01", "Saturday 2027-01-02"),
    # A question before the clock started rests only from its start: two days.
    ([("Friday 2026-11-20", "Wednesday 2026-11-25")], "Friday 2026-12-25", "Saturday 2026-12-26"),
    ([("Wednesday 2026-11-18", "Friday 2026-11-20")], "Wednesday 2026-12-23",
     "Thursday 2026-12-24"),
    # Over the turn of the year, to a leap day’s month: 70 days, Wednesday 3 March 2027.
    ([("Tuesday 2026-12-01", "Tuesday 2027-02-09")], "Wednesday 2027-03-03",
     "Thursday 2027-03-04"),
])
def test_europe_adds_the_days_of_a_question(
    pairs: list[tuple[str, str | None]], day: str, late: str
) -> None:
    found = respond(GDPR, Right.DELETE, MONDAY, asked(*pairs))
    assert (found.day, found.late_from) == (on(day), on(late))
    assert not found.provisional
    assert found.starts_on == on(MONDAY)


def test_the_arithmetic_of_a_rest_names_both_days_the_section_and_the_condition() -> None:
    found = respond(GDPR, Right.DELETE, MONDAY,
                    asked(("Tuesday 2026-12-01", "Friday 2026-12-11")))
    assert found.arithmetic == (
        "Day 0: Monday 23 November 2026 (receipt of the request)",
        "1 month later: Wednesday 23 December 2026.",
        ("On Tuesday 1 December 2026 they asked who you are, and on Friday 11 December 2026 you "
        "answered. While that question is open the clock may rest (GDPR Art. 12(6)). The month may "
        "stand still while a justified question about identity is open, if it was asked at once."),
        "10 days are added: Saturday 2 January 2027.",
        ("Saturday 2 January 2027 is closed (Saturday), so the period ends on the next working "
        "day: Monday 4 January 2027."),
        "Late from Tuesday 5 January 2027.")
    one = respond(GDPR, Right.DELETE, MONDAY,
                  asked(("Tuesday 2026-12-01", "Wednesday 2026-12-02")))
    assert "1 day is added: Thursday 24 December 2026." in one.arithmetic


def test_each_law_names_its_own_condition_for_a_rest() -> None:
    law = book().law("gb-uk-gdpr", date(2026, 11, 23))
    british = respond(law.id, Right.DELETE, MONDAY, asked(("Tuesday 2026-12-01", None)))
    assert "may rest (UK GDPR Art. 12A)." in british.arithmetic[-2]
    assert british.arithmetic[-2].endswith(law.verification.note)
    bare = replace(law, verification=replace(law.verification, note="", pause_section=""))
    unnamed = respond(law.id, Right.DELETE, MONDAY, asked(("Tuesday 2026-12-01", None)),
                      laws=with_law(bare))
    assert unnamed.arithmetic[-2].endswith(
        "the clock may rest. That holds where their doubt is justified and they asked without "
        "delay.")


def test_britain_rests_since_its_own_section_is_in_force() -> None:
    # Before 5 February 2026 the rule was that of Europe, without a section of its own.
    found = respond("gb-uk-gdpr", Right.DELETE, "Monday 2026-01-12",
                    asked(("Wednesday 2026-02-04", "Friday 2026-02-06")))
    assert "Art. 12A" not in " ".join(found.arithmetic)
    later = respond("gb-uk-gdpr", Right.DELETE, "Monday 2026-01-12",
                    asked(("Thursday 2026-02-05", "Friday 2026-02-06")))
    assert "Art. 12A" in " ".join(later.arithmetic)


def test_records_of_the_government_are_counted_past_a_question_in_working_days() -> None:
    # Twenty working days from Monday 23 November without Thanksgiving and Christmas Day end on
    # Tuesday 22 December; 2, 3 and 4 December rest: 23, 24 and 28 December.
    found = respond("us-federal-foia", Right.ACCESS, MONDAY,
                    asked(("Tuesday 2026-12-01", "Friday 2026-12-04")))
    assert found.day == on("Monday 2026-12-28")
    assert found.day > respond("us-federal-foia", Right.ACCESS, MONDAY, ClockHistory()).day


def test_nevada_counts_from_the_answer_to_their_question() -> None:
    found = respond("us-nv-603a", Right.OPT_OUT_OF_SALE, MONDAY,
                    asked(("Tuesday 2026-12-01", "Thursday 2026-12-31")))
    # Sixty days from New Year’s Eve: Monday 1 March 2027.
    assert (found.starts_on, found.day) == (on("Thursday 2026-12-31"), on("Monday 2027-03-01"))
    unasked = respond("us-nv-603a", Right.OPT_OUT_OF_SALE, MONDAY, ClockHistory())
    assert unasked.day == on("Friday 2027-01-22")


def test_the_papers_of_the_government_may_be_appealed_for_ninety_days() -> None:
    found = appeal_by(book(), "us-federal-foia", on(MONDAY))
    assert found
    assert found.day == on("Sunday 2027-02-21")


def test_the_three_months_of_europe_count_from_receipt_and_rest_too() -> None:
    found = dates(GDPR, Right.DELETE, MONDAY,
                  asked(("Tuesday 2026-12-01", "Friday 2026-12-11"))).extended_respond_by
    assert found
    # Tuesday 23 February and ten days.
    assert found.day == on("Friday 2027-03-05")
    assert found.arithmetic[1].startswith("1 month, and 2 more")
    assert found.arithmetic[2] == "3 months later: Tuesday 23 February 2027."


def test_while_the_question_is_open_nobody_is_late_and_the_date_is_not_final() -> None:
    found = respond(GDPR, Right.DELETE, MONDAY, asked(("Tuesday 2026-12-01", None)))
    assert found.provisional
    assert found.day == on("Wednesday 2026-12-23")
    assert "This date is not final" in found.arithmetic[-1]
    assert not any(line.startswith("Late from") for line in found.arithmetic)
    # Days of an earlier question are already in it.
    both = respond(GDPR, Right.DELETE, MONDAY, asked(
        ("Tuesday 2026-12-01", "Thursday 2026-12-03"), ("Monday 2026-12-07", None)))
    assert both.provisional
    assert both.day == on("Friday 2026-12-25")


@pytest.mark.parametrize("answer", ["Thursday 2027-01-07", None])
def test_a_question_after_the_end_changes_nothing(answer: str | None) -> None:
    found = respond(GDPR, Right.DELETE, MONDAY, asked(("Thursday 2026-12-24", answer)))
    assert not found.provisional
    assert found.late_from == on("Thursday 2026-12-24")
    assert "The period was over by then" in found.arithmetic[-1]


def test_lateness_after_a_rest_still_waits_for_the_holidays_of_the_place() -> None:
    # Two days of rest: Friday 25 December, a holiday in Germany, as the 26th would be.
    found = respond(GDPR, Right.DELETE, MONDAY,
                    asked(("Tuesday 2026-12-01", "Thursday 2026-12-03")), broker=GERMAN)
    assert (found.day, found.late_from) == (on("Friday 2026-12-25"), on("Tuesday 2026-12-29"))
    assert found.regions == ("DE",)
    assert found.calendar.startswith("weekends only; for lateness DE (holidays ")
    assert sum(line.startswith("Late from") for line in found.arithmetic) == 1


def test_a_rule_that_came_after_the_request_holds_for_a_question_after_it() -> None:
    old = replace(book().law(VCDPA, date(2026, 1, 1)))
    new = replace(old, verification=replace(old.verification, pauses_clock=True))
    laws = replace(book(), histories={
        VCDPA: History(((date.min, old), (on("Tuesday 2026-12-01"), new)))})
    before = respond(VCDPA, Right.DELETE, MONDAY, asked(
        ("Monday 2026-11-30", "Friday 2026-12-04")), laws=laws)
    after = respond(VCDPA, Right.DELETE, MONDAY, asked(
        ("Tuesday 2026-12-01", "Saturday 2026-12-05")), laws=laws)
    assert (before.day, after.day) == (on("Thursday 2027-01-07"), on("Monday 2027-01-11"))


@pytest.mark.parametrize(("number", "unit", "day", "late"), [
    (5, PeriodUnit.BUSINESS_DAYS, "Friday 2026-12-04", "Saturday 2026-12-05"),
    (5, PeriodUnit.CALENDAR_DAYS, "Monday 2026-11-30", "Tuesday 2026-12-01"),
    (48, PeriodUnit.HOURS, "Friday 2026-11-27", "Saturday 2026-11-28"),
    (1, PeriodUnit.MONTHS, "Friday 2026-12-25", "Tuesday 2026-12-29"),
])
def test_each_unit_rests_in_its_own_way(
    number: int, unit: PeriodUnit, day: str, late: str
) -> None:
    # Asked on Tuesday the 24th, answered on Thursday the 26th: two days. Business days: answered
    # on Monday the 30th; 25 to 30 November rest, so 24 November and 1 to 4 December count.
    law = book().law(FCRA, date(2026, 11, 23))
    rule = replace(law.rights[Right.ACCESS], by_channel=(), extension=None,
                   deadline=Period(number, unit))
    laws = with_law(replace(law, rights={Right.ACCESS: rule},
                            verification=replace(law.verification, pauses_clock=True)))
    answered = "Monday 2026-11-30" if unit is PeriodUnit.BUSINESS_DAYS else "Thursday 2026-11-26"
    found = respond(FCRA, Right.ACCESS, MONDAY, asked(("Tuesday 2026-11-24", answered)), laws=laws)
    assert (found.day, found.late_from) == (on(day), on(late))
    assert any("you answered" in line for line in found.arithmetic)


# Laws in which the clock goes on.

def test_california_counts_from_receipt_whatever_they_ask() -> None:
    open_question = asked(("Tuesday 2026-12-01", None))
    found = dates(CCPA, Right.DELETE, MONDAY, open_question)
    plain = dates(CCPA, Right.DELETE, MONDAY, ClockHistory())
    for with_it, without in ((found.respond_by, plain.respond_by),
                             (found.extended_respond_by, plain.extended_respond_by)):
        assert with_it
        assert without
        assert (with_it.day, with_it.late_from) == (without.day, without.late_from)
        assert not with_it.provisional
        assert with_it.arithmetic[:-1] == without.arithmetic
        assert with_it.arithmetic[-1] == (
            "On Tuesday 1 December 2026 they asked who you are. That does not stop the clock: it "
            "runs from receipt (Cal. Code Regs. tit. 11, § 7021(b)).")


def test_where_no_rule_is_known_nothing_is_claimed_about_one() -> None:
    found = respond(VCDPA, Right.DELETE, MONDAY, asked(("Tuesday 2026-12-01", None)))
    assert found.day == on("Thursday 2027-01-07")
    assert found.arithmetic[-1].endswith(
        "No rule is known here that stops the clock for it, so it goes on.")
