"""Late is late from the day on which it may be said, and only where a clock runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout.domain.words import Channel, Event, Right, Standing
from optout.lifecycle.overdue import CLOCK_RUNS, extension_counts, overdue_days, starts_clock
from tests.lifecycle.builders import DAY, dates, history, request_after

SENT = history(Event.MARK_SENT)


def late(events_after: int, *steps: Event | tuple[Event, int], **periods: int) -> int:
    whole = history(Event.MARK_SENT, *steps)
    return overdue_days(request_after(whole), [dates(**periods)],  # type: ignore[arg-type]  # numbers only
                        DAY + timedelta(days=events_after), whole)


def test_the_last_day_is_not_late_and_the_day_after_is_one_day_late() -> None:
    assert late(45, respond=45) == 0
    assert late(46, respond=45) == 1
    assert late(50, respond=45) == 5


def test_lateness_is_claimed_only_from_the_rounded_day_on() -> None:
    rows = [dates(respond=45, round_days=4)]
    assert overdue_days(request_after(SENT), rows, DAY + timedelta(days=48), SENT) == 0
    assert overdue_days(request_after(SENT), rows, DAY + timedelta(days=49), SENT) == 1


def test_the_first_unmet_date_of_several_footings_counts() -> None:
    rows = [dates(respond=45, right=Right.ACCESS), dates(respond=21)]
    assert overdue_days(request_after(SENT), rows, DAY + timedelta(days=23), SENT) == 2


def test_a_missing_receipt_is_late_until_something_comes_back() -> None:
    assert late(15, acknowledge=10, respond=45) == 5
    assert late(15, (Event.ACKNOWLEDGE, 14), acknowledge=10, respond=45) == 0
    assert late(15, (Event.DEMAND_IDENTITY, 14), acknowledge=10, respond=45) == 0


def test_a_reminder_does_not_stand_in_for_the_missing_receipt() -> None:
    assert late(15, (Event.REMIND, 12), acknowledge=10, respond=45) == 5


def test_an_extension_in_time_moves_the_date() -> None:
    assert late(60, (Event.EXTEND, 45), respond=45, extended=90) == 0
    assert late(91, (Event.EXTEND, 45), respond=45, extended=90) == 1


def test_an_extension_announced_too_late_does_not_count() -> None:
    assert late(60, (Event.EXTEND, 46), respond=45, extended=90) == 15


def test_an_extension_that_the_law_does_not_know_does_not_count() -> None:
    assert late(60, (Event.EXTEND, 20), respond=45) == 15


def test_an_undone_extension_does_not_count() -> None:
    assert late(60, (Event.EXTEND, 20), Event.UNDO, respond=45, extended=90) == 15


def test_an_extension_before_the_clock_started_anew_does_not_count() -> None:
    events = history(Event.MARK_SENT, (Event.EXTEND, 5), (Event.REDIRECT, 6), (Event.MARK_SENT, 7))
    assert not extension_counts(dates(respond=45, extended=90, seq=4), events)


def test_without_a_history_the_standing_decides_for_the_broker() -> None:
    request = request_after(SENT, standing=Standing.EXTENDED)
    rows = [dates(acknowledge=10, respond=45, extended=90)]
    assert overdue_days(request, rows, DAY + timedelta(days=60)) == 0
    assert overdue_days(request, rows, DAY + timedelta(days=91)) == 1
    assert overdue_days(request_after(SENT), rows, DAY + timedelta(days=11)) == 1


@pytest.mark.parametrize("standing", sorted(set(Standing) - CLOCK_RUNS - {Standing.ANSWERED}))
def test_nothing_is_late_where_no_clock_runs(standing: Standing) -> None:
    request = request_after(SENT, standing=standing)
    assert overdue_days(request, [dates(respond=1)], DAY + timedelta(days=99), SENT) == 0


@pytest.mark.parametrize("answer", [Event.CLAIM_REMOVED, Event.REFUSE])
def test_whoever_answered_is_not_late_not_even_after_an_appeal(answer: Event) -> None:
    assert late(99, (answer, 5), respond=45) == 0
    assert late(99, (answer, 5), (Event.APPEAL, 6), respond=45) == 0


def test_a_platform_is_never_late() -> None:
    request = request_after(SENT, channel=Channel.PLATFORM)
    assert overdue_days(request, [dates(respond=1)], DAY + timedelta(days=99), SENT) == 0


def test_a_law_without_a_number_makes_nobody_late() -> None:
    assert late(999) == 0
    assert overdue_days(request_after(SENT), [], DAY + timedelta(days=999), SENT) == 0


def test_only_leaving_and_the_click_start_the_clock() -> None:
    assert {event for event in Event if starts_clock(event)} == {
        Event.MARK_SENT, Event.CONFIRM_LINK_USED}
