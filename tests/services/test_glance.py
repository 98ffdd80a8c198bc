"""What the page of a plan shows of requests is what their whole files say."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.domain.errors import NotFound
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.domain.words import FollowUpKind
from optout.lifecycle.outcome import confirmed_gone
from optout.services.desk import Desk
from optout.services.glance import glance_at
from optout.store import history
from tests.everyone import requests_of
from tests.services.marked import made, mark, waiting
from tests.services.test_merging import twin_of

GONE = ("mark_sent", "claim_removed", "look_not_found")


def test_it_says_what_the_files_say(desk: Desk, avery: Person, clock: HandClock) -> None:
    first = made(desk, avery)
    lives: tuple[tuple[str, ...], ...] = (
        GONE, (*GONE, "look_failed"), (*GONE, "look_listed"), (*GONE, "undo"),
        ("mark_sent", "look_not_found"), ("mark_sent", "look_failed"), ("prepare",),
        ("withdraw",))
    ids = [first, *(twin_of(desk, first) for _ in lives[1:])]
    for request_id, events in zip(ids, lives, strict=True):
        mark(desk, request_id, *events)
    clock.forward(days=9)
    mark(desk, ids[4], "look_not_found")
    seen, files = glance_at(desk, avery.id), requests_of(desk, avery.id)
    assert seen.requests == tuple(file.request for file in files)
    assert seen.gone == {file.request.id for file in files if confirmed_gone(file.events)}
    assert seen.gone == {ids[0], ids[1], ids[4]}
    assert seen.to_send == (ids[6],)
    assert {one.id for one in seen.requests} - {one.id for one in seen.standing} == {ids[7]}
    with pytest.raises(NotFound):
        glance_at(desk, "P-222222")


def test_the_report_of_a_platform_has_its_day(desk: Desk, avery: Person) -> None:
    mark(desk, made(desk, avery), "mark_sent")
    request_id = made(desk, avery, "california-drop")
    assert glance_at(desk, avery.id).reports == {}
    (day,) = waiting(mark(desk, request_id, "mark_sent"))[FollowUpKind.PLATFORM_REPORT_DUE]
    assert glance_at(desk, avery.id).reports == {request_id: day}


def test_histories_are_read_only_where_a_look_may_have_seen_it_gone(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(desk, avery)
    ids = [first, *(twin_of(desk, first) for _ in range(3))]
    events = ("acknowledge", "look_listed", "look_failed", "claim_removed")
    for request_id, event in zip(ids, events, strict=True):
        mark(desk, request_id, "mark_sent", event)
    read: list[str] = []
    real = history.events_where_looked

    def noted(
        session: Session, person_id: str, results: Collection[LookResult]
    ) -> object:
        found = real(session, person_id, results)
        read.extend(found)
        return found

    monkeypatch.setattr(history, "events_where_looked", noted)
    assert len(glance_at(desk, avery.id).requests) == 4
    assert read == [ids[2]]
