"""The way to the mail server: checked before it is kept, its password never shown or sent away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput
from optout.domain.mail import MailSecurity, MailServer
from optout.services import mail_settings
from optout.services.desk import Desk
from optout.services.mail_settings import MailSettings

SERVER = MailServer("mail.example.com", 465, MailSecurity.TLS, "avery", "quiet-otters-7")
GOOD = MailSettings(SERVER, "reminders@example.com", "avery@example.com")


def test_what_was_kept_comes_back_and_can_be_deleted(desk: Desk) -> None:
    assert mail_settings.mail_settings(desk) is None
    mail_settings.keep(desk, replace(GOOD, server=replace(SERVER, host=" mail.example.com ")),
                       actor=OWNER)
    assert mail_settings.mail_settings(desk) == GOOD
    assert "otters" not in repr(GOOD)
    mail_settings.forget(desk, actor=OWNER)
    assert mail_settings.mail_settings(desk) is None


@pytest.mark.parametrize(("field", "change"), [
    ("host", {"host": ""}), ("host", {"host": "https://mail.example.com"}),
    ("host", {"host": "mail.example.com:465"}), ("port", {"port": 0}), ("port", {"port": 65_536}),
    ("security", {"security": MailSecurity.PLAIN}), ("user", {"user": "av\u00e9ry"}),
    ("password", {"password": "otter\u20ac"}), ("password", {"password": "x" * 301}),
    ("password", {"password": ""}), ("password", {"password": "a\nb"})])
def test_what_cannot_work_is_refused_by_its_field(
    desk: Desk, field: str, change: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        mail_settings.keep(
            desk, replace(GOOD, server=replace(SERVER, **change)),  # type: ignore[arg-type]  # one field each
            actor=OWNER)
    assert refused.value.field == field
    assert refused.value.remedy
    assert mail_settings.mail_settings(desk) is None


@pytest.mark.parametrize("field", ["sender", "recipient"])
def test_an_address_is_one_address(desk: Desk, field: str) -> None:
    two = "a@example.com, b@example.com"
    with pytest.raises(InvalidInput) as refused:
        mail_settings.keep(
            desk, replace(GOOD, sender=two) if field == "sender" else replace(GOOD, recipient=two),
            actor=OWNER)
    assert refused.value.field == field


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_needs_no_protection(desk: Desk, host: str) -> None:
    here = MailServer(host, 25, MailSecurity.PLAIN)
    mail_settings.keep(desk, replace(GOOD, server=here), actor=OWNER)
    assert mail_settings.mail_settings(desk) == replace(GOOD, server=here)


def test_the_kept_password_stays_for_the_same_server_only(desk: Desk) -> None:
    mail_settings.keep(desk, GOOD, actor=OWNER)
    blank = replace(SERVER, password="")
    mail_settings.keep(desk, MailSettings(blank, GOOD.sender, "new@example.com"), actor=OWNER,
                       same_password=True)
    assert mail_settings.mail_settings(desk) == replace(GOOD, recipient="new@example.com")
    for change in ({"host": "evil.example.net"}, {"port": 25}, {"user": "other"},
                   {"security": MailSecurity.STARTTLS}):
        with pytest.raises(InvalidInput, match="another one"):
            mail_settings.keep(
                desk, replace(GOOD, server=replace(blank, **change)),
                actor=OWNER, same_password=True)
    mail_settings.forget(desk, actor=OWNER)
    with pytest.raises(InvalidInput, match="another one"):
        mail_settings.keep(desk, replace(GOOD, server=blank), actor=OWNER, same_password=True)
