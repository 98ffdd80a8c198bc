"""A message as it may be shown: words, its head, and a list of what is attached."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout.inbox.shown import Attached, sender_domain, shown_message

MIXED = (b"From: Privacy Desk <desk@Mail.Example>\r\nTo: me@example.com\r\nSubject: =?utf-8?q?R=C3"
         b"=A9ponse?=\r\nDate: Mon, 30 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@mail.example>\r\n"
         b"X-Tracker: yes\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n"
         b"--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
         b"--a\r\nContent-Type: text/plain\r\n\r\nPlain words.\r\n"
         b"--a\r\nContent-Type: text/html\r\n\r\n<p>Plain <img src=https://t.example/p></p>\r\n"
         b"--a--\r\n"
         b"--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment;\r\n"
         b' filename="a\tb.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n'
         b"--m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnotes\r\n"
         b"--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: other@x.example\r\n\r\nInner\r\n"
         b"--m--\r\n")


def test_the_head_the_words_and_what_is_attached() -> None:
    shown = shown_message(MIXED)
    assert dict(shown.head) == {
        "From": "Privacy Desk <desk@Mail.Example>", "To": "me@example.com",
        "Date": "Mon, 30 Nov 2026 10:00:00 +0000", "Subject": "Réponse",
        "Message-ID": "<1@mail.example>"}
    assert shown.body.strip() == "Plain words."
    pdf, notes, inner = shown.attached
    assert pdf == Attached("a b.pdf", "application/pdf", 5, hashlib.sha256(b"%PDF-").hexdigest())
    assert (notes.name, notes.media_type) == ("", "text/plain")
    assert inner.media_type == "message/rfc822"
    assert inner.size > 10


def test_markup_becomes_words_and_no_link_stays() -> None:
    shown = shown_message(b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n"
                          b"<p>Go <a href='https://t.example/x'>here</a></p>")
    assert shown.body == "Go here"
    assert shown.attached == ()


@pytest.mark.parametrize(("sender", "domain"), [
    ("Desk <desk@Mail.Example>", "mail.example"), ("desk@mail.example", "mail.example"),
    ("Desk", ""), ("", "")])
def test_a_sender_is_known_by_the_domain_alone(sender: str, domain: str) -> None:
    assert sender_domain(f"From: {sender}\r\n\r\nx".encode()) == domain


BROKEN = (
    b"Content-Disposition: attachment; filename*=utf-8'x'%FF%FE; filename*0*=%\r\n",
    b"Content-Type: application/x; name*0*=utf-99''%41; name*1=b\r\n",
    b"Content-Disposition: ;;;=\r\nContent-Type: ;\r\n",
    b"Content-Type: multipart/mixed\r\nContent-Transfer-Encoding: base64\r\n",
    b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n",
    b'Content-Type: text/plain; charset="no-such"\r\n')


@pytest.mark.parametrize("head", BROKEN)
def test_a_broken_part_is_no_mistake(head: bytes) -> None:
    shown = shown_message(b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + head + b"\r\n\xff\xfe x")
    assert dict(shown.head)["From"] == "a@b.example"
    shown_message(b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
                  + head + b"\r\n\xff\xfe x\r\n--x--\r\n")


@given(st.binary(max_size=400))
def test_no_bytes_are_a_mistake(raw: bytes) -> None:
    shown_message(raw)
    shown_message(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + raw)
    sender_domain(raw)


def test_what_the_parser_itself_stumbles_over_is_left_out(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **_more: object) -> None:
        raise LookupError

    for name in ("get_filename", "get_content_disposition", "as_bytes"):
        monkeypatch.setattr(EmailMessage, name, stumble)
    pdf, inner = shown_message(MIXED).attached
    assert (pdf.name, pdf.size) == ("", 5)
    assert (inner.media_type, inner.size) == ("message/rfc822", 0)
    monkeypatch.setattr(EmailMessage, "get_body", stumble)
    assert shown_message(MIXED).body == ""
