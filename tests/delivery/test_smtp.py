"""A hand-over to a real server: protected, byte for byte, and told by code only."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time

import pytest

from optout.delivery.smtp import hand_over, is_this_machine
from optout.domain.errors import InvalidInput
from optout.domain.mail import Attempt, MailSecurity, MailServer, MailStep, Taken
from tests.mail_server import PASSWORD, RECIPIENT, SENDER, USER, Post, post, throw_away

RAW = b"Subject: 3 reminders\r\n\r\n.a line that begins with a point\r\nthe end\r\n"
Keys = tuple[ssl.SSLContext, ssl.SSLContext]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return throw_away(tmp_path_factory.mktemp("keys"))


def send(server: MailServer, trusted: ssl.SSLContext | None = None, seconds: float = 5) -> Attempt:
    return hand_over(server, sender=SENDER, recipient=RECIPIENT, raw=RAW, trusted=trusted,
                     seconds=seconds)


def test_the_server_gets_the_exact_bytes_and_not_the_name_of_this_machine(office: Post) -> None:
    assert send(office.server()) == Attempt(Taken.YES, MailStep.CONTENT, "250 2.0.0")
    assert office.mails == [RAW]
    assert office.recipients == [RECIPIENT]
    assert office.greetings == ["[127.0.0.1]"]


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_a_protected_line_needs_a_certificate_that_is_believed(
    security: MailSecurity, keys: Keys
) -> None:
    with post(keys=keys[0], security=security, sign_in=True) as office:
        mine = office.server(user=USER, password=PASSWORD)
        assert send(mine, keys[1]).taken is Taken.YES
        assert send(mine) == Attempt(Taken.NOT_NOW, MailStep.CERTIFICATE)
        assert len(office.mails) == 1


def test_a_wrong_password_is_refused_for_good_and_never_shown() -> None:
    with post(sign_in=True) as office:
        wrong = office.server(user=USER, password="wrong")
        assert send(wrong) == Attempt(Taken.NEVER, MailStep.SIGN_IN, "535 5.7.8")
        assert send(office.server(user=USER, password="otters-\u20ac")).step is MailStep.SIGN_IN
        assert "wrong" not in repr(wrong)
        assert office.mails == []


def test_a_server_that_cannot_protect_the_line_gets_nothing(office: Post) -> None:
    assert send(office.server(security=MailSecurity.STARTTLS, user=USER)) == Attempt(
        Taken.NEVER, MailStep.TLS)
    assert send(office.server(security=MailSecurity.TLS)).taken is Taken.NOT_NOW
    assert office.mails == []


def test_an_unprotected_line_leads_nowhere_but_to_this_machine() -> None:
    with pytest.raises(InvalidInput, match="unprotected") as refused:
        send(MailServer("mail.example.com", 25, MailSecurity.PLAIN))
    assert refused.value.field == "security"
    assert [is_this_machine(host) for host in (
        "localhost", "127.0.0.1", "::1", "192.0.2.1", "localhost.example.com")] == [
        True, True, True, False, False]


@pytest.mark.parametrize(("command", "reply", "expected"), [
    ("MAIL", "452 4.3.1 no room", Attempt(Taken.NOT_NOW, MailStep.SENDER, "452 4.3.1")),
    ("RCPT", "450 4.2.1 later, avery.sample", Attempt(
        Taken.NOT_NOW, MailStep.RECIPIENT, "450 4.2.1")),
    ("RCPT", "550 5.1.1 no avery.sample here", Attempt(
        Taken.NEVER, MailStep.RECIPIENT, "550 5.1.1")),
    ("DATA", "451 try again", Attempt(Taken.NOT_NOW, MailStep.CONTENT, "451")),
    ("DATA", "554 5.7.1 spam", Attempt(Taken.NEVER, MailStep.CONTENT, "554 5.7.1")),
])
def test_a_reply_becomes_its_code(
    office: Post, command: str, reply: str, expected: Attempt
) -> None:
    office.answers[command] = reply
    assert send(office.server()) == expected
    assert "avery" not in expected.answer


def test_a_line_that_breaks_before_the_answer_leaves_nobody_who_knows(office: Post) -> None:
    office.drop = True
    assert send(office.server()) == Attempt(Taken.UNKNOWN, MailStep.CONTENT)
    assert office.mails == [RAW]


def test_nobody_there_is_no_loss(free_port: int) -> None:
    assert send(MailServer("127.0.0.1", free_port, MailSecurity.PLAIN)) == Attempt(
        Taken.NOT_NOW, MailStep.CONNECT)


def scripted(*replies: bytes) -> int:
    """The port of a server that says these words, one after each line, then hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        with listening, listening.accept()[0] as line:
            for reply in replies:
                line.sendall(reply)
                line.recv(4096)

    threading.Thread(target=talk, daemon=True).start()
    return int(listening.getsockname()[1])


@pytest.mark.parametrize(("replies", "expected"), [
    ((b"554 go away\r\n",), Attempt(Taken.NEVER, MailStep.CONNECT, "554")),
    ((b"not a mail server\r\n",), Attempt(Taken.NOT_NOW, MailStep.CONNECT)),
    ((b"220 hi\r\n", b"250 hi\r\n", b"421 closing\r\n"), Attempt(
        Taken.NOT_NOW, MailStep.SENDER, "421")),
    ((b"220 hi\r\n", b"250 hi\r\n"), Attempt(Taken.NOT_NOW, MailStep.SENDER)),
    ((b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"421 4.3.2 no\r\n"), Attempt(
        Taken.NOT_NOW, MailStep.CONTENT, "421 4.3.2")),
    ((b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n", b"thanks\r\n"),
     Attempt(Taken.UNKNOWN, MailStep.CONTENT)),
])
def test_odd_servers_end_in_an_answer_too(
    replies: tuple[bytes, ...], expected: Attempt
) -> None:
    assert send(MailServer("127.0.0.1", scripted(*replies), MailSecurity.PLAIN)) == expected


@pytest.mark.parametrize("piece", [b"2", b"220-and on\r\n" * 1000])
def test_an_answer_that_does_not_end_is_not_heard_for_ever(piece: bytes) -> None:
    said = []

    def talk(listening: socket.socket) -> None:
        with listening, listening.accept()[0] as line, contextlib.suppress(OSError):
            for _ in range(200):
                line.sendall(piece)
                said.append(piece)
                time.sleep(0.02)

    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=talk, args=(listening,), daemon=True).start()
    port = int(listening.getsockname()[1])
    assert send(MailServer("127.0.0.1", port, MailSecurity.PLAIN), seconds=0.2) == Attempt(
        Taken.NOT_NOW, MailStep.CONNECT)
    assert len(said) < 100  # the line was closed long before the server came to its end


def test_a_server_that_knows_no_sign_in_does_not_get_the_password() -> None:
    port = scripted(b"220 hi\r\n", b"250 hi\r\n")
    assert send(MailServer("127.0.0.1", port, MailSecurity.PLAIN, USER, PASSWORD)) == Attempt(
        Taken.NEVER, MailStep.SIGN_IN)
