"""Files that go with an e-mail: chosen one by one, made anew, and never by themselves."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from optout.domain.actor import OWNER
from optout.domain.document import Evidence
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.person import Person
from optout.services import letters, requests
from optout.services.desk import Desk
from optout.services.enclosing import draft_with_files, enclosable
from optout.services.evidence import add_evidence
from optout.store import audit
from tests.documents import foreign
from tests.documents import foreign_pictures as pictures


@pytest.fixture
def mailed(desk: Desk, avery: Person) -> str:
    """The id of an e-mail that was prepared."""
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    (document,) = letters.generate(desk, avery.id, actor=OWNER, request_ids=[file.request.id])
    return document.id


def request_of(desk: Desk, document_id: str) -> str:
    return letters.read_document(desk, document_id).request_id


def added(desk: Desk, request_id: str, content: bytes, name: str) -> Evidence:
    return add_evidence(desk, request_id, content, name=name, kind=EvidenceKind.OTHER, actor=OWNER)


def test_what_is_ticked_goes_along_made_anew_and_under_a_plain_name(
    desk: Desk, mailed: str
) -> None:
    request_id = request_of(desk, mailed)
    paper = added(desk, request_id, foreign.pdf_of("Signed: Avery Sample"), "avery secret.pdf")
    picture = added(desk, request_id, pictures.screenshot(), "avery.png")
    added(desk, request_id, b"a note of the person", "note.txt")
    assert enclosable(desk, request_id) == (paper, picture)
    before = letters.read_document(desk, mailed)
    made = draft_with_files(desk, mailed, [picture.id, paper.id], actor=OWNER)
    assert made.file_name == f"{request_id}-email-with-files.eml"
    assert made.media_type == "message/rfc822"
    plain, mail = (message_from_bytes(raw, policy=default)
                   for raw in (before.content, made.content))
    assert not mail.defects
    body, first, second = mail.iter_parts()
    assert body.get_content() == plain.get_content()
    for name in ("From", "To", "Subject", "Date", "Message-ID", "X-Unsent"):
        assert mail[name] == plain[name]
    assert [first.get_filename(), second.get_filename()] == [
        f"{request_id}-enclosure-1.pdf", f"{request_id}-enclosure-2.jpg"]
    assert first.get_content().startswith(b"%PDF")
    assert second.get_content().startswith(b"\xff\xd8")
    assert b"avery secret" not in made.content
    assert letters.read_document(desk, mailed) == before, "what is kept stays as it is"
    with desk.store.reading() as session:
        assert ("enclose_files", mailed) in {
            (one.act, one.subject) for one in audit.latest(session)}


def test_nothing_goes_along_by_itself_or_from_another_request(
    desk: Desk, avery: Person, mailed: str
) -> None:
    with pytest.raises(InvalidInput, match="No file is chosen"):
        draft_with_files(desk, mailed, [], actor=OWNER)
    (other,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    foreign_file = added(desk, other.request.id, pictures.screenshot(), "other.png")
    mine = added(desk, request_of(desk, mailed), pictures.screenshot(), "mine.png")
    for chosen in ([foreign_file.id], [mine.id, foreign_file.id], ["E-2222222222"]):
        with pytest.raises(NotFound, match="not kept with this request"):
            draft_with_files(desk, mailed, chosen, actor=OWNER)


def test_a_letter_on_paper_carries_no_files(desk: Desk, avery: Person) -> None:
    (file,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    (letter,) = letters.generate(desk, avery.id, actor=OWNER, request_ids=[file.request.id])
    mine = added(desk, file.request.id, pictures.screenshot(), "mine.png")
    with pytest.raises(InvalidInput) as error:
        draft_with_files(desk, letter.id, [mine.id], actor=OWNER)
    assert error.value.field == "document"
