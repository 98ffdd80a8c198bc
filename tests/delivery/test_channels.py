"""Every channel says what to do, and where."""

from __future__ import annotations

from datetime import date

import pytest

from optout.delivery.channels import CHANNELS, hand_over
from optout.domain.broker import Procedure
from optout.domain.document import Document
from optout.domain.document_words import DocumentKind
from optout.domain.words import Channel

MONDAY = date(2026, 11, 23)
DOCUMENT = Document(
    id="D-1", request_id="OPT-7K3M9Q", kind=DocumentKind.LETTER, media_type="application/pdf",
    file_name="OPT-7K3M9Q-letter.pdf", sha256="0" * 64, made_on=MONDAY,
    mailto="mailto:privacy@example.com?subject=x")
PAGE, MAILBOX, NUMBER = "https://www.example.com/optout", "privacy@example.com", "+1 800 555 0142"
LINKED = {Channel.WEB_FORM, Channel.PORTAL, Channel.ACCOUNT, Channel.PLATFORM}


def procedure(channel: Channel) -> Procedure:
    return Procedure(channel, url=PAGE, email=MAILBOX, phone=NUMBER)


def test_every_channel_of_the_domain_has_a_module() -> None:
    assert set(CHANNELS) == set(Channel)


@pytest.mark.parametrize("channel", Channel)
def test_a_hand_over_names_the_document_and_ends_with_marking_it_sent(channel: Channel) -> None:
    given = hand_over(channel, DOCUMENT, procedure(channel), "Example Data")
    assert given.channel is channel
    assert given.document_id == "D-1"
    assert "Example Data" in given.title
    assert any(DOCUMENT.file_name in step for step in given.steps)
    assert "mark the request as sent" in given.steps[-1]


@pytest.mark.parametrize("channel", Channel)
def test_a_link_is_a_page_or_a_draft_or_nothing(channel: Channel) -> None:
    given = hand_over(channel, DOCUMENT, procedure(channel), "Example Data")
    expected = {Channel.EMAIL: DOCUMENT.mailto} | dict.fromkeys(LINKED, PAGE)
    assert given.link == expected.get(channel, "")


def test_a_link_that_is_no_web_address_is_not_handed_over() -> None:
    evil = Procedure(Channel.WEB_FORM, url="javascript:alert(1)")
    assert hand_over(Channel.WEB_FORM, DOCUMENT, evil, "Example Data").link == ""


@pytest.mark.parametrize(("channel", "value"), [
    (Channel.EMAIL, MAILBOX), (Channel.PHONE, NUMBER), (Channel.FAX, NUMBER)])
def test_the_steps_say_where_it_goes(channel: Channel, value: str) -> None:
    given = hand_over(channel, DOCUMENT, procedure(channel), "Example Data")
    assert any(value in step for step in given.steps)
