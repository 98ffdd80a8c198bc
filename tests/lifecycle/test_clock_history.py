"""What the law's clock is told of a request's history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from optout.domain.request import RequestEvent
from optout.domain.words import Event, Standing
from optout.law.clock import ClockHistory, Question
from optout.lifecycle.clock_history import appealed, clock_history, clock_start

DAY = date(2026, 11, 23)


def history(*steps: tuple[Event, int]) -> tuple[RequestEvent, ...]:
    """Events, each so many days after the first Monday."""
    return tuple(
        RequestEvent(seq, event, DAY + timedelta(days=days), datetime(2026, 11, 23, tzinfo=UTC),
                     "owner", Standing.SENT)
        for seq, (event, days) in enumerate(steps, start=1))


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def test_nothing_is_known_before_the_clock_started() -> None:
    assert clock_start(()) is None
    assert clock_history(history((Event.PREPARE, 0))) == ClockHistory()
    assert appealed(()) is None


@pytest.mark.parametrize(("steps", "questions"), [
    ([(Event.DEMAND_IDENTITY, 3)], (Question(day(3)),)),
    ([(Event.DEMAND_IDENTITY, 3), (Event.ANSWER_IDENTITY, 9)], (Question(day(3), day(9)),)),
    # A second demand while the first is open is the same question.
    ([(Event.DEMAND_IDENTITY, 3), (Event.DEMAND_IDENTITY, 5), (Event.ANSWER_IDENTITY, 9)],
     (Question(day(3), day(9)),)),
    ([(Event.DEMAND_IDENTITY, 3), (Event.ANSWER_IDENTITY, 4), (Event.DEMAND_IDENTITY, 8)],
     (Question(day(3), day(4)), Question(day(8)))),
    # What was undone never was.
    ([(Event.DEMAND_IDENTITY, 3), (Event.UNDO, 3)], ()),
    ([(Event.DEMAND_IDENTITY, 3), (Event.ANSWER_IDENTITY, 9), (Event.UNDO, 9)],
     (Question(day(3)),)),
    # Days entered the wrong way round make no negative rest.
    ([(Event.DEMAND_IDENTITY, 9), (Event.ANSWER_IDENTITY, 3)], (Question(day(9), day(9)),)),
    # An answer to a question that belonged to an earlier sending.
    ([(Event.DEMAND_IDENTITY, 1), (Event.REDIRECT, 2), (Event.MARK_SENT, 4),
      (Event.ANSWER_IDENTITY, 5)], ()),
])
def test_questions_count_from_the_last_start(
    steps: list[tuple[Event, int]], questions: tuple[Question, ...]
) -> None:
    assert clock_history(history((Event.MARK_SENT, 0), *steps)).questions == questions


def test_the_first_notice_counts_and_one_after_an_appeal_is_of_the_appeal() -> None:
    twice = history((Event.MARK_SENT, 0), (Event.EXTEND, 20), (Event.EXTEND, 30))
    assert clock_history(twice).extended_on == day(20)
    appeal = history((Event.MARK_SENT, 0), (Event.REFUSE, 5), (Event.APPEAL, 6),
                     (Event.EXTEND, 30))
    assert clock_history(appeal).extended_on is None
    assert appealed(appeal) == (day(6), day(30))
    assert appealed(appeal[:-1]) == (day(6), None)


def test_sending_anew_forgets_what_came_before() -> None:
    events = history((Event.MARK_SENT, 0), (Event.EXTEND, 10), (Event.REFUSE, 11),
                     (Event.APPEAL, 12), (Event.REDIRECT, 13), (Event.MARK_SENT, 20))
    start = clock_start(events)
    assert start is not None
    assert start.on == day(20)
    assert clock_history(events) == ClockHistory()
    assert appealed(events) is None
