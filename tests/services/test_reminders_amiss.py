"""What goes wrong with reminders is said once, in a sentence, and without a name."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.errors import DiskFull, Locked
from optout.domain.mail import MailState
from optout.domain.person import Person
from optout.services import (
    discretion,
    mail_settings,
    mail_words,
    outbox,
    people,
    reminder_settings,
    reminder_state,
    reminders,
)
from optout.services.desk import Desk
from optout.services.digest import Digest, digest
from optout.services.instance import Instance
from optout.services.mail_settings import MailSettings
from tests.factories import new_yorker
from tests.mail_server import RECIPIENT, SENDER, Post
from tests.services.conftest import PASSPHRASE, MakeInstance
from tests.services.reminded import mail, set_mail, task


def test_somebody_at_risk_gets_nothing_before_the_question_is_answered(
    desk: Desk, avery: Person, office: Post
) -> None:
    set_mail(desk, office)
    task(desk, avery)
    people.set_instance_at_risk(desk, value=True, actor=OWNER)
    assert not reminders.remind(desk).written
    reminder_settings.switch_mail_on(desk, accepted=True, actor=OWNER)
    assert reminders.remind(desk).written


def at_risk(desk: Desk, _office: Post) -> None:
    people.set_instance_at_risk(desk, value=True, actor=OWNER)


def at_risk_and_heard_of_it(desk: Desk, office: Post) -> None:
    at_risk(desk, office)
    reminder_settings.switch_mail_on(desk, accepted=True, actor=OWNER)


def fewer_words(desk: Desk, _office: Post) -> None:
    discretion.choose(desk, Medium.MAIL, Discretion.KIND, actor=OWNER)


def another_address(desk: Desk, office: Post) -> None:
    mail_settings.keep(desk, MailSettings(office.server(), SENDER, "new@example.com"), actor=OWNER)


@pytest.mark.parametrize(("change", "answer"), [
    (at_risk, outbox.HELD_BACK), (at_risk_and_heard_of_it, outbox.HELD_BACK),
    (fewer_words, outbox.HELD_BACK), (another_address, outbox.MOVED)])
def test_one_that_waits_does_not_leave_when_it_may_no_longer(
    desk: Desk, avery: Person, office: Post, *, clock: HandClock,
    change: Callable[[Desk, Post], None], answer: str,
) -> None:
    set_mail(desk, office)
    discretion.choose(desk, Medium.MAIL, Discretion.COMPANY, actor=OWNER)
    task(desk, avery)
    office.answers["RCPT"] = "450 4.2.1 later"
    (waits,) = mail(reminders.remind(desk)).later
    office.answers.clear()
    change(desk, office)
    clock.forward(hours=1)
    assert mail(reminders.remind(desk)).failed == (waits,)
    outbox.send_again(desk, waits, actor=OWNER)
    assert reminders.send_test(desk, actor=OWNER).state is MailState.SENT
    held = outbox.get(desk, waits)
    assert (held.state, held.answer) == (MailState.FAILED, answer)
    assert mail_words.told(held).what.startswith("It was not sent, as ")
    assert all(b"Quick Mail" not in sent for sent in office.mails)


def test_two_processes_write_one_mail(
    instance: Instance, make_instance: MakeInstance, office: Post
) -> None:
    desk = instance.create(PASSPHRASE)
    set_mail(desk, office)
    task(desk, people.add_person(desk, new_yorker(), actor=OWNER))
    other = make_instance(instance.folder).unlock(PASSPHRASE)
    threads = [threading.Thread(target=reminders.remind, args=(one,))
               for one in (desk, other, desk, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(office.mails) == 1


def test_settings_that_change_in_that_moment_are_heeded(
    desk: Desk, avery: Person, office: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_mail(desk, office)
    task(desk, avery)

    def switched_off(of: Desk, **named: Any) -> Digest:
        mail_settings.forget(desk, actor=OWNER)
        return digest(of, **named)

    monkeypatch.setattr("optout.services.reminders.digest", switched_off)
    assert reminders.write_digest(desk) is None


def test_what_needs_a_word_is_said(
    desk: Desk, office: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [ok for ok, *_ in reminder_state.state_of(desk)] == [True]
    set_mail(desk, office)
    reminder_settings.switch_desktop_on(desk, actor=OWNER)
    assert [what for _, what, _ in reminder_state.state_of(desk)] == [
        "Reminders by e-mail are on.", "Reminders on the desktop are on."]
    monkeypatch.setattr("optout.delivery.desktop.LIBRARY", "no_such_library")
    office.answers["RCPT"] = "550 no"
    reminders.send_test(desk, actor=OWNER)
    office.drop = True
    office.answers.clear()
    outbox.send_again(desk, outbox.shown(desk)[0].id, actor=OWNER)
    assert [what for ok, what, _ in reminder_state.state_of(desk) if not ok] == [
        "The part for notifications on the desktop is not installed."]
    outbox.send(desk)
    assert "1 e-mail of this program may or may not have arrived." in {
        what for _, what, _ in reminder_state.state_of(desk)}
    lost = outbox.shown(desk)[0]
    office.drop = False
    office.answers["RCPT"] = "550 no"
    outbox.send_again(desk, lost.id, actor=OWNER)
    outbox.send(desk)
    assert ("The last e-mail was not sent. The mail server does not take e-mails to this address. "
            "(It said 550.)") in {what for _, what, _ in reminder_state.state_of(desk)}


def test_what_was_not_sent_by_the_persons_own_will_is_no_fault(
    desk: Desk, avery: Person, office: Post
) -> None:
    set_mail(desk, office)
    task(desk, avery)
    assert reminders.write_digest(desk)
    reminder_settings.switch_off(desk, Medium.MAIL, actor=OWNER)
    (left,) = outbox.shown(desk)
    assert (left.state, left.answer) == (MailState.FAILED, outbox.SWITCHED_OFF)
    assert all(ok for ok, *_ in reminder_state.state_of(desk))


@pytest.mark.parametrize(("state", "answer", "what"), [
    (MailState.QUEUED, "", "It waits to be sent."),
    (MailState.QUEUED, "connect",
     "The mail server could not be reached. It will be tried again."),
    (MailState.SENDING, "", "It is being handed over."),
    (MailState.UNCERTAIN, "interrupted", "Nobody here knows"),
    (MailState.FAILED, "superseded", "a newer one took its place"),
    (MailState.FAILED, "certificate", "could not prove"),
    (MailState.FAILED, "something else", "did not take the e-mail. (It said else.)")])
def test_every_state_is_told_in_a_sentence(
    desk: Desk, office: Post, state: MailState, answer: str, what: str
) -> None:
    mail_settings.keep(desk, MailSettings(office.server(), SENDER, RECIPIENT), actor=OWNER)
    mail = reminders.send_test(desk, actor=OWNER)
    assert what in mail_words.told(replace(mail, state=state, answer=answer)).what


def test_a_locked_folder_is_left_alone(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, office: Post
) -> None:
    assert reminders.remind_if_open(instance) is None
    desk = instance.create(PASSPHRASE)
    set_mail(desk, office)
    assert reminders.remind_if_open(instance) == reminders.Reminded(mail=outbox.Handled())

    def locked(_: Instance) -> None:
        raise Locked

    monkeypatch.setattr(Instance, "desk", property(locked))
    assert reminders.remind_if_open(instance) is None


@pytest.mark.parametrize(("error", "logged"), [
    (ValueError("avery.sample@example.com"), "unforeseen error"),
    (DiskFull(), "a reminder was refused")])
def test_what_goes_wrong_ends_in_the_log_without_a_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    error: Exception, logged: str,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(reminders, "write_digest", broken)
    monkeypatch.setattr(outbox, "send", broken)
    with caplog.at_level(logging.INFO):
        assert reminders.remind(desk) == reminders.Reminded()
    assert logged in caplog.text
    assert "avery" not in "".join(record.getMessage() for record in caplog.records)
