"""Papers for the person: which there are, and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.document_words import PaperKind
from optout.domain.errors import InvalidInput
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.words import ActingAs, Channel, FollowUpKind, Right, Standing


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper that can be made for a person.

    Args:
        unmet: empty when it can be made today, else the sentence that says what it lacks.
    """

    kind: PaperKind
    unmet: str = ""


@dataclass(frozen=True, slots=True)
class PlannedAuthorization:
    """What an authorization is to say before it is signed; what is empty is a line to write on.

    Args:
        agent_name: who is to act.
        starts_on, ends_on: from when until when.
        companies: which companies it is for; empty: the person ticks all, or writes them down.

    Raises:
        InvalidInput: when it ends before it begins.
    """

    agent_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    companies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise InvalidInput("The authorization ends before it begins.", field="ends_on",
                               remedy="Check both dates.")


@dataclass(frozen=True, slots=True)
class PaperToEnclose:
    """The signed paper that a request made by an agent speaks of."""

    kind: PaperKind
    authorization_id: str


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next dated task of a request."""

    kind: FollowUpKind
    on: date


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One request as a person reads about it: said, seen and standing are three things.

    Args:
        name: of the company; empty where the paper is to name none.
        others: how many further sites the same request is meant for.
        confirmed_gone, listed_again: what the looks and the claim together show.
        overdue_days: how late the company is, 0 if it is not.
    """

    reference: str
    name: str
    rights: tuple[Right, ...]
    channel: Channel
    standing: Standing
    acting_as: ActingAs = ActingAs.SELF
    others: int = 0
    sent_on: date | None = None
    claim: Claim | None = None
    last_look: LookResult | None = None
    last_look_on: date | None = None
    confirmed_gone: bool = False
    listed_again: bool = False
    overdue_days: int = 0
    next_date: NextDate | None = None
