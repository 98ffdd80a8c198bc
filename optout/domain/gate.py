"""Safety gates: questions answered before a risky act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.words import GateLevel


class GatePlace(StrEnum):
    """Where a safety rule bites.

    The first four are acts of their own: a request to a broker, a look, a state's platform, a
    draft to a public agency. `DOCUMENT` and `SEND` are the later steps of the same request, where
    its gates are asked once more. `COMPLAINT` is a letter about a request to an authority,
    `CASE_FILE` the complete file of a request, `REMINDER` how much reminders say in one medium.
    `PERSON`, `PLAN` and `BROKER_PAGE` are pages.
    """

    REQUEST = "request"
    LOOK = "look"
    PLATFORM = "platform"
    GOVERNMENT_DRAFT = "government_draft"
    DOCUMENT = "document"
    SEND = "send"
    COMPLAINT = "complaint"
    CASE_FILE = "case_file"
    REMINDER = "reminder"
    PERSON = "person"
    PLAN = "plan"
    BROKER_PAGE = "broker_page"


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate that applies to one act of one person.

    Args:
        id: the rule's stable name, such as `new-fact-to-broker`.
        scope: what the answer is remembered for: a broker id, or `""` for the person.
        question: what is asked, for a frightened reader.
        explanation: the risk and the safer way.
        remedy: for `BLOCK`: what opens it.
        answered: the person has answered it in a way that lets the act go on.
    """

    id: str
    level: GateLevel
    question: str
    explanation: str
    scope: str = ""
    remedy: str = ""
    answered: bool = False

    @property
    def holds(self) -> bool:
        """Whether the act must wait."""
        return self.level is GateLevel.BLOCK or (
            self.level is GateLevel.CONFIRM and not self.answered)


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What the person answered, when, and by whose hand."""

    gate: str
    scope: str
    accepted: bool
    answered_on: date
    actor: str
