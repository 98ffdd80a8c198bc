"""Dated tasks: called for once, shown when due, closed with their reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.store import followups, sweeping
from tests.store import samples
from tests.store.conftest import Furnished

TOMORROW = samples.DAY + timedelta(days=1)


def ids(tasks: Iterable[FollowUp]) -> list[tuple[str, FollowUpState]]:
    """What tells tasks apart here."""
    return [(task.id, task.state) for task in tasks]


def claim(session: Session, task: str, before: FollowUpState, after: FollowUpState) -> bool:
    return followups.claim(session, task, before, after, at=samples.NOW)


def test_the_same_cause_calls_for_a_task_once(furnished: Furnished) -> None:
    task = samples.follow_up(furnished.request_id)
    with furnished.store.writing() as session:
        assert followups.add(session, task, at=samples.NOW)
        again = replace(task, id="F-OTHER", due_on=TOMORROW)
        assert not followups.add(session, again, at=samples.NOW)
        (stored,) = followups.of_request(session, furnished.request_id)
        assert stored == followups.get(session, task.id) == replace(
            task, person_id=furnished.person_id, broker_id="acme-data", show_on=task.due_on,
            number=stored.number, changed_at=samples.NOW)
        assert stored.number
        with pytest.raises(NotFound, match="F-OTHER"):
            followups.get(session, "F-OTHER")


def test_tasks_are_due_on_their_day_and_after_it(furnished: Furnished) -> None:
    later = samples.follow_up(furnished.request_id, 1, TOMORROW)
    today = samples.follow_up(furnished.request_id, 2)
    with furnished.store.writing() as session:
        for task in (later, today):
            followups.add(session, task, at=samples.NOW)
        assert followups.due(session, samples.DAY - timedelta(days=1)) == ()
        assert ids(followups.due(session, samples.DAY)) == ids((today,))
        assert ids(followups.due(session, TOMORROW)) == ids((today, later))


def test_a_task_is_claimed_once_and_stays_due(furnished: Furnished) -> None:
    task = samples.follow_up(furnished.request_id)
    raised = replace(task, state=FollowUpState.RAISED)
    with furnished.store.writing() as session:
        followups.add(session, task, at=samples.NOW)
        assert sweeping.waiting_ids(session, samples.DAY) == (task.id,)
        assert claim(session, task.id, FollowUpState.WAITING, FollowUpState.RAISED)
        assert not claim(session, task.id, FollowUpState.WAITING, FollowUpState.RAISED)
        assert sweeping.waiting_ids(session, samples.DAY) == ()
        assert ids(followups.due(session, samples.DAY)) == ids((raised,))
        assert claim(session, task.id, FollowUpState.RAISED, FollowUpState.DONE)
        assert followups.due(session, samples.DAY) == ()


def test_closing_kinds_leaves_other_kinds_and_finished_tasks(furnished: Furnished) -> None:
    one, two, three = (samples.follow_up(furnished.request_id, n) for n in (1, 2, 3))
    two = replace(two, kind=FollowUpKind.RECHECK)
    three = replace(three, state=FollowUpState.DONE)
    with furnished.store.writing() as session:
        for task in (one, two, three):
            followups.add(session, task, at=samples.NOW)
        closed = followups.close_kinds(
            session, furnished.request_id, {FollowUpKind.RESPOND_DUE}, FollowUpState.CANCELLED,
            at=samples.NOW)
        assert closed == 1
        found = followups.by_request(session, furnished.person_id)[furnished.request_id]
        assert [(task.id, task.state, task.sequence) for task in found] == [
            (one.id, FollowUpState.CANCELLED, 1), (two.id, two.state, 0),
            (three.id, three.state, 0)]
        assert followups.close_kinds(session, "OPT-222222", set(), FollowUpState.DONE,
                                     at=samples.NOW) == 0
