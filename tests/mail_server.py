"""A real mail server on this machine (aiosmtpd) that does what a test wants of it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from optout.domain.mail import MailSecurity, MailServer

USER, PASSWORD = "avery.sample", "quiet-otters-7"
SENDER, RECIPIENT = "reminders@example.com", "avery.sample@example.com"


@dataclass
class Post:
    """What the server got, and how it answers.

    Args:
        port: on 127.0.0.1.
        answers: its replies by command (`RCPT`, `DATA`, `MAIL`), in place of “250”.
        drop: it breaks the line once it has a message, without an answer.
        mails: the messages, byte for byte.
        greetings: the names by which clients greeted.
        security: how it wants to be spoken to.
    """

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    mails: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    security: MailSecurity = MailSecurity.PLAIN

    def server(self, **changed: Any) -> MailServer:
        """How this server is reached."""
        return MailServer(**{"host": "127.0.0.1", "port": self.port, "security": self.security,
                             **changed})

    async def handle_MAIL(  # noqa: N802 -- the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
        options: list[str],
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.answers.get("MAIL", "250 2.1.0 OK")

    async def handle_RCPT(  # noqa: N802 -- the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
        _options: list[str],
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 2.1.5 OK")

    async def handle_DATA(  # noqa: N802 -- the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        self.greetings.append(str(session.host_name))
        if self.drop:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.answers.get("DATA", "250 2.0.0 OK: queued for avery.sample@example.com")


class _AnyPort(Controller):
    """A server on whichever port is free; the library's own looks for itself at port 0.

    It also hangs up in the end, where the library leaves lines open for the collector to find.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.lines: list[SMTP] = []

    def factory(self) -> SMTP:
        made = super().factory()  # type: ignore[no-untyped-call]  # the library left it so
        self.lines.append(made)
        return made  # type: ignore[no-any-return]  # likewise

    def stop(self, no_assert: bool = False) -> None:  # noqa: FBT001, FBT002 -- the library's own
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(10)
        super().stop(no_assert=no_assert)

    async def _hang_up(self) -> None:
        for line in self.lines:
            if isinstance(line.transport, asyncio.Transport):
                line.transport.abort()
        await asyncio.sleep(0.01)  # in which the loop closes them

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library left it so


@contextlib.contextmanager
def post(
    *, keys: ssl.SSLContext | None = None, security: MailSecurity = MailSecurity.PLAIN,
    sign_in: bool = False,
) -> Iterator[Post]:
    """Run a server until the block ends.

    Args:
        keys: its certificate, where it protects the line.
        security: how.
        sign_in: it takes mail only from `USER`.
    """
    handler = Post(security=security)
    wanted: dict[str, Any] = {"auth_require_tls": False}
    if sign_in:
        wanted |= {"authenticator": _knows, "auth_required": True}
    if security is MailSecurity.TLS:
        wanted["ssl_context"] = keys
    elif security is MailSecurity.STARTTLS:
        wanted |= {"tls_context": keys, "require_starttls": True}
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0, **wanted)
    with warnings.catch_warnings():
        # What the library warns of is meant: a password on an unprotected line of this machine.
        warnings.simplefilter("ignore", UserWarning)
        controller.start()
        try:
            handler.port = controller.port
            yield handler
        finally:
            controller.stop()


def _knows(_server: SMTP, _session: Session, _envelope: Envelope, _way: str,
           given: LoginPassword) -> AuthResult:
    known = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


def throw_away(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that nobody else believes.

    Returns:
        The server's side, and that of a client who trusts it.
    """
    import ipaddress
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "throw-away")])
    now = datetime.now(UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name)
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
            .sign(key, hashes.SHA256()))
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, private)
    return server, ssl.create_default_context(cafile=str(certificate))
