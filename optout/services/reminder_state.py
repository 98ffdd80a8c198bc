"""How reminders stand: what is on, what is held back, and which e-mails need a word."""

from __future__ import annotations

from collections.abc import Iterator

from optout.domain.discretion import Medium
from optout.domain.mail import MailState
from optout.services import mail_words, outbox
from optout.services.desk import Desk
from optout.services.reminder_settings import (
    how_to_add,
    may_reach,
    reminder_settings,
)

_NAMES = {Medium.MAIL: "by e-mail", Medium.DESKTOP: "on the desktop"}


def state_of(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    """Each thing to say about reminders.

    Yields:
        Whether nothing has to be done, what there is, and what to do.
    """
    yield from _switches(desk)
    yield from _mails(desk)


def _switches(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    from optout.delivery.desktop import is_there

    settings = reminder_settings(desk)
    on = [medium for medium, wanted in ((Medium.MAIL, settings.mail),
                                        (Medium.DESKTOP, settings.desktop)) if wanted]
    with desk.store.reading() as session:
        held = [medium for medium in on if not may_reach(desk, session, medium)]
    if not on:
        yield True, "Reminders by e-mail and on the desktop are off.", ""
    for medium in on:
        yield medium not in held, f"Reminders {_NAMES[medium]} are " + (
            "held back: a safety question is open." if medium in held else "on."), (
            "Answer it under “Reminders” in the app." if medium in held else "")
    if settings.desktop and not is_there():
        yield (False, "The part for notifications on the desktop is not installed.",
               f"Add it with: {how_to_add()}")


def _mails(desk: Desk) -> Iterator[tuple[bool, str, str]]:
    mails = outbox.shown(desk)
    uncertain = sum(mail.state is MailState.UNCERTAIN for mail in mails)
    if uncertain:
        yield (False, ("1 e-mail of this program" if uncertain == 1 else
                       f"{uncertain} e-mails of this program") + " may or may not have arrived.",
               "Look into the mailbox, then say so: optout reminders outbox")
    if mails and mail_words.went_wrong(newest := max(mails, key=lambda mail: mail.created_at)):
        told = mail_words.told(newest)
        yield False, f"The last e-mail was not sent. {told.what}", told.remedy
