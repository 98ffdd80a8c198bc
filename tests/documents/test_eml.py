"""The letter as e-mail: one recipient, our headers, the same words, nothing smuggled in."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import fast_mail_parser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.documents.eml import (
    LARGEST_ATTACHMENTS,
    LONGEST_MAILTO,
    email_bytes,
    letter_text,
    mailto,
    message_id,
    with_files,
)
from optout.documents.letter_pdf import letter_pdf
from optout.documents.mail_head import LONGEST_ID, LONGEST_NAME
from optout.documents.order import LetterOrder
from optout.documents.words import compose_letter
from optout.domain.document import EmailHead, Letter, MadeFile
from optout.domain.errors import InvalidInput, UnwritableText
from tests.documents.mail_reading import Part, decoded, mailbox, read
from tests.documents.orders import ORDERS
from tests.documents.reading import words_of

VIRGINIA = compose_letter(ORDERS["virginia"])
HEAD = EmailHead(
    sender="optout.sample@example.com", to="privacy@example.org",
    subject="Privacy request (reference OPT-7K3M9Q)",
    message_id=message_id("OPT-7K3M9Q", 1, "optout.sample@example.com"),
    date=datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=-8))))
OURS = ["From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding", "Content-Language"]
PDF = MadeFile("letter.pdf", "application/pdf", b"%PDF-1.4 " + bytes(range(256)) * 9)


def parsed(letter: Letter, head: EmailHead) -> Part:
    return read(email_bytes(letter, head))


def test_the_headers_are_the_ones_that_were_asked_for() -> None:
    message = parsed(VIRGINIA, HEAD)
    assert sorted(message.names) == sorted(OURS)
    assert message["From"] == "Avery Sample <optout.sample@example.com>"
    assert message["To"] == "privacy@example.org"
    assert message["Subject"] == HEAD.subject
    assert message["Message-ID"] == "<opt-7k3m9q.1@example.com>"
    assert message["Date"] == "Mon, 23 Nov 2026 17:30:00 +0000"
    assert message["X-Unsent"] == "1"
    assert message["MIME-Version"] == "1.0"
    assert message["Content-Language"] == "en"
    assert message["Content-Type"] == 'text/plain; charset="utf-8"'


def test_the_words_are_the_letters_words() -> None:
    assert parsed(VIRGINIA, HEAD).text == letter_text(VIRGINIA)


def _bare(text: str) -> str:
    """The words without what a line break or a column may put between them."""
    return "".join(text.split())


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_letter_and_e_mail_say_the_same(order: LetterOrder) -> None:
    letter = compose_letter(order)
    printed = _bare(words_of(letter_pdf(letter)))
    mailed = _bare(parsed(letter, HEAD).text)
    for piece in (letter.salutation, *letter.paragraphs, letter.closing, letter.signature,
                  *letter.enclosures):
        for cell in piece.removeprefix("- ").replace("\t", "\n").split("\n"):
            assert _bare(cell) in printed
            assert _bare(cell) in mailed


@pytest.mark.parametrize("language", ["en", "es-419"])
def test_the_language_of_the_words_is_told(language: str) -> None:
    head = parsed(replace(VIRGINIA, language=language), HEAD)
    assert head["Content-Language"] == language
    with pytest.raises(InvalidInput):
        email_bytes(replace(VIRGINIA, language="en\r\nBcc: x"), HEAD)


def test_every_line_fits_the_standard_and_ends_as_it_says() -> None:
    raw = email_bytes(VIRGINIA, HEAD)
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"format=flowed" not in raw


def test_no_line_is_taken_for_the_start_of_a_signature() -> None:
    letter = replace(VIRGINIA, paragraphs=("-- ", "- ", "a\n-- \nb"), signature="-- ")
    text = parsed(letter, HEAD).text
    assert not any(line.endswith(" ") for line in text.split("\n"))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert email_bytes(VIRGINIA, HEAD) == email_bytes(VIRGINIA, HEAD)
    assert with_files(email_bytes(VIRGINIA, HEAD), [PDF]) == with_files(
        email_bytes(VIRGINIA, HEAD), [PDF])


def test_asks_are_numbered_and_a_single_one_is_not() -> None:
    assert "\n1. Do not sell" in letter_text(VIRGINIA)
    assert "\n- Remove my information" in letter_text(compose_letter(ORDERS["voluntary"]))


@pytest.mark.parametrize("name", [
    "Nguyễn, “Ánh” Ольга 王", "O’Hara, Avery; <b>@x", 'A "B" \\ C', "Avery (at work)",
    "=?utf-8?q?x?=", "Ж" * 200, "x" * 200, "Dr. A. B. Sample, Jr.", "a:b", "Ælf, " * 40])
def test_a_name_in_any_script_survives_the_head(name: str) -> None:
    message = parsed(replace(VIRGINIA, sender=(name,)), HEAD)
    assert mailbox(message["From"]) == (name.strip(), HEAD.sender)


def test_a_sender_without_a_name_is_an_address_alone() -> None:
    assert parsed(replace(VIRGINIA, sender=(" ",)), HEAD)["From"] == HEAD.sender


@pytest.mark.parametrize("subject", [
    "Größe\u00a0: 王", "x" * 120, "word " * 60 + "end", "=?utf-8?b?QQ==?= OPT-7K3M9Q",
    "two  spaces  " + "y" * 60 + "  z"])
def test_a_subject_in_any_script_survives_the_head(subject: str) -> None:
    raw = email_bytes(VIRGINIA, replace(HEAD, subject=subject))
    assert decoded(read(raw)["Subject"]) == subject
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_a_later_letter_stands_under_the_one_that_it_follows() -> None:
    first, long = "<opt-7k3m9q.1@example.com>", f"<{'x' * 300}@mail.example.org>"
    head = replace(HEAD, in_reply_to=long, references=(first, "<a@b.example>"))
    message = parsed(VIRGINIA, head)
    assert message["In-Reply-To"] == long
    assert message["References"].split() == [first, "<a@b.example>", long]
    alone = parsed(VIRGINIA, replace(HEAD, in_reply_to=first))
    assert alone["References"] == alone["In-Reply-To"] == first
    assert "References" not in parsed(VIRGINIA, HEAD).names


@pytest.mark.parametrize("field", ["message_id", "in_reply_to", "references"])
@pytest.mark.parametrize("wrong", ["x@example.com", "<x y@example.com>", "<x>", "<x@y>\r\nBcc: z",
                                   "<ж@example.com>", f"<{'x' * LONGEST_ID}@y>"])
def test_what_is_no_message_id_is_refused(field: str, wrong: str) -> None:
    value = (wrong,) if field == "references" else wrong
    with pytest.raises(InvalidInput) as caught:
        email_bytes(VIRGINIA, replace(HEAD, **{field: value}))  # type: ignore[arg-type]  # by field name
    assert caught.value.field == field


@pytest.mark.parametrize("field", ["sender", "to", "subject", "message_id"])
@pytest.mark.parametrize("smuggled", [
    "\r\nBcc: evil@example.net", "\nX: y", "\rX: y", "\x00", "\x0bX: y", "\x1bX", "\x85X: y",
    "\u2028X: y", "\u2029X", "\u202eX", "\ud800"])
def test_a_line_break_in_the_head_is_refused(field: str, smuggled: str) -> None:
    head = replace(HEAD, **{field: getattr(HEAD, field) + smuggled})
    with pytest.raises(InvalidInput):
        email_bytes(VIRGINIA, head)


@pytest.mark.parametrize("bad", ["\r", "\x00", "\x1b[31m", "\ud83d", "\u202e", "\u2028", "\x85"])
def test_what_no_mail_can_carry_is_refused_by_name(bad: str) -> None:
    letter = replace(VIRGINIA, paragraphs=(f"a{bad}b",))
    for make in (lambda: email_bytes(letter, HEAD), lambda: mailto(letter, HEAD.to)):
        with pytest.raises(UnwritableText, match="The e-mail cannot carry") as caught:
            make()
        assert caught.value.characters


@pytest.mark.parametrize("to", [
    "", "nobody", "a@b@c.example", "a@example.org, b@example.org", "a@example.org;b@example.org",
    "Acme, Inc <p@a.example>", "<p@a.example>", "a b@example.org", "a@", "@example.org",
    "a@example..org", "a@[127.0.0.1]", "a@localhost", ".a@example.org", "a..b@example.org",
    "a@-x.example", "a@127.0.0.1", '"a b"@example.org', f"{'a' * 65}@example.org",
    "a@example.org?bcc=b@example.org", f"a@{'b.' * 127}example", "a@xn--.ü",
    "a@例え\u200f。\ud800"])
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        email_bytes(VIRGINIA, replace(HEAD, to=to))
    assert caught.value.field == "to"


def test_a_local_part_beyond_ascii_is_refused_and_a_domain_beyond_it_is_translated() -> None:
    with pytest.raises(InvalidInput, match="before the @"):
        email_bytes(VIRGINIA, replace(HEAD, to="müller@example.org"))
    assert parsed(VIRGINIA, replace(HEAD, to="info@müller.example"))["To"] == (
        "info@xn--mller-kva.example")
    assert parsed(VIRGINIA, replace(HEAD, to="info@straße.example"))["To"] == (
        "info@xn--strae-oqa.example"), "a sharp s is another site than ss"


def test_a_name_or_a_subject_that_no_head_can_hold_is_refused_at_once() -> None:
    for letter, head in ((replace(VIRGINIA, sender=("x" * (LONGEST_NAME + 1),)), HEAD),
                         (VIRGINIA, replace(HEAD, subject="x" * 10_000))):
        with pytest.raises(InvalidInput, match="too long") as caught:
            email_bytes(letter, head)
        assert "Shorten it to" in caught.value.remedy


def test_a_message_id_carries_the_reference_and_no_machine() -> None:
    assert message_id("OPT-7K3M9Q", 2, "") == "<opt-7k3m9q.2@optout.invalid>"
    assert message_id("OPT-7K3M9Q", 1, "a@müller.example").endswith("@optout.invalid>")


# Attachments ---------------------------------------------------------------------------------


def test_files_go_with_it_only_when_wanted() -> None:
    assert not parsed(VIRGINIA, HEAD).parts
    named = replace(PDF, file_name="Vollmacht für Ünal 王 “geprüft” " + "x" * 40 + ".pdf")
    picture = MadeFile('signature; x="1".png', "image/png", b"\x89PNG\r\n\x1a\n\0\0")
    message = read(with_files(email_bytes(VIRGINIA, HEAD), (PDF, named, picture)))
    assert message.kind == "multipart/mixed"
    words, *files = message.parts
    assert words.text == letter_text(VIRGINIA)
    assert [file.body for file in files] == [PDF.content, PDF.content, picture.content]
    assert [file.kind for file in files] == ["application/pdf", "application/pdf", "image/png"]
    assert files[1].parameter("Content-Disposition", "filename") == named.file_name
    assert all(f["Content-Disposition"].startswith("attachment;") for f in files)


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_files_come_to_a_made_draft_as_if_they_had_been_there(name: str) -> None:
    letter = replace(VIRGINIA, sender=(f"Nguyễn Ánh, {name}",))
    raw = email_bytes(letter, HEAD)
    made, plain = with_files(raw, (PDF,)), raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    kept = [line for line in plain if not line.startswith((b"Content-", b"MIME-"))]
    assert len(kept) > 5
    assert set(kept) <= set(made.partition(b"\r\n\r\n")[0].split(b"\r\n"))
    assert read(made).parts[0].text == read(raw).text
    assert with_files(raw, ()) == raw


@pytest.mark.parametrize("change", [
    {"media_type": "multipart/mixed"}, {"media_type": "message/rfc822"}, {"media_type": "pdf"},
    {"media_type": "application/pdf\r\nBcc: x"}, {"media_type": "text/html; charset=utf-8"},
    {"file_name": ""}, {"file_name": "a/b.pdf"}, {"file_name": "..\\b.pdf"},
    {"file_name": "a\r\nb"}, {"file_name": ".hidden"}, {"file_name": "x" * 101},
    {"file_name": "fdp.\u202eexe"},
    {"content": bytes(LARGEST_ATTACHMENTS + 1)}])
def test_what_cannot_be_attached_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as caught:
        with_files(email_bytes(VIRGINIA, HEAD), (replace(PDF, **change),))  # type: ignore[arg-type]  # by field name
    assert caught.value.field == "attachments"
    assert caught.value.remedy


# mailto --------------------------------------------------------------------------------------


def short_letter() -> Letter:
    return replace(VIRGINIA, paragraphs=("Größe & 100 % = “ja”?\tx", "- Ask #1\nPlease."))


def test_a_mailto_link_opens_the_same_letter() -> None:
    link = mailto(short_letter(), "privacy+ccpa&x?y%z@example.org")
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "privacy+ccpa&x?y%z@example.org")
    query = parse_qs(parts.query, strict_parsing=True)
    assert sorted(query) == ["body", "subject"]
    assert query["subject"] == [VIRGINIA.subject]
    assert query["body"][0].replace("\r\n", "\n") == letter_text(short_letter())
    assert "%0D%0A" in link
    assert "%0A%0A" not in link
    assert link.isascii()
    assert " " not in link
    assert mailto(short_letter(), "a@müller.example").startswith("mailto:a@xn--mller-kva.example?")


def test_a_mailto_link_that_would_be_cut_is_not_made() -> None:
    assert mailto(VIRGINIA, "privacy@example.org") == ""
    edge = replace(VIRGINIA, paragraphs=("x",))
    room = LONGEST_MAILTO - len(mailto(edge, "p@example.org"))
    fits = replace(edge, paragraphs=("x" * (room + 1),))
    assert len(mailto(fits, "p@example.org")) == LONGEST_MAILTO
    assert mailto(replace(edge, paragraphs=("x" * (room + 2),)), "p@example.org") == ""


# Whatever anybody enters ---------------------------------------------------------------------

ANY = st.one_of(
    st.text(max_size=90),
    st.text(alphabet=' ,;:<>@()[]"\\=?_-.\r\n\tBcé王\u202e\u200d\0\x1b\ud800%&#', max_size=60),
    st.sampled_from(["\r\nBcc: evil@example.net\r\n\r\n", "=?utf-8?q?=0D=0ABcc=3A_x?=",
                     "a@example.org", "<a@example.org>", "-- ", ".", "From x"]))
TEXTS = [f.name for f in fields(Letter) if f.type == "str" and f.name not in {"page", "language"}]
LISTS = [f.name for f in fields(Letter) if str(f.type).startswith("tuple")]
IN_THE_HEAD = ["sender", "to", "subject", "message_id"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_that_is_entered_begins_a_header_or_a_part(data: st.DataObject) -> None:
    changes: dict[str, Any] = {
        name: data.draw(ANY, name) for name in data.draw(st.sets(st.sampled_from(TEXTS)))}
    changes |= {name: tuple(data.draw(st.lists(ANY, min_size=1, max_size=3), name))
                for name in data.draw(st.sets(st.sampled_from(LISTS)))}
    letter = replace(VIRGINIA, **changes)
    chosen: dict[str, Any] = {
        name: data.draw(ANY, name) for name in data.draw(st.sets(st.sampled_from(IN_THE_HEAD)))}
    head = replace(HEAD, **chosen)
    try:
        raw, link = email_bytes(letter, head), mailto(letter, head.to)
    except (InvalidInput, UnwritableText):
        return
    message = read(raw)
    assert sorted(message.names) == sorted(OURS)
    assert message.text == letter_text(letter)
    assert decoded(message["Subject"]) == head.subject.strip(" ")
    assert mailbox(message["From"])[0] == letter.sender[0].strip()
    assert mailbox(message["To"])[1] == head.to
    assert link.count("&") + link.count("?") in {0, 2}


@pytest.mark.parametrize("name", ["Ælf, B <x@y.example>" * 4, "Nguyễn Ánh", "A, B", 'Q"uo"te'])
def test_other_readers_read_the_same(name: str) -> None:
    letter, subject = replace(VIRGINIA, sender=(name,)), "Größe “OPT-7K3M9Q” " + "王 " * 30
    raw = with_files(email_bytes(letter, replace(HEAD, subject=subject)), (
        replace(PDF, file_name="Vollmacht für 王.pdf"),))
    stdlib = message_from_bytes(raw, policy=default)
    assert not stdlib.defects
    assert stdlib["Subject"] == subject.strip()
    (sender,) = stdlib["From"].addresses
    assert sender.addr_spec == HEAD.sender
    assert sender.display_name.replace(" ", "") == name.replace(" ", ""), "it adds spaces itself"
    assert stdlib["Date"].datetime == HEAD.date.astimezone(UTC)
    mail = fast_mail_parser.parse_email(raw)  # Rust’s mailparse
    assert mail.subject == subject.strip()
    assert mail.text_plain[0].replace("\r\n", "\n") == letter_text(letter)
    assert [(a.filename, bytes(a.content)) for a in mail.attachments] == [
        ("Vollmacht für 王.pdf", PDF.content)]
    assert mail.headers["X-Unsent"] == ["1"]


# A real mail program -------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("neomutt") is None, reason="there is no neomutt on this machine")
def test_neomutt_sends_the_draft_as_it_is(tmp_path: Path) -> None:
    letter = replace(VIRGINIA, sender=("Nguyễn, “Ánh” Ольга 王",))
    subject = "Auskunft für OPT-7K3M9Q – 王"
    draft = tmp_path / "draft.eml"
    draft.write_bytes(email_bytes(letter, replace(HEAD, subject=subject)))
    outbox = tmp_path / "sent.eml"
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f"#!/bin/sh\nexec cat > {outbox}\n", "utf-8")
    sendmail.chmod(0o700)
    settings_file = tmp_path / "muttrc"
    settings_file.write_text(
        f'set sendmail="{sendmail}"\nset copy=no\nset charset="utf-8"\nset use_from=yes\n'
        "set crypt_use_gpgme=no\nset mime_forward=no\n", "utf-8")
    subprocess.run(
        ["neomutt", "-n", "-F", settings_file, "-H", draft],
        env={"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "TERM": "dumb",
             "PATH": "/usr/bin:/bin"},
        input=b"\n", capture_output=True, check=True, timeout=60)
    sent = message_from_bytes(outbox.read_bytes(), policy=default)
    assert sent["Subject"] == subject
    assert [(a.display_name, a.addr_spec) for a in sent["From"].addresses] == [
        (letter.sender[0], HEAD.sender)]
    assert [a.addr_spec for a in sent["To"].addresses] == [HEAD.to]
    assert sent.get_content().split() == letter_text(letter).split()
