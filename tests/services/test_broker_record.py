"""What the requests of everyone here show of one broker; and a person's own progress."""

from __future__ import annotations

import json

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.broker_record import Outcome
from optout.domain.errors import NotFound
from optout.domain.exposure import Exposure
from optout.domain.person import Person
from optout.domain.progress import Measure
from optout.services import broker_record, people, person_progress, requests
from optout.services.desk import Desk
from optout.store import exposures
from tests.factories import californian
from tests.services.marked import made

BROKER = "quick-mail"


def sent(desk: Desk, person: Person) -> str:
    asked = made(desk, person, BROKER)
    requests.mark(desk, asked, "mark_sent", actor=OWNER)
    return asked


def test_everyones_requests_to_it_count_and_no_others(
    desk: Desk, avery: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = people.add_person(desk, californian(), actor=OWNER)
    first, _second = sent(desk, avery), sent(desk, other)
    made(desk, avery, "slow-post")
    clock.forward(days=5)
    requests.mark(desk, first, "claim_removed", actor=OWNER)
    found = broker_record.record_of(desk, BROKER)
    assert (found.sent, found.answered, found.median_days) == (2, 1, 5)
    assert found.outcomes == {Outcome.REMOVED: 1, Outcome.OPEN: 1}
    clock.forward(days=90)
    assert broker_record.record_of(desk, BROKER).outcomes[Outcome.SILENT] == 1
    assert json.dumps(found.outcomes).count(avery.id) == 0
    monkeypatch.setattr(broker_record, "MOST", 1)
    newest = broker_record.record_of(desk, BROKER)
    assert (newest.sent, newest.answered, newest.not_counted) == (1, 0, 1)


def test_nothing_sent_is_an_empty_record(desk: Desk, avery: Person) -> None:
    made(desk, avery, BROKER)
    found = broker_record.record_of(desk, BROKER)
    assert (found.sent, found.median_days, found.judged) == (0, None, 0)


def test_a_persons_progress_counts_their_own(desk: Desk, avery: Person, clock: HandClock) -> None:
    other = people.add_person(desk, californian(), actor=OWNER)
    sent(desk, other)
    assert person_progress.progress_of(desk, avery.id).tallies == ()
    with desk.store.writing() as session:
        exposures.add(session, Exposure(avery.id, BROKER, "https://people.example.com/a",
                                        clock.today()))
    asked = sent(desk, avery)
    clock.forward(days=3)
    requests.mark(desk, asked, "claim_removed", actor=OWNER)
    (tally,) = person_progress.progress_of(desk, avery.id).tallies
    assert (tally.now[Measure.FOUND], tally.now[Measure.SENT], tally.now[Measure.WAITING],
            tally.now[Measure.SAID_REMOVED]) == (1, 1, 0, 1)
    assert Measure.SEEN_GONE not in tally.now
    earlier = person_progress.progress_of(desk, avery.id, on=tally.start)
    assert earlier.tallies[-1].now[Measure.WAITING] == 1
    with pytest.raises(NotFound):
        person_progress.progress_of(desk, "P-222222")
