"""The search over everything gives each kind of thing, whatever way it is remembered."""

from __future__ import annotations

import pytest

from optout.domain.actor import OWNER
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.domain.words import Event
from optout.services import exposures, finding, followups, letters, looks, requests
from optout.services.desk import Desk
from optout.services.finding import FoundKind
from optout.store import evidence
from tests.documents.foreign_pictures import screenshot

BROKER = "quick-mail"


@pytest.fixture
def reference(desk: Desk, avery: Person) -> str:
    (file,) = requests.create_requests(desk, avery.id, (BROKER,), actor=OWNER)
    letters.generate(desk, avery.id, request_ids=(file.request.id,), actor=OWNER)
    requests.mark(desk, file.request.id, Event.MARK_SENT, detail="The blue heron clerk took it.",
                  actor=OWNER)
    return file.request.id


def kinds(desk: Desk, words: str) -> list[FoundKind]:
    return [find.kind for find in finding.find(desk, words)]


def test_a_request_is_found_by_its_reference_however_it_is_written(
    desk: Desk, avery: Person, reference: str,
) -> None:
    rest = reference.removeprefix("OPT-")
    for words in (reference, reference.lower(), f" opt {rest} ", rest, f"{rest[:3]} {rest[3:]}",
                  reference[:7], f"OPT–{rest}"):
        found = finding.find(desk, words)
        assert (found[0].kind, found[0].id) == (FoundKind.REQUEST, reference), words
        assert found[0].person_id == avery.id
        assert found[0].person_name == "Avery Sample"
        assert found[0].broker_id == BROKER


def labels(desk: Desk, words: str) -> list[str]:
    return [find.label for find in finding.find(desk, words)
            if find.kind in {FoundKind.TASK, FoundKind.NOTE}]


def test_a_reminder_is_found_by_its_own_words_alone(
    desk: Desk, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("Call Dóra about the heron", "Ask Casey on which DAY it was"):
        followups.remind_me(desk, on=desk.clock.today(), words=words, request_id=reference,
                            actor=OWNER)
    requests.mark(desk, reference, Event.ACKNOWLEDGE, detail="You asked me, they said.",
                  actor=OWNER)
    for words, found in {
        "reminded": [], "had in mind": [], "put it off": [], "do": ["Call Dóra about the heron"],
        "dora heron": ["Call Dóra about the heron"], "day casey": ["Ask Casey on which DAY it was"],
        "ask": ["You asked me, they said.", "Ask Casey on which DAY it was"],
        "you asked": ["You asked me, they said."], "ask day off": [],
        "HERON": ["The blue heron clerk took it.", "Call Dóra about the heron"],
    }.items():
        assert labels(desk, words) == found, words
    monkeypatch.setattr(finding, "MOST", 1)
    assert labels(desk, "ask") == ["You asked me, they said."]


def test_what_says_nothing_finds_nothing(desk: Desk, avery: Person) -> None:
    (file,) = requests.create_requests(desk, avery.id, (BROKER,), actor=OWNER)
    for words in ("", "   ", "\0", file.request.id[4:6], "***"):
        assert FoundKind.REQUEST not in kinds(desk, words)
        assert FoundKind.NOTE not in kinds(desk, words)


def test_people_companies_notes_listings_and_papers_are_found(
    desk: Desk, avery: Person, reference: str,
) -> None:
    exposures.add_exposure(desk, avery.id, BROKER, "https://example.com/avery-sample-heron",
                           actor=OWNER)
    assert kinds(desk, "heron") == [FoundKind.NOTE, FoundKind.LISTING]
    note, listing = finding.find(desk, "heron")
    assert (note.id, note.person_id, listing.id) == (reference, avery.id, "")
    assert FoundKind.PERSON in kinds(desk, "avery")
    assert FoundKind.COMPANY in kinds(desk, "quick mail")
    (person,) = finding.find(desk, "5550142", people_only=True)
    assert (person.id, person.label) == (avery.id, "Avery Sample")
    assert finding.find(desk, "heron", people_only=True) == ()
    (document,) = letters.documents_of(desk, reference)
    (paper,) = (find for find in finding.find(desk, document.id.lower())
                if find.kind is FoundKind.PAPER)
    assert (paper.id, paper.label) == (reference, document.id)


def test_long_words_are_cut(desk: Desk, reference: str) -> None:
    requests.mark(desk, reference, Event.ACKNOWLEDGE, detail="otter " * 200, actor=OWNER)
    (note,) = finding.find(desk, "otter")
    assert len(note.label) < 200
    assert note.label.endswith("…")


def test_the_proof_of_a_look_without_a_request_is_found_by_its_id(
    desk: Desk, avery: Person,
) -> None:
    look = looks.record_look(desk, avery.id, BROKER, LookResult.NOT_FOUND,
                             proof=("seen.png", screenshot()), actor=OWNER)
    with desk.store.reading() as session:
        (proof,) = evidence.of_looks(session, [look.id])
    (find,) = finding.find(desk, proof.evidence.id)
    assert (find.kind, find.id, find.label) == (FoundKind.PAPER, "", proof.evidence.id)
    assert (find.person_id, find.broker_id) == (avery.id, BROKER)
