"""Progress counted from histories: said and seen apart, gaps where nothing is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from optout.domain.progress import Measure, Progress, Stretch, Tally
from optout.domain.words import Event
from optout.lifecycle.outcome import confirmed_gone, relisted, unfolding
from optout.lifecycle.tally import MOST_WEEKS, progress
from tests.lifecycle.builders import DAY, history

SENT, REMOVED, REFUSED = Event.MARK_SENT, Event.CLAIM_REMOVED, Event.REFUSE
CLEAN, LISTED, FAILED = Event.LOOK_NOT_FOUND, Event.LOOK_LISTED, Event.LOOK_FAILED


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def last(found: Progress) -> Tally:
    return found.tallies[-1]


def test_nothing_found_and_nothing_asked_is_no_progress() -> None:
    assert progress([()], [], DAY).tallies == ()


def test_what_comes_later_does_not_count_yet() -> None:
    assert progress([history((SENT, 3))], [after(2)], after(1)).tallies == ()


def test_one_day_is_one_point_that_ends_on_it() -> None:
    found = progress([history(SENT)], [DAY], DAY)
    assert [(one.start, one.end) for one in found.tallies] == [(DAY, DAY)]
    assert last(found).now == {
        Measure.FOUND: 1, Measure.SENT: 1, Measure.WAITING: 1, Measure.SAID_REMOVED: 0,
        Measure.SAID_NOTHING: 0, Measure.SAID_PARTLY: 0, Measure.SAID_REFUSED: 0}


def test_a_claim_is_said_and_never_seen() -> None:
    now = last(progress([history(SENT, (REMOVED, 3))], [], after(5))).now
    assert now[Measure.SAID_REMOVED] == 1
    assert now[Measure.WAITING] == 0
    assert Measure.SEEN_GONE not in now


@pytest.mark.parametrize(("event", "measure"), [
    (Event.CLAIM_SUPPRESSED, Measure.SAID_REMOVED), (Event.CLAIM_NO_RECORD, Measure.SAID_NOTHING),
    (Event.CLAIM_PARTLY, Measure.SAID_PARTLY), (REFUSED, Measure.SAID_REFUSED)])
def test_every_claim_is_counted_under_what_it_says(event: Event, measure: Measure) -> None:
    now = last(progress([history(SENT, (event, 1))], [], after(1))).now
    assert {one: number for one, number in now.items() if one.startswith("said") and number} == {
        measure: 1}


def test_nothing_is_known_of_sights_before_the_first_look() -> None:
    found = progress([history(SENT, (REMOVED, 1), (CLEAN, 15))], [], after(20))
    assert [one.now.get(Measure.SEEN_GONE) for one in found.tallies] == [None, None, 1]


def test_a_look_without_a_request_makes_sights_known() -> None:
    found = progress([history(SENT)], [], after(1), looks=[after(1), after(9)])
    assert last(found).now[Measure.SEEN_GONE] == 0


def test_a_failed_look_is_known_and_nothing_is_gone() -> None:
    now = last(progress([history(SENT, (REMOVED, 1), (FAILED, 2))], [], after(3))).now
    assert (now[Measure.SEEN_GONE], now[Measure.SEEN_AGAIN]) == (0, 0)


def test_listed_again_is_no_longer_gone_but_was_once() -> None:
    found = progress([history(SENT, (REMOVED, 1), (CLEAN, 2), (LISTED, 9))], [], after(10))
    first, second = found.tallies
    assert (first.now[Measure.SEEN_GONE], first.now[Measure.SEEN_AGAIN]) == (1, 0)
    assert (second.now[Measure.SEEN_GONE], second.now[Measure.SEEN_AGAIN]) == (0, 1)
    assert (second.ever[Measure.SEEN_GONE], second.ever[Measure.SEEN_AGAIN]) == (1, 1)


def test_a_refusal_that_is_followed_by_removal_was_refused_once() -> None:
    one = last(progress([history(SENT, (REFUSED, 1), (REMOVED, 4))], [], after(5)))
    assert (one.now[Measure.SAID_REFUSED], one.ever[Measure.SAID_REFUSED]) == (0, 1)
    assert one.now[Measure.SAID_REMOVED] == 1


def test_what_was_undone_never_was() -> None:
    one = last(progress([history(SENT, (REFUSED, 1), (Event.UNDO, 1))], [], after(2)))
    assert one.ever[Measure.SAID_REFUSED] == 0
    assert one.now[Measure.WAITING] == 1


def test_a_closed_or_withdrawn_request_waits_no_more() -> None:
    found = progress([history(SENT, (Event.CLOSE, 1)), history(SENT, (Event.WITHDRAW, 1))],
                     [], after(2))
    assert (last(found).now[Measure.SENT], last(found).now[Measure.WAITING]) == (2, 0)


def test_an_entry_dated_before_its_forerunner_counts_from_that_ones_day() -> None:
    found = progress([history((SENT, 8), (Event.ACKNOWLEDGE, 8), (REMOVED, 1))], [DAY], after(9))
    assert [one.now.get(Measure.SAID_REMOVED) for one in found.tallies] == [None, 1]


def test_what_left_before_it_was_entered_counts_from_the_day_on_which_it_left() -> None:
    found = progress([history((Event.PREPARE, 20), (SENT, 0), (REMOVED, 9))], [], after(20))
    assert [one.now.get(Measure.SENT) for one in found.tallies] == [1, 1, 1]
    assert [one.now[Measure.SAID_REMOVED] for one in found.tallies] == [0, 1, 1]


def test_a_draft_alone_is_nothing_sent() -> None:
    found = progress([history(Event.PREPARE)], [], DAY)
    assert last(found).now == {}


def test_weeks_end_on_sundays_and_the_last_one_today() -> None:
    found = progress([], [after(2)], after(16))
    assert [(one.start, one.end) for one in found.tallies] == [
        (after(2), after(6)), (after(7), after(13)), (after(14), after(16))]


def test_five_years_are_shown_as_months() -> None:
    assert progress([], [DAY], after(7 * MOST_WEEKS - 1)).stretch is Stretch.WEEK
    assert progress([], [DAY], after(7 * MOST_WEEKS)).stretch is Stretch.MONTH
    found = progress([], [date(2021, 11, 30)], date(2026, 11, 29))
    assert len(found.tallies) == 61
    assert found.tallies[0].end == date(2021, 11, 30)
    assert found.tallies[1].start == date(2021, 12, 1)
    assert last(found).end == date(2026, 11, 29)


def test_the_sights_unfold_as_they_are_judged_in_the_end() -> None:
    events = history(SENT, (REMOVED, 1), (CLEAN, 2), (LISTED, 9), (CLEAN, 20), (CLEAN, 30))
    for place, (_, gone, again) in enumerate(unfolding(events), start=1):
        assert gone is confirmed_gone(events[:place])
        assert again is relisted(events[:place])
