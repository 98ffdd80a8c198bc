"""What is listed again gets a tied successor, and taking the look back unties them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import Refused, UnwritableText
from optout.domain.person import Person
from optout.domain.words import FollowUpKind, Standing
from optout.lifecycle.table import LOOKS
from optout.services import consistency, letters, requests, successors
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.services.marked import made, mark, waiting


@pytest.fixture
def back(desk: Desk, avery: Person, clock: HandClock) -> str:
    """A request that was answered and confirmed gone, and whose listing came back."""
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", "claim_removed")
    clock.forward(days=8)
    mark(desk, request_id, "look_not_found")
    clock.forward(days=30)
    mark(desk, request_id, "look_listed")
    return request_id


@pytest.mark.parametrize("closed", ["", "close"])
def test_the_successor_is_tied_and_the_old_one_closed(
    desk: Desk, avery: Person, clock: HandClock, closed: str
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", "claim_removed")
    clock.forward(days=8)
    mark(desk, request_id, "look_not_found", *filter(None, [closed]))
    clock.forward(days=30)
    seen = mark(desk, request_id, "look_listed")
    assert FollowUpKind.ESCALATE in waiting(seen)
    assert successors.calls_for_successor(desk, request_id)
    new = successors.open_successor(desk, f" {request_id.lower()} ", actor=OWNER)
    old = requests.get_request(desk, request_id)
    assert new.request.predecessor_id == request_id
    assert (old.request.successor_id, old.request.standing) == (new.request.id, Standing.CLOSED)
    assert FollowUpKind.ESCALATE not in waiting(old)
    assert list(consistency.problems(desk)) == []
    with pytest.raises(Refused, match="goes on as"):
        successors.open_successor(desk, request_id, actor=OWNER)


def test_what_continues_is_written_at_once_and_asked_about_until_it_left(
    desk: Desk, back: str
) -> None:
    new = successors.continue_request(desk, back, actor=OWNER)
    assert (new.request.standing, len(letters.documents_of(desk, new.request.id))) == (
        Standing.READY, 1)
    assert set(waiting(new)) == {FollowUpKind.PREPARED_NOT_SENT}


def test_what_continues_stays_a_draft_where_its_letter_cannot_be_written(
    desk: Desk, back: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_shape(*_: object, **__: object) -> None:
        raise UnwritableText(characters=("SNOWMAN",))

    monkeypatch.setattr(letters, "generate", no_shape)
    new = successors.continue_request(desk, back, actor=OWNER)
    assert (new.request.standing, new.request.predecessor_id) == (Standing.DRAFT, back)


def test_the_old_one_is_closed_on_a_day_that_came_and_not_before_it_was_sent(
    desk: Desk, back: str, clock: HandClock
) -> None:
    person_id = requests.get_request(desk, back).request.person_id
    today, later = clock.today(), clock.today() + timedelta(days=5)
    requests.create_requests(desk, person_id, ["quick-mail"], on=later, actor=OWNER)
    assert requests.get_request(desk, back).events[-1].on == today
    for _ in range(2):  # the closing, and what was seen
        requests.mark(desk, back, "undo", on=later, actor=OWNER)
    mark(desk, back, "look_listed")
    set_back = replace(desk, clock=HandClock(MONDAY - timedelta(days=10)))
    successors.open_successor(set_back, back, actor=OWNER)
    assert requests.get_request(desk, back).events[-1].on == MONDAY
    assert list(consistency.problems(desk)) == []


def test_what_is_seen_later_is_entered_where_it_goes_on(desk: Desk, back: str) -> None:
    new = successors.open_successor(desk, back, actor=OWNER)
    with pytest.raises(Refused, match="goes on as") as caught:
        mark(desk, back, "look_listed")
    assert new.request.id in str(caught.value.remedy)
    old = requests.get_request(desk, back)
    assert FollowUpKind.ESCALATE not in waiting(old)
    assert old.request.successor_id == new.request.id
    assert not set(LOOKS) & set(old.allowed)
    mark(desk, new.request.id, "look_listed")


def test_without_a_return_there_is_no_successor(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", "claim_removed")
    with pytest.raises(Refused, match="not seen again"):
        successors.open_successor(desk, request_id, actor=OWNER)


def test_taking_the_look_back_takes_back_a_successor_that_has_not_left(
    desk: Desk, back: str
) -> None:
    before = requests.get_request(desk, back)
    new = successors.open_successor(desk, back, actor=OWNER).request.id
    again = mark(desk, back, "undo")  # the closing that came with it
    assert again.request == before.request
    assert waiting(again) == waiting(before)
    taken = requests.get_request(desk, new).request
    assert (taken.standing, taken.predecessor_id) == (Standing.WITHDRAWN, "")
    assert list(consistency.problems(desk)) == []
    third = successors.open_successor(desk, back, actor=OWNER)
    assert third.request.predecessor_id == back


def test_a_successor_that_was_withdrawn_keeps_nobody_from_taking_the_look_back(
    desk: Desk, back: str
) -> None:
    new = successors.open_successor(desk, back, actor=OWNER).request.id
    mark(desk, new, "withdraw")
    assert mark(desk, back, "undo").request.standing is Standing.ANSWERED
    assert requests.get_request(desk, new).request.standing is Standing.WITHDRAWN
    assert list(consistency.problems(desk)) == []


def test_a_successor_that_left_stays_tied(desk: Desk, back: str) -> None:
    new = successors.open_successor(desk, back, actor=OWNER).request.id
    mark(desk, new, "mark_sent")
    assert mark(desk, back, "undo").request.successor_id == new
    assert requests.get_request(desk, new).request.standing is Standing.SENT
    assert list(consistency.problems(desk)) == []


def test_where_nobody_can_look_one_asks_again_when_it_is_time(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery, "form-first")
    mark(desk, request_id, "mark_sent", "claim_removed")
    assert not successors.may_ask_again(desk, request_id), "they have just said that it is gone"
    (due,) = waiting(requests.get_request(desk, request_id))[FollowUpKind.RECHECK]
    clock.forward(days=(due - clock.today()).days)
    assert successors.may_ask_again(desk, request_id)
    new = successors.open_successor(desk, request_id, actor=OWNER)
    old = requests.get_request(desk, request_id)
    assert old.events[-1].detail == f"They are asked again: see {new.request.id}."
    assert (old.request.standing, waiting(old)) == (Standing.CLOSED, {})
    assert not successors.may_ask_again(desk, request_id)
    assert waiting(mark(desk, request_id, "undo")) == {FollowUpKind.RECHECK: [due]}
    new = successors.open_successor(desk, request_id, actor=OWNER)
    letters.generate(desk, avery.id, actor=OWNER)
    assert mark(desk, new.request.id, "mark_sent").request.standing is Standing.SENT
    assert list(consistency.problems(desk)) == []
    assert mark(desk, request_id, "undo").request.successor_id == new.request.id


def test_a_closed_one_that_was_seen_after_all_is_asked_again(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", "claim_removed", "close")
    clock.forward(days=20)
    seen = mark(desk, request_id, "look_listed")
    (task,) = (one for one in seen.follow_ups
               if "you saw it" in one.why)
    assert "in a new request" in task.why
    assert not successors.calls_for_successor(desk, request_id)
    new = successors.open_successor(desk, request_id, actor=OWNER)
    assert new.request.predecessor_id == request_id
    assert waiting(requests.get_request(desk, request_id)) == {}
    assert list(consistency.problems(desk)) == []
