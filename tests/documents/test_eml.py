"""The letter as e-mail: one recipient, our headers, the same words, nothing smuggled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from optout.documents.eml import LONGEST_MAILTO, email_bytes, letter_text, mailto, message_id
from optout.documents.words import compose_letter
from optout.domain.document import EmailHead, Letter
from optout.domain.errors import InvalidInput
from tests.documents.orders import ORDERS, changed

VIRGINIA = compose_letter(ORDERS["virginia"])
HEAD = EmailHead(
    sender="optout.sample@example.com", to="privacy@example.org",
    subject="Privacy request (reference OPT-7K3M9Q)",
    message_id=message_id("OPT-7K3M9Q", 1, "optout.sample@example.com"),
    date=datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=-8))))


def parsed(letter: Letter, head: EmailHead) -> EmailMessage:
    message = message_from_bytes(email_bytes(letter, head), policy=default)
    assert not message.defects
    return message


def test_the_headers_are_the_ones_that_were_asked_for() -> None:
    message = parsed(VIRGINIA, HEAD)
    assert message["From"] == "Avery Sample <optout.sample@example.com>"
    assert [a.addr_spec for a in message["To"].addresses] == ["privacy@example.org"]
    assert message["Subject"] == HEAD.subject
    assert message["Message-ID"] == "<opt-7k3m9q.1@example.com>"
    assert message["Date"].datetime == HEAD.date.astimezone(UTC)
    assert message["X-Unsent"] == "1"
    assert message.get_content_type() == "text/plain"
    assert not {"Bcc", "Cc", "Sender", "User-Agent", "X-Mailer"} & set(message.keys())


def test_the_words_are_the_letters_words() -> None:
    text = parsed(VIRGINIA, HEAD).get_content()
    assert text.replace("\r\n", "\n") == letter_text(VIRGINIA)


def test_every_line_fits_the_standard_and_ends_as_it_says() -> None:
    raw = email_bytes(VIRGINIA, HEAD)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert email_bytes(VIRGINIA, HEAD) == email_bytes(VIRGINIA, HEAD)


def test_asks_are_numbered_and_a_single_one_is_not() -> None:
    assert "\n1. Do not sell" in letter_text(VIRGINIA)
    assert "\n- Remove my information" in letter_text(compose_letter(ORDERS["voluntary"]))


def test_a_name_in_any_script_survives_the_head() -> None:
    letter = compose_letter(changed(ORDERS["virginia"], person_name="Nguyễn, “Ánh” Ольга 王"))
    message = parsed(letter, HEAD)
    assert message["From"].addresses[0].display_name == "Nguyễn, “Ánh” Ольга 王"
    assert len(message["From"].addresses) == 1


@pytest.mark.parametrize("field", ["sender", "to", "subject", "message_id"])
@pytest.mark.parametrize("smuggled", ["\r\nBcc: evil@example.net", "\nX: y", "\rX: y", "\x00"])
def test_a_line_break_in_the_head_is_refused(field: str, smuggled: str) -> None:
    head = replace(HEAD, **{field: getattr(HEAD, field) + smuggled})
    with pytest.raises(InvalidInput):
        email_bytes(VIRGINIA, head)


@pytest.mark.parametrize("to", [
    "", "nobody", "a@b@c.example", "a@example.org, b@example.org", "a@example.org;b@example.org",
    "Acme, Inc <p@a.example>", "<p@a.example>", "a b@example.org", "a@", "@example.org",
    "a@example..org", "a@[127.0.0.1]", "a@localhost"])
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        email_bytes(VIRGINIA, replace(HEAD, to=to))
    assert caught.value.field == "to"


def test_a_local_part_beyond_ascii_is_refused_and_a_domain_beyond_it_is_translated() -> None:
    with pytest.raises(InvalidInput, match="before the @"):
        email_bytes(VIRGINIA, replace(HEAD, to="müller@example.org"))
    message = parsed(VIRGINIA, replace(HEAD, to="info@müller.example"))
    assert message["To"].addresses[0].addr_spec == "info@xn--mller-kva.example"


def test_a_message_id_carries_the_reference_and_no_machine() -> None:
    assert message_id("OPT-7K3M9Q", 2, "") == "<opt-7k3m9q.2@optout.invalid>"
    assert message_id("OPT-7K3M9Q", 1, "a@müller.example").endswith("@optout.invalid>")


def short_letter() -> Letter:
    return replace(VIRGINIA, paragraphs=("Größe & 100 % = “ja”?\tx", "- Ask #1\nPlease."))


def test_a_mailto_link_opens_the_same_letter() -> None:
    link = mailto(short_letter(), "privacy+ccpa@example.org")
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "privacy+ccpa@example.org")
    query = parse_qs(parts.query, strict_parsing=True)
    assert query["subject"] == [VIRGINIA.subject]
    assert query["body"][0].replace("\r\n", "\n") == letter_text(short_letter())
    assert " " not in link


def test_a_mailto_link_that_would_be_cut_is_not_made() -> None:
    assert mailto(VIRGINIA, "privacy@example.org") == ""
    edge = replace(VIRGINIA, paragraphs=("x",))
    room = LONGEST_MAILTO - len(mailto(edge, "p@example.org"))
    fits = replace(edge, paragraphs=("x" * (room + 1),))
    assert len(mailto(fits, "p@example.org")) == LONGEST_MAILTO
    assert mailto(replace(edge, paragraphs=("x" * (room + 2),)), "p@example.org") == ""
