"""Who does things here: every event, answer and audit row names one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OWNER = "owner"
"""The id of the person at the machine."""

SCHEDULER = "scheduler"
"""The id of the hourly sweep."""


class ActorKind(StrEnum):
    """Whether a person acted, or the program by itself."""

    PERSON = "person"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    Args:
        id: stable; `owner` and `scheduler` are there from the start.
        name: how this actor is called on pages; may be empty.
    """

    id: str
    kind: ActorKind = ActorKind.PERSON
    name: str = ""
