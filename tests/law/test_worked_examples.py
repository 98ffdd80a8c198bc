"""Deadlines worked out by hand, each with its calendar spelt out, day by day or month by month.

The hand-made calendar is checked against itself first (weekdays, order, number of days), then
against the program. A counted day stands as `Mo 23 Nov`; a closed one as `(Th 26 Nov: why)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from optout.domain.footing import ComputedDate
from optout.domain.words import Channel, Right
from optout.law.deadlines import appeal_deadlines, deadlines, platform_dates
from tests.law.samples import book, on

ONE_DAY = timedelta(days=1)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(r"(\()?(Mo|Tu|We|Th|Fr|Sa|Su) (\d{1,2}) ([A-Z][a-z]{2})(?:: [^)]+\))?")


@dataclass(frozen=True)
class Example:
    """One period, counted by hand.

    Args:
        start: day 0 with its weekday.
        spelt: the open days counted (closed weekdays in parentheses), or for calendar days
            the days taken from each month, `Nov 5, Dec 31, Jan 9`.
        last: the last day with its weekday.
        late: the first day on which lateness may be claimed.
    """

    law: str
    right: Right
    start: str
    spelt: str
    last: str
    late: str
    channel: Channel = Channel.EMAIL
    part: str = "respond_by"
    calendar: str | None = None


BUSINESS_DAYS = (
    Example("us-ca-ccpa", Right.OPT_OUT_OF_SALE, "Friday 2026-11-20", """
        Mo 23 Nov, Tu 24 Nov, We 25 Nov, (Th 26 Nov: Thanksgiving),
        (Fr 27 Nov: day after Thanksgiving, closed in California),
        Mo 30 Nov, Tu 1 Dec, We 2 Dec, Th 3 Dec, Fr 4 Dec,
        Mo 7 Dec, Tu 8 Dec, We 9 Dec, Th 10 Dec, Fr 11 Dec, Mo 14 Dec, Tu 15 Dec""",
        "Tuesday 2026-12-15", "Wednesday 2026-12-16"),
    Example("us-ca-ccpa", Right.ACCESS, "Monday 2026-12-14", """
        Tu 15 Dec, We 16 Dec, Th 17 Dec, Fr 18 Dec, Mo 21 Dec, Tu 22 Dec, We 23 Dec, Th 24 Dec,
        (Fr 25 Dec: Christmas), Mo 28 Dec, Tu 29 Dec""",
        "Tuesday 2026-12-29", "Wednesday 2026-12-30", part="acknowledge_by"),
    Example("us-ca-ccpa", Right.DELETE, "Friday 2027-01-01", """
        Mo 4 Jan, Tu 5 Jan, We 6 Jan, Th 7 Jan, Fr 8 Jan,
        Mo 11 Jan, Tu 12 Jan, We 13 Jan, Th 14 Jan, Fr 15 Jan""",
        "Friday 2027-01-15", "Saturday 2027-01-16", part="acknowledge_by"),
    Example("us-federal-fcra", Right.FREEZE, "Wednesday 2026-11-25", """
        (Th 26 Nov: Thanksgiving), Fr 27 Nov""",
        "Friday 2026-11-27", "Saturday 2026-11-28", Channel.PHONE),
    Example("us-federal-fcra", Right.FREEZE, "Wednesday 2026-11-25", """
        (Th 26 Nov: Thanksgiving), Fr 27 Nov, Mo 30 Nov, Tu 1 Dec""",
        "Tuesday 2026-12-01", "Wednesday 2026-12-02", Channel.POSTAL_MAIL),
    Example("us-federal-fcra", Right.BLOCK, "Wednesday 2026-12-30", """
        Th 31 Dec, (Fr 1 Jan: New Year), Mo 4 Jan, Tu 5 Jan, We 6 Jan""",
        "Wednesday 2027-01-06", "Thursday 2027-01-07"),
    Example("us-federal-fcra", Right.OPT_OUT_PRESCREEN, "Thursday 2027-01-14", """
        Fr 15 Jan, (Mo 18 Jan: third Monday of January), Tu 19 Jan, We 20 Jan, Th 21 Jan,
        Fr 22 Jan""",
        "Friday 2027-01-22", "Saturday 2027-01-23"),
    Example("us-federal-foia", Right.ACCESS, "Monday 2026-12-21", """
        Tu 22 Dec, We 23 Dec, Th 24 Dec, (Fr 25 Dec: Christmas), Mo 28 Dec, Tu 29 Dec, We 30 Dec,
        Th 31 Dec, (Fr 1 Jan: New Year), Mo 4 Jan, Tu 5 Jan, We 6 Jan, Th 7 Jan, Fr 8 Jan,
        Mo 11 Jan, Tu 12 Jan, We 13 Jan, Th 14 Jan, Fr 15 Jan,
        (Mo 18 Jan: third Monday of January), Tu 19 Jan, We 20 Jan, Th 21 Jan""",
        "Thursday 2027-01-21", "Friday 2027-02-05"),
    Example("us-federal-privacy-act", Right.CORRECT, "Thursday 2027-06-17", """
        (Fr 18 Jun: Juneteenth falls on Saturday and is observed on Friday),
        Mo 21 Jun, Tu 22 Jun, We 23 Jun, Th 24 Jun, Fr 25 Jun,
        Mo 28 Jun, Tu 29 Jun, We 30 Jun, Th 1 Jul, Fr 2 Jul""",
        "Friday 2027-07-02", "Saturday 2027-07-03", part="acknowledge_by"),
    Example("us-nj-daniels-law", Right.SUPPRESS_PUBLICATION, "Monday 2026-12-21", """
        Tu 22 Dec, We 23 Dec, Th 24 Dec, (Fr 25 Dec: Christmas), Mo 28 Dec, Tu 29 Dec, We 30 Dec,
        Th 31 Dec, (Fr 1 Jan: New Year), Mo 4 Jan, Tu 5 Jan, We 6 Jan""",
        "Wednesday 2027-01-06", "Thursday 2027-01-07"),
)

CALENDAR_DAYS = (
    Example("us-ca-ccpa", Right.ACCESS, "Monday 2026-12-14", "Dec 17, Jan 28",
            "Thursday 2027-01-28", "Friday 2027-01-29"),
    # The last day is a Sunday: it stays the last day, and lateness waits for Monday to pass.
    Example("us-ca-ccpa", Right.ACCESS, "Monday 2026-12-14", "Dec 17, Jan 31, Feb 28, Mar 14",
            "Sunday 2027-03-14", "Tuesday 2027-03-16", part="extended_respond_by"),
    # 15 February 2027 is the third Monday of the month: Washington's Birthday.
    Example("us-ca-ccpa", Right.DELETE, "Friday 2027-01-01", "Jan 30, Feb 15",
            "Monday 2027-02-15", "Wednesday 2027-02-17"),
    Example("us-va-vcdpa", Right.DELETE, "Wednesday 2026-11-25", "Nov 5, Dec 31, Jan 9",
            "Saturday 2027-01-09", "Tuesday 2027-01-12"),
    Example("us-va-vcdpa", Right.DELETE, "Wednesday 2026-11-25", "Nov 5, Dec 31, Jan 31, Feb 23",
            "Tuesday 2027-02-23", "Wednesday 2027-02-24", part="extended_respond_by"),
    # A leap year: February 2028 has 29 days.
    Example("us-va-vcdpa", Right.DELETE, "Saturday 2028-01-15", "Jan 16, Feb 29",
            "Tuesday 2028-02-29", "Wednesday 2028-03-01"),
    Example("us-ct-ctdpa", Right.DELETE, "Friday 2027-12-31", "Jan 31, Feb 14",
            "Monday 2028-02-14", "Tuesday 2028-02-15"),
    Example("us-ia-icdpa", Right.ACCESS, "Thursday 2026-10-01", "Oct 30, Nov 30, Dec 30",
            "Wednesday 2026-12-30", "Thursday 2026-12-31"),
    # Saturday, then Sunday, then Washington's Birthday: lateness waits for Tuesday to pass.
    Example("us-ia-icdpa", Right.ACCESS, "Thursday 2026-10-01",
            "Oct 30, Nov 30, Dec 31, Jan 31, Feb 13",
            "Saturday 2027-02-13", "Wednesday 2027-02-17", part="extended_respond_by"),
    Example("us-nv-603a", Right.OPT_OUT_OF_SALE, "Thursday 2026-12-31", "Jan 31, Feb 28, Mar 1",
            "Monday 2027-03-01", "Tuesday 2027-03-02"),
    Example("us-federal-fcra", Right.ACCESS, "Thursday 2026-12-24", "Dec 7, Jan 8",
            "Friday 2027-01-08", "Saturday 2027-01-09"),
    # After a free yearly report it is 45 days: Jan 2, Feb 28, Mar 15. Lateness waits for those.
    Example("us-federal-fcra", Right.DISPUTE, "Friday 2027-01-29", "Jan 2, Feb 28",
            "Sunday 2027-02-28", "Tuesday 2027-03-16"),
    # Both together would be 60 days: Jan 2, Feb 28, Mar 30.
    Example("us-federal-fcra", Right.DISPUTE, "Friday 2027-01-29", "Jan 2, Feb 28, Mar 15",
            "Monday 2027-03-15", "Wednesday 2027-03-31", part="extended_respond_by"),
    Example("ch-fadp", Right.ACCESS, "Friday 2028-02-11", "Feb 18, Mar 12",
            "Sunday 2028-03-12", "Tuesday 2028-03-14"),
)

MONTHS_AND_HOURS = (
    # 31 January has no like in February: the last day of that month, a Sunday; so Monday.
    Example("eu-gdpr", Right.ACCESS, "Sunday 2027-01-31", "28 Feb is a Sunday",
            "Monday 2027-03-01", "Tuesday 2027-03-02"),
    # Three months from 31 January, not one month and then two from 28 February.
    Example("eu-gdpr", Right.ACCESS, "Sunday 2027-01-31", "April has 30 days",
            "Friday 2027-04-30", "Saturday 2027-05-01", part="extended_respond_by"),
    Example("eu-gdpr", Right.DELETE, "Monday 2028-01-31", "February 2028 has 29 days",
            "Tuesday 2028-02-29", "Wednesday 2028-03-01"),
    # Without a country only weekends are closed; in Germany both days of Christmas are.
    Example("eu-gdpr", Right.DELETE, "Wednesday 2026-11-25", "25 Dec is a Friday",
            "Friday 2026-12-25", "Saturday 2026-12-26"),
    Example("eu-gdpr", Right.DELETE, "Wednesday 2026-11-25",
            "25 Dec is Christmas, 26 Dec a Saturday, 27 Dec a Sunday",
            "Monday 2026-12-28", "Tuesday 2026-12-29", calendar="DE"),
    # The hour of receipt is unknown: it may have been the last of the day.
    Example("us-federal-fcra", Right.UNFREEZE, "Wednesday 2026-11-25", "one hour, on that day",
            "Wednesday 2026-11-25", "Friday 2026-11-27", Channel.PHONE),
)


def computed(example: Example) -> ComputedDate:
    found = deadlines(book(), example.law, example.right, on(example.start), example.channel,
                      example.calendar)
    part = getattr(found, example.part)
    assert isinstance(part, ComputedDate)
    return part


def spelt_days(example: Example) -> list[tuple[date, bool]]:
    """The days of a spelt calendar, each with whether it is counted."""
    days = []
    last = on(example.start)
    for closed, weekday, number, month in _DAY.findall(example.spelt):
        year = last.year + (MONTHS.index(month) + 1 < last.month)
        day = date(year, MONTHS.index(month) + 1, int(number))
        assert f"{day:%A}".startswith(weekday), f"{day} is a {day:%A}"
        days.append((day, not closed))
        last = day
    return days


def name(example: Example) -> str:
    return f"{example.law}-{example.right}-{example.part}-{example.start.split()[1]}"


@pytest.mark.parametrize("example", BUSINESS_DAYS, ids=name)
def test_business_days_by_hand(example: Example) -> None:
    days = spelt_days(example)
    weekdays, day = [], on(example.start)
    while day < days[-1][0]:
        day += ONE_DAY
        if day.weekday() < 5:
            weekdays.append(day)
    assert [day for day, _ in days] == weekdays, "the spelt calendar leaves a weekday out"
    found = computed(example)
    assert sum(counted for _, counted in days) == found.number
    assert (found.day, found.late_from) == (on(example.last), on(example.late))
    for closed in (day for day, counted in days if not counted):
        assert any(f"{closed.day} {closed:%B %Y}" in line for line in found.arithmetic)


@pytest.mark.parametrize("example", CALENDAR_DAYS, ids=name)
def test_calendar_days_by_hand(example: Example) -> None:
    taken = [part.split() for part in example.spelt.split(", ")]
    found = computed(example)
    assert sum(int(days) for _, days in taken) == found.number
    last = on(example.last)
    assert (taken[-1][0], int(taken[-1][1])) in {
        (MONTHS[last.month - 1], last.day),
        (MONTHS[last.month - 1], last.day - on(example.start).day)}
    assert (found.day, found.late_from) == (last, on(example.late))


@pytest.mark.parametrize("example", MONTHS_AND_HOURS, ids=name)
def test_months_and_hours_by_hand(example: Example) -> None:
    found = computed(example)
    assert (found.day, found.late_from) == (on(example.last), on(example.late))


def test_an_appeal_that_ends_on_an_observed_new_year() -> None:
    """Virginia: 29 days of November and 31 of December make 60.

    1 January 2028 is a Saturday, so Friday 31 December 2027 is closed; then comes a weekend.
    """
    found = appeal_deadlines(book(), "us-va-vcdpa", on("Monday 2027-11-01")).respond_by
    assert found
    assert (found.number, found.day) == (60, on("Friday 2027-12-31"))
    assert found.late_from == on("Tuesday 2028-01-04")


def test_a_platform_whose_periods_shorten_on_the_way() -> None:
    """DROP: 7 days of November, 31 of December and 7 of January make the 45 for fetching.

    Who fetches on 7 January 2027 has 30 days: 24 of January, 6 of February. Who fetched on
    31 December still has 45: 31 of January and 14 of February, a Sunday before Washington's
    Birthday, so that lateness waits for Tuesday 16 February to pass.
    """
    dates = platform_dates(book(), "us-ca-delete-act", on("Monday 2026-11-23"))
    assert dates.pick_up_by.day == on("Thursday 2027-01-07")
    assert dates.respond_by.day == on("Saturday 2027-02-06")
    assert dates.respond_by.late_from == on("Wednesday 2027-02-17")


def test_an_agency_may_take_ten_working_days_to_find_the_right_office() -> None:
    """FOIA: the 20 days may start 10 working days late, so lateness waits for the 30th.

    21 January is the 20th; Fr 22, Mo 25 to Fr 29 (5), Mo 1 to Th 4 February (4) make ten more.
    """
    found = deadlines(book(), "us-federal-foia", Right.ACCESS, on("Monday 2026-12-21"))
    assert found.respond_by
    assert found.respond_by.day == on("Thursday 2027-01-21")
    assert found.respond_by.late_from == on("Thursday 2027-02-04") + ONE_DAY
    assert "10 working days" in " ".join(found.respond_by.arithmetic)
    assert found.extended_respond_by
    assert found.extended_respond_by.day == on("Thursday 2027-02-04")
    # Ten more: Fr 5, Mo 8 to Fr 12 (5), then not Mo 15 (Washington), Tu 16 to Fr 19 (4).
    assert found.extended_respond_by.late_from == on("Friday 2027-02-19") + ONE_DAY


def test_a_small_brazilian_firm_has_twice_the_time() -> None:
    """15 days from Friday 1 January 2027 end on Saturday 16 January, 30 on Sunday 31 January."""
    found = deadlines(book(), "br-lgpd", Right.ACCESS, on("Friday 2027-01-01")).respond_by
    assert found
    assert (found.day, found.late_from) == (on("Saturday 2027-01-16"), on("Tuesday 2027-02-02"))


def test_a_british_month_that_ends_on_a_bank_holiday() -> None:
    """26 December 2026 is a Saturday: Boxing Day is made up for on Monday 28 December."""
    found = deadlines(book(), "gb-uk-gdpr", Right.DELETE, on("Saturday 2026-11-28"),
                      calendar="GB-ENG").respond_by
    assert found
    assert found.day == on("Tuesday 2026-12-29")
    assert found.late_from == on("Wednesday 2026-12-30")
