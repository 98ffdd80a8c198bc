"""Random walks: whatever happens, in whatever order, no task of the clock is doubled or lost."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import ForbiddenEvent
from optout.domain.request import RequestFile
from optout.domain.words import FollowUpKind
from optout.lifecycle.followups import standing_tasks
from optout.services import own_holidays, people, recounting, requests
from optout.services.desk import Desk
from optout.services.marking_effects import expectation_of
from optout.services.rescheduling import CLOCK_KINDS
from optout.services.statutory import statutory_dates
from tests.conftest import MONDAY
from tests.factories import berliner, californian, virginian
from tests.services.marked import made, mark, waiting

EVENTS = ("mark_sent", "acknowledge", "demand_identity", "answer_identity", "extend", "redirect",
          "bounce", "remind", "claim_partly", "undo", "undo")
REGIONS = ("US", "US-CA", "US-VA")
WHO = {"eu-gdpr": berliner, "us-ca-ccpa": californian, "us-va-vcdpa": virginian}


def expected(desk: Desk, file: RequestFile) -> dict[FollowUpKind, list[date]]:
    """The open tasks of the clock that the stored dates call for, none of them done yet."""
    broker = desk.registry.brokers.get(file.request.broker_id)
    found: dict[FollowUpKind, list[date]] = {}
    for spec in standing_tasks(file.request, file.dates, expectation_of(
            broker, file.request, file.dates, desk.laws, at_risk=False, history=file.events
            ), file.events):
        if spec.kind in CLOCK_KINDS:
            found.setdefault(spec.kind, []).append(spec.due_on)
    return found


def step(desk: Desk, request_id: str, chance: random.Random, on: date) -> None:
    """One thing that happens: an event, a closed day, or one that is open again."""
    what = chance.random()
    if what < 0.6:
        try:
            mark(desk, request_id, chance.choice(EVENTS), on=on)
        except ForbiddenEvent:
            return
    elif what < 0.9:
        own_holidays.add(desk.library, chance.choice(REGIONS),
                         MONDAY + timedelta(days=chance.randrange(90)), "Closed")
    else:
        own = own_holidays.own_days(desk.library)
        if own:
            gone = chance.choice(own)
            own_holidays.remove(desk.library, gone.region, gone.day)


@pytest.mark.parametrize("law", WHO)
@pytest.mark.parametrize("seed", range(4))
def test_the_open_tasks_are_those_that_the_dates_call_for(
    desk: Desk, clock: HandClock, law: str, seed: int
) -> None:
    chance = random.Random(f"{law}{seed}")  # noqa: S311 - a walk that can be repeated
    broker = chance.choice(["quick-mail", "slow-post"])
    request_id = made(desk, people.add_person(desk, WHO[law](), actor=OWNER), broker)
    mark(desk, request_id, "mark_sent")
    for _ in range(14):
        clock.forward(days=chance.randrange(6))
        step(desk, request_id, chance, clock.today())
        recounting.recount(desk)
        file = requests.get_request(desk, request_id)
        open_now = {kind: days for kind, days in waiting(file).items() if kind in CLOCK_KINDS}
        assert open_now == expected(desk, file), [event.event for event in file.events]
        assert len({task.key for task in file.follow_ups}) == len(file.follow_ups)
        broker_entry = desk.registry.brokers.get(file.request.broker_id)
        if file.request.claim is None:
            assert file.dates == statutory_dates(
                desk.laws, broker_entry, file.request, file.events)
