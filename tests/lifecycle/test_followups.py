"""What each event calls for: the law’s dates, promised days, and what to look at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.words import Channel, Event, Right, Standing
from optout.lifecycle.followups import Expectation, called_for, ended_by, standing_tasks, stood_for
from optout.lifecycle.situation import Task
from tests.lifecycle.builders import DAY, dates, history, request_after
from tests.lifecycle.followed import NOTHING_KNOWN, K, after, days


def test_a_prepared_document_is_asked_about_after_three_days() -> None:
    spec = after((Event.PREPARE, 2))[K.PREPARED_NOT_SENT]
    assert days(spec) == 5
    assert spec.key == "OPT-7K3M9Q:prepared_not_sent:1"


def test_sending_calls_for_the_laws_dates_and_for_insisting_on_the_first_late_day() -> None:
    specs = after(Event.MARK_SENT, rows=(dates(acknowledge=14, respond=45, extended=90),))
    assert {kind: days(spec) for kind, spec in specs.items()} == {
        K.ACKNOWLEDGE_DUE: 14, K.RESPOND_DUE: 45, K.ESCALATE: 46}
    assert "Sample Code 1" in specs[K.RESPOND_DUE].why
    assert "late from this day" in specs[K.ESCALATE].why


def test_insisting_waits_for_the_rounded_day() -> None:
    specs = after(Event.MARK_SENT, rows=(dates(respond=45, round_days=4),))
    assert days(specs[K.ESCALATE]) == 49


def test_two_rights_with_different_dates_have_two_tasks_with_keys_of_their_own() -> None:
    events = history(Event.MARK_SENT)
    rows = (dates(respond=45, right=Right.ACCESS), dates(respond=21))
    specs = called_for(request_after(events), events[-1], rows, NOTHING_KNOWN, events)
    due = [(s.key, days(s)) for s in specs if s.kind is K.RESPOND_DUE]
    assert due == [("OPT-7K3M9Q:respond_due:1", 21), ("OPT-7K3M9Q:respond_due:1.2", 45)]
    assert len({s.key for s in specs}) == len(specs)


def test_two_rights_with_one_date_are_one_task() -> None:
    events = history(Event.MARK_SENT)
    rows = (dates(respond=45, right=Right.ACCESS), dates(respond=45))
    specs = called_for(request_after(events), events[-1], rows, NOTHING_KNOWN, events)
    assert [s.kind for s in specs] == [K.RESPOND_DUE, K.ESCALATE]


def test_without_a_number_in_the_law_the_expectation_is_shown_as_expectation() -> None:
    specs = after(Event.MARK_SENT, expect=Expectation(expected_days=10, can_look=False))
    assert set(specs) == {K.RESPOND_DUE}
    assert days(specs[K.RESPOND_DUE]) == 10
    assert "No law sets a date" in specs[K.RESPOND_DUE].why
    assert "they themselves expect" in specs[K.RESPOND_DUE].why


def test_without_law_and_promise_it_is_fair_to_ask_after_thirty_days() -> None:
    spec = after(Event.MARK_SENT)[K.RESPOND_DUE]
    assert days(spec) == 30
    assert "No law sets a date" in spec.why


@pytest.mark.parametrize(("median", "fair"), [(0, 30), (12, 30), (41, 41)])
def test_what_they_told_california_is_shown_and_never_hurries(median: int, fair: int) -> None:
    specs = after(Event.MARK_SENT, expect=Expectation(median_days=median))
    assert days(specs[K.RESPOND_DUE]) == fair
    assert f"half of the requests to delete within {median} days" in specs[K.RESPOND_DUE].why
    assert K.CONFIRM_REMOVAL not in specs
    promised = after(Event.MARK_SENT, expect=Expectation(median_days=median, expected_days=5,
                                                         can_look=False))
    assert days(promised[K.RESPOND_DUE]) == 5


def test_a_promised_day_calls_for_a_look_and_says_that_it_is_no_law() -> None:
    specs = after(Event.MARK_SENT, rows=(dates(respond=45),), expect=Expectation(expected_days=7))
    assert days(specs[K.CONFIRM_REMOVAL]) == 7
    assert "no law" in specs[K.CONFIRM_REMOVAL].why
    assert days(specs[K.RESPOND_DUE]) == 45


def test_a_platform_has_its_own_rhythm_and_no_legal_clock() -> None:
    specs = after(Event.MARK_SENT, rows=(dates(respond=45),), channel=Channel.PLATFORM,
                  expect=Expectation(expected_days=45, platform_days=90))
    assert {kind: days(spec) for kind, spec in specs.items()} == {K.PLATFORM_REPORT_DUE: 90}


def test_a_link_is_expected_to_work_for_one_day_unless_known_otherwise() -> None:
    steps = (Event.MARK_SENT, (Event.NEEDS_CONFIRMATION, 1))
    assert days(after(*steps)[K.CONFIRMATION_EXPIRES]) == 2
    known = Expectation(confirmation_days=3)
    assert days(after(*steps, expect=known)[K.CONFIRMATION_EXPIRES]) == 4


def test_the_click_starts_the_clock_and_needs_no_receipt() -> None:
    specs = after(Event.MARK_SENT, Event.NEEDS_CONFIRMATION, (Event.CONFIRM_LINK_USED, 1),
                  rows=(dates(acknowledge=11, respond=46, seq=3),))
    assert {kind: days(s) for kind, s in specs.items()} == {K.RESPOND_DUE: 46, K.ESCALATE: 47}


def test_what_came_back_or_was_pointed_elsewhere_is_to_be_sent_again() -> None:
    bounced = after(Event.MARK_SENT, (Event.BOUNCE, 1))[K.PREPARED_NOT_SENT]
    assert days(bounced) == 4
    assert "came back" in bounced.why
    assert "another way" in after(Event.MARK_SENT, Event.REDIRECT)[K.PREPARED_NOT_SENT].why


def test_a_bounce_after_a_receipt_calls_for_nothing_and_ends_nothing_of_the_clock() -> None:
    assert after(Event.MARK_SENT, Event.ACKNOWLEDGE, Event.BOUNCE) == {}
    assert K.RESPOND_DUE not in ended_by(Event.BOUNCE, Standing.ACKNOWLEDGED)
    assert K.RESPOND_DUE in ended_by(Event.BOUNCE, Standing.UNDELIVERED)


def test_a_receipt_after_a_bounce_brings_the_clock_back() -> None:
    rows = (dates(respond=45),)
    specs = after(Event.MARK_SENT, (Event.BOUNCE, 1), (Event.ACKNOWLEDGE, 2), rows=rows)
    assert days(specs[K.RESPOND_DUE]) == 45
    assert after(Event.MARK_SENT, (Event.ACKNOWLEDGE, 2), rows=rows) == {}


def test_a_demand_for_identity_is_the_persons_move_and_stops_no_clock() -> None:
    specs = after(Event.MARK_SENT, (Event.DEMAND_IDENTITY, 3), rows=(dates(respond=45),))
    assert {kind: days(s) for kind, s in specs.items()} == {K.ANSWER_IDENTITY: 10}
    assert K.RESPOND_DUE not in ended_by(Event.DEMAND_IDENTITY, Standing.IDENTITY_REQUESTED)


def test_an_extension_in_time_moves_the_answers_date() -> None:
    specs = after(Event.MARK_SENT, (Event.EXTEND, 40), rows=(dates(respond=45, extended=90),))
    assert {kind: days(s) for kind, s in specs.items()} == {K.EXTENSION_DUE: 90, K.ESCALATE: 91}


def test_an_extension_too_late_keeps_the_first_date() -> None:
    specs = after(Event.MARK_SENT, (Event.EXTEND, 50), rows=(dates(respond=45, extended=90),))
    assert {kind: days(s) for kind, s in specs.items()} == {K.RESPOND_DUE: 45, K.ESCALATE: 46}


def test_a_right_without_an_extension_keeps_its_date_beside_one_that_has_it() -> None:
    rows = (dates(respond=21), dates(respond=45, extended=90, right=Right.ACCESS))
    specs = after(Event.MARK_SENT, (Event.EXTEND, 10), rows=rows)
    assert days(specs[K.RESPOND_DUE]) == 21
    assert days(specs[K.EXTENSION_DUE]) == 90


def test_a_claim_calls_for_a_look_and_a_later_look() -> None:
    specs = after(Event.MARK_SENT, (Event.CLAIM_REMOVED, 5), expect=Expectation())
    assert {kind: days(s) for kind, s in specs.items()} == {K.CONFIRM_REMOVAL: 6, K.RECHECK: 20}


def test_the_look_waits_for_the_promised_day() -> None:
    specs = after(Event.MARK_SENT, (Event.CLAIM_SUPPRESSED, 2),
                  expect=Expectation(expected_days=10))
    assert {kind: days(s) for kind, s in specs.items()} == {K.CONFIRM_REMOVAL: 10, K.RECHECK: 24}


def test_where_nothing_can_be_looked_at_only_asking_again_remains() -> None:
    specs = after(Event.MARK_SENT, (Event.CLAIM_REMOVED, 5))
    assert {kind: days(s) for kind, s in specs.items()} == {K.RECHECK: 96}
    assert "asking again" in specs[K.RECHECK].why


@pytest.mark.parametrize(("clean", "expected"), [(1, 14), (2, 45), (3, 90), (4, 90)])
def test_looks_come_at_growing_intervals(clean: int, expected: int) -> None:
    looks = [(Event.LOOK_NOT_FOUND, 10 * n) for n in range(1, clean + 1)]
    spec = after(Event.MARK_SENT, *looks, expect=Expectation())[K.RECHECK]
    assert days(spec) - 10 * clean == expected


def test_the_brokers_own_interval_comes_first_and_at_risk_it_is_thirty_days_at_most() -> None:
    steps: list[Event | tuple[Event, int]] = [Event.MARK_SENT]
    steps += [(Event.LOOK_NOT_FOUND, n) for n in (10, 20, 30)]
    assert days(after(*steps, expect=Expectation(recheck_days=60))[K.RECHECK]) == 90
    assert days(after(*steps, expect=Expectation(at_risk=True))[K.RECHECK]) == 60
    assert days(after(*steps, expect=Expectation(recheck_days=60, at_risk=True))[K.RECHECK]) == 60
    assert days(after(*steps, expect=Expectation(recheck_days=20, at_risk=True))[K.RECHECK]) == 50


def test_a_failed_look_is_tried_again_soon() -> None:
    failed = (Event.MARK_SENT, (Event.LOOK_FAILED, 10))
    assert days(after(*failed, expect=Expectation())[K.CONFIRM_REMOVAL]) == 13
    later = (Event.MARK_SENT, (Event.LOOK_NOT_FOUND, 5), (Event.LOOK_FAILED, 10))
    assert days(after(*later, expect=Expectation())[K.RECHECK]) == 13
    closed = (Event.MARK_SENT, Event.CLAIM_REMOVED, Event.CLOSE, (Event.LOOK_FAILED, 10))
    assert days(after(*closed, expect=Expectation())[K.RECHECK]) == 13, "also when it is closed"


def test_the_pauses_grow_with_the_days_on_which_it_could_not_be_seen() -> None:
    steps: list[Event | tuple[Event, int]] = [Event.MARK_SENT]
    for day, pause, said in ((10, 3, "The last look could not tell"), (10, 3, "The last look"),
                             (13, 7, "on 2 days by now"), (20, 14, "on 3 days"),
                             (40, 28, "on 4 days"), (90, 28, "on 5 days")):
        steps.append((Event.LOOK_FAILED, day))
        task = after(*steps, expect=Expectation())[K.CONFIRM_REMOVAL]
        assert days(task) == day + pause
        assert said in task.why
    for sight in (Event.LOOK_LISTED, Event.LOOK_NOT_FOUND):
        again = after(*steps, (sight, 100), (Event.LOOK_FAILED, 110), expect=Expectation())
        assert {days(task) for task in again.values()} == {113}


def test_a_listing_that_contradicts_the_claim_calls_for_insisting() -> None:
    specs = after(Event.MARK_SENT, Event.CLAIM_REMOVED, (Event.LOOK_LISTED, 5))
    assert days(specs[K.ESCALATE]) == 6
    assert "you saw it" in specs[K.ESCALATE].why


def test_a_relisting_calls_for_a_new_request_at_once_even_when_closed() -> None:
    specs = after(Event.MARK_SENT, Event.CLAIM_REMOVED, (Event.LOOK_NOT_FOUND, 1), Event.CLOSE,
                  (Event.LOOK_LISTED, 60))
    assert days(specs[K.ESCALATE]) == 60
    assert "new request" in specs[K.ESCALATE].why


def test_a_next_step_yields_to_one_that_is_open() -> None:
    said = after(Event.MARK_SENT, Event.CLAIM_REMOVED, (Event.LOOK_LISTED, 5))[K.ESCALATE]
    events = history(Event.MARK_SENT, (Event.LOOK_NOT_FOUND, 1), (Event.LOOK_NOT_FOUND, 9),
                     (Event.LOOK_LISTED, 20), (Event.LOOK_LISTED, 15))
    (back,) = called_for(request_after(events), events[-1], (), NOTHING_KNOWN, events)
    law = Task(K.ESCALATE, DAY + timedelta(days=46), "They are late.")
    assert stood_for(said, [law])
    assert not stood_for(said, [replace(law, kind=K.RESPOND_DUE)])
    assert not stood_for(law, [law])
    # The law’s day lies ahead. The look of the 20th was told of first, so that its step is there.
    assert not stood_for(back, [law])
    assert stood_for(back, [Task(K.ESCALATE, DAY + timedelta(days=20), "It is back.")])


def test_what_would_be_waiting_holds_one_next_step_for_all_looks() -> None:
    looks = [(Event.LOOK_LISTED, n) for n in (30, 31, 32, 50)]
    events = history(Event.MARK_SENT, (Event.LOOK_NOT_FOUND, 1), (Event.LOOK_NOT_FOUND, 9), *looks)
    rows = (dates(respond=45),)
    found = standing_tasks(request_after(events), rows, NOTHING_KNOWN, events)
    insisting = [spec for spec in found if spec.kind is K.ESCALATE]
    assert [days(spec) for spec in insisting] == [30, 46]
    assert [spec.yields_to for spec in insisting] == [DAY + timedelta(days=51), None]


def test_a_listing_without_claim_is_looked_at_again_unless_the_person_closed_the_request() -> None:
    seen = (Event.MARK_SENT, (Event.LOOK_LISTED, 5))
    assert days(after(*seen, expect=Expectation())[K.CONFIRM_REMOVAL]) == 19
    closed = (Event.MARK_SENT, Event.CLOSE, (Event.LOOK_LISTED, 5))
    assert after(*closed, expect=Expectation()) == {}


def test_an_answer_that_crosses_a_withdrawal_calls_for_nothing() -> None:
    steps = (Event.MARK_SENT, Event.WITHDRAW, (Event.CLAIM_REMOVED, 2))
    assert after(*steps, expect=Expectation()) == {}


def test_an_answer_to_a_closed_request_calls_for_a_later_look_only() -> None:
    steps = (Event.MARK_SENT, Event.CLOSE, (Event.CLAIM_REMOVED, 2))
    assert set(after(*steps, expect=Expectation())) == {K.RECHECK}


def test_only_what_shows_something_is_looked_at_again() -> None:
    steps = (Event.MARK_SENT, Event.CLAIM_REMOVED)
    assert "No way to look there" in after(*steps)[K.RECHECK].why
    assert "read it again" in after(*steps, channel=Channel.PLATFORM)[K.RECHECK].why


def test_a_look_before_asking_calls_for_nothing() -> None:
    for look in (Event.LOOK_LISTED, Event.LOOK_NOT_FOUND, Event.LOOK_FAILED):
        assert after(look, expect=Expectation()) == {}
