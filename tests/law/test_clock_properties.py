"""What holds for every law and right, whatever happens to the clock after its start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from optout.domain.footing import ComputedDate
from optout.domain.words import Channel, PeriodUnit, Right
from optout.law.calendar import BusinessCalendar
from optout.law.clock import ClockHistory, Question, extension_counts
from optout.law.clock_start import counts_from
from optout.law.counting import Rest, Way, count
from optout.law.deadlines import deadlines, platform_dates
from optout.law.model import LawBook
from optout.law.own_holidays import OwnHoliday, OwnHolidays
from optout.law.parts import Period
from optout.law.words import EndRule
from tests.law.samples import GERMAN, book

PATIENT = settings(deadline=None)
"""The machine may be busy; what is tested is no speed."""
PAIRS = st.sampled_from([(law.id, right) for law in book().laws.values() for right in law.rights])
STARTS = st.dates(date(2019, 1, 1), date(2032, 12, 31))
REGIONS = ("US", "US-CA", "US-VA", "DE", "DE-BY", "FR")


@st.composite
def histories(draw: st.DrawFn, start: date, *, all_answered: bool = False) -> ClockHistory:
    """Up to three questions, in order and not overlapping, the last one perhaps open."""
    asked = start
    questions = []
    for _ in range(draw(st.integers(0, 3))):
        asked += timedelta(days=draw(st.integers(0, 40)))
        if not all_answered and draw(st.integers(0, 5)) == 0:
            questions.append(Question(asked))
            break
        answered = asked + timedelta(days=draw(st.integers(0, 30)))
        questions.append(Question(asked, answered))
        asked = answered
    return ClockHistory(tuple(questions))


@st.composite
def own_days(draw: st.DrawFn, start: date) -> OwnHolidays:
    """Closed days in the months after a start, of several regions."""
    chosen = draw(st.lists(st.tuples(st.sampled_from(REGIONS), st.integers(0, 200)), max_size=12))
    return OwnHolidays({region: tuple(
        OwnHoliday(start + timedelta(days=number), "Closed")
        for number in sorted({n for name, n in chosen if name == region})) for region in REGIONS})


def closing(days: OwnHolidays) -> LawBook:
    """The book with these closed days."""
    return replace(book(), own_holidays=days)


def ends(laws: LawBook, pair: tuple[str, Right], start: date, history: ClockHistory
         ) -> list[ComputedDate]:
    found = deadlines(laws, *pair, start, broker=GERMAN, history=history)
    every = (found.acknowledge_by, found.respond_by, found.extended_respond_by)
    return [item for item in every if item is not None]


@PATIENT
@given(st.data(), PAIRS, STARTS)
def test_no_question_makes_a_date_earlier_and_lateness_comes_after_it(
    data: st.DataObject, pair: tuple[str, Right], start: date
) -> None:
    history = data.draw(histories(start))
    after = ends(book(), pair, start, history)
    for item, plain in zip(after, ends(book(), pair, start, ClockHistory()), strict=True):
        assert start <= plain.day <= item.day < item.late_from
        assert plain.late_from <= item.late_from
        assert item.number == plain.number
        assert item.citation == plain.citation
        still_open = bool(history.questions) and history.questions[-1].answered_on is None
        assert still_open or not item.provisional
        assert item.provisional is not any(
            line.startswith("Late from") for line in item.arithmetic)


@PATIENT
@given(st.data(), PAIRS, STARTS, st.integers(1, 60))
def test_a_later_answer_never_ends_a_period_earlier(
    data: st.DataObject, pair: tuple[str, Right], start: date, later: int
) -> None:
    history = data.draw(histories(start, all_answered=True))
    assume(history.questions)
    last = history.questions[-1]
    assert last.answered_on is not None
    slower = ClockHistory((*history.questions[:-1], Question(
        last.asked_on, last.answered_on + timedelta(days=later))))
    pairs = zip(ends(book(), pair, start, history), ends(book(), pair, start, slower), strict=True)
    for quick, slow in pairs:
        assert quick.day <= slow.day
        assert quick.late_from <= slow.late_from


@PATIENT
@given(st.data(), PAIRS, STARTS, st.integers(1, 60))
def test_a_later_start_never_ends_earlier_where_the_questions_come_after_it(
    data: st.DataObject, pair: tuple[str, Right], start: date, later: int
) -> None:
    # A question that was open before the start rests the less, the later the start: so it may
    # end a period of months a day earlier, and is left out here. So is a change of the law.
    moved = start + timedelta(days=later)
    assume(book().law(pair[0], start) is book().law(pair[0], moved))
    history = data.draw(histories(moved))
    pairs = zip(ends(book(), pair, start, history), ends(book(), pair, moved, history),
                strict=True)
    for one, other in pairs:
        assert one.day <= other.day
        assert one.late_from <= other.late_from


@PATIENT
@given(STARTS, st.integers(1, 3), st.sampled_from(
    [PeriodUnit.CALENDAR_DAYS, PeriodUnit.MONTHS, PeriodUnit.HOURS]),
       st.integers(0, 25), st.integers(0, 90))
def test_a_rest_of_n_days_moves_an_end_that_no_closed_day_moves_by_exactly_n(
    start: date, number: int, unit: PeriodUnit, asked: int, days: int
) -> None:
    way = Way(BusinessCalendar("US"), EndRule.PLAIN, "a law")
    period = Period(number * (24 if unit is PeriodUnit.HOURS else 1), unit)
    begin = start + timedelta(days=asked)
    plain = count(period, start, way)
    rested = count(period, start, way, (Rest(begin, begin + timedelta(days=days)),))
    assert rested.day == plain.day + timedelta(days=days)
    assert rested.late_from == plain.late_from + timedelta(days=days)


@PATIENT
@given(STARTS, st.sampled_from(list(EndRule)), st.integers(0, 25), st.integers(0, 90))
def test_a_rest_of_n_days_moves_a_month_by_n_days_and_then_onto_an_open_day(
    start: date, end_rule: EndRule, asked: int, days: int
) -> None:
    calendar = BusinessCalendar("DE")
    way = Way(calendar, end_rule, "a law")
    begin = start + timedelta(days=asked)
    period = Period(1, PeriodUnit.MONTHS)
    unmoved = count(period, start, Way(calendar, EndRule.PLAIN, "a law")).day
    rested = count(period, start, way, (Rest(begin, begin + timedelta(days=days)),))
    assert rested.day >= unmoved + timedelta(days=days)
    if end_rule is EndRule.MOVES:
        assert calendar.is_business_day(rested.day)
        assert rested.day == calendar.next_business_day(unmoved + timedelta(days=days))


@PATIENT
@given(STARTS, st.integers(1, 20), st.integers(0, 15), st.integers(0, 30))
def test_exactly_so_many_open_days_lie_outside_of_a_rest(
    start: date, number: int, asked: int, days: int
) -> None:
    calendar = BusinessCalendar("US-CA")
    begin = start + timedelta(days=asked)
    rest = Rest(begin, begin + timedelta(days=days))
    found = count(Period(number, PeriodUnit.BUSINESS_DAYS), start,
                  Way(calendar, EndRule.PLAIN, "a law"), (rest,))
    after = (start + timedelta(days=n) for n in range(1, (found.day - start).days + 1))
    counted = [day for day in after if calendar.is_business_day(day) and day not in set(rest)]
    assert len(counted) == number
    assert counted[-1] == found.day


@PATIENT
@given(st.data(), PAIRS, STARTS)
def test_one_more_closed_day_never_makes_a_date_earlier(
    data: st.DataObject, pair: tuple[str, Right], start: date
) -> None:
    days, history = data.draw(own_days(start)), data.draw(histories(start, all_answered=True))
    pairs = zip(ends(book(), pair, start, history), ends(closing(days), pair, start, history),
                strict=True)
    for without, with_it in pairs:
        assert without.day <= with_it.day
        assert without.late_from <= with_it.late_from


@PATIENT
@given(st.data(), STARTS, st.sampled_from(Channel))
def test_one_more_closed_day_never_makes_a_platform_or_a_letter_earlier(
    data: st.DataObject, start: date, channel: Channel
) -> None:
    days = data.draw(own_days(start))
    plain, closed = (platform_dates(laws, "us-ca-delete-act", start)
                     for laws in (book(), closing(days)))
    assert plain.pick_up_by.day <= closed.pick_up_by.day
    assert plain.respond_by.day <= closed.respond_by.day
    assert plain.respond_by.late_from <= closed.respond_by.late_from
    arrival, estimated = counts_from(channel, start, own=days)
    assert counts_from(channel, start)[0] <= arrival
    assert not estimated or BusinessCalendar("US", own=days).is_business_day(arrival)


@PATIENT
@given(st.data(), STARTS)
def test_the_name_of_a_calendar_changes_with_the_days_that_it_counts(
    data: st.DataObject, start: date
) -> None:
    first, second = data.draw(own_days(start)), data.draw(own_days(start))
    for region in REGIONS:
        names = [BusinessCalendar(region, own=days).name_and_version for days in (first, second)]
        closed = [{one.day for one in days.of([region])} for days in (first, second)]
        assert (names[0] == names[1]) is (closed[0] == closed[1])
    assert BusinessCalendar("weekends", own=first).name_and_version == "weekends only"


@PATIENT
@given(st.data(), PAIRS, STARTS, st.integers(0, 400))
def test_a_notice_counts_in_its_time_only_and_the_arithmetic_says_which(
    data: st.DataObject, pair: tuple[str, Right], start: date, after: int
) -> None:
    notice = start + timedelta(days=after)
    history = replace(data.draw(histories(start)), extended_on=notice)
    found = deadlines(book(), *pair, start, history=history)
    assume(found.respond_by is not None)
    assert found.respond_by is not None
    unannounced = deadlines(
        book(), *pair, start, history=replace(history, extended_on=None)).respond_by
    assert unannounced is not None
    assert found.respond_by.late_from == unannounced.late_from
    if found.extended_respond_by is None:
        return
    extension = book().law(pair[0], start).rights[pair[1]].extension
    counts = extension_counts(found.respond_by, extension, notice)
    assert ("in time" in found.extended_respond_by.arithmetic[-1]) is counts
    assert ("too late" in found.respond_by.arithmetic[-1]) is not counts
