"""An e-mail handed over to a mail server (RFC 5321): protected, once, and told by code only.

Only this module opens a connection, by the line of `smtp_line`. Names in the standard library that
speak SMTP do so in plain text unless told otherwise, and greet with the name of the machine; here
neither happens.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import smtplib
import ssl

from optout.delivery.smtp_line import PlainLine, ProtectedLine
from optout.domain.errors import InvalidInput
from optout.domain.mail import Attempt, MailSecurity, MailServer, MailStep, Taken

SECONDS = 30.0
"""How long one answer of a server is waited for; RFC 5321 allows minutes, people do not."""

_GREETING = "[127.0.0.1]"
"""In place of this machine's name, which would tell where the person writes from."""

_CLASS = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")
_NOT_NOW = range(400, 500)
_OK = range(200, 300)


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine, by its name alone: nobody is asked."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hand_over(
    server: MailServer, *, sender: str, recipient: str, raw: bytes,
    trusted: ssl.SSLContext | None = None, seconds: float = SECONDS,
) -> Attempt:
    """Hand an e-mail over, byte for byte, to one recipient.

    Args:
        server: where to.
        sender: to whom the network reports that it could not be delivered; ASCII.
        recipient: ASCII.
        raw: the message with CRLF line ends.
        trusted: which certificates are believed; default: those that the system trusts.
        seconds: for each answer of the server, from its first sign to its last.

    Returns:
        What became of it. No error is raised for whatever a server or the network does.

    Raises:
        InvalidInput: for an unprotected line to another machine; nothing was sent.
    """
    if server.security is MailSecurity.PLAIN and not is_this_machine(server.host):
        raise InvalidInput("An unprotected line to a mail server would show the password and the "
                           "message to everyone on the way.", field="security",
                           remedy="Choose TLS or STARTTLS.")
    step = MailStep.CONNECT
    try:
        with contextlib.ExitStack() as line:
            smtp = _connected(server, trusted or ssl.create_default_context(), seconds)
            line.callback(_say_goodbye, smtp)
            smtp.ehlo_or_helo_if_needed()
            if server.security is MailSecurity.STARTTLS:
                step = MailStep.TLS
                _protect(smtp, trusted or ssl.create_default_context())
            if server.user:
                step = MailStep.SIGN_IN
                smtp.login(server.user, server.password)
            step = MailStep.SENDER
            _insist(smtp.mail(sender))
            step = MailStep.RECIPIENT
            _insist(smtp.rcpt(recipient))
            step = MailStep.CONTENT
            return _content(smtp, raw)
    except ssl.SSLCertVerificationError:
        return Attempt(Taken.NOT_NOW, MailStep.CERTIFICATE)
    except smtplib.SMTPResponseException as refusal:
        return _refused(step, refusal.smtp_code, refusal.smtp_error)
    except smtplib.SMTPServerDisconnected:
        return Attempt(Taken.NOT_NOW, step)
    except (smtplib.SMTPException, UnicodeError):  # no TLS, no sign-in, a password outside ASCII
        return Attempt(Taken.NEVER, step)
    except OSError:
        return Attempt(Taken.NOT_NOW, step)


def _connected(server: MailServer, trusted: ssl.SSLContext, seconds: float) -> smtplib.SMTP:
    if server.security is MailSecurity.TLS:
        return ProtectedLine(server.host, server.port, local_hostname=_GREETING,
                             timeout=seconds, context=trusted)
    return PlainLine(server.host, server.port, local_hostname=_GREETING, timeout=seconds)


def _protect(smtp: smtplib.SMTP, trusted: ssl.SSLContext) -> None:
    """Go on within TLS, or not at all."""
    _insist(smtp.starttls(context=trusted))
    smtp.ehlo_or_helo_if_needed()  # what was said before cannot be trusted


def _content(smtp: smtplib.SMTP, raw: bytes) -> Attempt:
    """The message itself: from here on a line that breaks leaves nobody here who knows."""
    try:
        code, words = smtp.data(raw)
    except smtplib.SMTPDataError as refusal:  # before anything of it was handed over
        return _refused(MailStep.CONTENT, refusal.smtp_code, refusal.smtp_error)
    except (smtplib.SMTPException, OSError):
        return Attempt(Taken.UNKNOWN, MailStep.CONTENT)
    if code in _OK:
        return Attempt(Taken.YES, MailStep.CONTENT, _code(code, words))
    if code < 0:  # the server has it all, and what it said of it is no reply
        return Attempt(Taken.UNKNOWN, MailStep.CONTENT)
    return _refused(MailStep.CONTENT, code, words)


def _insist(reply: tuple[int, bytes]) -> None:
    """Go on only after a “yes”."""
    code, words = reply
    if code not in _OK:
        raise smtplib.SMTPResponseException(code, words)


def _refused(step: MailStep, code: int, words: bytes | str) -> Attempt:
    taken = Taken.NOT_NOW if code in _NOT_NOW or code < 0 else Taken.NEVER
    return Attempt(taken, step, _code(code, words))


def _code(code: int, words: bytes | str) -> str:
    """The number of a reply, with its class where the server gives one (RFC 3463)."""
    if code < 0:  # what came was no reply
        return ""
    found = _CLASS.match(words if isinstance(words, bytes) else words.encode("utf-8", "replace"))
    return f"{code} {found[1].decode('ascii')}" if found else str(code)


def _say_goodbye(smtp: smtplib.SMTP) -> None:
    """Take leave; whatever is said then changes nothing."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    smtp.close()
