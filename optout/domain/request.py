"""A request, its events, its dates, its follow-ups, and what it disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from optout.domain.footing import Deadlines, Footing
from optout.domain.words import (
    ActingAs,
    Channel,
    Claim,
    Event,
    Fact,
    FollowUpKind,
    FollowUpState,
    LookResult,
    Standing,
)


@dataclass(frozen=True, slots=True)
class RequestEvent:
    """One thing that happened to a request; the history is the truth.

    Args:
        seq: 1, 2, 3 ... within the request.
        on: the day on which it happened, local.
        recorded_at: the instant at which it was written down, UTC.
        actor: who did it.
        detail: what the actor noted (never in logs); `undo` names the undone seq here.
        received_on: the day on which the recipient had the request, where this event told it.
        until: the date that the broker named in it: the end of an extension, of a link.
    """

    seq: int
    event: Event
    on: date
    recorded_at: datetime
    actor: str
    standing_after: Standing
    detail: str = ""
    received_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """The stored deadlines of one footing of a request, with the event that started them."""

    law: str
    right: str
    started_by_seq: int
    deadlines: Deadlines


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A dated task.

    Args:
        key: unique: request, kind, and the seq of the event that called for it.
        why: why it exists and what to do next, one sentence without personal data.
    """

    id: str
    request_id: str
    kind: FollowUpKind
    due_on: date
    state: FollowUpState
    key: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Which facts, by name, went to which broker, when and why."""

    person_id: str
    broker_id: str
    fact: Fact
    on: date
    why: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One ask of one recipient.

    Args:
        id: the reference on every document: `OPT-` and six characters without look-alikes.
        footings: what it asserts, best first.
        facts: names of the facts that it carries.
        procedure_index: which of the broker's procedures it uses (position in the registry
            entry on the day of creation, kept for explanation only).
    """

    id: str
    person_id: str
    matter_id: str
    broker_id: str
    footings: tuple[Footing, ...]
    channel: Channel
    acting_as: ActingAs
    standing: Standing
    created_on: date
    facts: tuple[Fact, ...] = ()
    covers: tuple[str, ...] = ()
    claim: Claim | None = None
    claim_words: str = ""
    last_look: LookResult | None = None
    last_look_on: date | None = None
    sent_on: date | None = None
    received_on: date | None = None
    predecessor_id: str = ""
    successor_id: str = ""
    procedure_index: int = 0

    @property
    def footing(self) -> Footing:
        """The best footing."""
        return self.footings[0]


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A request with everything that belongs to it.

    Args:
        allowed: the events that are possible now.
        overdue_days: days past `late_from` of the first unmet statutory date; 0 if none.
    """

    request: Request
    events: tuple[RequestEvent, ...]
    dates: tuple[StatutoryDate, ...]
    follow_ups: tuple[FollowUp, ...]
    allowed: tuple[Event, ...]
    overdue_days: int = 0


@dataclass(frozen=True, slots=True)
class DueItem:
    """A follow-up seen on a day."""

    follow_up: FollowUp
    broker_id: str
    broker_name: str
    days_overdue: int
