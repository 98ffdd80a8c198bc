"""What follows a refusal, silence and lateness; what ends a task, and what brings it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.words import Channel, Event, Right, Standing
from optout.lifecycle.followups import Expectation, called_for, ended_by
from tests.lifecycle.builders import DAY, LEGAL, dates, history, request_after
from tests.lifecycle.followed import NOTHING_KNOWN, K, after, days


def test_a_refusal_asks_for_a_decision_and_names_the_appeal_date_where_the_law_has_one() -> None:
    specs = after(Event.MARK_SENT, (Event.REFUSE, 5), expect=Expectation(appeal_days=45))
    assert {kind: days(s) for kind, s in specs.items()} == {K.ESCALATE: 6, K.APPEAL_BY: 50}
    assert set(after(Event.MARK_SENT, Event.REFUSE)) == {K.ESCALATE}


@pytest.mark.parametrize("can_appeal", [True, False])
def test_no_appeal_is_proposed_where_no_law_knows_one(*, can_appeal: bool) -> None:
    expect = Expectation(can_look=False, can_appeal=can_appeal)
    refused = after(Event.MARK_SENT, Event.REFUSE, expect=expect, footings=(LEGAL,))[K.ESCALATE]
    assert refused.why.endswith(
        "accept it, answer it, appeal, or complain." if can_appeal else
        "accept it, answer it, or complain.")
    insisted = after(Event.MARK_SENT, Event.REFUSE, Event.REMIND, expect=expect,
                     footings=(LEGAL,))[K.ESCALATE]
    assert insisted.why.endswith(
        "consider an appeal to them, or a complaint to the authority." if can_appeal else
        "consider a complaint to the authority.")


def test_silence_is_nothing_to_appeal_against_but_where_a_law_says_so() -> None:
    steps = (Event.MARK_SENT, Event.REMIND)
    assert "appeal" not in after(*steps, footings=(LEGAL,))[K.ESCALATE].why
    british = replace(LEGAL, law="gb-uk-gdpr")
    assert "an appeal to them, or" in after(*steps, footings=(british,))[K.ESCALATE].why


def test_who_asked_without_a_law_has_nobody_to_complain_to() -> None:
    why = after(Event.MARK_SENT, Event.REFUSE)[K.ESCALATE].why
    assert "accept it, or answer it." in why
    assert "complain" not in why


def test_what_a_platform_reports_is_answered_broker_by_broker() -> None:
    why = after(Event.MARK_SENT, Event.CLAIM_PARTLY, channel=Channel.PLATFORM)[K.ESCALATE].why
    assert "write to a single broker" in why


def test_the_answer_to_an_appeal_is_law_only_where_the_law_sets_a_number() -> None:
    steps = (Event.MARK_SENT, Event.REFUSE, Event.APPEAL)
    by_law = after(*steps, expect=Expectation(appeal_answer_days=45))[K.APPEAL_ANSWER_DUE]
    assert (days(by_law), "law’s time" in by_law.why) == (45, True)
    without = after(*steps)[K.APPEAL_ANSWER_DUE]
    assert (days(without), "No date is known" in without.why) == (60, True)


def test_a_reminder_keeps_the_dates_that_are_still_ahead() -> None:
    rows = (dates(respond=21), dates(respond=45, right=Right.ACCESS))
    events = history(Event.MARK_SENT, (Event.REMIND, 25))
    request = request_after(events, footings=(LEGAL,))
    specs = called_for(request, events[-1], rows, NOTHING_KNOWN, events)
    assert [(s.kind, days(s)) for s in specs] == [
        (K.ESCALATE, 39), (K.RESPOND_DUE, 45), (K.ESCALATE, 46)]
    assert "authority" in specs[0].why


def test_after_an_early_reminder_nothing_is_escalated_before_they_are_late() -> None:
    specs = after(Event.MARK_SENT, (Event.REMIND, 3), rows=(dates(respond=45, round_days=4),),
                  footings=(LEGAL,))
    assert {kind: days(spec) for kind, spec in specs.items()} == {
        K.RESPOND_DUE: 45, K.ESCALATE: 49}
    assert "Send the reminder" in specs[K.ESCALATE].why
    later = after(Event.MARK_SENT, (Event.REMIND, 46), rows=(dates(respond=45, round_days=4),),
                  footings=(LEGAL,))
    assert {kind: days(spec) for kind, spec in later.items()} == {K.ESCALATE: 60}
    assert later[K.ESCALATE].why.startswith("14 days since your reminder.")


def test_a_missing_confirmation_of_receipt_is_lateness_too() -> None:
    specs = after(Event.MARK_SENT, (Event.REMIND, 20), footings=(LEGAL,),
                  rows=(dates(acknowledge=14, respond=45),))
    assert days(specs[K.ESCALATE]) == 34


@pytest.mark.parametrize(("insist", "due", "why"), [
    (Event.REMIND, 64, "since your reminder"), (Event.COMPLAIN, 110, "since your complaint")])
def test_a_late_notice_ends_no_insisting(insist: Event, due: int, why: str) -> None:
    events = history(Event.MARK_SENT, (insist, 50), (Event.EXTEND, 52))
    specs = called_for(request_after(events, footings=(LEGAL,)), events[-1],
                       (dates(respond=45, extended=90),), NOTHING_KNOWN, events)
    assert [(s.kind, days(s)) for s in specs] == [(K.ESCALATE, due)]
    assert why in specs[-1].why


def test_a_notice_in_time_moves_the_law_and_not_the_question_to_the_authority() -> None:
    events = history(Event.MARK_SENT, (Event.COMPLAIN, 20), (Event.EXTEND, 30))
    specs = called_for(request_after(events, footings=(LEGAL,)), events[-1],
                       (dates(respond=45, extended=90),), NOTHING_KNOWN, events)
    assert [(s.kind, days(s)) for s in specs] == [
        (K.ESCALATE, 80), (K.EXTENSION_DUE, 90), (K.ESCALATE, 91)]
    assert "your complaint" in specs[0].why


def test_a_complaint_after_an_appeal_outlives_a_notice() -> None:
    specs = after(Event.MARK_SENT, (Event.REFUSE, 5), (Event.APPEAL, 6), (Event.COMPLAIN, 10),
                  (Event.EXTEND, 12), expect=Expectation(appeal_answer_days=45))
    assert {kind: days(spec) for kind, spec in specs.items()} == {
        K.APPEAL_ANSWER_DUE: 51, K.ESCALATE: 70}
    alone = after(Event.MARK_SENT, (Event.REFUSE, 5), (Event.APPEAL, 6), (Event.EXTEND, 12),
                  expect=Expectation(appeal_answer_days=45))
    assert set(alone) == {K.APPEAL_ANSWER_DUE}


def test_no_authority_is_named_where_no_law_applies() -> None:
    spec = after(Event.MARK_SENT, (Event.REMIND, 40))[K.ESCALATE]
    assert "authority" not in spec.why
    assert "no law helps further" in spec.why


def test_closing_ends_all_but_the_later_looks() -> None:
    ended = ended_by(Event.CLOSE, Standing.CLOSED)
    assert K.RECHECK not in ended
    assert {K.RESPOND_DUE, K.ESCALATE, K.CONFIRM_REMOVAL, K.PREPARED_NOT_SENT} <= ended


def test_withdrawing_ends_every_task_of_the_machine_and_none_of_the_persons_own() -> None:
    assert ended_by(Event.WITHDRAW) == set(K) - {K.OWN_REMINDER, K.AUTHORIZATION_EXPIRING}


@pytest.mark.parametrize("claim", [Event.CLAIM_REMOVED, Event.CLAIM_NO_RECORD, Event.REFUSE])
def test_an_answer_ends_the_waiting_for_it(claim: Event) -> None:
    ended = ended_by(claim, Standing.ANSWERED)
    assert {K.ACKNOWLEDGE_DUE, K.RESPOND_DUE, K.EXTENSION_DUE, K.ESCALATE,
            K.CONFIRMATION_EXPIRES, K.ANSWER_IDENTITY, K.PLATFORM_REPORT_DUE} <= ended


def test_sending_ends_what_the_earlier_sending_called_for() -> None:
    assert {K.PREPARED_NOT_SENT, K.RESPOND_DUE, K.CONFIRMATION_EXPIRES} <= ended_by(
        Event.MARK_SENT)


def test_undo_brings_back_what_was_waiting_under_new_keys() -> None:
    events = history(Event.MARK_SENT, (Event.CLAIM_REMOVED, 5), (Event.UNDO, 6))
    rows = (dates(respond=45),)
    specs = called_for(request_after(events), events[-1], rows, NOTHING_KNOWN, events)
    assert [(s.kind, days(s), s.key) for s in specs] == [
        (K.RESPOND_DUE, 45, "OPT-7K3M9Q:respond_due:3"),
        (K.ESCALATE, 46, "OPT-7K3M9Q:escalate:3")]
    assert {K.RECHECK, K.CONFIRM_REMOVAL, K.RESPOND_DUE} <= ended_by(Event.UNDO, Standing.SENT)


def test_undoing_the_sending_asks_again_whether_it_was_sent() -> None:
    specs = after(Event.PREPARE, (Event.MARK_SENT, 1), (Event.UNDO, 1))
    assert {kind: days(s) for kind, s in specs.items()} == {K.PREPARED_NOT_SENT: 3}


def test_the_same_event_twice_in_has_the_same_follow_ups_out() -> None:
    events = history(Event.MARK_SENT)
    rows = [dates(acknowledge=14, respond=45)]
    first, second = (called_for(request_after(events), events[-1], rows, Expectation(), events)
                     for _ in range(2))
    assert first == second


def test_without_a_history_the_event_itself_is_enough() -> None:
    events = history(Event.MARK_SENT)
    specs = called_for(request_after(events), events[-1], [dates(respond=45)], Expectation())
    assert {s.kind for s in specs} == {K.RESPOND_DUE, K.ESCALATE}


def test_no_reason_holds_words_of_the_history() -> None:
    events = history(Event.MARK_SENT, (Event.CLAIM_PARTLY, 3))
    specs = called_for(request_after(events), events[-1], [], Expectation(), events)
    assert all("words of" not in s.why and timedelta() <= s.due_on - DAY for s in specs)
