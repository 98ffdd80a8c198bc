"""Looks: their pictures, kept by the look’s id and shown once; entries that are taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.person import Person
from optout.domain.words import Event
from optout.services import (
    case_bundle,
    evidence,
    housekeeping,
    ledger,
    looks,
    recheck,
    requests,
)
from optout.services.desk import Desk
from optout.store import audit, erasure
from optout.store import evidence as evidence_rows
from optout.store.followups import OPEN
from tests.conftest import MONDAY
from tests.documents import foreign_pictures

PICTURE = ("what I saw.png", foreign_pictures.screenshot())


@pytest.fixture
def request_id(desk: Desk, morgan: Person) -> str:
    """A request that was sent."""
    (file,) = requests.create_requests(desk, morgan.id, ["quick-mail"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    return file.request.id


def test_looks_that_are_told_together_are_kept_all_or_none(desk: Desk, morgan: Person) -> None:
    good = looks.Seen("slow-post", LookResult.LISTED)
    for bad, error in ((looks.Seen("slow-psot", LookResult.LISTED), NotFound),
                       (looks.Seen("quick-mail", LookResult.COULD_NOT_LOOK), InvalidInput)):
        with pytest.raises(error):
            looks.record_looks(desk, morgan.id, [good, bad], actor=OWNER)
    with pytest.raises(NotFound):
        looks.record_looks(desk, "P-222222", [good], actor=OWNER)
    assert looks.looks_of(desk, morgan.id) == ()
    assert ledger.disclosures(desk, morgan.id) == ()
    kept = looks.record_looks(desk, morgan.id, [
        good, looks.Seen("quick-mail", LookResult.COULD_NOT_LOOK, NoLook.CAPTCHA)], actor=OWNER)
    assert looks.looks_of(desk, morgan.id) == kept
    assert {one.broker_id for one in ledger.disclosures(desk, morgan.id)} == {
        "slow-post", "quick-mail"}


def test_a_picture_of_a_look_is_kept_without_a_request_and_goes_with_the_person(
    desk: Desk, morgan: Person,
) -> None:
    look = looks.record_look(desk, morgan.id, "slow-post", LookResult.COULD_NOT_LOOK,
                             reason=NoLook.DEAD_LINK, proof=PICTURE, actor=OWNER)
    assert looks.looks_of(desk, morgan.id) == (look,)
    with desk.store.reading() as session:
        kept = evidence_rows.of_looks(session, [look.id])[0].evidence
    assert (kept.kind, kept.look_id, kept.person_id, kept.request_id, kept.name) == (
        EvidenceKind.LOOK, look.id, morgan.id, "", "what I saw.png")
    assert evidence.read_evidence(desk, kept.id)[1] == PICTURE[1]
    housekeeping.remove_orphans(desk)
    assert kept.id in desk.files.names()
    with desk.store.writing() as session:
        assert erasure.erase(session, morgan.id, at=desk.clock.now()) == (kept.id,)
    with desk.store.reading() as session:
        assert evidence_rows.sealed_names(session) == frozenset()


def test_a_request_shows_the_picture_of_its_look_once_at_its_event(
    desk: Desk, morgan: Person, request_id: str,
) -> None:
    look = looks.record_look(desk, morgan.id, "quick-mail", LookResult.NOT_FOUND, proof=PICTURE,
                             actor=OWNER)
    file = requests.get_request(desk, request_id)
    assert file.events[-1].look_id == look.id
    (shown,) = evidence.evidence_of(desk, request_id)
    assert (shown.request_id, shown.event_seq) == (request_id, file.events[-1].seq)
    assert case_bundle.case_bundle(desk, request_id, actor=OWNER).content
    requests.mark(desk, request_id, "undo", actor=OWNER)
    assert evidence.evidence_of(desk, request_id) == ()
    assert [(one.result, one.reason) for one in looks.looks_of(desk, morgan.id)] == [
        (LookResult.COULD_NOT_LOOK, None)]


def test_two_listings_that_came_back_on_one_day_call_for_one_task(
    desk: Desk, morgan: Person, request_id: str, clock: HandClock,
) -> None:
    requests.mark(desk, request_id, "claim_removed", actor=OWNER)
    requests.mark(desk, request_id, "look_not_found", actor=OWNER)
    clock.forward(days=40)
    for place in ("1", "2"):
        looks.record_look(desk, morgan.id, "quick-mail", LookResult.LISTED,
                          url=f"https://people.example.com/{place}", actor=OWNER)
    tasks = requests.get_request(desk, request_id).follow_ups
    assert [task.due_on for task in tasks if task.state in OPEN] == [clock.today()]


def test_a_file_that_cannot_be_kept_keeps_no_look(desk: Desk, morgan: Person) -> None:
    with pytest.raises(InvalidInput):
        looks.record_look(desk, morgan.id, "quick-mail", LookResult.LISTED, proof=(
            "a.exe", b"MZ\0\1"), actor=OWNER)
    with pytest.raises(NotFound):
        looks.record_look(desk, "P-NOBODY", "quick-mail", LookResult.LISTED, proof=PICTURE,
                          actor=OWNER)
    assert looks.looks_of(desk, morgan.id) == ()
    assert list(desk.files.names()) == []


def test_a_look_that_is_marked_on_a_request_is_a_look_of_the_person(
    desk: Desk, morgan: Person, request_id: str,
) -> None:
    requests.mark(desk, request_id, "look_listed", actor=OWNER)
    (look,) = looks.looks_of(desk, morgan.id)
    assert (look.result, look.looked_on) == (LookResult.LISTED, MONDAY)
    assert requests.get_request(desk, request_id).events[-1].look_id == look.id


def test_what_was_entered_is_taken_back_and_that_one_looked_is_not(
    desk: Desk, morgan: Person, request_id: str, clock: HandClock,
) -> None:
    wrong = looks.record_look(desk, morgan.id, "quick-mail", LookResult.NOT_FOUND, actor=OWNER)
    told = ledger.disclosures(desk, morgan.id)
    assert looks.take_back_look(desk, wrong.id, actor=OWNER) == wrong
    (kept,) = looks.looks_of(desk, morgan.id)
    assert (kept.result, kept.reason) == (LookResult.COULD_NOT_LOOK, None)
    assert requests.get_request(desk, request_id).request.last_look is None
    assert ledger.disclosures(desk, morgan.id) == told
    clock.forward(days=1)
    right = looks.record_look(desk, morgan.id, "quick-mail", LookResult.LISTED, proof=PICTURE,
                              corrects=wrong.id, actor=OWNER)
    assert (right.id, right.looked_on) == (wrong.id, MONDAY)
    assert looks.looks_of(desk, morgan.id) == (right,)
    file = requests.get_request(desk, request_id)
    assert [event.event for event in file.events[-3:]] == [
        Event.LOOK_NOT_FOUND, Event.UNDO, Event.LOOK_LISTED]
    assert [one.event_seq for one in evidence.evidence_of(desk, request_id)] == [4]
    with desk.store.reading() as session:
        acts = [entry.act for entry in audit.latest(session, 20) if entry.subject == wrong.id]
    assert acts == ["look_listed", "take_back_look", "look_not_found"]
    with pytest.raises(NotFound):
        looks.record_look(desk, morgan.id, "slow-post", LookResult.LISTED, corrects=wrong.id,
                          actor=OWNER)
    with pytest.raises(NotFound):
        looks.take_back_look(desk, "K-NONE", actor=OWNER)


def test_a_look_with_something_after_it_is_not_taken_back(
    desk: Desk, morgan: Person, request_id: str,
) -> None:
    look = looks.record_look(desk, morgan.id, "quick-mail", LookResult.NOT_FOUND, actor=OWNER)
    requests.mark(desk, request_id, "acknowledge", actor=OWNER)
    with pytest.raises(Refused, match="after this look"):
        looks.take_back_look(desk, look.id, actor=OWNER)
    assert looks.looks_of(desk, morgan.id) == (look,)


def test_every_known_place_can_be_looked_at_anyway(
    desk: Desk, morgan: Person, request_id: str, clock: HandClock,
) -> None:
    looks.record_look(desk, morgan.id, "slow-post", LookResult.NOT_FOUND, actor=OWNER)
    requests.mark(desk, request_id, "redirect", actor=OWNER)
    requests.mark(desk, request_id, "look_listed", actor=OWNER)
    clock.forward(days=20)
    due = recheck.recheck(desk, morgan.id, due_only=True).places
    assert [place.broker_id for place in due] == ["quick-mail"]
    found = recheck.recheck(desk, morgan.id, everything=True).places
    assert [(place.broker_id, place.last_seen) for place in found] == [
        ("quick-mail", MONDAY), ("slow-post", None)]
    assert found[1].due_on == MONDAY + timedelta(90)
