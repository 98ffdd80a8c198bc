"""A look: one inspection of what a broker shows, without a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.outcome_words import LookResult, NoLook


@dataclass(frozen=True, slots=True)
class Look:
    """One look for a person at a broker. A look is a disclosure: it shows who is looked for.

    Args:
        result: `COULD_NOT_LOOK` is no absence.
        id: ours, random, without meaning; empty until stored.
        reason: why it could not tell; None for looks that could, for old ones, and for
            those of which was taken back what they showed.
    """

    person_id: str
    broker_id: str
    result: LookResult
    looked_on: date
    actor: str
    id: str = ""
    reason: NoLook | None = None
