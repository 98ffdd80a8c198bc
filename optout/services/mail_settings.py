"""Where the person's own e-mails are handed over, and as whom; kept in the encrypted database."""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput
from optout.domain.mail import MailSecurity, MailServer
from optout.services.desk import Desk
from optout.store import audit, meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEY = "mail"
LONGEST = 300
"""Characters of a name or a password."""

_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How e-mails of this program leave.

    Args:
        sender: the address that they come from.
        recipient: to whom reminders go: the person themselves.
    """

    server: MailServer
    sender: str
    recipient: str


def mail_settings(desk: Desk) -> MailSettings | None:
    """The settings; None while there are none. The password is for the server, not for a page."""
    with desk.store.reading() as session:
        return settings_in(session)


def settings_in(session: Session) -> MailSettings | None:
    """The same within a transaction."""
    text = meta.get(session, KEY)
    if text is None:
        return None
    kept = json.loads(text)
    return MailSettings(
        MailServer(kept["host"], kept["port"], MailSecurity(kept["security"]), kept["user"],
                   kept["password"]),
        kept["sender"], kept["recipient"])


def keep(desk: Desk, wanted: MailSettings, *, actor: str, same_password: bool = False) -> None:
    """Keep the settings. Nothing is sent.

    Args:
        desk: the opened data.
        wanted: the settings.
        actor: who sets them.
        same_password: the password that is kept stays; only for the same server, user and
            protection, so that nobody can have it sent elsewhere.

    Raises:
        InvalidInput: naming the field that cannot be used.
    """
    checked = _checked(wanted)
    now = desk.clock.now()
    with desk.store.writing() as session:
        if same_password:
            checked = replace(checked, server=_with_kept(session, checked.server))
        server = checked.server
        if server.user and not server.password:
            raise InvalidInput("There is no password for this user.", field="password",
                               remedy="Enter the password that the mail server wants.")
        meta.put(session, KEY, json.dumps({
            "host": server.host, "port": server.port, "security": server.security,
            "user": server.user, "password": server.password,
            "sender": checked.sender, "recipient": checked.recipient}))
        audit.write(session, actor, "set_mail", "", now)


def forget(desk: Desk, *, actor: str) -> None:
    """Delete the settings with the password."""
    with desk.store.writing() as session:
        meta.forget(session, KEY)
        audit.write(session, actor, "forget_mail", "", desk.clock.now())


def _with_kept(session: Session, server: MailServer) -> MailServer:
    kept = settings_in(session)
    if kept is None or replace(kept.server, password="") != replace(server, password=""):
        raise InvalidInput("The server or the user is another one than before.", field="password",
                           remedy="Enter its password: the kept one is not sent elsewhere.")
    return kept.server


def _checked(wanted: MailSettings) -> MailSettings:
    from optout.delivery.smtp import is_this_machine
    from optout.documents.mail_head import address

    server = wanted.server
    host = server.host.strip()
    if not _is_host(host):
        raise InvalidInput("This is no name of a mail server.", field="host",
                           remedy="Write it like mail.example.com.")
    if not 0 < server.port < 65_536:  # noqa: PLR2004 -- the numbers that ports have
        raise InvalidInput("This is no port.", field="port",
                           remedy="Your mail provider names it, often 465 or 587.")
    if server.security is MailSecurity.PLAIN and not is_this_machine(host):
        raise InvalidInput("Without protection, everyone on the way could read the password and "
                           "the message.", field="security", remedy="Choose TLS or STARTTLS.")
    for field, text in (("user", server.user), ("password", server.password)):
        if len(text) > LONGEST or not (text.isascii() and text.isprintable()):
            raise InvalidInput("Only letters, digits and signs without accents can be sent to a "
                               "mail server here.", field=field,
                               remedy="Many providers give out a password of their own for "
                                      "programs. Use that one.")
    return MailSettings(replace(server, host=host), address(wanted.sender.strip(), "sender"),
                        address(wanted.recipient.strip(), "recipient"))


def _is_host(text: str) -> bool:
    """Whether it could be a name or an address of a machine, without port or path."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return len(text) <= LONGEST and _NAME.fullmatch(text) is not None
    return True
