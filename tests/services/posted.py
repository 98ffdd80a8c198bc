"""An e-mail in the outbox, and the server that takes it."""

from __future__ import annotations

from optout.domain.actor import OWNER
from optout.domain.mail import MailKind, OutgoingMail
from optout.services import mail_settings, outbox
from optout.services.desk import Desk
from optout.services.mail_settings import MailSettings
from tests.mail_server import RECIPIENT, SENDER, Post


def set_up(desk: Desk, office: Post) -> MailSettings:
    settings = MailSettings(office.server(), SENDER, RECIPIENT)
    mail_settings.keep(desk, settings, actor=OWNER)
    return settings


def write(
    desk: Desk, key: str = "digest:2026-12-01", kind: MailKind = MailKind.DIGEST,
) -> OutgoingMail:
    settings = mail_settings.mail_settings(desk)
    assert settings is not None
    with desk.store.writing() as session:
        mail = outbox.write(session, settings, kind, key, subject="3 reminders",
                            text="privacy follow-up 12\n", now=desk.clock.now())
    assert mail is not None
    return mail
