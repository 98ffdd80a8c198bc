"""Who does things here: every event, answer and audit row names one."""

from __future__ import annotations

from enum import StrEnum

OWNER = "owner"
"""The id of the person at the machine."""

SCHEDULER = "scheduler"
"""The id of the hourly sweep."""


class ActorKind(StrEnum):
    """Whether a person acted, or the program by itself."""

    PERSON = "person"
    PROGRAM = "program"
