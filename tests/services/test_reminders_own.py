"""Reminders of the person's own: their words stay with the task and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.person import Person
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import followups, requests
from optout.services.desk import Desk
from optout.services.discretion import summary_of
from optout.services.reminders_own import WHY
from optout.store import audit
from tests.services.marked import made, mark


def test_a_reminder_about_a_request_is_kept_with_its_words(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    day = clock.today() + timedelta(days=3)
    task = followups.remind_me(desk, request_id=request_id.lower(), on=day, actor=OWNER,
                               words=" ask  my sister\nCasey ")
    assert (task.kind, task.due_on, task.request_id, task.person_id, task.broker_id) == (
        FollowUpKind.OWN_REMINDER, day, request_id, avery.id, "quick-mail")
    assert (task.why, task.reason) == (WHY, "ask my sister Casey")
    with desk.store.reading() as session:
        newest = audit.latest(session)[0]
    assert (newest.act, newest.subject) == ("add_reminder", task.id)
    assert "Casey" not in summary_of(task, "Quick Mail", Discretion.COMPANY, with_person=True)
    mark(desk, request_id, "mark_sent", "undo")
    assert task in requests.get_request(desk, request_id).follow_ups


def test_one_about_a_person_needs_no_broker(desk: Desk, avery: Person, clock: HandClock) -> None:
    task = followups.remind_me(desk, person_id=avery.id, on=clock.today(), words="x", actor=OWNER)
    (item,) = followups.due(desk)
    assert item.follow_up == task
    assert (task.request_id, task.broker_id, item.broker_name) == ("", "", "")
    reason = followups.not_needed(desk, task.id, "she knows", actor=OWNER).reason
    assert reason == "x\nshe knows"
    back = followups.reopen(desk, task.id, actor=OWNER)
    assert (back.state, back.reason) == (FollowUpState.RAISED, reason)


def test_what_cannot_be_a_reminder_is_refused(desk: Desk, avery: Person, clock: HandClock) -> None:
    good: dict[str, Any] = {"on": clock.today(), "words": "x", "person_id": avery.id}
    wrong: dict[str, Any]
    for field, value in (("on", clock.today() - timedelta(days=1)), ("words", " \n"),
                         ("person_id", "")):
        wrong = {field: value}
        with pytest.raises(InvalidInput) as caught:
            followups.remind_me(desk, **{**good, **wrong}, actor=OWNER)
        assert caught.value.field == field
    for wrong in ({"on": clock.today() + timedelta(days=5000)}, {"words": "x" * 501},
                  {"words": "her number is A123456789"}):
        with pytest.raises(InvalidInput):
            followups.remind_me(desk, **{**good, **wrong}, actor=OWNER)
    for unknown in ({"request_id": "OPT-222222"}, {"person_id": "P-222222"},
                    {"broker_id": "nobody"}):
        with pytest.raises(NotFound):
            followups.remind_me(desk, **{**good, **unknown}, actor=OWNER)
    assert followups.due(desk, within_days=9_000) == ()
