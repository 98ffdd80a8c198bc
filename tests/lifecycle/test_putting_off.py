"""How far each kind of task may be put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.footing import Deadlines
from optout.domain.request import FollowUp, StatutoryDate
from optout.domain.words import Event, FollowUpKind, FollowUpState
from optout.lifecycle.putting_off import LONGEST_DAYS, limit_of
from tests.lifecycle.builders import DAY, computed, dates, history

TOMORROW = DAY + timedelta(days=1)
SENT = history(Event.MARK_SENT, (Event.DEMAND_IDENTITY, 2))


def task(kind: FollowUpKind, after_days: int = 0) -> FollowUp:
    return FollowUp(id="F-1", request_id="OPT-7K3M9Q", kind=kind, key="k",
                    due_on=DAY + timedelta(days=after_days), state=FollowUpState.RAISED)


def test_most_tasks_wait_a_year_from_tomorrow_or_from_their_own_day() -> None:
    limit = limit_of(task(FollowUpKind.RESPOND_DUE), DAY)
    assert (limit.first, limit.last, limit.because) == (
        TOMORROW, DAY + timedelta(days=LONGEST_DAYS), "")
    ahead = limit_of(task(FollowUpKind.RESPOND_DUE, 9), DAY)
    assert ahead.first == DAY + timedelta(days=9)
    assert ahead.open


@pytest.mark.parametrize("kind", [FollowUpKind.APPEAL_BY, FollowUpKind.CONFIRMATION_EXPIRES])
def test_what_ends_with_its_day_does_not_wait_longer(kind: FollowUpKind) -> None:
    ahead = limit_of(task(kind, 9), DAY)
    assert (ahead.last, ahead.open) == (DAY + timedelta(days=9), True)
    assert ahead.because
    assert not limit_of(task(kind), DAY).open


def test_an_answer_about_identity_waits_only_as_long_as_their_clock_would_have_run() -> None:
    resting = replace(dates(respond=20), deadlines=Deadlines(
        respond_by=replace(computed(20), provisional=True)))
    asked = task(FollowUpKind.ANSWER_IDENTITY, 7)
    limit = limit_of(asked, DAY, (dates(respond=45), resting), SENT)
    assert (limit.last, bool(limit.because)) == (DAY + timedelta(days=20), True)
    running = limit_of(asked, DAY, (dates(respond=20),), SENT)
    assert not running.because
    assert running.last > limit.last


def test_the_first_clock_that_rests_sets_the_limit_and_never_before_its_own_day() -> None:
    def rests(days: int) -> StatutoryDate:
        return replace(dates(respond=days), deadlines=Deadlines(
            respond_by=replace(computed(days), provisional=True)))

    asked = task(FollowUpKind.ANSWER_IDENTITY, 7)
    both = limit_of(asked, DAY, (rests(30), rests(20)), SENT)
    assert both.last == DAY + timedelta(days=20)
    early = limit_of(asked, DAY, (rests(3),), SENT)
    assert (early.last, early.open) == (asked.due_on, True)
