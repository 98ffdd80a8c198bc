"""What holds for every law, right, day, channel and calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.footing import ComputedDate
from optout.domain.words import Channel, PeriodUnit, Right
from optout.law.calendar import BusinessCalendar, calendar_for
from optout.law.deadlines import deadlines, platform_dates
from optout.law.words import EndRule
from tests.law.samples import book

PATIENT = settings(deadline=None)
"""The machine may be busy; what is tested is no speed."""
PAIRS = [(law.id, right) for law in book().laws.values() for right in law.rights]
STARTS = st.dates(date(2019, 1, 1), date(2035, 12, 31))
CALENDARS = st.sampled_from([None, "US", "US-CA", "US-VA", "DE", "FR", "IE", "weekends"])


def the_dates(
    pair: tuple[str, Right], start: date, channel: Channel, calendar: str | None
) -> list[ComputedDate]:
    found = deadlines(book(), pair[0], pair[1], start, channel, calendar)
    every = (found.acknowledge_by, found.respond_by, found.extended_respond_by)
    return [item for item in every if item is not None]


@PATIENT
@given(st.sampled_from(PAIRS), STARTS, st.sampled_from(Channel), CALENDARS)
def test_no_date_lies_before_its_start_and_lateness_comes_after_it(
    pair: tuple[str, Right], start: date, channel: Channel, calendar: str | None
) -> None:
    for item in the_dates(pair, start, channel, calendar):
        assert start <= item.day < item.late_from
        # Closed days in a row are few; some recipients have a longer time, and that is said.
        slower = any("So lateness waits for" in line for line in item.arithmetic)
        assert item.late_from <= item.day + timedelta(days=60 if slower else 12)
        assert item.starts_on == start
        assert item.citation
        assert item.arithmetic[0].startswith(f"Day 0: {start:%A} {start.day} ")


@PATIENT
@given(st.sampled_from(PAIRS), STARTS, st.sampled_from(Channel), CALENDARS)
def test_no_period_ends_on_a_closed_day_where_the_law_forbids_it(
    pair: tuple[str, Right], start: date, channel: Channel, calendar: str | None
) -> None:
    law = book().law(pair[0], start)
    open_days: BusinessCalendar = calendar_for(law.counting.calendars, calendar)
    for item in the_dates(pair, start, channel, calendar):
        if item.unit is PeriodUnit.BUSINESS_DAYS or law.counting.end_rule is EndRule.MOVES:
            assert open_days.is_business_day(item.day)
        if item.unit is not PeriodUnit.HOURS:
            assert open_days.is_business_day(item.late_from - timedelta(days=1))


@PATIENT
@given(st.sampled_from(PAIRS), STARTS, st.sampled_from(Channel), CALENDARS)
def test_an_extension_ends_later_than_the_first_period(
    pair: tuple[str, Right], start: date, channel: Channel, calendar: str | None
) -> None:
    found = deadlines(book(), pair[0], pair[1], start, channel, calendar)
    if found.extended_respond_by is not None:
        assert found.respond_by is not None
        assert found.extended_respond_by.day > found.respond_by.day


@PATIENT
@given(st.sampled_from([pair for pair in PAIRS if pair[0] != "us-ca-delete-act"]), STARTS,
       st.integers(1, 60))
def test_a_later_start_never_ends_earlier(
    pair: tuple[str, Right], start: date, later: int
) -> None:
    first = the_dates(pair, start, Channel.EMAIL, None)
    second = the_dates(pair, start + timedelta(days=later), Channel.EMAIL, None)
    for one, other in zip(first, second, strict=True):
        assert one.day <= other.day
        assert one.late_from <= other.late_from


@PATIENT
@given(STARTS)
def test_a_platform_is_done_after_it_picked_up_and_at_most_ninety_days_after_both(
    filed: date
) -> None:
    found = platform_dates(book(), "us-ca-delete-act", filed)
    assert filed < found.pick_up_by.day < found.respond_by.day
    begun = max(filed, date(2026, 8, 1))
    assert timedelta(days=60) <= found.respond_by.day - begun <= timedelta(days=90)
