"""A letter that comes after a request: whether it may be written, and what the person adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from optout.domain.document_words import Purpose
from optout.domain.words import Event, Fact

LATER_PURPOSES: tuple[Purpose, ...] = tuple(p for p in Purpose if p is not Purpose.REQUEST)
"""Every purpose but the request itself, in the order in which they usually come."""

EVENT_OF_PURPOSE: Mapping[Purpose, Event] = MappingProxyType({
    Purpose.REMINDER: Event.REMIND,
    Purpose.IDENTITY_ANSWER: Event.ANSWER_IDENTITY,
    # To answer a refusal is to insist; an appeal is a step of its own that a law gives.
    Purpose.REFUSAL_ANSWER: Event.REMIND,
    Purpose.APPEAL: Event.APPEAL,
    Purpose.COMPLAINT: Event.COMPLAIN,
})
"""What the person marks once such a letter has left; writing one marks nothing."""


@dataclass(frozen=True, slots=True)
class LaterOffer:
    """A letter that could come next.

    Args:
        unmet: empty when it may be written today, else the sentence that says why not yet.
    """

    purpose: Purpose
    unmet: str = ""


@dataclass(frozen=True, slots=True)
class LaterDetails:
    """What only the person knows about what came back.

    Args:
        demanded: what the recipient asked for to prove identity, by name, never a value.
        their_words: the recipient's own words, to be quoted.
        authority: the name of the authority to complain to; empty for the likeliest.
    """

    demanded: tuple[Fact, ...] = ()
    their_words: str = ""
    authority: str = ""
