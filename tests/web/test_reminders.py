"""The pages of reminders: off at first, on by one's own act, and what became of each e-mail."""

from __future__ import annotations

import pytest

from optout.delivery import desktop
from optout.domain.discretion import Discretion, Medium
from optout.domain.mail import MailKind, MailState
from optout.domain.reminder import Rhythm
from optout.services import discretion, mail_settings, outbox, people, reminder_settings, reminders
from tests.mail_server import PASSWORD, RECIPIENT, SENDER, USER, Post
from tests.web.conftest import PASSPHRASE, World
from tests.web.visitor import Page

PAGE, SERVER = "/reminders", "/reminders/mail-server"


@pytest.fixture
def home(world: World) -> World:
    world.set_up()
    return world


def enter(world: World, guarded: Post, **changed: str) -> Page:
    return world.visitor.submit(world.visitor.get(SERVER), SERVER, {
        "host": "127.0.0.1", "port": str(guarded.port), "security": "plain", "user": USER,
        "password": PASSWORD, "sender": SENDER, "recipient": RECIPIENT, **changed})


def test_from_nothing_to_a_first_reminder(home: World, guarded: Post) -> None:
    page = home.visitor.get(PAGE)
    assert "off until you switch it on" in page.text
    page = enter(home, guarded)
    assert "Nothing was sent yet" in page.text
    assert PASSWORD not in page.html + home.visitor.get(SERVER).html
    page = home.visitor.submit(page, "/test")
    assert "The mail server took it." in page.text
    assert len(guarded.mails) == 1
    page = home.visitor.submit(page, "/reminders/mail", {
        "rhythm": "news", "discretion": "kind", "subject": "Shopping list"})
    desk = home.instance.desk
    on = reminder_settings.reminder_settings(desk)
    assert (on.mail, on.rhythm, on.subject) == (True, Rhythm.NEWS, "Shopping list")
    with desk.store.reading() as session:
        assert discretion.discretion_of(session, Medium.MAIL) is Discretion.KIND
    page = home.visitor.submit(page, "/mail/off")
    assert not reminder_settings.reminder_settings(desk).mail
    page = home.visitor.submit(page, "/forget")
    assert mail_settings.mail_settings(desk) is None
    assert "Enter your mail server" in page.text


def test_a_lost_one_can_be_sent_again_on_its_day_only(home: World, guarded: Post) -> None:
    enter(home, guarded)
    guarded.drop = True
    desk = home.instance.desk
    settings = mail_settings.mail_settings(desk)
    assert settings is not None
    with desk.store.writing() as session:
        outbox.write(session, settings, MailKind.DIGEST, outbox.digest_key(desk.clock.today()),
                     subject="1 reminder", text="-", now=desk.clock.now())
    outbox.send(desk)
    page = home.visitor.get(PAGE)
    assert "you can send it again" in page.text
    assert "Send it again" in page.text
    home.clock.forward(days=1)  # by then the data is locked
    home.visitor.submit(home.visitor.get(PAGE), "/unlock", {"passphrase": PASSPHRASE})
    page = home.visitor.get(PAGE)
    assert "it cannot be sent again" in page.text
    assert "Send it again" not in page.text
    assert "It arrived" in page.text


def test_what_cannot_be_used_is_said_at_its_field(home: World, guarded: Post) -> None:
    page = enter(home, guarded, host="mail.example.com")
    assert set(page.errors) == {"security"}
    assert "Without protection" in page.errors["security"]
    page = home.visitor.submit(home.visitor.get(SERVER), SERVER, {"host": "", "port": "x"})
    assert {"host", "port"} <= set(page.errors)
    enter(home, guarded)
    page = enter(home, guarded, password="", recipient="new@example.com")
    kept = mail_settings.mail_settings(home.instance.desk)
    assert kept is not None
    assert (kept.server.password, kept.recipient) == (PASSWORD, "new@example.com")
    page = enter(home, guarded, password="", user="someone.else")
    assert "another one" in page.errors["password"]
    page = home.visitor.submit(home.visitor.get(PAGE), "/reminders/mail", {"subject": "x" * 61})
    assert "subject" in page.errors
    page = home.visitor.submit(home.visitor.get(PAGE), "/reminders/mail", {"subject": "a\u202eb"})
    assert "subject" in page.errors


def test_somebody_at_risk_answers_before_anything_is_switched_on(
    home: World, guarded: Post
) -> None:
    desk = home.instance.desk
    people.set_instance_at_risk(desk, value=True, actor="owner")
    enter(home, guarded)
    page = home.visitor.get(PAGE)
    assert "Are you sure that nobody else sees reminders there?" in page.text
    page = home.visitor.submit(page, "/reminders/mail", {"discretion": "company"})
    assert page.status == 422
    assert "Is it safe if somebody else reads these reminders?" in page.text
    assert not reminder_settings.reminder_settings(desk).mail
    page = home.visitor.submit(page, "/reminders/mail", {"accepted": "y", "words_accepted": "y"})
    assert reminder_settings.reminder_settings(desk).mail_accepted == RECIPIENT
    enter(home, guarded, password="", recipient="new@example.com")
    assert "Held back" in home.visitor.get(PAGE).text
    page = home.visitor.submit(home.visitor.get(PAGE), "/reminders/desktop")
    assert page.status == 422
    page = home.visitor.submit(page, "/reminders/desktop", {"accepted": "y"})
    assert reminder_settings.reminder_settings(desk).desktop_accepted


def test_the_person_says_what_became_of_an_uncertain_mail(home: World, guarded: Post) -> None:
    desk = home.instance.desk
    enter(home, guarded)
    guarded.drop = True
    sent = [reminders.send_test(desk, actor="owner").id for _ in range(3)]
    page = home.visitor.get(PAGE)
    assert "Nobody here knows whether it arrived." in page.text
    page = home.visitor.submit(page, f"/{sent[0]}/arrived")
    page = home.visitor.submit(page, f"/{sent[1]}/leave")
    assert "You decided that it is not sent." in page.text
    guarded.drop = False
    page = home.visitor.submit(page, f"/{sent[2]}/again")
    assert [outbox.get(desk, mail).state for mail in sent] == [
        MailState.SENT, MailState.FAILED, MailState.SENT]
    assert len(guarded.mails) == 4


def test_the_desktop_is_switched_on_tried_and_switched_off(
    home: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = home.visitor.submit(home.visitor.get(PAGE), "/reminders/desktop")
    assert reminder_settings.reminder_settings(home.instance.desk).desktop
    monkeypatch.setattr(desktop, "show", lambda *_: desktop.Shown.YES)
    page = home.visitor.submit(page, "/desktop/test")
    assert "The desktop has it." in page.text
    monkeypatch.setattr(desktop, "show", lambda *_: desktop.Shown.NO_DESKTOP)
    page = home.visitor.submit(page, "/desktop/test")
    assert "There is no desktop here" in page.text
    page = home.visitor.submit(page, "/desktop/off")
    assert not reminder_settings.reminder_settings(home.instance.desk).desktop
    monkeypatch.setattr(desktop, "LIBRARY", "no_such_library")
    assert "pip install" in home.visitor.get(PAGE).text
