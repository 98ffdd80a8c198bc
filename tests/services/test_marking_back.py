"""Undo brings everything back; what cannot be marked is refused and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import ForbiddenEvent, GateClosed, InvalidInput, NotFound, UnknownEvent
from optout.domain.person import Person
from optout.domain.words import Event, Standing
from optout.services import days, ledger, people, requests
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.factories import new_yorker
from tests.services.marked import made, mark, waiting

TUESDAY = MONDAY + timedelta(days=1)


def test_undo_brings_everything_back(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    before = requests.get_request(desk, request_id)
    mark(desk, request_id, "mark_sent")
    undone = mark(desk, request_id, "undo")
    assert undone.request == before.request
    assert undone.dates == ()
    assert waiting(undone) == {}
    assert ledger.disclosures(desk, avery.id) == ()
    assert [event.event for event in undone.events] == [Event.MARK_SENT, Event.UNDO]
    assert undone.events[-1].detail == "1"
    again = mark(desk, request_id, "mark_sent")
    assert again.request.standing is Standing.SENT
    assert again.dates[0].started_by_seq == 3
    assert len(ledger.disclosures(desk, avery.id)) == len(again.request.facts)


def test_undoing_an_answer_brings_its_dates_and_tasks_back(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    sent = mark(desk, request_id, "mark_sent")
    mark(desk, request_id, "claim_removed", detail="gone")
    undone = mark(desk, request_id, "undo")
    assert undone.request == sent.request
    assert undone.dates == sent.dates
    assert waiting(undone) == waiting(sent)


def test_undo_brings_back_the_day_of_delivery_that_was_known_before(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery, "slow-post")
    sent = mark(desk, request_id, "mark_sent", received_on=MONDAY + timedelta(days=4))
    clock.forward(days=9)
    mark(desk, request_id, "acknowledge", received_on=MONDAY + timedelta(days=8),
         on=MONDAY + timedelta(days=9))
    first = mark(desk, request_id, "undo", on=MONDAY + timedelta(days=9))
    mark(desk, request_id, "bounce", "mark_sent", on=MONDAY + timedelta(days=9))
    second = mark(desk, request_id, "undo", "undo", on=MONDAY + timedelta(days=9))
    for undone in (first, second):
        assert undone.request == sent.request
        assert undone.dates == sent.dates
        assert waiting(undone) == waiting(sent)


@pytest.mark.parametrize("event", ["needs_confirmation", "extend"])
def test_undo_brings_back_the_date_that_they_named(desk: Desk, event: str) -> None:
    person = people.add_person(desk, new_yorker(), actor=OWNER)
    request_id = made(desk, person)
    mark(desk, request_id, "mark_sent")
    named = mark(desk, request_id, event, until=MONDAY + timedelta(days=17))
    assert [MONDAY + timedelta(days=17)] in waiting(named).values()
    mark(desk, request_id, "look_failed", on=MONDAY + timedelta(days=2))
    assert waiting(mark(desk, request_id, "undo", on=MONDAY + timedelta(days=3))) == waiting(named)


def test_a_resending_on_one_day_can_be_undone_alone(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    first = mark(desk, request_id, "mark_sent")
    mark(desk, request_id, "bounce", "mark_sent")
    undone = mark(desk, request_id, "undo")
    assert undone.request.standing is Standing.UNDELIVERED
    assert undone.request.sent_on == MONDAY
    assert {e.fact for e in ledger.disclosures(desk, avery.id)} == set(first.request.facts)
    assert len(ledger.disclosures(desk, avery.id)) == len(first.request.facts)


def test_there_is_nothing_to_undo_at_the_beginning(desk: Desk, avery: Person) -> None:
    with pytest.raises(ForbiddenEvent) as caught:
        mark(desk, made(desk, avery), "undo")
    assert "undo" not in caught.value.allowed


def test_a_forbidden_event_names_the_allowed_ones_and_changes_nothing(
    desk: Desk, avery: Person
) -> None:
    request_id = made(desk, avery)
    before = requests.get_request(desk, request_id)
    with pytest.raises(ForbiddenEvent) as caught:
        mark(desk, request_id, "appeal")
    assert set(caught.value.allowed) == set(before.allowed)
    with pytest.raises(UnknownEvent):
        mark(desk, request_id, "explode")
    with pytest.raises(NotFound):
        mark(desk, "OPT-222222", "mark_sent")
    assert requests.get_request(desk, request_id) == before


@pytest.mark.parametrize(("event", "how", "field"), [
    ("acknowledge", {"on": MONDAY - timedelta(days=1)}, "on"),
    ("acknowledge", {"received_on": MONDAY - timedelta(days=1)}, "received_on"),
    ("extend", {"until": MONDAY - timedelta(days=1)}, "until"),
    ("acknowledge", {"detail": "x" * 5000}, "detail"),
])
def test_days_out_of_order_and_endless_notes_are_refused(
    desk: Desk, avery: Person, event: str, how: dict[str, Any], field: str
) -> None:
    request_id = made(desk, avery)
    before = mark(desk, request_id, "mark_sent")
    with pytest.raises(InvalidInput) as caught:
        mark(desk, request_id, event, **how)
    assert caught.value.field == field
    assert requests.get_request(desk, request_id) == before


def test_nothing_happens_on_a_day_to_come_but_a_letter_may_be_dated_ahead(
    desk: Desk, avery: Person
) -> None:
    request_id = made(desk, avery, "slow-post")
    before = mark(desk, request_id, "mark_sent", "acknowledge")
    for event in set(before.allowed) - {Event.UNDO}:
        with pytest.raises(InvalidInput, match="not come yet") as caught:
            requests.mark(desk, request_id, event, on=TUESDAY, actor=OWNER)
        assert caught.value.field == "on"
    with pytest.raises(InvalidInput, match="received has not come") as caught:
        requests.mark(desk, request_id, "acknowledge", received_on=TUESDAY, actor=OWNER)
    assert caught.value.field == "received_on"
    assert requests.get_request(desk, request_id) == before
    requests.mark(desk, made(desk, avery), "prepare", on=TUESDAY, actor=OWNER)


def test_a_day_that_this_computer_had_already_has_come(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    tomorrow = replace(desk, clock=HandClock(TUESDAY))
    mark(desk, request_id, "mark_sent")
    days.note(tomorrow)  # further east, before the journey home
    requests.mark(desk, request_id, "acknowledge", on=TUESDAY, actor=OWNER)
    with pytest.raises(InvalidInput, match="not come"):
        requests.mark(desk, request_id, "bounce", on=TUESDAY + timedelta(days=1), actor=OWNER)
    days.note(replace(desk, clock=HandClock(TUESDAY + timedelta(days=1))))  # no zone: a wrong clock
    with pytest.raises(InvalidInput, match="not come"):
        requests.mark(desk, request_id, "bounce", on=TUESDAY, actor=OWNER)


def test_what_left_before_the_clock_was_set_back_is_answered_on_its_day(
    desk: Desk, avery: Person
) -> None:
    request_id = made(desk, avery)
    sent_on = MONDAY + timedelta(days=30)
    mark(replace(desk, clock=HandClock(sent_on)), request_id, "mark_sent")
    file = requests.mark(desk, request_id, "bounce", on=sent_on, actor=OWNER)
    assert file.events[-1].on == sent_on


@pytest.mark.parametrize("event", ["bounce", "redirect"])
def test_what_came_back_does_not_leave_again_before_that_day(
    desk: Desk, avery: Person, event: str
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    back_on = MONDAY + timedelta(days=3)
    mark(desk, request_id, event, on=back_on)
    for early in (MONDAY, back_on - timedelta(days=1)):
        with pytest.raises(InvalidInput, match="before it came back"):
            mark(desk, request_id, "mark_sent", on=early)
    mark(desk, request_id, "mark_sent", on=TUESDAY, before_making=True)
    mark(desk, request_id, "undo", on=back_on)
    assert mark(desk, request_id, "mark_sent", on=back_on).request.sent_on == back_on


def test_a_request_cannot_arrive_before_it_left(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery, "slow-post")
    with pytest.raises(InvalidInput):
        mark(desk, request_id, "mark_sent", received_on=MONDAY - timedelta(days=1))


def test_marking_as_sent_does_not_go_round_a_safeguard(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    people.update_person(desk, replace(avery, at_risk=True, reply_email="", reply_address=None),
                         actor=OWNER)
    with pytest.raises(GateClosed):
        mark(desk, request_id, "mark_sent")
    assert requests.get_request(desk, request_id).events == ()
    assert ledger.disclosures(desk, avery.id) == ()
