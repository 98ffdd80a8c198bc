"""An e-mail leaves once; what is not known is asked, and nothing is sent again unasked."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import sqlalchemy as sa

from optout.clock import HandClock
from optout.delivery import smtp
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound, Refused
from optout.domain.mail import (
    Attempt,
    MailKind,
    MailServer,
    MailState,
    MailStep,
    OutgoingMail,
    Taken,
)
from optout.services import mail_settings, mail_words, outbox
from optout.services.desk import Desk
from optout.services.folder import LOCK_FOLDER
from optout.services.instance import Instance
from optout.services.mail_settings import MailSettings
from optout.store import erasure
from optout.store import outbox as rows
from optout.vault import marks
from tests.mail_server import PASSWORD, RECIPIENT, SENDER, USER, Post, post
from tests.services.conftest import BROKERS, PASSPHRASE, MakeInstance


@pytest.fixture
def office() -> Iterator[Post]:
    with post() as made:
        yield made


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
    assert outbox.send(desk).later == (mail.id,)
    assert outbox.send(desk) == outbox.Handled()
    waits = outbox.get(desk, mail.id)
    assert (waits.state, waits.next_try_at) == (
        MailState.QUEUED, clock.now() + timedelta(minutes=10))
    for _ in range(2):
        clock.forward(hours=5)
        assert outbox.send(desk).later == (mail.id,)
    clock.forward(hours=5)
    assert outbox.send(desk).failed == (mail.id,)
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


def test_those_to_decide_come_first_and_deleted_words_are_not_sent(
    desk: Desk, office: Post, clock: HandClock
) -> None:
    set_up(desk, office)
    office.drop = True
    old = write(desk)
    outbox.send(desk)
    clock.forward(days=1)
    office.drop = False
    new = write(desk, "digest:2026-12-02")
    outbox.send(desk)
    assert [mail.id for mail in outbox.shown(desk, most=1)] == [old.id, new.id]
    with desk.store.writing() as session:
        assert rows.empty(session) == 2
        assert rows.empty(session) == 0
    assert (outbox.get(desk, old.id).raw, outbox.get(desk, old.id).recipient) == (b"", "")
    with pytest.raises(Refused, match="deleted"):
        outbox.send_again(desk, old.id, actor=OWNER)


def test_whoever_is_erased_stands_in_no_mail_any_more(desk: Desk, office: Post) -> None:
    set_up(desk, office)
    sent = write(desk)
    outbox.send(desk)
    waiting = write(desk, "digest:2026-12-02")
    with desk.store.writing() as session:
        erasure.erase(session, "P-AB12CD", at=desk.clock.now())
    for mail_id in (sent.id, waiting.id):
        found = outbox.get(desk, mail_id)
        assert (found.raw, found.recipient) == (b"", "")
    assert mail_words.told(found).what.endswith("somebody whom it was about was deleted here.")
    assert outbox.send(desk) == outbox.Handled()


@pytest.mark.parametrize("kind", MailKind)
def test_what_was_on_its_way_when_somebody_was_erased_keeps_no_words(
    desk: Desk, office: Post, monkeypatch: pytest.MonkeyPatch, kind: MailKind
) -> None:
    set_up(desk, office)
    lost, waiting = write(desk, kind=kind), write(desk, "digest:2026-12-02", kind)
    taken = smtp.hand_over

    def erased_meanwhile(*server: MailServer, **mail: Any) -> Attempt:
        with desk.store.writing() as session:
            erasure.erase(session, "P-AB12CD", at=desk.clock.now())
        return taken(*server, **mail)

    monkeypatch.setattr(smtp, "hand_over", erased_meanwhile)
    office.drop = True
    assert outbox.send(desk).uncertain == (lost.id,)
    assert office.mails == [lost.raw]
    for mail in (lost, waiting):
        found = outbox.get(desk, mail.id)
        assert (found.raw, found.recipient, found.message_id) == (b"", "", mail.id)
        assert not outbox.can_go_again(found, desk.clock.today())
        with pytest.raises(Refused, match="deleted"):
            outbox.send_again(desk, mail.id, actor=OWNER)
    assert "cannot be sent again" in mail_words.told(
        outbox.get(desk, lost.id), again=False).remedy
    assert outbox.give_up(desk, lost.id, actor=OWNER).state is MailState.FAILED


def test_what_was_to_be_tried_again_when_somebody_was_erased_is_not(
    desk: Desk, office: Post, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(desk, office)
    mail = write(desk)

    def erased_meanwhile(*_: MailServer, **__: Any) -> Attempt:
        with desk.store.writing() as session:
            erasure.erase(session, "P-AB12CD", at=desk.clock.now())
        return Attempt(Taken.NOT_NOW, MailStep.CONNECT)

    with monkeypatch.context() as broken:
        broken.setattr(smtp, "hand_over", erased_meanwhile)
        assert outbox.send(desk).later == (mail.id,)
    clock.forward(hours=1)
    assert outbox.send(desk).failed == (mail.id,)
    assert outbox.get(desk, mail.id).answer == rows.ERASED
    assert office.mails == []


def test_what_tells_of_a_day_that_is_past_does_not_leave(
    desk: Desk, office: Post, clock: HandClock
) -> None:
    set_up(desk, office)
    today = desk.clock.today()
    waits, other = write(desk, outbox.digest_key(today)), write(desk, "test:1", MailKind.TEST)
    assert outbox.can_go_again(waits, today)
    clock.forward(days=1)
    ended = outbox.send(desk)
    assert (ended.failed, ended.sent) == ((waits.id,), (other.id,))
    past = outbox.get(desk, waits.id)
    assert (past.state, past.answer) == (MailState.FAILED, outbox.OUTDATED)
    assert "its day was past" in mail_words.told(past).what
    assert not mail_words.went_wrong(past)
    assert not outbox.can_go_again(past, clock.today())
    with pytest.raises(Refused, match="a day that is past"):
        outbox.send_again(desk, waits.id, actor=OWNER)
    assert office.mails == [other.raw]


def test_what_was_decided_meanwhile_is_not_sent(desk: Desk, office: Post) -> None:
    settings = set_up(desk, office)
    mail = write(desk)
    outbox.give_up(desk, mail.id, actor=OWNER)
    assert outbox._hand_over(desk, settings, mail.id) is None
    assert office.mails == []


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


def test_what_a_dead_process_left_is_asked_about_also_where_no_server_is_set(
    desk: Desk, office: Post
) -> None:
    set_up(desk, office)
    mail = write(desk)
    with desk.store.writing() as session:
        assert rows.hand_over(session, mail.id, at=desk.clock.now())
    mail_settings.forget(desk, actor=OWNER)
    assert outbox.send(desk) == outbox.Handled()
    assert outbox.get(desk, mail.id).state is MailState.UNCERTAIN


def test_only_the_kinds_that_are_named_give_way(desk: Desk, office: Post) -> None:
    set_up(desk, office)
    digest, test = write(desk), write(desk, "test:1", MailKind.TEST)
    with desk.store.writing() as session:
        assert rows.supersede(session, [MailKind.DIGEST], at=desk.clock.now(), answer="x") == 1
    assert (outbox.get(desk, digest.id).state, outbox.get(desk, test.id).state) == (
        MailState.FAILED, MailState.QUEUED)


def test_while_another_hands_over_nothing_is_touched(desk: Desk, office: Post) -> None:
    set_up(desk, office)
    mail = write(desk)
    held = marks.hold(desk.settings.instance / LOCK_FOLDER / outbox.MARK)
    assert held is not None
    with held:
        assert outbox.send(desk).elsewhere
    assert outbox.get(desk, mail.id).state is MailState.QUEUED


KILLED = """
import os, signal, sys
from pathlib import Path
from optout.clock import SystemClock
from optout.services import outbox
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
import optout.delivery.smtp as smtp

real = smtp.hand_over
def then_die(*arguments, **named):
    real(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
smtp.hand_over = then_die
settings = Settings(instance=Path(sys.argv[1]))
library = Library(settings, brokers_file=Path(sys.argv[3]))
desk = Instance(settings, SystemClock(), library).unlock(sys.argv[2])
outbox.send(desk)
"""


def test_a_process_killed_between_hand_over_and_answer_leaves_a_question(
    instance: Instance, office: Post, caplog: pytest.LogCaptureFixture
) -> None:
    desk = instance.create(PASSPHRASE)
    set_up(desk, office)
    mail = write(desk)
    instance.lock()
    ended = subprocess.run([sys.executable, "-c", KILLED, str(instance.folder), PASSPHRASE,
                            str(BROKERS)], check=False, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert office.mails == [mail.raw]
    desk = instance.unlock(PASSPHRASE)
    assert outbox.get(desk, mail.id).state is MailState.SENDING
    with caplog.at_level(logging.DEBUG):
        assert outbox.send(desk) == outbox.Handled()
    found = outbox.get(desk, mail.id)
    assert (found.state, found.answer) == (MailState.UNCERTAIN, outbox.INTERRUPTED)
    assert office.mails == [mail.raw]


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
