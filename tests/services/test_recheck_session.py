"""What a re-check session tells of a place: the day of each word, and the newest request."""

from __future__ import annotations

from datetime import timedelta

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.person import Person
from optout.services import looks, people
from optout.services.desk import Desk
from optout.services.recheck_session import PlaceView, begin, view_of, waiting_people
from tests.conftest import MONDAY
from tests.factories import new_yorker, virginian
from tests.services.marked import made, mark
from tests.services.test_merging import twin_of
from tests.statements import statements

PLACE = "quick-mail"


def said(view: PlaceView) -> tuple[object, ...]:
    return view.claim, view.claimed_on, view.asked_on


def test_a_claim_keeps_its_day_whatever_comes_after_it(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    assert said(view_of(desk, avery.id, PLACE)) == (None, None, None)
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    assert said(view_of(desk, avery.id, PLACE)) == (None, None, MONDAY)
    clock.forward(days=3)
    mark(desk, request_id, "claim_removed")
    clock.forward(days=9)
    looks.record_look(desk, avery.id, PLACE, LookResult.NOT_FOUND, actor=OWNER)
    assert said(view_of(desk, avery.id, PLACE)) == (
        Claim.REMOVED, MONDAY + timedelta(days=3), MONDAY)


def test_a_claim_that_answered_an_earlier_asking_is_not_told(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent", "claim_partly", "redirect")
    clock.forward(days=2)
    mark(desk, request_id, "mark_sent")
    assert said(view_of(desk, avery.id, PLACE)) == (None, None, MONDAY + timedelta(days=2))


def test_the_request_that_was_sent_last_is_the_newest(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    first = made(desk, avery)
    twins = [first, *(twin_of(desk, first) for _ in range(5))]
    for request_id in sorted(twins, reverse=True):  # not in the order of their ids
        mark(desk, request_id, "mark_sent")
        assert view_of(desk, avery.id, PLACE).asked_on == clock.today()
        clock.forward(days=1)


def test_where_nothing_can_be_seen_nobody_is_led_to_an_empty_look(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    for broker in (PLACE, "slow-post"):  # the second has no search
        mark(desk, made(desk, avery, broker), "mark_sent", "claim_removed")
    clock.forward(days=200)
    assert begin(desk, avery.id).brokers == (PLACE,)
    assert [one.places for one in waiting_people(desk)] == [1]
    looks.record_look(desk, avery.id, "slow-post", LookResult.NOT_FOUND, actor=OWNER)
    clock.forward(days=200)
    assert set(begin(desk, avery.id).brokers) == {PLACE, "slow-post"}
    assert [one.places for one in waiting_people(desk)] == [2]


def test_however_many_wait_the_number_of_statements_is_fixed(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    others = [people.add_person(desk, one, actor=OWNER) for one in (virginian(), new_yorker())]
    mark(desk, made(desk, avery), "mark_sent", "claim_removed")
    clock.forward(days=200)
    with statements() as asked:
        (one,) = waiting_people(desk)
    assert (one.person_id, one.name) == (avery.id, avery.main_name.full)
    for_one = len(asked)
    for other in others:
        mark(desk, made(desk, other), "mark_sent", "claim_removed")
    clock.forward(days=200)
    with statements() as asked:
        found = waiting_people(desk)
    assert {one.name for one in found} == {person.main_name.full for person in (avery, *others)}
    assert len(asked) == for_one
