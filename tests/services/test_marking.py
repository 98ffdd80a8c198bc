"""What marking a request does: dates, tasks and the ledger follow its history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound, Refused
from optout.domain.outcome_words import Claim, Reading
from optout.domain.person import Person
from optout.domain.request import RequestFile
from optout.domain.words import Channel, Event, Fact, FollowUpKind, Standing
from optout.services import answers, ledger, people, requests
from optout.services.desk import Desk
from optout.store import audit
from tests.conftest import MONDAY
from tests.everyone import every_request
from tests.factories import new_yorker, virginian
from tests.services.marked import made, mark, waiting

DUE = FollowUpKind.RESPOND_DUE


def respond_days(file: RequestFile) -> list[date]:
    """The last days of the law's periods, each once, soonest first."""
    return sorted({d.deadlines.respond_by.day for d in file.dates if d.deadlines.respond_by})


def test_sending_starts_the_laws_clock(desk: Desk, avery: Person) -> None:
    file = mark(desk, made(desk, avery), "mark_sent")
    assert file.request.standing is Standing.SENT
    assert file.request.sent_on == MONDAY
    first = file.dates[0]
    assert (first.law, first.started_by_seq) == ("us-ca-ccpa", 1)
    assert first.deadlines.respond_by is not None
    assert first.deadlines.respond_by.starts_on == MONDAY
    assert {date.law for date in file.dates} <= {f.law for f in file.request.footings}
    assert waiting(file)[DUE] == respond_days(file)


def test_each_event_is_written_down_with_its_actor_and_instant(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    clock.forward(days=2)
    file = mark(desk, request_id, "acknowledge", detail=" ticket 7 ")
    assert [(e.seq, e.event, e.on, e.actor, e.standing_after, e.detail) for e in file.events] == [
        (1, Event.MARK_SENT, MONDAY, OWNER, Standing.SENT, ""),
        (2, Event.ACKNOWLEDGE, MONDAY + timedelta(days=2), OWNER, Standing.ACKNOWLEDGED,
         "ticket 7")]
    assert file.events[1].recorded_at == clock.now()
    with desk.store.reading() as session:
        newest = audit.latest(session)[0]
    assert (newest.act, newest.subject) == ("mark_acknowledge", request_id)
    assert "ticket" not in repr(newest)


def test_post_counts_from_its_estimated_delivery_until_the_day_is_known(
    desk: Desk, avery: Person
) -> None:
    request_id = made(desk, avery, "slow-post")
    file = mark(desk, request_id, "mark_sent")
    assert file.dates[0].deadlines.respond_by is not None
    assert file.dates[0].deadlines.respond_by.starts_on > MONDAY
    before = waiting(file)
    delivered = MONDAY + timedelta(days=21)
    later = mark(desk, request_id, "acknowledge", received_on=delivered,
                 on=delivered + timedelta(days=1))
    respond = later.dates[0].deadlines.respond_by
    assert respond is not None
    assert respond.starts_on == delivered == later.request.received_on
    assert waiting(later)[DUE] == respond_days(later) > before[DUE]


def test_without_a_law_no_date_is_called_law(desk: Desk) -> None:
    person = people.add_person(desk, new_yorker(), actor=OWNER)
    file = mark(desk, made(desk, person), "mark_sent")
    assert file.dates == ()
    (task,) = [t for t in file.follow_ups if t.kind is DUE]
    assert task.due_on == MONDAY + timedelta(days=10)
    assert "No law" in task.why


def test_a_platform_has_a_rhythm_of_its_own(desk: Desk, avery: Person) -> None:
    file = mark(desk, made(desk, avery, "california-drop"), "mark_sent")
    assert file.request.channel is Channel.PLATFORM
    assert "quick-mail" in file.request.covers
    (row,) = [d for d in file.dates if d.right == "delete"]
    respond = row.deadlines.respond_by
    assert respond is not None
    # 45 days until the last broker fetches it, and 90 more for the slowest one to report.
    assert MONDAY + timedelta(days=60) < respond.day <= MONDAY + timedelta(days=140)
    assert waiting(file)[FollowUpKind.PLATFORM_REPORT_DUE] == [max(respond_days(file))]


def test_an_undo_days_later_brings_the_platforms_own_day_back(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery, "california-drop")
    sent = mark(desk, request_id, "mark_sent")
    mark(desk, request_id, "claim_partly", on=MONDAY + timedelta(days=9))
    undone = mark(desk, request_id, "undo", on=MONDAY + timedelta(days=11))
    assert waiting(undone) == waiting(sent)


def test_an_appeal_runs_by_the_law_that_knows_one(desk: Desk) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    request_id = made(desk, person)
    mark(desk, request_id, "mark_sent", "refuse")
    file = mark(desk, request_id, "appeal")
    (task,) = [t for t in file.follow_ups if t.kind is FollowUpKind.APPEAL_ANSWER_DUE]
    assert task.due_on == MONDAY + timedelta(days=60)  # Va. Code 59.1-577(C)
    assert "law" in task.why


def test_without_a_law_an_appeal_has_no_date_of_law(desk: Desk) -> None:
    person = people.add_person(desk, new_yorker(), actor=OWNER)
    request_id = made(desk, person)
    mark(desk, request_id, "mark_sent", "refuse")
    file = mark(desk, request_id, "appeal")
    (task,) = [t for t in file.follow_ups if t.kind is FollowUpKind.APPEAL_ANSWER_DUE]
    assert "No date is known" in task.why


def test_lateness_is_computed_and_ends_with_an_answer(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    file = mark(desk, request_id, "mark_sent")
    respond = file.dates[0].deadlines.respond_by
    assert respond is not None
    clock.forward(days=120)
    late = requests.get_request(desk, request_id)
    assert late.overdue_days > 0
    assert late.request == file.request
    assert every_request(desk) == (late,)
    answered = mark(desk, request_id, "claim_removed")
    assert answered.overdue_days == 0
    assert DUE not in waiting(answered)


def test_what_the_broker_says_and_what_we_see_stay_apart(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    clock.forward(days=10)
    file = answers.record_answer(desk, request_id, Reading.REMOVED, words="All is deleted.",
                                 actor=OWNER)
    assert file.request.claim is Claim.REMOVED
    assert file.request.claim_words == "All is deleted."
    assert file.request.last_look is None
    assert FollowUpKind.CONFIRM_REMOVAL in waiting(file)
    clock.forward(days=10)
    seen = mark(desk, request_id, "look_listed")
    assert seen.request.claim is Claim.REMOVED
    assert seen.request.last_look_on == MONDAY + timedelta(days=20)


def test_the_ledger_names_what_left_and_what_a_look_revealed(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    assert ledger.disclosures(desk, avery.id) == ()
    file = mark(desk, request_id, "mark_sent")
    sent = ledger.disclosures(desk, avery.id)
    assert {entry.fact for entry in sent} == set(file.request.facts)
    assert {(e.broker_id, e.on, e.request_id) for e in sent} == {
        ("quick-mail", MONDAY, request_id)}
    mark(desk, request_id, "look_not_found")
    looked = ledger.disclosures(desk, avery.id)[len(sent):]
    assert {entry.fact for entry in looked} == {Fact.FULL_NAME, Fact.INTERNET_ADDRESS}
    assert looked[0].why != sent[0].why
    with pytest.raises(NotFound):
        ledger.disclosures(desk, "P-222222")


def test_a_confirmation_link_expires_on_the_day_that_was_named(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery, "form-first")
    mark(desk, request_id, "mark_sent")
    named = MONDAY + timedelta(days=6)
    file = mark(desk, request_id, "needs_confirmation", until=named)
    assert file.request.standing is Standing.CONFIRMATION_NEEDED
    assert waiting(file)[FollowUpKind.CONFIRMATION_EXPIRES] == [named]
    clicked = mark(desk, request_id, "confirm_link_used", on=MONDAY + timedelta(days=2))
    assert FollowUpKind.CONFIRMATION_EXPIRES not in waiting(clicked)
    assert clicked.dates[0].started_by_seq == 3
    back = mark(desk, request_id, "undo")
    assert back.dates == file.dates


@pytest.mark.parametrize("reading", list(Reading))
def test_every_reading_moves_the_request_or_says_why_not(
    desk: Desk, avery: Person, reading: Reading
) -> None:
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    if reading in answers.EVENT_OF_READING:
        file = answers.record_answer(desk, request_id, reading, actor=OWNER)
        assert file.events[-1].event is answers.EVENT_OF_READING[reading]
    else:
        with pytest.raises(Refused, match="changes nothing"):
            answers.record_answer(desk, request_id, reading, actor=OWNER)
        assert len(requests.get_request(desk, request_id).events) == 1


def gone_and_back(desk: Desk, clock: HandClock, request_id: str) -> None:
    mark(desk, request_id, "mark_sent", "claim_removed")
    clock.forward(days=10)
    mark(desk, request_id, "look_not_found")
    clock.forward(days=60)
    mark(desk, request_id, "look_listed")


@pytest.mark.parametrize("closed", [False, True])
def test_a_listing_that_came_back_gets_a_tied_successor(
    desk: Desk, avery: Person, clock: HandClock, *, closed: bool
) -> None:
    old = made(desk, avery)
    gone_and_back(desk, clock, old)
    if closed:
        mark(desk, old, "close")
    new = made(desk, avery)
    first, second = (requests.get_request(desk, i) for i in (old, new))
    assert (first.request.successor_id, second.request.predecessor_id) == (new, old)
    assert first.request.standing is Standing.CLOSED
    assert FollowUpKind.ESCALATE not in waiting(first)
    with pytest.raises(Refused):
        made(desk, avery)


def test_a_listing_that_is_merely_still_there_gets_no_successor(
    desk: Desk, avery: Person
) -> None:
    old = made(desk, avery)
    mark(desk, old, "mark_sent", "look_listed")
    with pytest.raises(Refused):
        made(desk, avery)


def test_every_open_standing_has_a_next_date(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    for event in ("mark_sent", "acknowledge", "demand_identity", "answer_identity", "extend",
                  "refuse", "appeal", "complain", "redirect"):
        assert waiting(mark(desk, request_id, event)), event
