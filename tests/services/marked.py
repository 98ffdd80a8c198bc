"""Requests that are made and marked, and what then waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.request import RequestFile
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import requests
from optout.services.desk import Desk
from tests.conftest import MONDAY


def made(desk: Desk, person: Person, broker: str = "quick-mail", **choices: Any) -> str:
    """A new request."""
    (file,) = requests.create_requests(desk, person.id, [broker], actor=OWNER, **choices)
    return file.request.id


def mark(desk: Desk, request_id: str, *events: str, **how: Any) -> RequestFile:
    """Report events one after the other, none before its day has come."""
    ahead = max(how.get("on") or MONDAY, how.get("received_on") or MONDAY) - desk.clock.today()
    if ahead > timedelta(0):
        assert isinstance(desk.clock, HandClock)
        desk.clock.forward(days=ahead.days)
    for event in events:
        found = requests.mark(desk, request_id, event, actor=OWNER, **how)
    return found


def waiting(file: RequestFile) -> dict[FollowUpKind, list[date]]:
    """The open tasks of a request with their days, soonest first."""
    found: dict[FollowUpKind, list[date]] = {}
    for task in file.follow_ups:
        if task.state in (FollowUpState.WAITING, FollowUpState.RAISED):
            found.setdefault(task.kind, []).append(task.due_on)
    return found
