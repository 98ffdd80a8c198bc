"""An e-mail leaves once; what is not known is asked, and nothing is sent again unasked."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import sqlalchemy as sa

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound, Refused
from optout.domain.mail import MailKind, MailState
from optout.services import mail_settings, outbox
from optout.services.desk import Desk
from optout.services.folder import LOCK_FOLDER
from optout.services.instance import Instance
from optout.services.mail_settings import MailSettings
from optout.store import outbox as rows
from optout.vault import marks
from tests.mail_server import PASSWORD, RECIPIENT, SENDER, USER, Post, post
from tests.services.conftest import PASSPHRASE, MakeInstance
from tests.services.posted import set_up, write


def test_it_is_written_down_whole_and_sent_byte_for_byte_once(desk: Desk, office: Post) -> None:
    settings = set_up(desk, office)
    mail = write(desk)
    assert outbox.get(desk, mail.id) == mail
    assert mail.state is MailState.QUEUED
    with desk.store.writing() as session:
        assert outbox.write(session, settings, MailKind.DIGEST, mail.key, subject="x", text="y",
                            now=desk.clock.now()) is None
    assert outbox.send(desk).sent == (mail.id,)
    assert outbox.send(desk) == outbox.Handled()
    assert office.mails == [mail.raw]
    sent = outbox.get(desk, mail.id)
    assert (sent.state, sent.attempts, sent.answer) == (MailState.SENT, 1, "content 250 2.0.0")
    read = message_from_bytes(mail.raw, policy=policy.default)
    assert (read["From"], read["To"], read["Subject"]) == (SENDER, RECIPIENT, "3 reminders")
    assert (read["Message-ID"], read["Auto-Submitted"]) == (mail.message_id, "auto-generated")
    assert read["Date"] == "Mon, 23 Nov 2026 12:00:00 +0000"
    assert read.get_content() == "privacy follow-up 12\r\n"
    assert "optout" not in mail.raw.decode().lower()


def test_without_a_mail_server_it_waits(desk: Desk, office: Post) -> None:
    set_up(desk, office)
    mail = write(desk)
    mail_settings.forget(desk, actor=OWNER)
    assert outbox.send(desk) == outbox.Handled()
    assert outbox.get(desk, mail.id).state is MailState.QUEUED


def test_not_now_is_tried_again_a_few_times_and_then_left(
    desk: Desk, office: Post, clock: HandClock
) -> None:
    set_up(desk, office)
    mail = write(desk)
    office.answers["RCPT"] = "450 4.2.1 later"
    soon = clock.now() + timedelta(minutes=10)
    assert outbox.send(desk) == outbox.Handled(later=(mail.id,), again_at=soon)
    assert outbox.send(desk) == outbox.Handled(again_at=soon)
    waits = outbox.get(desk, mail.id)
    assert (waits.state, waits.next_try_at) == (MailState.QUEUED, soon)
    for _ in range(2):
        clock.forward(hours=5)
        assert outbox.send(desk).later == (mail.id,)
    clock.forward(hours=5)
    assert outbox.send(desk) == outbox.Handled(failed=(mail.id,))
    failed = outbox.get(desk, mail.id)
    assert (failed.attempts, failed.answer) == (4, "recipient 450 4.2.1")
    assert office.mails == []


def test_never_is_never_and_a_test_is_tried_once(desk: Desk, office: Post) -> None:
    set_up(desk, office)
    office.answers["RCPT"] = "550 5.1.1 no avery.sample here"
    refused = write(desk)
    assert outbox.send(desk).failed == (refused.id,)
    office.answers["RCPT"] = "450 later"
    tried = write(desk, "test:1", MailKind.TEST)
    assert outbox.send(desk).failed == (tried.id,)


def test_a_broken_line_leaves_it_uncertain_until_the_person_says(
    desk: Desk, office: Post, clock: HandClock
) -> None:
    set_up(desk, office)
    office.drop = True
    first, second, third = (write(desk, f"digest:2026-12-0{n}") for n in range(3))
    assert set(outbox.send(desk).uncertain) == {first.id, second.id, third.id}
    clock.forward(days=3)
    assert outbox.send(desk) == outbox.Handled()
    assert len(office.mails) == 3
    assert outbox.arrived(desk, first.id, actor=OWNER).state is MailState.SENT
    assert outbox.give_up(desk, third.id, actor=OWNER).state is MailState.FAILED
    office.drop = False
    assert outbox.send_again(desk, second.id, actor=OWNER).state is MailState.QUEUED
    assert outbox.send(desk).sent == (second.id,)
    assert office.mails[3:] == [second.raw]
    for act in (outbox.arrived, outbox.send_again, outbox.give_up):
        with pytest.raises(Refused):
            act(desk, second.id, actor=OWNER)
        with pytest.raises(NotFound):
            act(desk, "M-NONE", actor=OWNER)


def test_two_at_once_do_not_mail_twice(
    instance: Instance, make_instance: MakeInstance, office: Post
) -> None:
    desk = instance.create(PASSPHRASE)
    set_up(desk, office)
    other = make_instance(instance.folder).unlock(PASSPHRASE)
    for number in range(6):
        write(desk, f"digest:2026-12-0{number}")
    threads = [threading.Thread(target=outbox.send, args=(one,)) for one in (desk, other, desk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outbox.send(desk)
    assert len(office.mails) == len(set(office.mails)) == 6


def test_the_oldest_leave_first_and_a_few_at_once(
    desk: Desk, office: Post, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_AT_ONCE", 2)
    set_up(desk, office)
    mails = []
    for number in range(3):
        mails.append(write(desk, f"test:{number}", MailKind.TEST).id)
        clock.forward(hours=1)
    assert [outbox.send(desk).sent for _ in range(2)] == [tuple(mails[:2]), tuple(mails[2:])]


def test_while_another_hands_over_nothing_is_touched(desk: Desk, office: Post) -> None:
    set_up(desk, office)
    mail = write(desk)
    held = marks.hold(desk.settings.instance / LOCK_FOLDER / outbox.MARK)
    assert held is not None
    with held:
        assert outbox.send(desk).elsewhere
    assert outbox.get(desk, mail.id).state is MailState.QUEUED


def test_no_log_names_anybody(
    desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with post(sign_in=True) as office, caplog.at_level(logging.DEBUG):
        mail_settings.keep(desk, MailSettings(
            office.server(user=USER, password=PASSWORD), SENDER, RECIPIENT), actor=OWNER)
        office.answers["RCPT"] = "550 5.1.1 no avery.sample here"
        write(desk)
        outbox.send(desk)
    said = "".join(record.getMessage() for record in caplog.records
                   if not record.name.startswith(("mail.", "asyncio")))
    said += "".join(capfd.readouterr())
    for word in (USER, PASSWORD, RECIPIENT, SENDER, "127.0.0.1"):
        assert word not in said


def test_the_newest_are_those_that_were_written_last_and_no_others_are_read(
    desk: Desk, office: Post
) -> None:
    set_up(desk, office)
    days = ("2026-12-05", "2026-12-06", "2026-12-01")  # the clock is set back in between
    written = [write(replace(desk, clock=HandClock(date.fromisoformat(day))), f"digest:{day}").id
               for day in days]
    plans: list[list[str]] = []

    def planned(
        _connection: object, cursor: Any, sql: str, values: Any, *_: object
    ) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plans.append([row[3] for row in cursor.fetchall()])

    with desk.store.reading() as session:
        engine = session.connection().engine
        sa.event.listen(engine, "before_cursor_execute", planned)
        found = [mail.id for mail in rows.latest(session, most=2)]
        sa.event.remove(engine, "before_cursor_execute", planned)
    assert found == written[:0:-1]
    assert plans[-1] == ["SCAN outbox"], "along the rows from the last one back, no sorting"
