"""Files and letters about requests against forged forms: nothing acts, nothing slips past."""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, stream_encode_multipart

from optout.domain.actor import OWNER
from optout.domain.document_words import EvidenceKind, Purpose
from optout.domain.words import Event
from optout.services import case_bundle, evidence, letters, people, requests
from optout.services.later_files import later_documents_of
from optout.store import audit
from tests.attacks.situations import PLAIN
from tests.documents import foreign, foreign_pictures
from tests.factories import californian
from tests.web.conftest import World

POST = "z-post"
NAME = "../../Zerlinde <script>alert(1)</script>\u202e.png"
SHOWN = {"image/png", "image/jpeg", "image/webp", "application/pdf", "message/rfc822",
         "text/plain"}


def bomb() -> bytes:
    """A small PNG that says it has a billion points."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (len(data).to_bytes(4, "big") + kind + data
                + zlib.crc32(kind + data).to_bytes(4, "big"))

    head = (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(b"\x00" * 120_001)) + chunk(b"IEND", b""))


REFUSED = {
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing behind a declaration": b'\xef\xbb\xbf <?xml version="1.0"?><svg/>',
    "page": b"<!doctype html><script>alert(1)</script>",
    "page in two bytes": "<html><script>".encode("utf-16"),
    "program": b"MZ\x90\x00", "archive": b"PK\x03\x04" + b"\x00" * 40, "gif": b"GIF89a" + b"\x00",
    "cut picture": foreign_pictures.screenshot()[:200], "bomb": bomb(), "empty": b"",
    "name of a picture on a page": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
}
KEPT = {
    "picture and page": foreign_pictures.screenshot() + b"<script>alert(1)</script>",
    "paper and page": foreign.pdf_of("A") + b"<html><script>alert(1)</script>",
    "acting paper": foreign.acting_pdf(), "locked paper": foreign.locked_pdf(),
    "words": b"Hello <script>alert(1)</script>",
    "message": b"From: a@b.example\r\nDate: x\r\nContent-Type: text/html\r\n\r\n<script>",
}


@dataclass
class Forger:
    """Somebody whose browser sends whatever they like."""

    world: World
    token: str
    made: str
    other: str

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.world.visitor.ask(
            "POST", path, data=urlencode({"csrf_token": self.token, **fields}))

    def upload(self, path: str, content: bytes, *, field: str = "proof-file",
               **fields: str) -> TestResponse:
        stream, _, boundary = stream_encode_multipart(MultiDict([
            ("csrf_token", self.token), *fields.items(),
            (field, FileStorage(BytesIO(content), NAME, content_type="image/png"))]),
            use_tempfile=False)
        return self.world.visitor.ask("POST", path, data=stream.read(),
                                      content_type=f'multipart/form-data; boundary="{boundary}"')

    def add(self, content: bytes, **fields: str) -> TestResponse:
        return self.upload(f"/requests/{self.made}/evidence", content,
                           **{"proof-kind": "other", "proof-event": "0", **fields})

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(one.id for one in evidence.evidence_of(self.world.instance.desk, self.made))

    @property
    def later(self) -> int:
        return len(later_documents_of(self.world.instance.desk, self.made))


@pytest.fixture
def forger(world: World) -> Forger:
    world.set_up()
    desk = world.instance.desk
    person = people.add_person(desk, californian(), actor=OWNER)
    made, other = (requests.create_requests(desk, person.id, [broker], actor=OWNER)[0].request.id
                   for broker in (POST, PLAIN))
    letters.generate(desk, person.id, actor=OWNER)
    requests.mark(desk, made, "mark_sent", actor=OWNER)
    found = re.search(r'name="csrf_token" value="([^"]+)"', world.visitor.get("/people").html)
    assert found is not None
    return Forger(world, found[1], made, other)


@pytest.fixture
def no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder for temporary files: in the end nothing was ever made in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    before = folder.stat().st_mtime_ns
    yield
    assert folder.stat().st_mtime_ns == before


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_could_act_is_kept_nowhere(forger: Forger, content: bytes) -> None:
    files = set(forger.world.instance.folder.rglob("*"))
    assert forger.add(content).status_code == 422
    assert forger.upload(f"/requests/{forger.other}/sent", content,
                         field="sent-file").status_code == 422
    assert forger.kept == ()
    assert set(forger.world.instance.folder.rglob("*")) == files
    file = requests.get_request(forger.world.instance.desk, forger.other)
    assert [event.event for event in file.events] == [Event.PREPARE]


@pytest.mark.usefixtures("no_temporary_file")
@pytest.mark.parametrize("content", KEPT.values(), ids=KEPT)
def test_what_is_kept_is_saved_and_never_opened_by_the_browser(
    forger: Forger, content: bytes
) -> None:
    answer = forger.add(content)
    assert answer.status_code == 303
    assert "Zerlinde" not in f"{answer.headers}{answer.get_data(as_text=True)}"
    (one,) = forger.kept
    page = forger.world.visitor.get(f"/requests/{forger.made}")
    assert "<script>alert" not in page.html
    assert "Zerlinde" not in page.title
    for path in (f"/evidence/{one}", f"/evidence/{one}/shown"):
        given = forger.world.visitor.ask("GET", path)
        if given.status_code == 400:
            continue  # a locked paper cannot be made anew
        assert given.mimetype in SHOWN
        assert re.fullmatch(r'attachment; filename="E-\w+\.\w+"',
                            given.headers["Content-Disposition"])
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert given.headers["Content-Security-Policy"].startswith("default-src 'none'")
    desk = forger.world.instance.desk
    assert case_bundle.case_bundle(desk, forger.made, actor=OWNER).content
    with desk.store.reading() as session:
        for entry in audit.latest(session):
            assert "Zerlinde" not in f"{entry.act} {entry.subject}"


@pytest.mark.usefixtures("no_temporary_file")
def test_a_large_file_and_many_posts_of_one_are_harmless(forger: Forger) -> None:
    assert forger.add(b"x" * (10 * 1024 * 1024 + 1)).status_code == 422
    assert forger.add(b"x" * (12 * 1024 * 1024)).status_code == 413
    for _again in range(3):
        assert forger.add(b"the same words").status_code == 303
    assert len(forger.kept) == 1


def test_evidence_answers_to_its_own_request_alone(forger: Forger) -> None:
    forger.add(b"words")
    (one,) = forger.kept
    forger.post(f"/requests/{forger.other}/evidence/{one}/remove")
    assert forger.kept == (one,)
    for event in ("99", "-1", "x"):
        assert forger.add(b"other words", **{"proof-event": event}).status_code == 422
    assert forger.add(b"other words", **{"proof-kind": "../x"}).status_code == 422
    assert forger.upload("/requests/OPT-222222/evidence", b"x").status_code == 404
    for path in ("/evidence/..%2F..%2Fkey", f"/evidence/{forger.made}", "/evidence/E-0000000000"):
        assert forger.world.visitor.ask("GET", path).status_code == 404
    assert forger.kept == (one,)


def test_no_letter_slips_past_its_condition_or_its_question(forger: Forger) -> None:
    for purpose in (*Purpose, "notice"):
        answer = forger.post(f"/requests/{forger.made}/letters/{purpose}", act="make", made="0",
                             their_words="No.", channel="email", force="1")
        assert answer.status_code in {404, 409}
    requests.mark(forger.world.instance.desk, forger.made, "refuse", actor=OWNER)
    path = f"/requests/{forger.made}/letters/complaint"
    for scope in ("", PLAIN, forger.made):
        forger.post(f"{path}/answers", gate="complaint-may-be-public", scope=scope, answer="yes")
    assert forger.post(path, act="make", made="0").status_code == 409
    forger.post(f"{path}/answers", gate="complaint-may-be-public", scope=POST, answer="YES")
    assert forger.post(path, act="make", made="0").status_code == 409
    assert forger.later == 0


def test_the_request_itself_is_no_letter_to_forge_a_step_with(forger: Forger) -> None:
    desk = forger.world.instance.desk
    for request in (forger.made, forger.other):
        (document,) = letters.documents_of(desk, request)
        assert forger.world.visitor.ask("GET", f"/letters/{document.id}").status_code == 404
        assert forger.post(f"/letters/{document.id}/sent", on="2026-11-23").status_code == 404
    file = requests.get_request(desk, forger.other)
    assert [event.event for event in file.events] == [Event.PREPARE]


def test_the_complete_copy_is_not_had_by_a_forged_form(forger: Forger) -> None:
    path = f"/requests/{forger.made}/file"
    for answer in ("YES", "", "no"):
        forger.post(f"{path}/answers", answer=answer)
        assert forger.post(path, copy="complete", allow="1").status_code == 409
    forger.post(f"/requests/{forger.other}/file/answers", answer="yes")
    assert forger.post(path, copy="complete").status_code == 409
    people.set_instance_at_risk(forger.world.instance.desk, value=True, actor=OWNER)
    assert forger.post(f"{path}/answers", answer="yes").status_code == 409
    assert forger.post(path, copy="complete").status_code == 409


def test_a_kept_proof_is_of_its_kind_whatever_the_form_says(forger: Forger) -> None:
    assert forger.add(b"words", **{"proof-kind": "sending"}).status_code == 303
    (one,) = evidence.evidence_of(forger.world.instance.desk, forger.made)
    assert (one.kind, one.media_type) == (EvidenceKind.SENDING, "text/plain")
    assert "\u202e" not in one.name
    assert "/" not in one.name
