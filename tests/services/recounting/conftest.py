"""A request whose dates are counted anew: its dates, tasks and traces."""

from __future__ import annotations

from datetime import date

import pytest

from optout.domain.footing import ComputedDate
from optout.domain.person import Person
from optout.domain.request import FollowUp, RequestFile
from optout.domain.words import FollowUpKind
from optout.services import own_holidays, recounting, requests
from optout.services.desk import Desk
from optout.store import audit
from tests.services.marked import made, mark

DUE, LATE, ACKNOWLEDGE = (
    FollowUpKind.RESPOND_DUE, FollowUpKind.ESCALATE, FollowUpKind.ACKNOWLEDGE_DUE)
# Ten business days from Monday 23 November, without Thanksgiving and the Friday after it.
RECEIPT_BY = date(2026, 12, 9)


@pytest.fixture
def sent(desk: Desk, avery: Person) -> str:
    """A Californian's request that left today: its receipt is due in ten business days."""
    request_id = made(desk, avery)
    mark(desk, request_id, "mark_sent")
    recounting.recount(desk)
    return request_id


def close_offices(desk: Desk, on: date, region: str = "US-CA") -> None:
    own_holidays.add(desk.library, region, on, "Closed by order of the governor")


def file_of(desk: Desk, request_id: str) -> RequestFile:
    return requests.get_request(desk, request_id)


def receipt(file: RequestFile) -> ComputedDate:
    found = next(row.deadlines.acknowledge_by for row in file.dates
                 if row.deadlines.acknowledge_by)
    assert found is not None
    return found


def tasks(file: RequestFile, kind: FollowUpKind) -> list[FollowUp]:
    return [task for task in file.follow_ups if task.kind is kind]


def audited(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as session:
        return [(entry.actor, entry.subject) for entry in audit.latest(session, 1000)
                if entry.act == recounting.ACT]


@pytest.fixture
def three(desk: Desk, avery: Person, sent: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three requests whose dates look at California, by their ids; two are counted at once."""
    others = [made(desk, avery, broker) for broker in ("form-first", "slow-post")]
    for request_id in others:
        mark(desk, request_id, "mark_sent")
    monkeypatch.setattr(recounting, "AT_ONCE", 2)
    return sorted([sent, *others])
