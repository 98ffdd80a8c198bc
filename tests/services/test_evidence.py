"""Evidence: kept as it came, under its hash; refused where it could act; forgotten whole."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import Evidence
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import InvalidInput, NotFound, Tampered
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.services import evidence, housekeeping, looks, requests
from optout.services.desk import Desk
from optout.store import audit, erasure
from tests.documents import foreign
from tests.documents import foreign_pictures as pictures

MAIL = (b"From: desk@quickmail.example\r\nTo: optout.sample@example.com\r\n"
        b"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nSubject: Your request\r\n\r\nWe got it.\r\n")

ACCEPTED = {
    "image/png": pictures.screenshot(),
    "image/jpeg": pictures.screenshot("JPEG"),
    "image/webp": pictures.screenshot("WEBP"),
    "application/pdf": foreign.pdf_of("A page"),
    "message/rfc822": MAIL,
    "text/plain": "Confirmation number 4711 – thank you.\r\n".encode(),
}


@pytest.fixture
def request_id(desk: Desk, avery: Person) -> str:
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    return file.request.id


Add = Callable[..., Evidence]


@pytest.fixture
def add(desk: Desk, request_id: str) -> Add:
    def adding(content: bytes, name: str = "proof", **more: Any) -> Evidence:
        return evidence.add_evidence(
            desk, request_id, content, name=name,
            **{"kind": EvidenceKind.SENDING, "actor": OWNER, **more})

    return adding


@pytest.mark.parametrize("media_type", ACCEPTED)
def test_a_file_is_known_by_its_first_bytes_and_kept_as_it_came(
    desk: Desk, request_id: str, add: Add, media_type: str
) -> None:
    content = ACCEPTED[media_type]
    added = add(content, "it-says.exe")
    assert (added.media_type, added.size, added.name) == (
        media_type, len(content), "it-says.exe")
    assert added.sha256 == hashlib.sha256(content).hexdigest()
    assert evidence.read_evidence(desk, added.id) == (added, content)
    assert evidence.evidence_of(desk, f" {request_id.lower()} ") == (added,)
    assert content not in (desk.settings.instance / "files" / added.id).read_bytes()
    with desk.store.reading() as session:
        assert audit.latest(session)[0].act == "add_evidence"
        assert audit.latest(session)[0].subject == added.id


@pytest.mark.parametrize(("content", "why"), [
    (b"", "empty"),
    (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "markup"),
    (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'/>", "markup"),
    (b"<?xml version='1.0'?><svg/>", "markup"),
    ("<html>".encode("utf-16"), "markup"),
    (b"GIF89a" + bytes(40), "cannot be kept"),
    (b"MZ\x90\x00" + bytes(100), "cannot be kept"),
    (b"PK\x03\x04" + bytes(100), "cannot be kept"),
    (b"caf\xe9 without a known encoding", "cannot be kept"),
    (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    (pictures.screenshot()[:600], "damaged or cut off"),
    (pictures.screenshot("JPEG")[:900], "damaged or cut off"),
    (b"\x89PNG\r\n\x1a\n" + bytes(60), "damaged or cut off"),
    (pictures.png_that_claims(60_000, 60_000), "million points"),
    (pictures.png_that_claims(9_000, 9_000), "million points"),
])
def test_what_could_act_or_does_not_open_is_refused_and_leaves_nothing(
    desk: Desk, request_id: str, add: Add, content: bytes, why: str
) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        add(content, "Avery Sample.png")
    assert refused.value.field == "file"
    assert "Avery" not in str(refused.value)
    assert refused.value.remedy
    assert evidence.evidence_of(desk, request_id) == ()
    assert desk.files.names() == ()


def test_a_text_may_begin_with_an_address_in_angle_brackets(add: Add) -> None:
    assert add(b"<desk@quickmail.example> wrote on Tuesday").media_type == "text/plain"
    assert add("Bestätigt".encode("utf-16")).media_type == "text/plain"


@pytest.mark.parametrize(("name", "kept"), [
    (r"C:\Users\somebody\shot.png", "shot.png"), ("/home/somebody/shot.png", "shot.png"),
    ("a\x00b\u202ec.png", "a b c.png"), ("", "file"), ("..", ".."), ("x" * 300, "x" * 120)])
def test_a_name_loses_its_folders_and_what_does_not_show(add: Add, name: str, kept: str) -> None:
    assert add(ACCEPTED["text/plain"], name).name == kept


def test_the_same_file_for_the_same_thing_is_kept_once(
    desk: Desk, request_id: str, add: Add
) -> None:
    requests.mark(desk, request_id, "prepare", actor=OWNER)
    first = add(MAIL)
    assert add(MAIL, "again") == first
    other = add(MAIL, kind=EvidenceKind.ANSWER)
    proof = add(MAIL, event_seq=1)
    assert evidence.evidence_of(desk, request_id) == (first, other, proof)
    assert len(desk.files.names()) == 3


def test_an_event_or_a_request_that_is_not_there_is_refused(desk: Desk, add: Add) -> None:
    with pytest.raises(InvalidInput, match="no event 7") as refused:
        add(MAIL, event_seq=7)
    assert refused.value.field == "event_seq"
    for asked in (lambda: evidence.evidence_of(desk, "OPT-222222"),
                  lambda: evidence.read_evidence(desk, "E-222222"),
                  lambda: evidence.remove_evidence(desk, "E-222222", actor=OWNER),
                  lambda: evidence.add_evidence(desk, "OPT-222222", MAIL, name="",
                                                kind=EvidenceKind.OTHER, actor=OWNER)):
        with pytest.raises(NotFound):
            asked()
    assert desk.files.names() == ()


def test_nothing_is_left_when_the_row_cannot_be_written(desk: Desk, add: Add) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        add(MAIL, actor="nobody-known")
    assert desk.files.names() == ()


def test_a_changed_file_is_told_from_the_one_that_was_added(desk: Desk, add: Add) -> None:
    added = add(MAIL)
    desk.files.put(added.id, b"something else")
    with pytest.raises(Tampered):
        evidence.read_evidence(desk, added.id)


def test_what_is_removed_is_gone_with_its_file(desk: Desk, request_id: str, add: Add) -> None:
    added, kept = add(MAIL), add(ACCEPTED["image/png"])
    evidence.remove_evidence(desk, added.id, actor=OWNER)
    assert evidence.evidence_of(desk, request_id) == (kept,)
    assert desk.files.names() == (kept.id,)
    with desk.store.reading() as session:
        assert (audit.latest(session)[0].act, audit.latest(session)[0].subject) == (
            "remove_evidence", added.id)


def test_what_proves_a_look_without_a_request_can_be_removed_and_the_look_stays(
    desk: Desk, avery: Person, add: Add
) -> None:
    of_request = add(MAIL)
    seen = looks.record_look(desk, avery.id, "slow-post", LookResult.LISTED, actor=OWNER,
                             proof=("seen.png", ACCEPTED["image/png"]))
    kept, of_look = evidence.kept_of(desk, f" {avery.id.lower()} ")
    assert kept == evidence.Kept(of_request, "quick-mail")
    assert (of_look.broker_id, of_look.looked_on) == ("slow-post", seen.looked_on)
    assert (of_look.evidence.look_id, of_look.evidence.request_id) == (seen.id, "")
    evidence.remove_evidence(desk, of_look.evidence.id, actor=OWNER)
    assert evidence.kept_of(desk, avery.id) == (kept,)
    assert desk.files.names() == (of_request.id,)
    assert looks.looks_of(desk, avery.id) == (seen,)
    with desk.store.reading() as session:
        assert (audit.latest(session)[0].act, audit.latest(session)[0].subject) == (
            "remove_evidence", of_look.evidence.id)
    with pytest.raises(NotFound):
        evidence.kept_of(desk, "P-222222")


def test_a_picture_is_shown_upright_and_without_what_it_hides(desk: Desk, add: Add) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "A camera of Avery"
    original = pictures.screenshot("JPEG", exif=exif, comment=b"at 100 Fictional Way")
    added = add(original)
    shown = evidence.shown_evidence(desk, added.id)
    assert shown.media_type == "image/jpeg"
    assert shown.file_name == f"{added.id}.jpg"
    for hidden in (b"Avery", b"Fictional", b"Exif"):
        assert hidden in original
        assert hidden not in shown.content
    assert Image.open(BytesIO(shown.content)).size == (300, 400)
    assert evidence.shown_evidence(desk, added.id) == shown


def test_every_kind_of_picture_can_be_shown(desk: Desk, add: Add) -> None:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"):
        form = "JPEG" if mode == "CMYK" else "PNG"
        picture = Image.new(mode, (50, 40))
        shown = evidence.shown_evidence(desk, add(pictures.encoded(picture, form)).id)
        assert Image.open(BytesIO(shown.content)).mode == "RGB"


def test_text_is_shown_as_text_and_a_pdf_without_its_scripts(desk: Desk, add: Add) -> None:
    shown = evidence.shown_evidence(desk, add(MAIL).id)
    assert shown.media_type == "text/plain; charset=utf-8"
    assert b"We got it." in shown.content
    shown = evidence.shown_evidence(desk, add(foreign.acting_pdf()).id)
    assert foreign.acting(shown.content) == set()
    with pytest.raises(InvalidInput, match="locked"):
        evidence.shown_evidence(desk, add(foreign.locked_pdf()).id)


def test_erasing_the_person_names_the_files_of_evidence(
    desk: Desk, avery: Person, add: Add, clock: HandClock
) -> None:
    added = add(MAIL)
    with desk.store.writing() as session:
        assert erasure.erase(session, avery.id, at=clock.now()) == (added.id,)
    with pytest.raises(NotFound):
        evidence.read_evidence(desk, added.id)


def test_evidence_is_no_orphan(desk: Desk, add: Add) -> None:
    added = add(MAIL)
    desk.files.put("E-ORPHAN", b"left by a crash")
    old = time.time() - 3 * 86_400
    for name in desk.files.names():
        os.utime(desk.settings.instance / "files" / name, (old, old))
    assert housekeeping.remove_orphans(desk) == 1
    assert desk.files.names() == (added.id,)
