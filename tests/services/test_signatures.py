"""Signatures: only the strokes are kept, only one, and it goes when it is to go."""

from __future__ import annotations

import os
import time
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import Letter
from optout.domain.document_words import Purpose
from optout.domain.errors import InvalidInput, NotFound, Tampered
from optout.domain.later import LaterDetails
from optout.domain.person import Authorization, Person
from optout.domain.words import ActingAs
from optout.services import (
    authority,
    housekeeping,
    later_letters,
    letters,
    plans,
    requests,
    signatures,
)
from optout.services.desk import Desk
from optout.store import audit, erasure
from tests.documents import foreign_pictures as pictures


def acts(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as session:
        return [(entry.act, entry.subject) for entry in audit.latest(session)]


def test_only_the_strokes_are_kept(desk: Desk, avery: Person) -> None:
    assert signatures.signature_of(desk, avery.id) == b""
    signatures.keep_signature(desk, avery.id, pictures.signature_photo(), actor=OWNER)
    kept = signatures.signature_of(desk, avery.id)
    picture = Image.open(BytesIO(kept))
    assert (picture.format, picture.mode, picture.info) == ("PNG", "L", {})
    assert picture.width <= 1200
    assert len(kept) < 60_000
    assert picture.getpixel((1, picture.height // 3)) == 255
    assert acts(desk)[0] == ("keep_signature", avery.id)


def test_a_new_one_takes_the_place_of_the_old(desk: Desk, avery: Person) -> None:
    signatures.keep_signature(desk, avery.id, pictures.signature_photo(), actor=OWNER)
    old = signatures.signature_of(desk, avery.id)
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    assert signatures.signature_of(desk, avery.id) != old
    assert len(desk.files.names()) == 1


def test_a_forgotten_one_is_gone(desk: Desk, avery: Person) -> None:
    with pytest.raises(NotFound):
        signatures.forget_signature(desk, avery.id, actor=OWNER)
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    signatures.forget_signature(desk, avery.id, actor=OWNER)
    assert signatures.signature_of(desk, avery.id) == b""
    assert desk.files.names() == ()
    assert acts(desk)[0] == ("forget_signature", avery.id)


def test_what_is_no_signature_of_somebody_known_leaves_nothing(
    desk: Desk, avery: Person
) -> None:
    with pytest.raises(InvalidInput):
        signatures.keep_signature(desk, avery.id, pictures.landscape(), actor=OWNER)
    with pytest.raises(NotFound):
        signatures.keep_signature(desk, "P-222222", pictures.signature_scan(), actor=OWNER)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor="nobody")
    assert desk.files.names() == ()


def test_a_changed_file_is_told(desk: Desk, avery: Person) -> None:
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    (name,) = desk.files.names()
    desk.files.put(name, b"other strokes")
    with pytest.raises(Tampered):
        signatures.signature_of(desk, avery.id)


def test_it_is_no_orphan_and_goes_with_its_person(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    (name,) = desk.files.names()
    old = time.time() - 3 * 86_400
    os.utime(desk.settings.instance / "files" / name, (old, old))
    assert housekeeping.remove_orphans(desk) == 0
    with desk.store.writing() as session:
        assert erasure.erase(session, avery.id, at=clock.now()) == (name,)
    assert signatures.signature_of(desk, avery.id) == b""


@pytest.fixture
def by_post(desk: Desk, avery: Person) -> str:
    (file,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    return file.request.id


def words_of(desk: Desk, request_id: str) -> Letter:
    words = letters.compose(desk, request_id)
    assert isinstance(words, Letter)
    return words


def test_it_stands_on_letters_on_paper_only_while_it_is_kept(
    desk: Desk, avery: Person, by_post: str
) -> None:
    (mail,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    assert words_of(desk, by_post).signature_image == b""
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    kept = signatures.signature_of(desk, avery.id)
    assert words_of(desk, by_post).signature_image == kept
    assert words_of(desk, mail.request.id).signature_image == b""
    signatures.forget_signature(desk, avery.id, actor=OWNER)
    assert words_of(desk, by_post).signature_image == b""


def test_nobody_else_signs_with_it(desk: Desk, avery: Person) -> None:
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    authority.add_authorization(
        desk, Authorization("", avery.id, "Robin Helper", date(2026, 11, 1)), actor=OWNER)
    for gate in ("consent-and-authority", "agent-identity-discloses"):
        plans.answer_gate(desk, avery.id, gate, scope="slow-post", accepted=True, actor=OWNER)
    (file,) = requests.create_requests(
        desk, avery.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    words = words_of(desk, file.request.id)
    assert words.signature == "Robin Helper"
    assert words.signature_image == b""


def test_a_reminder_on_paper_is_signed_too(
    desk: Desk, avery: Person, by_post: str, clock: HandClock
) -> None:
    letters.generate(desk, avery.id, actor=OWNER)
    requests.mark(desk, by_post, "mark_sent", actor=OWNER)
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    clock.forward(days=120)
    words = later_letters.compose_later(
        desk, by_post, Purpose.REMINDER, details=LaterDetails())
    assert isinstance(words, Letter)
    assert words.signature_image == signatures.signature_of(desk, avery.id)
