"""Messages read: every sample beside its expected reading, and what must never happen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout.domain.errors import InvalidInput
from optout.domain.outcome_words import Reading
from optout.inbox.message import LARGEST, read_message
from optout.inbox.quoting import first_sentence, own_text
from tests.conftest import SAMPLES

MAIL = sorted((SAMPLES / "mail").glob("*.eml"))


@pytest.mark.parametrize("path", MAIL, ids=lambda path: path.stem)
def test_a_sample_is_read_as_its_neighbour_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    reply = read_message(path.read_bytes())
    got = {"message_id": reply.message_id, "request_id": reply.request_id,
           "matched_by": reply.matched_by, "reading": reply.reading.value,
           "evidence": reply.evidence,
           "received_at": reply.received_at.isoformat() if reply.received_at else None}
    if expected["evidence"] is None:
        expected["evidence"] = got["evidence"]
    assert got == expected
    assert len(reply.sha256) == 64


def test_every_sample_has_its_expected_reading_and_the_reverse() -> None:
    stems = {path.stem for path in MAIL}
    assert stems == {path.stem for path in (SAMPLES / "mail").glob("*.json")}
    assert len(stems) >= 10


def mail(headers: str = "", body: str = "Hello.") -> bytes:
    return f"From: a@example.net\nMessage-ID: <x@example.net>\n{headers}\n{body}".encode()


def test_our_message_id_comes_before_a_reference_in_the_subject() -> None:
    reply = read_message(mail("Subject: OPT-ACDEFG\n"
                              "References: <z@y> <opt-7k3m9q.3@example.com>\n"))
    assert (reply.request_id, reply.matched_by) == ("OPT-7K3M9Q", "message_id")


def test_the_subject_comes_before_the_body() -> None:
    reply = read_message(mail("Subject: opt-acdefg\n", "About OPT-7K3M9Q."))
    assert (reply.request_id, reply.matched_by) == ("OPT-ACDEFG", "reference")


def test_two_threads_at_once_fall_back_to_the_subject() -> None:
    both = "<opt-7k3m9q.1@example.com> <opt-acdefg.1@example.com>"
    reply = read_message(mail(f"References: {both}\nSubject: re OPT-ACDEFG\n"))
    assert (reply.request_id, reply.matched_by) == ("OPT-ACDEFG", "reference")
    assert read_message(mail(f"References: {both}\n")).request_id == ""


@pytest.mark.parametrize("near", ["OPT-7K3M9", "OPT-7K3M9QQ", "XOPT-7K3M9Q", "OPT-0O1IL5",
                                  "OPT 7K3M9Q"])
def test_what_is_nearly_a_reference_matches_nothing(near: str) -> None:
    assert read_message(mail(f"Subject: {near}\n", near)).matched_by == ""


def test_an_attachment_is_never_read() -> None:
    raw = (b"From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
           b"Content-Type: text/plain\n\nSee the file.\n--b\nContent-Type: text/plain\n"
           b'Content-Disposition: attachment; filename="../../etc/OPT-7K3M9Q.txt"\n\n'
           b"OPT-7K3M9Q\n--b--\n")
    reply = read_message(raw)
    assert (reply.request_id, reply.evidence) == ("", "See the file.")


@pytest.mark.parametrize("raw", [b"", b"just words", b"%PDF-1.7\n%\xe2\xe3", b"\x00" * 100])
def test_what_is_no_message_is_refused(raw: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"\.eml"):
        read_message(raw)


def test_a_message_beyond_all_servers_is_refused() -> None:
    with pytest.raises(InvalidInput, match="larger"):
        read_message(b"From: a@example.net\n\n" + b"x" * LARGEST)


@pytest.mark.parametrize("header", [
    "Auto-Submitted: auto-generated", "X-Autorespond: 1", "Precedence: auto_reply",
    "Return-Path: <>"])
def test_a_machine_is_known_by_its_headers(header: str) -> None:
    reply = read_message(mail(f"{header}\n"))
    assert (reply.reading, reply.evidence) == (Reading.AUTO_REPLY, header)


@pytest.mark.parametrize("header", ["Auto-Submitted: no", "Precedence: bulk",
                                    "X-Auto-Response-Suppress: All", "X-Autoreply: no"])
def test_a_person_behind_a_ticket_system_is_no_machine(header: str) -> None:
    assert read_message(mail(f"{header}\n")).reading is Reading.OTHER


def test_a_failed_delivery_by_the_old_header_is_a_bounce_without_the_address() -> None:
    reply = read_message(mail("X-Failed-Recipients: avery@example.org\n"))
    assert (reply.reading, reply.evidence) == (Reading.BOUNCED, "X-Failed-Recipients")


def test_the_word_undeliverable_alone_is_no_bounce() -> None:
    assert read_message(mail("Subject: Undeliverable\n", "Failed.")).reading is Reading.OTHER


def test_the_newest_received_stamp_is_when_it_came() -> None:
    reply = read_message(mail(
        "Received: by b; Tue, 24 Nov 2026 10:00:00 +0100\n"
        "Received: by a; Mon, 23 Nov 2026 10:00:00 +0100\nDate: Sun, 22 Nov 2026 10:00:00 +0000\n"))
    assert reply.received_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(("text", "sentence"), [
    ("Hi,\n\nWe are on it. More soon.", "We are on it."),
    ("> quoted\nOur answer is no!", "Our answer is no!"),
    ("Dear Avery,\nThis goes\non. And on.", "This goes on."),
    ("", ""), ("-- \nSignature.", ""), ("> only\n> quotes", ""),
    ("-----Original Message-----\nText.", ""), ("x" * 500, "x" * 299 + "…")])
def test_the_first_own_sentence_is_the_evidence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_quoted_text_and_signature_are_not_ones_own() -> None:
    text = "Done.\n\nThanks\n-- \nMe\n\nOn Monday, you wrote:\n> please\n"
    assert own_text(text) == "Done.\n\nThanks"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    reply = read_message(b"From: a@example.net\n" + noise)
    assert reply.reading in Reading


@given(st.sampled_from(MAIL), st.integers(0, 2_000), st.binary(max_size=8))
def test_no_damage_to_a_message_breaks_the_reader(path: Path, at: int, noise: bytes) -> None:
    raw = path.read_bytes()
    read_message(b"From: a@example.net\r\n" + raw[:at] + noise + raw[at + len(noise):])


def test_markup_that_never_ends_is_read_in_time() -> None:
    body = "<script " * 20_000 + "On " * 20_000 + "<" * 20_000
    reply = read_message(mail("Content-Type: text/html\n", body))
    assert reply.reading is Reading.OTHER
