"""Whatever was recorded can be taken back, and then everything is exactly as it was before."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from optout.domain.actor import OWNER
from optout.domain.words import Event
from optout.services import consistency, ledger, people, requests
from optout.services.desk import Desk
from optout.store import requests as rows
from tests.factories import berliner, californian, new_yorker, virginian
from tests.services.marked import made, waiting

PEOPLE = {"law": virginian, "platform": californian, "none": new_yorker, "europe": berliner}
BROKERS = {"platform": "california-drop"}
TOOK = frozenset({Event.LOOK_LISTED, Event.LOOK_NOT_FOUND, Event.LOOK_FAILED})
"""What these disclosed was disclosed, and stays in the ledger when they are taken back."""


def stored(desk: Desk, request_id: str) -> dict[str, Any]:
    """All that an event may change, but for its own trace."""
    with desk.store.reading() as session:
        row, dates = rows.get(session, request_id), rows.dates(session, request_id)
    tasks = waiting(requests.get_request(desk, request_id))
    return {"row": row, "dates": dates, "tasks": tasks}


def shown(desk: Desk, request_id: str) -> list[Any]:
    """What the ledger holds for a request."""
    person = requests.get_request(desk, request_id).request.person_id
    return sorted((one.fact, one.on, one.why) for one in ledger.disclosures(desk, person)
                  if one.request_id == request_id)


@pytest.mark.parametrize(("who", "seed"), [
    *((who, number) for number, who in enumerate(PEOPLE)), ("law", 11), ("europe", 12)])
def test_an_undo_leaves_nothing_but_its_trace(desk: Desk, who: str, seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- repeatable chance, no secret
    person = people.add_person(desk, PEOPLE[who](), actor=OWNER)
    request_id = made(desk, person, BROKERS.get(who, "quick-mail"))
    file = requests.mark(desk, request_id, Event.MARK_SENT, actor=OWNER)
    for _ in range(random.randint(1, 4)):
        steps = [e for e in file.allowed if e not in {Event.UNDO, Event.WITHDRAW, Event.CLOSE}]
        file = requests.mark(desk, request_id, random.choice(steps), actor=OWNER)
    for event in file.allowed:
        if event is Event.UNDO:
            continue
        before, told = stored(desk, request_id), shown(desk, request_id)
        requests.mark(desk, request_id, event, actor=OWNER)
        requests.mark(desk, request_id, Event.UNDO, actor=OWNER)
        assert stored(desk, request_id) == before, event
        assert event in TOOK or shown(desk, request_id) == told, event
    assert list(consistency.problems(desk)) == []
