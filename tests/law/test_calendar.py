"""Closed days are those on which the law's offices close, and no others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.errors import InvalidInput
from optout.law.calendar import (
    GOOD_UNTIL,
    WEEKENDS,
    BusinessCalendar,
    _closed_days,
    add_months,
    spelled,
)
from tests.law.samples import on

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The n-th weekday of a month; -1 is the last one."""
    days = [day for day in (date(year, month, 1) + timedelta(days=n) for n in range(31))
            if day.month == month and day.weekday() == weekday]
    return days[number - 1 if number > 0 else number]


def observed(day: date) -> date:
    """Saturday holidays are kept on Friday, Sunday ones on Monday."""
    return day - timedelta(days=1) if day.weekday() == SATURDAY else (
        day + timedelta(days=1) if day.weekday() == SUNDAY else day)


def federal_days(year: int) -> set[date]:
    """5 U.S.C. 6103, worked out anew; next year's first day may fall on our 31 December."""
    return {
        observed(date(year, 1, 1)), nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3),
        nth(year, 5, MONDAY, -1), observed(date(year, 6, 19)), observed(date(year, 7, 4)),
        nth(year, 9, MONDAY, 1), nth(year, 10, MONDAY, 2), observed(date(year, 11, 11)),
        nth(year, 11, THURSDAY, 4), observed(date(year, 12, 25)), observed(date(year + 1, 1, 1)),
    }


def closed_weekdays(calendar: BusinessCalendar, year: int) -> set[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {day for day in days if day.year == year and day.weekday() < SATURDAY
            and not calendar.is_business_day(day)}


@pytest.mark.parametrize("year", range(2024, GOOD_UNTIL.year + 1))
def test_federal_closed_days_are_those_of_the_statute(year: int) -> None:
    expected = {day for day in federal_days(year) if day.year == year}
    assert closed_weekdays(BusinessCalendar("US"), year) == expected


@pytest.mark.parametrize("year", range(2024, GOOD_UNTIL.year + 1))
def test_california_adds_only_the_days_on_which_the_state_closes(year: int) -> None:
    chavez = date(year, 3, 31)
    state = {nth(year, 11, THURSDAY, 4) + timedelta(days=1),
             chavez + timedelta(days=chavez.weekday() == SUNDAY)}
    expected = {day for day in federal_days(year) | state
                if day.year == year and day.weekday() < SATURDAY}
    assert closed_weekdays(BusinessCalendar("US-CA"), year) == expected


@pytest.mark.parametrize("day", ["Tuesday 2028-02-15", "Friday 2027-10-29"])
def test_an_observance_that_closes_nothing_is_a_business_day(day: str) -> None:
    assert BusinessCalendar("US-CA").is_business_day(on(day))


def test_the_language_of_the_machine_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "th")
    _closed_days.cache_clear()
    try:
        calendar = BusinessCalendar("US-CA")
        assert calendar.is_business_day(on("Tuesday 2028-02-15"))
        assert calendar.closed_because(on("Thursday 2026-11-26")) == "Thanksgiving Day"
    finally:
        _closed_days.cache_clear()


def test_a_day_with_an_observance_and_a_holiday_stays_closed() -> None:
    assert BusinessCalendar("US-CA").closed_because(on("Monday 2027-02-15")) == (
        "Washington's Birthday")


def test_the_day_after_thanksgiving_is_closed_in_california_and_open_for_federal_offices() -> None:
    friday = on("Friday 2026-11-27")
    assert not BusinessCalendar("US-CA").is_business_day(friday)
    assert BusinessCalendar("US").is_business_day(friday)


def test_several_regions_add_up() -> None:
    both = BusinessCalendar("DE", "FR")
    assert both.closed_because(on("Wednesday 2027-07-14"))
    assert both.closed_because(on("Friday 2027-03-26"))


def test_weekends_only_knows_no_holiday() -> None:
    plain = BusinessCalendar(WEEKENDS)
    assert plain.is_business_day(on("Friday 2026-12-25"))
    assert not plain.is_business_day(on("Saturday 2026-12-26"))
    assert plain.name_and_version == "weekends only"
    assert plain.good_until == date.max
    assert not plain.complaint(date(2100, 1, 1))


def test_the_name_carries_the_version_of_the_library() -> None:
    name = BusinessCalendar("US-CA").name_and_version
    assert name.startswith("US-CA (holidays 0.")


@pytest.mark.parametrize("region", [
    "XX", "US-ZZ", "EU", "us", "US-CA-SF", "", "UK", "USA", "DEU", "US-", "XNYS", "UK-ENG",
    "DE-Augsburg", "US-CA\n"])
def test_an_unknown_region_is_refused_by_name(region: str) -> None:
    with pytest.raises(InvalidInput, match=f"“{region}”") as caught:
        BusinessCalendar(region)
    assert caught.value.field == "calendar"
    assert "US-CA" in caught.value.remedy


def test_a_calendar_complains_a_month_before_it_ends() -> None:
    calendar = BusinessCalendar("US")
    assert not calendar.complaint(GOOD_UNTIL - timedelta(days=31))
    assert spelled(GOOD_UNTIL) in calendar.complaint(GOOD_UNTIL - timedelta(days=30))


@pytest.mark.parametrize(("start", "number", "end"), [
    ("Sunday 2027-01-31", 1, "Sunday 2027-02-28"),
    ("Monday 2028-01-31", 1, "Tuesday 2028-02-29"),
    ("Saturday 2028-01-29", 1, "Tuesday 2028-02-29"),
    ("Tuesday 2028-02-29", 12, "Wednesday 2029-02-28"),
    ("Thursday 2026-12-31", 2, "Sunday 2027-02-28"),
    ("Saturday 2026-10-31", 1, "Monday 2026-11-30"),
    ("Monday 2026-11-30", 1, "Wednesday 2026-12-30"),
    ("Wednesday 2026-12-23", 0, "Wednesday 2026-12-23"),
])
def test_a_month_ends_on_the_same_date_or_at_the_month_end(
    start: str, number: int, end: str
) -> None:
    assert add_months(on(start), number) == on(end)


@given(DAYS, st.integers(0, 40))
def test_months_keep_the_date_or_take_the_last_day(start: date, number: int) -> None:
    end = add_months(start, number)
    assert (end.year - start.year) * 12 + end.month - start.month == number
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@settings(deadline=None)  # the first one of a region waits for its holidays to be worked out
@given(DAYS, st.integers(1, 40), st.sampled_from(["US", "US-CA", "DE", WEEKENDS]))
def test_business_days_end_on_an_open_day_with_that_many_open_days_behind(
    start: date, number: int, region: str
) -> None:
    calendar = BusinessCalendar(region)
    end = calendar.add_business_days(start, number)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert calendar.is_business_day(end)
    assert sum(calendar.is_business_day(day) for day in between) == number
