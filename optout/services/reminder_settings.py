"""Reminders by e-mail and on the desktop: off until switched on, after a question where needed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from optout.domain.discretion import Medium
from optout.domain.errors import InvalidInput, Refused
from optout.domain.gate import Gate, GateAnswer
from optout.domain.mail import MailKind
from optout.domain.reminder import ReminderSettings, Rhythm
from optout.services import outbox
from optout.services.desk import Desk
from optout.services.mail_settings import settings_in as mail_settings_in
from optout.services.reminder_gates import asked_at_risk, require_yes, someone_at_risk
from optout.store import audit, meta
from optout.store import outbox as mails

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEY = "reminders"
GATE = "who-sees-reminders"
"""The question that is asked before reminders appear where others may see them."""

LONGEST_SUBJECT = 60

LIBRARY = "desktop-notifier>=6.2,<7"
"""What notifications need, as the extra `desktop` of this package names it."""


def how_to_add() -> str:
    """The command that adds the library for notifications to this very installation."""
    return f'"{sys.executable}" -m pip install "{LIBRARY}"'


def reminder_settings(desk: Desk) -> ReminderSettings:
    """What is switched on."""
    with desk.store.reading() as session:
        return settings_in(session)


def settings_in(session: Session) -> ReminderSettings:
    """The same within a transaction."""
    text = meta.get(session, KEY)
    if text is None:
        return ReminderSettings()
    kept = json.loads(text)
    return ReminderSettings(**{**kept, "rhythm": Rhythm(kept["rhythm"])})


def question(desk: Desk, medium: Medium) -> Gate | None:
    """What is asked before reminders appear there; None while nobody here is at risk.

    It holds until it was answered with yes; for an e-mail, for the address that is set.
    """
    with desk.store.reading() as session:
        return _question(desk, session, medium)


def may_reach(desk: Desk, session: Session, medium: Medium) -> bool:
    """Whether reminders may go there now: switched on, and no question is open.

    Somebody may have come to be at risk, or the address may have changed, since it was.
    """
    settings = settings_in(session)
    on = settings.mail if medium is Medium.MAIL else settings.desktop
    gate = _question(desk, session, medium) if on else None
    return on and not (gate is not None and gate.holds)


def switch_mail_on(
    desk: Desk, *, rhythm: Rhythm = Rhythm.DUE, subject: str = "", accepted: bool = False,
    actor: str,
) -> ReminderSettings:
    """Send reminders by e-mail from now on.

    Args:
        desk: the opened data.
        rhythm: how often.
        subject: of the e-mails; empty for a plain count.
        accepted: yes to the safety question, which was shown.
        actor: who wants it.

    Raises:
        GateClosed: when somebody here is at risk and the question was not answered with yes.
        InvalidInput: for a subject that cannot be used.
        Refused: when no mail server is set.
    """
    from optout.documents.mail_head import text_line

    subject = text_line("Subject", subject, "subject").words if subject.strip() else ""
    if len(subject) > LONGEST_SUBJECT:
        raise InvalidInput(f"A subject has at most {LONGEST_SUBJECT} characters here.",
                           field="subject", remedy="Shorten it.")
    with desk.store.writing() as session:
        address = mail_settings_in(session)
        if address is None:
            raise Refused("No mail server is set.", remedy="Enter yours first, then send a test.")
        asked = _settle(desk, session, Medium.MAIL, accepted=accepted)
        before = settings_in(session)
        return _keep(desk, session, replace(
            before, mail=True, rhythm=rhythm, subject=subject,
            mail_accepted=address.recipient if asked else ""), "reminders_mail_on", actor)


def switch_desktop_on(desk: Desk, *, accepted: bool = False, actor: str) -> ReminderSettings:
    """Show reminders on the desktop from now on.

    Raises:
        GateClosed: when somebody here is at risk and the question was not answered with yes.
        Refused: when the library for it is not installed.
    """
    from optout.delivery.desktop import is_there

    if not is_there():
        raise Refused("The part for notifications on the desktop is not installed.",
                      remedy=f"Add it with: {how_to_add()}")
    with desk.store.writing() as session:
        asked = _settle(desk, session, Medium.DESKTOP, accepted=accepted)
        return _keep(desk, session, replace(
            settings_in(session), desktop=True, desktop_accepted=asked),
            "reminders_desktop_on", actor)


def switch_off(desk: Desk, medium: Medium, *, actor: str) -> ReminderSettings:
    """Send no more reminders there; one that still waits in the outbox is not sent."""
    with desk.store.writing() as session:
        before = settings_in(session)
        if medium is Medium.MAIL:
            after = replace(before, mail=False, mail_accepted="")
            mails.supersede(session, [MailKind.DIGEST], at=desk.clock.now(),
                            answer=outbox.SWITCHED_OFF)
        else:
            after = replace(before, desktop=False, desktop_accepted=False)
        return _keep(desk, session, after, f"reminders_{medium}_off", actor)


def _settle(desk: Desk, session: Session, medium: Medium, *, accepted: bool) -> bool:
    """Whether the question was asked, and is answered with yes now or before."""
    gate = _question(desk, session, medium)
    if gate is None:
        return False
    if not accepted:
        require_yes(gate)
    return True


def _question(desk: Desk, session: Session, medium: Medium) -> Gate | None:
    if not someone_at_risk(session):
        return None
    today = desk.clock.today()
    answers = (GateAnswer(GATE, medium, accepted=True, answered_on=today, actor=""),) if (
        _accepted(session, medium)) else ()
    return asked_at_risk(desk, GATE, medium, day=today, answers=answers)


def _accepted(session: Session, medium: Medium) -> bool:
    settings = settings_in(session)
    if medium is Medium.DESKTOP:
        return settings.desktop_accepted
    address = mail_settings_in(session)
    return address is not None and settings.mail_accepted == address.recipient


def _keep(
    desk: Desk, session: Session, settings: ReminderSettings, act: str, actor: str,
) -> ReminderSettings:
    meta.put(session, KEY, json.dumps(asdict(settings)))
    audit.write(session, actor, act, "", desk.clock.now())
    return settings
