"""Reminders that reach people: one e-mail and one notification a day at most, and nothing twice."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from optout.domain.discretion import Medium
from optout.domain.errors import OptoutError, Refused
from optout.domain.mail import MailKind, OutgoingMail
from optout.domain.reference import new_id
from optout.domain.reminder import Rhythm
from optout.logs import report
from optout.services import outbox, reminder_words
from optout.services.days import A_ZONE
from optout.services.desk import Desk
from optout.services.digest import Digest, digest
from optout.services.discretion import discretion_of
from optout.services.mail_settings import settings_in as mail_settings_in
from optout.services.outbox import DIGEST, Handled, digest_key
from optout.services.reminder_gates import someone_at_risk
from optout.services.reminder_settings import may_reach, settings_in
from optout.store import audit, due, meta
from optout.store import outbox as mails
from optout.store.due import Days

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from optout.delivery.desktop import Shown
    from optout.services.instance import Instance

DESKTOP_KEY = "reminders_desktop"
"""Under which the last day of a notification is kept."""

A_WEEK = timedelta(days=7)

WRONG_CLOCK = 2 * A_ZONE
"""A reminder dated so far ahead or further was sent under a wrong clock, and hinders none."""

_log = logging.getLogger(__name__)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one round did.

    Args:
        written: id of the e-mail that was written down for today; empty where none was.
        mail: what was handed over; None where that failed.
        desktop: what became of the notification; None where none was wanted.
    """

    written: str = ""
    mail: Handled | None = None
    desktop: Shown | None = None


def remind(desk: Desk) -> Reminded:
    """Remind the person of what is due, as far as they switched that on; called after each sweep.

    It may be called as often as one likes, in as many processes: there is one e-mail and one
    notification a day. It raises nothing; what goes wrong ends in the log, by its number.
    """
    written = _safely(lambda: write_digest(desk))
    mail = _safely(lambda: outbox.send(desk))
    return Reminded(written.id if written else "", mail, _safely(lambda: show_on_desktop(desk)))


def remind_if_open(instance: Instance) -> Reminded | None:
    """The same for a data folder that may be locked: then nothing happens."""
    if not instance.is_open:
        return None
    desk = _safely(lambda: instance.desk)  # it may be locked in this very moment
    return remind(desk) if desk is not None else None


def write_digest(desk: Desk) -> OutgoingMail | None:
    """Write today's e-mail into the outbox, if one is wanted and nothing was written today.

    After a month of sleep there is one; an older one that was never sent is left unsent.
    """
    today, now = desk.clock.today(), desk.clock.now()
    with desk.store.reading() as session:
        if not _wanted(desk, session, today):
            return None
        discretion = discretion_of(session, Medium.MAIL)
        chosen = settings_in(session)
    found = digest(desk, on=today, most=reminder_words.MOST_LINES)
    if not _worth_it(found, chosen.rhythm):
        return None
    with desk.store.writing() as session:
        address = mail_settings_in(session)
        if address is None or not _wanted(desk, session, today):  # changed in this very moment
            return None
        mails.supersede(session, [MailKind.DIGEST], at=now, answer=outbox.SUPERSEDED)
        return outbox.write(
            session, address, MailKind.DIGEST, digest_key(today),
            subject=reminder_words.digest_subject(found, chosen.subject),
            text=reminder_words.digest_text(found, discretion), now=now)


def preview(desk: Desk) -> tuple[str, str]:
    """What an e-mail of today would say: subject and text. Nothing is kept and nothing is sent."""
    with desk.store.reading() as session:
        discretion = discretion_of(session, Medium.MAIL)
        chosen = settings_in(session)
    found = digest(desk, most=reminder_words.MOST_LINES)
    return (reminder_words.digest_subject(found, chosen.subject),
            reminder_words.digest_text(found, discretion))


def send_test(desk: Desk, *, actor: str) -> OutgoingMail:
    """Send a test to the address for reminders, now.

    Returns:
        The e-mail as it stands afterwards; `mail_words.told` explains it.

    Raises:
        Refused: when no mail server is set.
    """
    now = desk.clock.now()
    with desk.store.writing() as session:
        address = mail_settings_in(session)
        if address is None:
            raise Refused("No mail server is set.", remedy="Enter yours first.")
        mail = outbox.write(
            session, address, MailKind.TEST, f"test:{new_id('T', 10)}",
            subject=reminder_words.TEST_SUBJECT, text=reminder_words.TEST_TEXT, now=now)
        assert mail is not None  # its key is new
        audit.write(session, actor, "test_mail", mail.id, now)
    outbox.send(desk)
    return outbox.get(desk, mail.id)


def show_on_desktop(desk: Desk) -> Shown | None:
    """Show today's notification, if one is wanted and something has come up since the last.

    The day is written down first, so that two processes do not show it twice; where no desktop
    took it, the day is given back.
    """
    from optout.delivery.desktop import Shown, show

    today = desk.clock.today()
    with desk.store.reading() as session:
        if not may_reach(desk, session, Medium.DESKTOP):
            return None
    with desk.store.writing() as session:
        before = _shown_on(session)
        number = _new_for_desktop(session, before, today)
        if not number:
            return None
        at_risk = someone_at_risk(session)
        meta.put(session, DESKTOP_KEY, json.dumps(today.isoformat()))
    shown = show(reminder_words.DESKTOP_TITLE, reminder_words.desktop_text(number, at_risk=at_risk))
    if shown is not Shown.YES:
        with desk.store.writing() as session:
            meta.put(session, DESKTOP_KEY, json.dumps(before and before.isoformat()))
    return shown


def _safely(step: Callable[[], Value]) -> Value | None:
    """Take a step; whatever goes wrong must stop neither the next one nor the clock."""
    try:
        return step()
    except OptoutError as error:
        _log.warning("a reminder was refused: %s", type(error))
    except Exception as error:  # noqa: BLE001 -- the clock must go on
        report(error)
    return None


def _wanted(desk: Desk, session: Session, today: date) -> bool:
    """Whether e-mails are on, none was written for today or later, and the rhythm calls for one.

    What never left told nobody anything: then the rhythm goes by the one before it.
    """
    if not may_reach(desk, session, Medium.MAIL) or mail_settings_in(session) is None:
        return False
    if mails.last_key(session, digest_key(today), digest_key(today + WRONG_CLOCK)) is not None:
        return False
    key = mails.last_key(session, DIGEST, digest_key(today), reached=(outbox.GIVEN_UP,))
    if key is None:
        return True
    last = date.fromisoformat(key.removeprefix(DIGEST))
    rhythm = settings_in(session).rhythm
    if rhythm is Rhythm.DUE or today - last >= A_WEEK:
        return True
    return rhythm is Rhythm.NEWS and due.count(
        session, Days(last + timedelta(days=1), today), most=1) > 0


def _worth_it(found: Digest, rhythm: Rhythm) -> bool:
    return bool(found.now_count or (rhythm is Rhythm.WEEKLY and found.week_count))


def _shown_on(session: Session) -> date | None:
    kept = json.loads(meta.get(session, DESKTOP_KEY) or "null")
    return date.fromisoformat(kept) if kept else None


def _new_for_desktop(session: Session, before: date | None, today: date) -> int:
    """How many tasks are due, if one of them has come up since the last notification; else 0."""
    if before is not None and today <= before < today + WRONG_CLOCK:
        return 0
    since = before + timedelta(days=1) if before is not None and before < today else None
    if not due.count(session, Days(since, today), most=1):
        return 0
    return due.count(session, Days(until=today))
