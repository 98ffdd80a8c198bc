"""How much a reminder says where others may read it: calendars, mailboxes, screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Discretion(StrEnum):
    """How much a reminder says, from the least to the most; never a person's name."""

    NUMBER = "number"
    """The number of the task alone: “privacy follow-up 12”."""
    KIND = "kind"
    """Also what is to be done."""
    COMPANY = "company"
    """Also at which company, and for several people the id of the person."""

    def says_more_than(self, other: Discretion) -> bool:
        """Whether it gives away more than another level does."""
        levels = list(Discretion)
        return levels.index(self) > levels.index(other)


class Medium(StrEnum):
    """Where a reminder appears."""

    CALENDAR = "calendar"
    MAIL = "mail"
    DESKTOP = "desktop"


@dataclass(frozen=True, slots=True)
class Saying:
    """What was chosen for one medium.

    Args:
        accepted: the safety question about it was answered with yes.
        chosen_at: the instant of the choice, UTC; None while nobody chose.
        actor: who chose; empty while nobody did.
    """

    discretion: Discretion = Discretion.NUMBER
    accepted: bool = False
    chosen_at: datetime | None = None
    actor: str = ""
