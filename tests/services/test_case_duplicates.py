"""The papers of a duplicate stand in the case file of the request that was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import EvidenceKind
from optout.domain.person import Person
from optout.services import case_bundle, case_exhibits, evidence, letters, merging, requests
from optout.services.case_duplicates import together
from optout.services.desk import Desk
from optout.store import requests as rows
from tests.services.case_bundle.conftest import text_of
from tests.services.marked import made, mark
from tests.services.test_merging import twin_of


@pytest.fixture
def pair(desk: Desk, avery: Person) -> tuple[str, str]:
    """Two requests for the same, both with a letter; none has left."""
    keep = made(desk, avery)
    other = twin_of(desk, keep)
    for one in (keep, other):
        letters.generate(desk, avery.id, request_ids=[one], actor=OWNER)
    return keep, other


def whole(desk: Desk, request_id: str) -> str:
    """What the copy for others says."""
    return text_of(case_bundle.case_bundle(desk, request_id, actor=OWNER))


def labels(desk: Desk, request_id: str) -> tuple[case_exhibits.Labelled, ...]:
    """The labels that a complaint about a request names."""
    file = requests.get_request(desk, request_id)
    with desk.store.reading() as session:
        return case_exhibits.labels_of(
            case_exhibits.material_of(session, file.request, file.events))


def test_what_a_duplicate_sent_and_proves_comes_in_under_its_number(
    desk: Desk, pair: tuple[str, str], clock: HandClock
) -> None:
    keep, other = pair
    mark(desk, keep, "mark_sent")
    clock.forward(days=1)
    sent = mark(desk, other, "mark_sent")
    evidence.add_evidence(desk, other, b"Receipt for 100 Fictional Way", name="receipt.txt",
                          kind=EvidenceKind.SENDING, event_seq=len(sent.events), actor=OWNER)
    alone, named = whole(desk, keep), labels(desk, keep)
    assert other not in alone
    merging.merge(desk, keep, other, actor=OWNER)
    text = whole(desk, keep)
    assert f"{other} asked for the same and was merged into this request." in text
    assert f"Exhibit B: The request (of {other})" in text
    assert f"Exhibit C: Proof that it left (of {other})" in text
    assert f"Belongs to {other}, a duplicate" in text
    assert f"{other}: It left" in text
    assert "Fictional Way" not in text
    assert labels(desk, keep) == named, "a complaint names these"
    assert f"{other}: It was merged into {keep} as its duplicate" in text
    assert f"{other}:" not in whole(desk, other), "its own file needs no marks"
    mark(desk, other, "undo")
    assert whole(desk, keep).count(other) == 0


def test_a_letter_of_a_duplicate_that_never_left_is_no_exhibit(
    desk: Desk, pair: tuple[str, str]
) -> None:
    keep, other = pair
    mark(desk, keep, "mark_sent")
    merging.merge(desk, keep, other, actor=OWNER)
    text = whole(desk, keep)
    assert other in text
    assert "Exhibit B" not in text


def test_what_stands_of_one_stands_of_each(desk: Desk, pair: tuple[str, str]) -> None:
    with desk.store.reading() as session:
        keep = rows.get(session, pair[0])
    file = requests.get_request(desk, pair[1])
    other = replace(file.request, created_on=keep.created_on.replace(year=2020),
                    covers=("big-people-search",))
    both = together(keep, [replace(file, request=other)])
    assert both.created_on == other.created_on
    assert both.covers == (*keep.covers, "big-people-search")
    assert both.footings == keep.footings
