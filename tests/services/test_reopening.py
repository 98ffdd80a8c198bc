"""A task that was closed by mistake comes back, unless what called for it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import Refused
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import followups, people, requests
from optout.services.desk import Desk
from optout.services.reopening import reopenable
from optout.store import audit
from optout.store import followups as rows
from tests.factories import berliner
from tests.services.marked import made, mark


def the(desk: Desk, request_id: str, kind: FollowUpKind) -> FollowUp:
    return next(task for task in requests.get_request(desk, request_id).follow_ups
                if task.kind is kind)


def test_what_was_done_by_mistake_comes_back_on_its_day(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    task = the(desk, request_id, FollowUpKind.RESPOND_DUE)
    with pytest.raises(Refused, match="is open"):
        followups.reopen(desk, task.id, actor=OWNER)
    followups.finish(desk, task.id, actor=OWNER)
    back = followups.reopen(desk, task.id.lower(), actor=OWNER)
    assert back == replace(task, sequence=task.sequence + 2, changed_at=back.changed_at)

    followups.not_needed(desk, task.id, "they wrote", actor=OWNER)
    clock.forward(days=200)
    back = followups.reopen(desk, task.id, actor=OWNER)
    assert (back.state, back.due_on, back.reason) == (
        FollowUpState.RAISED, task.due_on, "they wrote")
    with desk.store.reading() as session:
        acts = [entry.act for entry in audit.latest(session, 5) if entry.subject == task.id]
    assert acts == ["reopen_follow_up", "follow_up_not_needed", "reopen_follow_up",
                    "finish_follow_up"]


def test_what_happened_since_keeps_it_closed(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    task = the(desk, request_id, FollowUpKind.RESPOND_DUE)
    followups.finish(desk, task.id, actor=OWNER)
    mine = followups.remind_me(desk, on=desk.clock.today(), words="x", request_id=request_id,
                               actor=OWNER)
    assert reopenable(desk, request_id) == {task.id}
    followups.finish(desk, mine.id, actor=OWNER)
    mark(desk, request_id, "claim_no_record")
    assert reopenable(desk, request_id) == {mine.id}
    with pytest.raises(Refused, match="gone"):
        followups.reopen(desk, task.id, actor=OWNER)
    mark(desk, request_id, "undo")  # which brought the task back by itself
    with pytest.raises(Refused, match="gone"):
        followups.reopen(desk, task.id, actor=OWNER)
    days = [one.due_on for one in requests.get_request(desk, request_id).follow_ups
            if one.kind is task.kind and one.state in rows.OPEN]
    assert len(days) == len(set(days))
    assert task.due_on in days


def test_the_next_step_that_a_newer_look_called_for_stands_for_an_older_one(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", "claim_removed", "look_listed")
    first = the(desk, request_id, FollowUpKind.ESCALATE)
    followups.not_needed(desk, first.id, "not now", actor=OWNER)
    clock.forward(days=5)
    mark(desk, request_id, "look_listed")
    assert reopenable(desk, request_id) == frozenset()
    with pytest.raises(Refused, match="place"):
        followups.reopen(desk, first.id, actor=OWNER)
    (second,) = (task for task in requests.get_request(desk, request_id).follow_ups
                 if task.kind is FollowUpKind.ESCALATE and task.state in rows.OPEN)
    followups.finish(desk, second.id, actor=OWNER)
    assert followups.reopen(desk, first.id, actor=OWNER).due_on == first.due_on


def test_it_comes_back_on_the_day_that_the_law_has_by_now(desk: Desk) -> None:
    request_id = made(desk, people.add_person(desk, berliner(), actor=OWNER))
    mark(desk, request_id, "mark_sent")
    task = the(desk, request_id, FollowUpKind.ESCALATE)
    followups.finish(desk, task.id, actor=OWNER)
    later = task.due_on - timedelta(days=10)
    mark(desk, request_id, "acknowledge", on=later, received_on=later)
    back = followups.reopen(desk, task.id, actor=OWNER)
    assert (back.state, back.due_on == back.shown_on) == (FollowUpState.WAITING, True)
    assert back.due_on > task.due_on


def test_a_cancelled_task_and_one_of_a_listing_with_a_newer_one_stay_closed(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    look = FollowUp(id="F-222222", request_id="", kind=FollowUpKind.RECHECK,
                    due_on=clock.today(), state=FollowUpState.CANCELLED, key="a",
                    person_id=avery.id, broker_id="quick-mail")
    closed = replace(look, id="F-333333", key="b", state=FollowUpState.DONE)
    newer = replace(look, id="F-444444", key="c", state=FollowUpState.WAITING)
    with desk.store.writing() as session:
        rows.add(session, look, at=clock.now())
        rows.add(session, closed, at=clock.now())
    with pytest.raises(Refused, match="gone"):
        followups.reopen(desk, look.id, actor=OWNER)
    followups.reopen(desk, closed.id, actor=OWNER)
    followups.finish(desk, closed.id, actor=OWNER)
    with desk.store.writing() as session:
        rows.add(session, newer, at=clock.now())
    with pytest.raises(Refused, match="place"):
        followups.reopen(desk, closed.id, actor=OWNER)
