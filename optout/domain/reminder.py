"""When reminders are sent to the person themselves, and on what they agreed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rhythm(StrEnum):
    """How often an e-mail comes; never more than one a day, and none while nothing is due.

    `DUE`: on each day on which something is due or late. `NEWS`: only when something new has come
    up, and once a week while anything stays undone. `WEEKLY`: once a week.
    """

    DUE = "due"
    NEWS = "news"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """What the person switched on; all of it is off until they do.

    Args:
        mail: reminders go out by e-mail.
        subject: of those e-mails; empty for a plain count such as “3 reminders”.
        mail_accepted: the address for which the safety question was answered with yes; another
            address is another question.
        desktop: reminders appear on the desktop.
        desktop_accepted: the same question about the screen was answered with yes.
    """

    mail: bool = False
    rhythm: Rhythm = Rhythm.DUE
    subject: str = ""
    mail_accepted: str = ""
    desktop: bool = False
    desktop_accepted: bool = False
