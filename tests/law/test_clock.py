"""What happens to a clock after it started, worked out by hand, weekday by weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optout.domain.errors import InvalidInput, NotFound
from optout.domain.footing import ComputedDate, Deadlines
from optout.domain.words import Channel, PeriodUnit, Right
from optout.law.clock import ClockHistory, Question, extension_counts
from optout.law.counting import Rest
from optout.law.deadlines import appeal_by, appeal_deadlines, deadlines
from optout.law.model import History, Law, LawBook
from optout.law.parts import Extension, Period
from optout.law.words import ClockStart
from tests.law.samples import BROKER, GERMAN, book, on

CCPA, VCDPA, FCRA, GDPR = "us-ca-ccpa", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr"
MONDAY = "Monday 2026-11-23"


def asked(*pairs: tuple[str, str | None]) -> ClockHistory:
    """Questions with the days of their answers."""
    return ClockHistory(tuple(
        Question(on(first), on(then) if then else None) for first, then in pairs))


def dates(law: str, right: Right, start: str, history: ClockHistory, **how: Any) -> Deadlines:
    return deadlines(how.pop("laws", book()), law, right, on(start), history=history, **how)


def respond(law: str, right: Right, start: str, history: ClockHistory, **how: Any) -> ComputedDate:
    found = dates(law, right, start, history, **how).respond_by
    assert found
    return found


def changed(law_id: str, **fields: Any) -> LawBook:
    """The book with other fields in one law."""
    return with_law(replace(book().law(law_id, date(2026, 11, 23)), **fields))


def with_law(law: Law) -> LawBook:
    return replace(book(), histories={
        **book().histories, law.id: History(((date.min, law),))})


def from_verification(law_id: str, start: ClockStart = ClockStart.VERIFICATION) -> LawBook:
    """A law whose answer is due so many days after the request could be verified."""
    law = book().law(law_id, date(2026, 11, 23))
    rights = {right: replace(rule, deadline=rule.deadline and replace(
        rule.deadline, starts_at=start)) for right, rule in law.rights.items()}
    return with_law(replace(law, rights=rights))


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


# Laws that count from the verified request.

@pytest.mark.parametrize("start", [ClockStart.VERIFICATION, ClockStart.COMPLETE])
def test_a_clock_that_waits_for_verification_starts_with_the_answer(start: ClockStart) -> None:
    laws = from_verification(VCDPA, start)
    unasked = respond(VCDPA, Right.DELETE, MONDAY, ClockHistory(), laws=laws)
    assert (unasked.day, unasked.provisional) == (on("Thursday 2027-01-07"), False)
    still_open = respond(VCDPA, Right.DELETE, MONDAY, asked(("Tuesday 2026-12-01", None)),
                         laws=laws)
    assert (still_open.day, still_open.provisional) == (on("Thursday 2027-01-07"), True)
    assert "counted anew from the day of your answer" in still_open.arithmetic[-1]
    answered = respond(VCDPA, Right.DELETE, MONDAY,
                       asked(("Tuesday 2026-12-01", "Thursday 2026-12-31")), laws=laws)
    # 45 days from New Year’s Eve: Sunday 14 February; Monday is Washington’s Birthday.
    assert (answered.day, answered.late_from) == (
        on("Sunday 2027-02-14"), on("Wednesday 2027-02-17"))
    assert answered.starts_on == on("Thursday 2026-12-31")
    assert answered.arithmetic[:2] == (
        "Day 0: Thursday 31 December 2026 (your answer to their question who you are)",
        ("On Tuesday 1 December 2026 they asked who you are. This period starts only when they can "
        "verify your request, so it is not counted from Monday 23 November 2026."))


def test_the_last_of_several_answers_starts_a_clock_that_waits_for_verification() -> None:
    laws = from_verification(VCDPA)
    found = respond(VCDPA, Right.DELETE, MONDAY, asked(
        ("Tuesday 2026-12-01", "Thursday 2026-12-03"),
        ("Monday 2026-12-07", "Thursday 2026-12-10")), laws=laws)
    assert found.starts_on == on("Thursday 2026-12-10")
    # An answer that is said to lie before the receipt starts nothing earlier.
    early = respond(VCDPA, Right.DELETE, MONDAY, asked(
        ("Thursday 2026-11-19", "Friday 2026-11-20")), laws=laws)
    assert early.starts_on == on(MONDAY)


# Notices of extension.

def test_a_notice_in_time_is_named_with_its_day() -> None:
    found = dates(VCDPA, Right.DELETE, MONDAY, ClockHistory(extended_on=on("Thursday 2027-01-07")))
    assert found.extended_respond_by
    assert found.extended_respond_by.arithmetic[-1] == (
        "On Thursday 7 January 2027 they announced that they take longer: in time, so this date "
        "holds.")
    assert found.respond_by
    assert "announced" not in " ".join(found.respond_by.arithmetic)


def test_a_notice_that_came_too_late_says_so_on_both_dates() -> None:
    found = dates(VCDPA, Right.DELETE, MONDAY, ClockHistory(extended_on=on("Friday 2027-01-08")))
    for end in (found.respond_by, found.extended_respond_by):
        assert end
        assert "That was too late" in end.arithmetic[-1]


@pytest.mark.parametrize("announced", ["Monday 2026-12-07", "Friday 2027-01-15"])
def test_lateness_waits_where_the_longer_time_needs_no_notice(announced: str) -> None:
    # 30 days end on Wednesday 23 December; 45 after a free yearly report, on 7 January; 15 more,
    # where the person sent more themselves, on 22 January.
    found = dates(FCRA, Right.DISPUTE, MONDAY, ClockHistory(extended_on=on(announced)))
    first, longer = found.respond_by, found.extended_respond_by
    assert first
    assert longer
    assert first.day == on("Wednesday 2026-12-23")
    assert first.late_from == longer.late_from == on("Saturday 2027-01-23")
    assert [line for line in first.arithmetic if line.startswith("Late from")] == [
        "Late from Saturday 23 January 2027."]
    assert "so lateness waits for Thursday 7 January 2027" in " ".join(first.arithmetic)
    assert "no matter of notice (only if you send more" in longer.arithmetic[-1]
    assert "in time" not in " ".join((*first.arithmetic, *longer.arithmetic))


def test_a_notice_after_even_the_longer_time_was_over_changes_nothing() -> None:
    found = dates(FCRA, Right.DISPUTE, MONDAY, ClockHistory(
        extended_on=on("Saturday 2027-01-23")))
    assert found.respond_by
    assert found.respond_by.late_from == on("Friday 2027-01-08")
    assert "That was too late" in found.respond_by.arithmetic[-1]


def test_where_the_clock_rests_no_day_of_lateness_is_named() -> None:
    law = book().law(FCRA, date(2026, 11, 23))
    laws = with_law(replace(law, verification=replace(law.verification, pauses_clock=True)))
    found = dates(FCRA, Right.DISPUTE, MONDAY, replace(
        asked(("Tuesday 2026-12-01", None)), extended_on=on("Monday 2027-02-01")), laws=laws)
    for end in (found.respond_by, found.extended_respond_by):
        assert end
        assert end.provisional
        assert "Late from" not in " ".join(end.arithmetic)


def test_a_notice_without_a_longer_time_in_the_law_changes_nothing() -> None:
    found = dates(CCPA, Right.OPT_OUT_OF_SALE, MONDAY,
                  ClockHistory(extended_on=on("Friday 2026-11-27")))
    assert found.extended_respond_by is None
    assert found.respond_by
    assert "No longer time is known" in found.respond_by.arithmetic[-1]


def test_a_rest_gives_a_notice_more_time() -> None:
    history = replace(asked(("Tuesday 2026-12-01", "Friday 2026-12-11")),
                      extended_on=on("Monday 2027-01-04"))
    found = dates(GDPR, Right.DELETE, MONDAY, history)
    assert found.extended_respond_by
    assert "in time" in found.extended_respond_by.arithmetic[-1]
    while_open = dates(GDPR, Right.DELETE, MONDAY, replace(
        asked(("Tuesday 2026-12-01", None)), extended_on=on("Monday 2027-01-04"))).respond_by
    assert while_open
    assert extension_counts(while_open, Extension(2, PeriodUnit.MONTHS), on("Monday 2027-01-04"))


# Appeals.

def test_an_appeal_has_an_extension_of_its_own() -> None:
    law = book().law(VCDPA, date(2026, 11, 23))
    longer = replace(law.appeal, extension=Extension(60, PeriodUnit.CALENDAR_DAYS))
    laws = changed(VCDPA, appeal=longer)
    found = appeal_deadlines(laws, VCDPA, on(MONDAY), extended_on=on("Friday 2027-01-22"))
    assert found.respond_by
    assert found.extended_respond_by
    assert (found.respond_by.day, found.extended_respond_by.day) == (
        on("Friday 2027-01-22"), on("Tuesday 2027-03-23"))
    assert "in time" in found.extended_respond_by.arithmetic[-1]


def test_the_day_by_which_to_appeal_comes_from_the_law_alone() -> None:
    law = book().law(VCDPA, date(2026, 11, 23))
    limited = replace(law.appeal, file_within=Period(
        30, PeriodUnit.CALENDAR_DAYS, starts="their refusal"))
    found = appeal_by(changed(VCDPA, appeal=limited), VCDPA, on(MONDAY))
    assert found
    assert found.day == on("Wednesday 2026-12-23")
    assert found.arithmetic[0] == "Day 0: Monday 23 November 2026 (their refusal)"
    unlimited = replace(law.appeal, file_within=None)
    assert appeal_by(changed(VCDPA, appeal=unlimited), VCDPA, on(MONDAY)) is None
    with pytest.raises(NotFound, match="no appeal"):
        appeal_by(book(), GDPR, on(MONDAY))


# The values themselves.

def test_an_answer_before_its_question_and_a_rest_before_its_begin_are_refused() -> None:
    with pytest.raises(InvalidInput, match="before the question"):
        Question(on("Tuesday 2026-12-01"), on("Monday 2026-11-30"))
    with pytest.raises(InvalidInput, match="cannot end before"):
        Rest(on("Tuesday 2026-12-01"), on("Monday 2026-11-30"))


def test_a_history_in_which_nothing_happened_changes_nothing() -> None:
    for law, right in ((GDPR, Right.DELETE), (CCPA, Right.DELETE), (FCRA, Right.FREEZE)):
        assert dates(law, right, MONDAY, ClockHistory(), channel=Channel.EMAIL, broker=BROKER) == (
            deadlines(book(), law, right, on(MONDAY), Channel.EMAIL, broker=BROKER))


# Where the list of holidays ends.

@pytest.mark.parametrize(("law", "right", "start", "how", "times"), [
    # Its own list; the recipient's, where the law leaves holidays to the place; none, as hours
    # run through closed days; none, as only weekends count.
    (VCDPA, Right.DELETE, "Monday 2028-11-20", {}, 1),
    (GDPR, Right.DELETE, "Thursday 2028-11-30", {"broker": GERMAN}, 1),
    (GDPR, Right.DELETE, "Thursday 2028-11-30", {}, 0),
    (FCRA, Right.UNFREEZE, "Friday 2028-12-29", {"channel": Channel.PHONE}, 0),
    (VCDPA, Right.DELETE, "Monday 2028-10-02", {}, 0),
])
def test_a_date_beyond_the_list_of_holidays_says_so_once(
    law: str, right: Right, start: str, how: dict[str, Any], times: int
) -> None:
    lines = respond(law, right, start, ClockHistory(), **how).arithmetic
    assert sum("checked only until Sunday 31 December 2028" in line for line in lines) == times
