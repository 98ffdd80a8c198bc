"""Reminders are off until switched on; where somebody is at risk, a question comes first."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from optout.delivery import desktop
from optout.domain.actor import OWNER
from optout.domain.discretion import Medium
from optout.domain.errors import GateClosed, InvalidInput, Refused
from optout.domain.mail import MailKind, MailState
from optout.domain.reminder import ReminderSettings, Rhythm
from optout.services import mail_settings, outbox, people, reminder_settings
from optout.services.desk import Desk
from tests.services.test_mail_settings import GOOD


@pytest.fixture
def ready(desk: Desk) -> Desk:
    mail_settings.keep(desk, GOOD, actor=OWNER)
    return desk


def reaches(desk: Desk, medium: Medium = Medium.MAIL) -> bool:
    with desk.store.reading() as session:
        return reminder_settings.may_reach(desk, session, medium)


def test_everything_is_off_at_first(desk: Desk) -> None:
    assert reminder_settings.reminder_settings(desk) == ReminderSettings()
    assert not any(reaches(desk, medium) for medium in Medium)
    with pytest.raises(Refused, match="No mail server"):
        reminder_settings.switch_mail_on(desk, actor=OWNER)


def test_switched_on_it_stays_until_switched_off(ready: Desk) -> None:
    made = reminder_settings.switch_mail_on(
        ready, rhythm=Rhythm.NEWS, subject=" Shopping list ", actor=OWNER)
    assert made == reminder_settings.reminder_settings(ready) == ReminderSettings(
        mail=True, rhythm=Rhythm.NEWS, subject="Shopping list")
    assert reaches(ready)
    with ready.store.writing() as session:
        mail = outbox.write(session, GOOD, MailKind.DIGEST, "digest:x", subject="s", text="t\n",
                            now=ready.clock.now())
    assert mail is not None
    reminder_settings.switch_off(ready, Medium.MAIL, actor=OWNER)
    assert not reaches(ready)
    assert outbox.get(ready, mail.id).state is MailState.FAILED


@pytest.mark.parametrize("subject", ["a\nBcc: x@example.com", "x" * 61])
def test_a_subject_is_one_short_line(ready: Desk, subject: str) -> None:
    with pytest.raises(InvalidInput):
        reminder_settings.switch_mail_on(ready, subject=subject, actor=OWNER)


def test_somebody_at_risk_is_asked_for_each_address(ready: Desk) -> None:
    reminder_settings.switch_mail_on(ready, actor=OWNER)
    people.set_instance_at_risk(ready, value=True, actor=OWNER)
    assert not reaches(ready)  # switched on before anybody was at risk: it waits for the answer
    with pytest.raises(GateClosed) as asked:
        reminder_settings.switch_mail_on(ready, actor=OWNER)
    assert asked.value.gates == (reminder_settings.GATE,)
    reminder_settings.switch_mail_on(ready, accepted=True, actor=OWNER)
    assert reaches(ready)
    reminder_settings.switch_mail_on(ready, rhythm=Rhythm.WEEKLY, actor=OWNER)  # asked once
    mail_settings.keep(ready, replace(GOOD, recipient="other@example.com"), actor=OWNER)
    gate = reminder_settings.question(ready, Medium.MAIL)
    assert gate is not None
    assert gate.holds
    assert not reaches(ready)
    people.set_instance_at_risk(ready, value=False, actor=OWNER)
    assert reminder_settings.question(ready, Medium.MAIL) is None
    assert reaches(ready)


def test_the_screen_is_asked_about_on_its_own(ready: Desk) -> None:
    people.set_instance_at_risk(ready, value=True, actor=OWNER)
    reminder_settings.switch_mail_on(ready, accepted=True, actor=OWNER)
    with pytest.raises(GateClosed):
        reminder_settings.switch_desktop_on(ready, actor=OWNER)
    reminder_settings.switch_desktop_on(ready, accepted=True, actor=OWNER)
    assert reaches(ready, Medium.DESKTOP)
    reminder_settings.switch_off(ready, Medium.DESKTOP, actor=OWNER)
    assert (reaches(ready, Medium.DESKTOP), reaches(ready)) == (False, True)


def test_without_the_library_the_way_to_add_it_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "LIBRARY", "no_such_library")
    with pytest.raises(Refused, match="pip install") as refused:
        reminder_settings.switch_desktop_on(desk, actor=OWNER)
    assert reminder_settings.LIBRARY in refused.value.remedy


def test_the_library_named_is_the_one_of_the_extra() -> None:
    project = tomllib.loads(
        (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["optional-dependencies"]["desktop"] == [reminder_settings.LIBRARY]
