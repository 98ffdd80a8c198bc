"""A case with evidence, and its bundle as text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import MadeFile
from optout.domain.document_words import EvidenceKind
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.services import answers, case_bundle, evidence, exposures, letters, looks, requests
from optout.services.desk import Desk
from tests.documents import foreign
from tests.documents import foreign_pictures as pictures

LISTING = "https://quickmail.example/people/avery-sample"
SENTENCE = ("We refuse the request of Avery Sample and Maria Sample of 100 Fictional Way, "
            "San Francisco.")


def reply_to(request_id: str) -> bytes:
    return (
        "From: Privacy Desk <desk@quickmail.example>\r\nTo: optout.sample@example.com\r\n"
        f"Date: Mon, 30 Nov 2026 10:00:00 +0000\r\nSubject: Re: {request_id}\r\n"
        "Message-ID: <a1@quickmail.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n"
        f"<p>Dear Avery Sample,</p><p>{SENTENCE} <a href='https://tracker.example/x'>Here</a>"
        "</p><img src='https://tracker.example/p.gif'>\r\n--x\r\n"
        "Content-Type: application/pdf; name=r.pdf\r\n"
        "Content-Disposition: attachment; filename=r.pdf\r\n\r\n%PDF-\r\n--x--\r\n").encode()


@pytest.fixture
def request_id(desk: Desk, avery: Person, clock: HandClock) -> str:
    """A request that went out by e-mail, was refused, and has proofs of every kind."""
    exposures.add_exposure(desk, avery.id, "quick-mail", LISTING, actor=OWNER)
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    made = file.request.id
    letters.generate(desk, avery.id, actor=OWNER)
    clock.forward(days=1)
    requests.mark(desk, made, "mark_sent", detail="Number 4711", actor=OWNER)
    add(desk, made, pictures.screenshot(), EvidenceKind.SENDING, event_seq=2)
    clock.forward(days=6)
    answers.import_message(desk, reply_to(made), actor=OWNER)
    requests.mark(desk, made, "refuse", detail=SENTENCE, actor=OWNER)
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    add(desk, made, foreign.pdf_of("They wrote to 100 Fictional Way"), EvidenceKind.ANSWER)
    add(desk, made, foreign.locked_pdf(), EvidenceKind.ANSWER)
    add(desk, made, reply_to(made), EvidenceKind.LOOK)
    add(desk, made, b"My own note about Maria.\n## no heading", EvidenceKind.OTHER)
    return made


def add(desk: Desk, made: str, content: bytes, kind: EvidenceKind, **more: Any) -> None:
    evidence.add_evidence(desk, made, content, name="Avery at home.png", kind=kind, actor=OWNER,
                          **more)


Bundle = Callable[..., MadeFile]


@pytest.fixture
def bundle(desk: Desk, request_id: str) -> Bundle:
    def make(**more: Any) -> MadeFile:
        return case_bundle.case_bundle(desk, request_id, actor=OWNER, **more)

    return make


def text_of(file: MadeFile) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def allow(desk: Desk, request_id: str) -> None:
    case_bundle.allow_complete_copy(desk, request_id, accepted=True, actor=OWNER)
