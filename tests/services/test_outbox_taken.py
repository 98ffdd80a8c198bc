"""E-mails that do not leave: erased, past, decided, given way, or left by a dead process."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from typing import Any

import pytest

from optout.clock import HandClock
from optout.delivery import smtp
from optout.domain.actor import OWNER
from optout.domain.errors import Refused
from optout.domain.mail import Attempt, MailKind, MailServer, MailState, MailStep, Taken
from optout.services import mail_settings, mail_words, outbox
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.store import erasure
from optout.store import outbox as rows
from tests.mail_server import Post
from tests.services.conftest import BROKERS, PASSPHRASE
from tests.services.posted import set_up, write


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
