"""One step, a whole history, and taking steps back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.errors import ForbiddenEvent, InvalidInput, UnknownEvent
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.request import RequestEvent
from optout.domain.words import Event, Standing
from optout.lifecycle.life import (
    Life,
    advance,
    allowed,
    effective,
    parse_event,
    possible,
    replay,
    step,
    undo_target,
)
from tests.lifecycle.builders import DAY, event, history


def test_a_new_life_is_a_draft_without_claim_or_look() -> None:
    assert Life() == Life(Standing.DRAFT, None, "", None, None)


def test_a_claim_sets_the_claim_and_its_words_and_is_never_a_sight() -> None:
    life = advance(Life(Standing.SENT), Event.CLAIM_REMOVED, DAY, "We have deleted it.")
    assert life == Life(Standing.ANSWERED, Claim.REMOVED, "We have deleted it.")
    assert life.last_look is None


def test_a_look_sets_the_look_and_its_day_and_leaves_standing_and_claim() -> None:
    answered = Life(Standing.ANSWERED, Claim.REMOVED, "Gone.")
    life = advance(answered, Event.LOOK_LISTED, DAY)
    assert life == replace(answered, last_look=LookResult.LISTED, last_look_on=DAY)


def test_a_404_is_recorded_as_could_not_look() -> None:
    life = advance(Life(Standing.SENT), Event.LOOK_FAILED, DAY)
    assert life.last_look is LookResult.COULD_NOT_LOOK


def test_an_answer_after_an_escalation_counts() -> None:
    life = advance(Life(Standing.ESCALATED), Event.CLAIM_SUPPRESSED, DAY, "Hidden.")
    assert life.standing is Standing.ANSWERED


def test_a_bounce_after_a_receipt_leaves_the_request_acknowledged() -> None:
    assert advance(Life(Standing.ACKNOWLEDGED), Event.BOUNCE, DAY).standing is (
        Standing.ACKNOWLEDGED)


def test_a_delivery_notice_may_come_twice() -> None:
    once = advance(Life(Standing.SENT), Event.BOUNCE, DAY)
    assert advance(once, Event.BOUNCE, DAY) == once


def test_a_late_answer_is_kept_and_does_not_reopen_what_was_closed() -> None:
    life = advance(Life(Standing.CLOSED), Event.CLAIM_REMOVED, DAY, "Done.")
    assert (life.standing, life.claim) == (Standing.CLOSED, Claim.REMOVED)


def test_asking_anew_drops_the_claim_about_the_earlier_asking() -> None:
    redirected = Life(Standing.REDIRECTED, Claim.PARTLY, "A part.")
    assert advance(redirected, Event.MARK_SENT, DAY) == Life(Standing.SENT)


@pytest.mark.parametrize("standing", [
    Standing.DRAFT, Standing.READY, Standing.SENT, Standing.UNDELIVERED])
def test_a_claim_without_anything_handed_back_cannot_be_built(standing: Standing) -> None:
    with pytest.raises(InvalidInput) as caught:
        Life(standing, Claim.REMOVED, "words")
    assert caught.value.field == "claim"


def test_an_answer_without_a_claim_cannot_be_built() -> None:
    with pytest.raises(InvalidInput):
        Life(Standing.ANSWERED)


def test_words_without_a_claim_cannot_be_built() -> None:
    with pytest.raises(InvalidInput):
        Life(Standing.SENT, None, "words")


def test_a_look_without_a_day_cannot_be_built_nor_a_day_without_a_look() -> None:
    with pytest.raises(InvalidInput):
        Life(Standing.SENT, last_look=LookResult.LISTED)
    with pytest.raises(InvalidInput):
        Life(Standing.SENT, last_look_on=DAY)


def test_a_forbidden_event_names_the_allowed_ones() -> None:
    with pytest.raises(ForbiddenEvent) as caught:
        advance(Life(), Event.CLAIM_REMOVED, DAY)
    assert set(caught.value.allowed) == set(allowed(Life()))
    assert "mark_sent" in str(caught.value)
    assert "withdraw" in str(caught.value)


def test_an_unknown_event_is_another_error_than_a_forbidden_one() -> None:
    with pytest.raises(UnknownEvent) as caught:
        parse_event("explode")
    assert not isinstance(caught.value, ForbiddenEvent)
    assert "mark_sent" in str(caught.value)


def test_an_event_is_understood_with_hyphens_spaces_and_capitals() -> None:
    assert parse_event(" Mark-Sent ") is Event.MARK_SENT
    assert parse_event("look not found") is Event.LOOK_NOT_FOUND


def test_undo_takes_back_the_last_event_and_leaves_its_trace() -> None:
    events = history(Event.PREPARE, Event.MARK_SENT, Event.UNDO)
    assert replay(events).standing is Standing.READY
    assert [e.event for e in events] == [Event.PREPARE, Event.MARK_SENT, Event.UNDO]
    assert events[-1].detail == "2"


def test_a_second_undo_takes_back_the_one_before() -> None:
    events = history(Event.PREPARE, Event.MARK_SENT, Event.UNDO, Event.UNDO)
    assert replay(events).standing is Standing.DRAFT
    assert undo_target(events) is None


def test_an_undone_claim_gives_back_the_claim_before_it() -> None:
    events = history(Event.MARK_SENT, Event.CLAIM_PARTLY, Event.CLAIM_REMOVED, Event.UNDO)
    assert replay(events).claim is Claim.PARTLY
    assert replay(events).claim_words == "words of 2"


def test_undo_without_anything_to_undo_is_forbidden() -> None:
    with pytest.raises(ForbiddenEvent) as caught:
        step((), Event.UNDO, DAY)
    assert Event.UNDO not in caught.value.allowed


def test_an_undo_with_nothing_before_it_counts_for_nothing() -> None:
    assert effective((event(1, Event.UNDO),)) == ()
    assert replay((event(1, Event.UNDO), event(2, Event.PREPARE))).standing is Standing.READY


def test_undo_reopens_what_was_closed_by_mistake() -> None:
    events = history(Event.MARK_SENT, Event.CLOSE)
    assert possible(events)[-1] is Event.UNDO
    assert step(events, Event.UNDO, DAY).standing is Standing.SENT


def test_a_history_is_read_by_its_numbers_whatever_its_order() -> None:
    events = history(Event.PREPARE, Event.MARK_SENT, Event.ACKNOWLEDGE)
    assert replay(events[::-1]) == replay(events)


@settings(deadline=None)  # the machine may be busy; what is tested is no speed
@given(st.lists(st.integers(min_value=0, max_value=200), max_size=40))
def test_the_replayed_history_equals_the_stored_state_on_random_walks(picks: list[int]) -> None:
    events: list[RequestEvent] = []
    stack: list[Life] = [Life()]
    for seq, pick in enumerate(picks, start=1):
        choices = possible(events)
        chosen = choices[pick % len(choices)]
        made = event(seq, chosen, pick, f"words {seq}")
        stored = step(events, chosen, made.on, made.detail)
        # An independent account: a stack of lives, of which an undo drops the top.
        if chosen is Event.UNDO:
            stack.pop()
        else:
            stack.append(advance(stack[-1], chosen, made.on, made.detail))
        events.append(replace(made, standing_after=stored.standing))
        assert stored == stack[-1] == replay(events)
    assert len(effective(events)) == len(stack) - 1
