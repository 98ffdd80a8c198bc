"""Notices of extension, appeals, verified requests, and where the list of holidays ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from optout.domain.errors import InvalidInput, NotFound
from optout.domain.words import Channel, PeriodUnit, Right
from optout.law.clock import ClockHistory, Question, extension_counts
from optout.law.counting import Rest
from optout.law.deadlines import appeal_by, appeal_deadlines, deadlines
from optout.law.model import LawBook
from optout.law.parts import Extension, Period
from optout.law.words import ClockStart
from tests.law.dated import CCPA, FCRA, GDPR, MONDAY, VCDPA, asked, dates, respond, with_law
from tests.law.samples import BROKER, GERMAN, book, on


def changed(law_id: str, **fields: Any) -> LawBook:
    """The book with other fields in one law."""
    return with_law(replace(book().law(law_id, date(2026, 11, 23)), **fields))


def from_verification(law_id: str, start: ClockStart = ClockStart.VERIFICATION) -> LawBook:
    """A law whose answer is due so many days after the request could be verified."""
    law = book().law(law_id, date(2026, 11, 23))
    rights = {right: replace(rule, deadline=rule.deadline and replace(
        rule.deadline, starts_at=start)) for right, rule in law.rights.items()}
    return with_law(replace(law, rights=rights))


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
