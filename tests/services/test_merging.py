"""Two requests for the same become one; what was written on both is kept, and it can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import Refused
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.domain.words import Event, FollowUpState, Standing
from optout.services import consistency, followups, looks, merging, progress, requests
from optout.services.desk import Desk
from optout.store import requests as rows
from tests.conftest import MONDAY
from tests.services.marked import made, mark, waiting


def twin_of(desk: Desk, request_id: str) -> str:
    """A second request for the same, as an import or an earlier mistake may have left it."""
    with desk.store.writing() as session:
        one = rows.get(session, request_id)
        twin = replace(one, id=rows.free_id(session), standing=Standing.DRAFT, sent_on=None,
                       late_from=None, moved_on=None)
        rows.add_many(session, [twin])
    return twin.id


@pytest.fixture
def pair(desk: Desk, avery: Person) -> tuple[str, str]:
    """Two requests to one broker, both sent."""
    keep = made(desk, avery)
    other = twin_of(desk, keep)
    mark(desk, keep, "mark_sent")
    mark(desk, other, "mark_sent", "acknowledge")
    return keep, other


def test_a_duplicate_is_closed_and_its_tasks_are_cancelled(
    desk: Desk, pair: tuple[str, str]
) -> None:
    keep, other = pair
    assert [one.id for one in merging.duplicates_of(desk, keep)] == [other]
    kept = merging.merge(desk, f" {keep.lower()} ", other, actor=OWNER)
    assert kept.request.id == keep
    file = requests.get_request(desk, other)
    assert (file.request.standing, file.request.merged_into) == (Standing.CLOSED, keep)
    assert keep in file.events[-1].detail
    assert waiting(file) == {}
    assert FollowUpState.CANCELLED in {task.state for task in file.follow_ups}
    assert [one.request.id for one in merging.merged_into(desk, keep)] == [other]
    assert merging.duplicates_of(desk, keep) == ()
    assert list(consistency.problems(desk)) == []


def test_a_clock_that_was_set_back_hinders_no_merge(desk: Desk, pair: tuple[str, str]) -> None:
    set_back = replace(desk, clock=HandClock(MONDAY - timedelta(days=10)))
    merging.merge(set_back, *pair, actor=OWNER)
    assert requests.get_request(desk, pair[1]).events[-1].on == MONDAY


def test_a_reminder_of_one_s_own_outlives_the_merge(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    mine = followups.remind_me(desk, on=MONDAY, words="Call them.", request_id=other, actor=OWNER)
    merging.merge(desk, keep, other, actor=OWNER)
    assert mine.id in {item.follow_up.id for item in followups.due(desk)}
    assert list(consistency.problems(desk)) == []


def test_a_duplicate_that_was_kept_itself_is_not_ended(
    desk: Desk, pair: tuple[str, str]
) -> None:
    keep, other = pair
    merging.merge(desk, other, twin_of(desk, keep), actor=OWNER)
    assert merging.duplicates_of(desk, keep) == ()
    with pytest.raises(Refused, match="merged before"):
        merging.merge(desk, keep, other, actor=OWNER)
    merging.merge(desk, other, keep, actor=OWNER)  # the other way round
    assert list(consistency.problems(desk)) == []


def test_what_asks_for_one_thing_more_is_a_duplicate_too(
    desk: Desk, pair: tuple[str, str]
) -> None:
    keep, other = pair
    with desk.store.writing() as session:
        one = rows.get(session, other)
        (footing, *_) = one.footings
        rows.update(session, replace(one, footings=(replace(footing, law="another"), footing)))
    assert [one.id for one in merging.duplicates_of(desk, keep)] == [other]


def test_what_is_over_is_no_duplicate(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    mark(desk, other, "close")
    assert merging.duplicates_of(desk, keep) == ()
    assert merging.duplicates_of(desk, other) == (), "nor is what goes on one of what is over"
    with pytest.raises(Refused, match="is over, and what is still open"):
        merging.merge(desk, other, keep, actor=OWNER)
    assert waiting(requests.get_request(desk, keep)), "its tasks stay"


def test_an_undo_makes_it_a_request_of_its_own_again(desk: Desk, pair: tuple[str, str]) -> None:
    keep, other = pair
    before = requests.get_request(desk, other)
    merging.merge(desk, keep, other, actor=OWNER)
    after = mark(desk, other, "undo")
    assert after.request == before.request
    assert waiting(after) == waiting(before)
    assert list(consistency.problems(desk)) == []


def test_what_never_left_is_withdrawn(desk: Desk, avery: Person) -> None:
    keep = made(desk, avery)
    other = twin_of(desk, keep)
    merging.merge(desk, keep, other, actor=OWNER)
    assert requests.get_request(desk, other).request.standing is Standing.WITHDRAWN


def test_nothing_more_happens_to_a_duplicate_and_looks_go_to_the_one_that_is_kept(
    desk: Desk, avery: Person, pair: tuple[str, str]
) -> None:
    keep, other = pair
    merging.merge(desk, keep, other, actor=OWNER)
    with pytest.raises(Refused, match="merged into"):
        mark(desk, other, "claim_removed")
    looks.record_look(desk, avery.id, "quick-mail", LookResult.NOT_FOUND, on=MONDAY, actor=OWNER)
    assert [e.event for e in requests.get_request(desk, keep).events][-1] is Event.LOOK_NOT_FOUND
    assert requests.get_request(desk, other).events[-1].event is Event.CLOSE


def test_a_report_tells_of_a_duplicate_in_the_one_that_is_kept(
    desk: Desk, avery: Person, pair: tuple[str, str]
) -> None:
    keep, other = pair

    def told() -> set[str]:
        with desk.store.reading() as session:
            asked, drafts = progress.asked_of(desk, session, avery.id, desk.clock.today())
        assert drafts == 0
        return {one.reference for one in asked}

    assert told() == {keep, other}
    merging.merge(desk, keep, other, actor=OWNER)
    assert told() == {keep}


def test_a_merged_request_settles_nothing(desk: Desk, avery: Person) -> None:
    keep = made(desk, avery)
    other = twin_of(desk, keep)
    mark(desk, other, "mark_sent")
    merging.merge(desk, keep, other, actor=OWNER)
    mark(desk, keep, "withdraw")
    assert made(desk, avery)


def test_what_is_no_duplicate_is_not_merged(desk: Desk, avery: Person) -> None:
    keep = made(desk, avery)
    elsewhere = made(desk, avery, "slow-post")
    other = twin_of(desk, keep)
    third = twin_of(desk, keep)

    def why(one: str, two: str) -> str:
        with pytest.raises(Refused) as raised:
            merging.merge(desk, one, two, actor=OWNER)
        return raised.value.message

    assert "itself" in why(keep, keep)
    assert "one company" in why(keep, elsewhere)
    merging.merge(desk, keep, other, actor=OWNER)
    assert "merged before" in why(third, other)
    mark(desk, third, "withdraw")
    assert "over already" in why(keep, third)
    with desk.store.writing() as session:
        one = rows.get(session, third)
        (footing, *_) = one.footings
        rows.update(session, replace(one, footings=(replace(footing, law="another"),)))
    assert "same" in why(keep, third)
    with desk.store.writing() as session:
        rows.update(session, replace(one, predecessor_id=keep))
        rows.update(session, replace(rows.get(session, keep), successor_id=third))
    assert "continues" in why(keep, third)
    with desk.store.writing() as session:
        rows.update(session, replace(rows.get(session, keep), successor_id=""))
    assert "continues" in why(keep, third), "one of them says so"
