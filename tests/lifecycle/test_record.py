"""What requests to one broker came to: no survivor hidden, no word taken for a sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.broker_record import BrokerRecord, Outcome
from optout.domain.outcome_words import RefusalReason
from optout.domain.request import StatutoryDate
from optout.domain.words import Event
from optout.lifecycle.record import Lived, record
from tests.lifecycle.builders import DAY, dates, history, request_after

SENT = Event.MARK_SENT


def life(
    *steps: Event | tuple[Event, int], law: Sequence[StatutoryDate] = (), **changes: object,
) -> Lived:
    events = history(*steps)
    return request_after(events, **changes), events, law


def of(*lives: Lived, after: int = 100) -> BrokerRecord:
    return record(lives, DAY + timedelta(days=after))


@pytest.mark.parametrize(("event", "outcome"), [
    (Event.CLAIM_REMOVED, Outcome.REMOVED), (Event.CLAIM_SUPPRESSED, Outcome.REMOVED),
    (Event.CLAIM_PARTLY, Outcome.PARTLY), (Event.CLAIM_NO_RECORD, Outcome.NO_RECORD),
    (Event.REFUSE, Outcome.REFUSED)])
def test_an_answer_counts_as_what_it_says(event: Event, outcome: Outcome) -> None:
    found = of(life(SENT, (event, 4)))
    assert found.outcomes == {outcome: 1}
    assert (found.gone, found.judged) == (0, 1)


def test_the_silent_stand_beside_the_answered_and_not_in_the_median() -> None:
    found = of(life(SENT, (Event.CLAIM_REMOVED, 4)), life(SENT, (Event.CLAIM_REMOVED, 10)),
               life(SENT, law=[dates(respond=45)]), life(SENT, law=[dates(respond=100)]))
    assert (found.sent, found.answered, found.median_days) == (4, 2, 7)
    assert (found.outcomes[Outcome.SILENT], found.outcomes[Outcome.OPEN]) == (1, 1)
    assert found.judged == 3


def test_who_did_not_confirm_receipt_may_still_answer_in_time() -> None:
    waiting = life(SENT, law=[dates(acknowledge=14, respond=45)])
    assert of(waiting, after=44).outcomes == {Outcome.OPEN: 1}
    assert of(waiting, after=46).outcomes == {Outcome.SILENT: 1}


def test_the_first_answer_after_the_clock_last_started_counts() -> None:
    again = life(SENT, (Event.NEEDS_CONFIRMATION, 1), (Event.CONFIRM_LINK_USED, 3),
                 (Event.REFUSE, 8), (Event.CLAIM_REMOVED, 30))
    assert of(again).median_days == 5


def test_post_counts_from_its_arrival() -> None:
    assert of(life(SENT, (Event.CLAIM_REMOVED, 9), received_on=DAY + timedelta(days=3))
              ).median_days == 6


def test_an_answer_entered_for_an_earlier_day_took_no_time() -> None:
    assert of(life((SENT, 3), (Event.CLAIM_REMOVED, 1))).median_days == 0


def test_what_never_left_came_back_or_is_a_duplicate_is_not_counted() -> None:
    found = of(life(Event.PREPARE), life(SENT, (Event.BOUNCE, 1)),
               life(SENT, merged_into="OPT-AAAAAA"))
    assert (found.sent, dict(found.outcomes), found.median_days) == (0, {}, None)


def test_what_the_person_ended_is_no_silence() -> None:
    found = of(life(SENT, (Event.WITHDRAW, 2)))
    assert (found.outcomes, found.judged) == ({Outcome.ENDED: 1}, 0)


def test_gone_and_listed_again_were_seen() -> None:
    clean = (SENT, (Event.CLAIM_REMOVED, 1), (Event.LOOK_NOT_FOUND, 2))
    found = of(life(*clean), life(*clean, (Event.LOOK_LISTED, 20)))
    assert (found.gone, found.listed_again) == (1, 1)


def test_the_reason_of_the_latest_refusal_counts() -> None:
    request, events, law = life(SENT, (Event.REFUSE, 2))
    events = (*events[:-1], replace(events[-1], reason=RefusalReason.WANTS_ID))
    assert of((request, events, law)).reasons == {RefusalReason.WANTS_ID: 1}
    request, later, law = life(SENT, (Event.REFUSE, 2), (Event.CLAIM_REMOVED, 3))
    assert of((request, (later[0], events[-1], later[2]), law)).reasons == {}
