"""Gone only when it was seen to be gone; back when it was seen again."""

from __future__ import annotations

import pytest

from optout.domain.words import Event
from optout.lifecycle.outcome import clean_looks, confirmed_gone, relisted
from tests.lifecycle.builders import history

SENT = Event.MARK_SENT
CLEAN = Event.LOOK_NOT_FOUND
LISTED = Event.LOOK_LISTED
REMOVED = Event.CLAIM_REMOVED


def test_a_claim_alone_never_confirms() -> None:
    assert not confirmed_gone(history(SENT, REMOVED))


def test_sent_alone_never_confirms() -> None:
    assert not confirmed_gone(history(SENT))


@pytest.mark.parametrize(("days", "gone"), [(0, False), (6, False), (7, True), (30, True)])
def test_two_clean_looks_confirm_when_seven_days_lie_between(days: int, gone: bool) -> None:  # noqa: FBT001 -- the expected value
    assert confirmed_gone(history(SENT, (CLEAN, 3), (CLEAN, 3 + days))) is gone


@pytest.mark.parametrize("claim", [REMOVED, Event.CLAIM_SUPPRESSED])
def test_one_clean_look_and_the_brokers_claim_confirm_in_either_order(claim: Event) -> None:
    assert confirmed_gone(history(SENT, claim, (CLEAN, 1)))
    assert confirmed_gone(history(SENT, (CLEAN, 1), (claim, 2)))


@pytest.mark.parametrize("claim", [
    Event.CLAIM_NO_RECORD, Event.CLAIM_PARTLY, Event.REFUSE])
def test_no_other_claim_helps_a_single_look(claim: Event) -> None:
    assert not confirmed_gone(history(SENT, claim, (CLEAN, 1)))


def test_a_look_that_failed_confirms_nothing_and_breaks_nothing() -> None:
    assert not confirmed_gone(history(SENT, REMOVED, (Event.LOOK_FAILED, 1)))
    assert confirmed_gone(history(SENT, (CLEAN, 1), (Event.LOOK_FAILED, 4), (CLEAN, 8)))


def test_a_listing_seen_between_breaks_the_run_and_the_claim() -> None:
    assert not confirmed_gone(history(SENT, (CLEAN, 1), (LISTED, 4), (CLEAN, 8)))
    assert not confirmed_gone(history(SENT, REMOVED, (LISTED, 1), (CLEAN, 2)))


def test_a_clean_look_before_asking_is_no_confirmation() -> None:
    assert not confirmed_gone(history((CLEAN, 0), (CLEAN, 20), (SENT, 21)))
    assert clean_looks(history((CLEAN, 0), (SENT, 21), (CLEAN, 30))) == 1


def test_a_listing_after_confirmation_is_relisted_until_confirmed_again() -> None:
    gone = (SENT, REMOVED, (CLEAN, 1))
    assert not relisted(history(*gone))
    back = (*gone, (LISTED, 40))
    assert relisted(history(*back))
    assert not confirmed_gone(history(*back))
    again = (*back, (CLEAN, 50), (CLEAN, 57))
    assert confirmed_gone(history(*again))
    assert not relisted(history(*again))


def test_still_listed_without_confirmation_is_not_relisted() -> None:
    assert not relisted(history(SENT, REMOVED, (LISTED, 1)))


def test_an_undone_look_does_not_count() -> None:
    assert not confirmed_gone(history(SENT, REMOVED, (CLEAN, 1), Event.UNDO))
    assert not relisted(history(SENT, REMOVED, (CLEAN, 1), (LISTED, 9), Event.UNDO))
