"""One e-mail and one notification a day at most, none twice, and no more said than chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.delivery.desktop import Shown
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.errors import Refused
from optout.domain.mail import MailState
from optout.domain.person import Person
from optout.domain.reminder import Rhythm
from optout.services import (
    discretion,
    mail_settings,
    mail_words,
    outbox,
    people,
    reminder_settings,
    reminders,
)
from optout.services.desk import Desk
from optout.services.mail_settings import MailSettings
from tests.conftest import MONDAY
from tests.desktop import desktop
from tests.factories import new_yorker
from tests.mail_server import RECIPIENT, SENDER, Post
from tests.services.reminded import mail, set_mail, task


def read(raw: bytes) -> tuple[str, str]:
    mail = message_from_bytes(raw, policy=policy.default)
    return mail["Subject"], mail.get_content().replace("\r\n", "\n")


def test_nothing_leaves_unless_it_was_switched_on(
    desk: Desk, avery: Person, office: Post
) -> None:
    task(desk, avery)
    assert reminders.remind(desk) == reminders.Reminded(mail=outbox.Handled())
    mail_settings.keep(desk, MailSettings(office.server(), SENDER, RECIPIENT), actor=OWNER)
    assert reminders.remind(desk) == reminders.Reminded(mail=outbox.Handled())
    assert office.mails == []


def test_one_mail_a_day_and_one_after_a_month_of_sleep(
    desk: Desk, avery: Person, office: Post, clock: HandClock
) -> None:
    set_mail(desk, office)
    assert not reminders.remind(desk).written  # nothing is due
    for days in (0, 3, 20):
        task(desk, avery, days)
    done = reminders.remind(desk)
    assert done.mail is not None
    assert done.mail.sent == (done.written,)
    assert not reminders.remind(desk).written
    clock.forward(hours=11)
    assert not reminders.remind(desk).written
    assert read(office.mails[0]) == ("1 reminder", (
        "Today (1)\n- privacy follow-up 1\n\nIn the next seven days (1)\n- privacy follow-up 2\n\n"
        "What to do about each stands on your own computer.\n\nYou get this because you switched "
        "reminders on there. Under “Reminders” you can switch them off.\n"))
    clock.forward(days=31)
    assert reminders.remind(desk).written
    assert not reminders.remind(desk).written
    assert len(office.mails) == 2
    assert read(office.mails[1])[0] == "3 reminders"


def test_a_clock_set_back_mails_no_day_twice_and_a_wrong_one_hinders_nothing(
    desk: Desk, avery: Person, office: Post
) -> None:
    set_mail(desk, office)
    task(desk, avery)
    for day, written in ((MONDAY, True), (MONDAY + timedelta(days=1), True), (MONDAY, False),
                         (MONDAY - timedelta(days=0), False), (date(2040, 1, 1), True),
                         (MONDAY + timedelta(days=2), True), (MONDAY, False),
                         (date(2040, 1, 1), False), (MONDAY + timedelta(days=20), True),
                         (MONDAY + timedelta(days=18), True),
                         (MONDAY + timedelta(days=17), False)):
        assert bool(reminders.remind(replace(desk, clock=HandClock(day))).written) is written, day
    assert len(office.mails) == 6


def test_news_come_once_and_what_stays_undone_once_a_week(
    desk: Desk, avery: Person, office: Post, clock: HandClock
) -> None:
    set_mail(desk, office, Rhythm.NEWS)
    task(desk, avery)
    task(desk, avery, 3)
    days = []
    for day in range(14):
        if reminders.remind(desk).written:
            days.append(day)
        clock.forward(days=1)
    assert days == [0, 3, 10]


def test_once_a_week_says_what_the_week_brings(
    desk: Desk, avery: Person, office: Post, clock: HandClock
) -> None:
    set_mail(desk, office, Rhythm.WEEKLY, "Shopping list")
    task(desk, avery, 5)
    days = []
    for day in range(10):
        if reminders.remind(desk).written:
            days.append(day)
        clock.forward(days=1)
    assert days == [0, 7]
    assert [read(mail)[0] for mail in office.mails] == ["Shopping list"] * 2


def test_one_that_never_left_gives_way_to_the_next(
    desk: Desk, avery: Person, office: Post, clock: HandClock
) -> None:
    set_mail(desk, office)
    task(desk, avery)
    office.answers["RCPT"] = "450 later"
    first = reminders.remind(desk).written
    clock.forward(days=40)
    office.answers.clear()
    second = reminders.remind(desk)
    assert second.mail is not None
    assert second.mail.sent == (second.written,)
    left = outbox.get(desk, first)
    assert (left.state, left.answer) == (MailState.FAILED, outbox.SUPERSEDED)
    assert len(office.mails) == 1


def test_a_reminder_that_was_put_back_from_a_copy_gives_way_and_its_news_are_not_lost(
    desk: Desk, avery: Person, office: Post, clock: HandClock
) -> None:
    set_mail(desk, office, Rhythm.NEWS)
    task(desk, avery)
    old = reminders.write_digest(desk)  # the copy was made in this moment
    assert old is not None
    clock.forward(days=1)
    assert outbox.send(desk).failed == (old.id,)
    done = mail(reminders.remind(desk))
    assert len(done.sent) == len(office.mails) == 1
    assert read(office.mails[0])[1].startswith("Late (1)\n")
    clock.forward(days=1)
    assert not reminders.remind(desk).written


def test_what_the_person_left_is_told_and_what_failed_is_not(
    desk: Desk, avery: Person, office: Post, clock: HandClock
) -> None:
    set_mail(desk, office, Rhythm.NEWS)
    task(desk, avery)
    office.answers["RCPT"] = "550 no"
    (failed,) = mail(reminders.remind(desk)).failed
    clock.forward(days=1)
    office.answers["RCPT"] = "450 later"
    (waits,) = mail(reminders.remind(desk)).later
    assert waits != failed
    outbox.give_up(desk, waits, actor=OWNER)
    clock.forward(days=1)
    assert not reminders.remind(desk).written


def test_it_says_as_much_as_was_chosen_and_never_a_name(
    desk: Desk, avery: Person, office: Post
) -> None:
    set_mail(desk, office)
    other = people.add_person(desk, new_yorker(), actor=OWNER)
    for _ in range(21):
        task(desk, avery)
    task(desk, other, 1)
    said = {}
    for level in Discretion:
        discretion.choose(desk, Medium.MAIL, level)
        said[level] = reminders.preview(desk)[1]
    assert "- privacy follow-up 1\n" in said[Discretion.NUMBER]
    assert "- and 1 more\n" in said[Discretion.NUMBER]
    assert "- Your own reminder\n" in said[Discretion.KIND]
    assert f"- Your own reminder: Quick Mail ({other.id})\n" in said[Discretion.COMPANY]
    assert "Quick Mail" not in said[Discretion.NUMBER] + said[Discretion.KIND]
    for text in said.values():
        assert not any(word in text for word in (
            "Canary", avery.main_name.family, other.main_name.family, "optout"))


def test_the_desktop_says_a_number_once_a_day_and_once_a_task(
    desk: Desk, avery: Person, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(desk, avery)
    task(desk, avery)
    assert reminders.show_on_desktop(desk) is None
    reminder_settings.switch_desktop_on(desk, actor=OWNER)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    assert reminders.remind(desk).desktop is Shown.NO_DESKTOP  # so the day is not used up
    with desktop(tmp_path, monkeypatch) as screen:
        assert reminders.remind(desk).desktop is Shown.YES
        assert reminders.remind(desk).desktop is None
        clock.forward(days=1)
        assert reminders.remind(desk).desktop is None
        task(desk, avery)
        assert reminders.remind(desk).desktop is Shown.YES
        back = replace(desk, clock=HandClock(MONDAY))
        assert reminders.show_on_desktop(back) is None
        clock.forward(days=1)
        people.set_instance_at_risk(desk, value=True, actor=OWNER)
        task(desk, avery)
        assert reminders.remind(desk).desktop is None
        reminder_settings.switch_desktop_on(desk, accepted=True, actor=OWNER)
        assert reminders.remind(desk).desktop is Shown.YES
        task(desk, avery, 10)
        ahead = replace(desk, clock=HandClock(MONDAY + timedelta(days=20)))  # for a moment
        assert reminders.show_on_desktop(ahead) is Shown.YES
        assert reminders.remind(desk).desktop is Shown.YES
        assert reminders.remind(desk).desktop is None
    assert [words for *_, words in screen.shown] == [
        "2 privacy follow-ups are due", "3 privacy follow-ups are due", "4 reminders",
        "5 reminders", "4 reminders"]


def test_a_test_is_sent_at_once_and_tells_what_became_of_it(desk: Desk, office: Post) -> None:
    with pytest.raises(Refused, match="No mail server"):
        reminders.send_test(desk, actor=OWNER)
    mail_settings.keep(desk, MailSettings(office.server(), SENDER, RECIPIENT), actor=OWNER)
    sent = reminders.send_test(desk, actor=OWNER)
    assert (sent.state, mail_words.told(sent).what) == (
        MailState.SENT, "The mail server took it.")
    office.answers["RCPT"] = "550 5.1.1 no such avery.sample"
    told = mail_words.told(reminders.send_test(desk, actor=OWNER))
    assert told.what.endswith("(It said 550 5.1.1.)")
    assert told.remedy
    assert read(office.mails[0])[0] == "Test"
