"""Dated tasks: called for once, shown when due, closed with their reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.errors import NotFound
from optout.domain.words import FollowUpKind, FollowUpState
from optout.store import followups, lease
from optout.store.store import Store
from tests.store import samples
from tests.store.conftest import Furnished

TOMORROW = samples.DAY + timedelta(days=1)


def test_the_same_cause_calls_for_a_task_once(furnished: Furnished) -> None:
    task = samples.follow_up(furnished.request_id)
    with furnished.store.writing() as session:
        assert followups.add(session, task)
        assert not followups.add(session, replace(task, id="F-OTHER", due_on=TOMORROW))
        assert followups.of_request(session, furnished.request_id) == (task,)
        assert followups.get(session, task.id) == task
        with pytest.raises(NotFound, match="F-OTHER"):
            followups.get(session, "F-OTHER")


def test_tasks_are_due_on_their_day_and_after_it(furnished: Furnished) -> None:
    later = samples.follow_up(furnished.request_id, 1, TOMORROW)
    today = samples.follow_up(furnished.request_id, 2)
    with furnished.store.writing() as session:
        for task in (later, today):
            followups.add(session, task)
        assert followups.due(session, samples.DAY - timedelta(days=1)) == ()
        assert followups.due(session, samples.DAY) == (today,)
        assert followups.due(session, TOMORROW) == (today, later)
        assert followups.upcoming(session) == (today, later)
        assert followups.upcoming(session, samples.DAY) == (later,)


def test_a_task_is_claimed_once_and_stays_due(furnished: Furnished) -> None:
    task = samples.follow_up(furnished.request_id)
    raised = replace(task, state=FollowUpState.RAISED)
    with furnished.store.writing() as session:
        followups.add(session, task)
        assert followups.waiting(session, samples.DAY) == (task,)
        assert followups.claim(session, task.id, FollowUpState.WAITING, FollowUpState.RAISED)
        assert not followups.claim(session, task.id, FollowUpState.WAITING, FollowUpState.RAISED)
        assert followups.waiting(session, samples.DAY) == ()
        assert followups.due(session, samples.DAY) == (raised,)
        assert followups.claim(session, task.id, FollowUpState.RAISED, FollowUpState.DONE)
        assert followups.due(session, samples.DAY) == ()
        assert followups.upcoming(session) == ()


def test_closing_kinds_leaves_other_kinds_and_finished_tasks(furnished: Furnished) -> None:
    one, two, three = (samples.follow_up(furnished.request_id, n) for n in (1, 2, 3))
    two = replace(two, kind=FollowUpKind.RECHECK)
    three = replace(three, state=FollowUpState.DONE)
    with furnished.store.writing() as session:
        for task in (one, two, three):
            followups.add(session, task)
        closed = followups.close_kinds(
            session, furnished.request_id, {FollowUpKind.RESPOND_DUE}, FollowUpState.CANCELLED)
        assert closed == 1
        assert followups.by_request(session, furnished.person_id) == {
            furnished.request_id: (replace(one, state=FollowUpState.CANCELLED), two, three)}
        assert followups.close_kinds(session, "OPT-222222", set(), FollowUpState.DONE) == 0


def test_a_lease_is_held_by_one_until_it_ends(store: Store) -> None:
    soon = samples.NOW + timedelta(minutes=5)
    with store.writing() as session:
        assert lease.take(session, "sweep", "a", soon, now=samples.NOW)
        assert not lease.take(session, "sweep", "b", soon, now=samples.NOW)
        assert lease.take(session, "sweep", "a", soon, now=samples.NOW)
        assert lease.take(session, "other", "b", soon, now=samples.NOW)
        assert not lease.take(session, "sweep", "b", soon, now=soon - timedelta(seconds=1))
        assert lease.take(session, "sweep", "b", soon + timedelta(minutes=5), now=soon)
        lease.give_back(session, "sweep", "a")
        assert not lease.take(session, "sweep", "a", soon, now=soon)
        lease.give_back(session, "sweep", "b")
        assert lease.take(session, "sweep", "a", soon, now=soon)
