"""Messages handed over: read, matched by our own marks, kept sealed, and nothing assumed."""

from __future__ import annotations

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import DiskFull, InvalidInput
from optout.domain.outcome_words import Reading
from optout.domain.person import Person
from optout.domain.words import Standing
from optout.services import answers, requests
from optout.services.desk import Desk
from optout.store import replies
from optout.vault.sealed import SealedFiles


def message(reference: str, **heads: str) -> bytes:
    lines = {"From": "privacy@quickmail.example", "To": "optout.sample@example.com",
             "Date": "Tue, 24 Nov 2026 10:00:00 +0000", "Message-ID": "<1@quickmail.example>",
             "Subject": f"Re: your request {reference}", **heads}
    return "\r\n".join([*(f"{k}: {v}" for k, v in lines.items()), "", "We look into it.\r\n"]
                       ).encode()


@pytest.fixture
def sent(desk: Desk, avery: Person) -> str:
    """A request that left today."""
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    return file.request.id


def test_a_message_is_matched_kept_sealed_and_moves_nothing(desk: Desk, sent: str) -> None:
    raw = message(sent)
    reply = answers.import_message(desk, raw, actor=OWNER)
    assert (reply.request_id, reply.matched_by) == (sent, "reference")
    (name,) = desk.files.names()
    assert desk.files.get(name) == raw
    assert requests.get_request(desk, sent).request.standing is Standing.SENT


def test_the_same_message_is_kept_once(desk: Desk, sent: str) -> None:
    first = answers.import_message(desk, message(sent), actor=OWNER)
    assert answers.import_message(desk, message(sent), actor=OWNER) == first
    with desk.store.reading() as session:
        assert len(replies.of_request(session, sent)) == 1
    assert len(desk.files.names()) == 1


def test_a_message_about_nothing_of_ours_waits_for_a_person(desk: Desk, sent: str) -> None:
    read = [answers.import_message(desk, message(reference), actor=OWNER)
            for reference in ("nothing", "OPT-222222")]
    assert [(reply.request_id, reply.matched_by) for reply in read] == [("", "")] * 2
    with desk.store.reading() as session:
        assert all(replies.sealed_name(session, reply.sha256) for reply in read)
        assert replies.of_request(session, sent) == ()


def test_a_machines_answer_is_told_by_its_headers(desk: Desk, sent: str) -> None:
    raw = message(sent, **{"Auto-Submitted": "auto-replied"})
    assert answers.import_message(desk, raw, actor=OWNER).reading is Reading.AUTO_REPLY


def test_what_is_no_message_is_refused_and_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        answers.import_message(desk, b"just words", actor=OWNER)
    assert desk.files.names() == ()


def test_a_full_disk_keeps_neither_file_nor_row(
    desk: Desk, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise DiskFull

    monkeypatch.setattr(SealedFiles, "put", full)
    with pytest.raises(DiskFull):
        answers.import_message(desk, message(sent), actor=OWNER)
    with desk.store.reading() as session:
        assert replies.of_request(session, sent) == ()
