"""A folder that sends reminders, and what arrived."""

from __future__ import annotations

from datetime import timedelta

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.reminder import Rhythm
from optout.services import followups, mail_settings, outbox, reminder_settings, reminders
from optout.services.desk import Desk
from optout.services.mail_settings import MailSettings
from tests.mail_server import RECIPIENT, SENDER, Post


def set_mail(desk: Desk, office: Post, rhythm: Rhythm = Rhythm.DUE, subject: str = "") -> None:
    mail_settings.keep(desk, MailSettings(office.server(), SENDER, RECIPIENT), actor=OWNER)
    reminder_settings.switch_mail_on(desk, rhythm=rhythm, subject=subject, actor=OWNER)


def task(desk: Desk, person: Person, days: int = 0, broker_id: str = "quick-mail") -> None:
    followups.remind_me(desk, on=desk.clock.today() + timedelta(days=days), words="Canary words",
                        person_id=person.id, broker_id=broker_id, actor=OWNER)


def mail(done: reminders.Reminded) -> outbox.Handled:
    assert done.mail is not None
    return done.mail
