"""A step and the proof of it: both are kept, or neither."""

from __future__ import annotations

import pytest

from optout.domain.actor import OWNER
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import ForbiddenEvent, InvalidInput
from optout.domain.person import Person
from optout.domain.words import Event
from optout.services import evidence, letters, requests
from optout.services.desk import Desk
from optout.services.proofs import ProofFile, mark_with_proof

RECEIPT = ProofFile("C:\\receipts\\post.txt", b"Item 70 0000 taken on Nov 23")


@pytest.fixture
def ready(desk: Desk, avery: Person) -> str:
    """The id of a request that can be sent."""
    file, *_ = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    letters.generate(desk, avery.id, request_ids=(file.request.id,), actor=OWNER)
    return file.request.id


def test_the_proof_belongs_to_the_step(desk: Desk, ready: str) -> None:
    file = mark_with_proof(desk, ready.lower(), Event.MARK_SENT, proof=RECEIPT, detail="70 0000",
                           actor=OWNER)
    assert file.events[-1].detail == "70 0000"
    kept, = evidence.evidence_of(desk, ready)
    assert (kept.event_seq, kept.kind, kept.name) == (2, EvidenceKind.SENDING, "post.txt")
    assert evidence.read_evidence(desk, kept.id)[1] == RECEIPT.content


def test_a_step_without_proof_is_a_step(desk: Desk, ready: str) -> None:
    assert len(mark_with_proof(desk, ready, Event.MARK_SENT, proof=None, actor=OWNER).events) == 2
    assert evidence.evidence_of(desk, ready) == ()


@pytest.mark.parametrize("content", [b"", b"<svg onload='x'/>", b"\x89PNG\r\n\x1a\ncut off"])
def test_a_file_that_cannot_be_kept_marks_nothing(
    desk: Desk, ready: str, content: bytes
) -> None:
    with pytest.raises(InvalidInput) as refused:
        mark_with_proof(desk, ready, Event.MARK_SENT, proof=ProofFile("a.png", content),
                        actor=OWNER)
    assert refused.value.field == "file"
    assert len(requests.get_request(desk, ready).events) == 1


def test_a_step_that_is_not_possible_keeps_no_file(desk: Desk, ready: str) -> None:
    with pytest.raises(ForbiddenEvent):
        mark_with_proof(desk, ready, Event.APPEAL, proof=RECEIPT, actor=OWNER)
    assert evidence.evidence_of(desk, ready) == ()
