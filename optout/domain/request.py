"""A request, its events, its dates, its follow-ups, and what it disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from optout.domain.footing import Deadlines, Footing
from optout.domain.outcome_words import Claim, LookResult, RefusalReason
from optout.domain.words import (
    ActingAs,
    Channel,
    Event,
    Fact,
    FollowUpKind,
    FollowUpState,
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
        reason: why they refused, where this event is a refusal of all or a part.
        look_id: the look that this event writes into the history; empty for other events.
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
    reason: RefusalReason | None = None
    look_id: str = ""


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """The stored deadlines of one footing of a request, with the event that started them."""

    law: str
    right: str
    started_by_seq: int
    deadlines: Deadlines


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A dated task, of a request or of a person at one broker.

    Args:
        request_id: empty where no request calls for it: a listing that was seen, an authorization.
        key: unique: what calls for it, kind, and the seq of the event that called for it.
        why: why it exists and what to do next, one sentence without personal data.
        person_id: whose it is; stored from the request where that is empty.
        broker_id: at whom; likewise.
        show_on: from this day on it is shown: `due_on`, or the day to which the person put it off;
            None means `due_on`. The day that the law set stays in `due_on`.
        number: a small number of its own in this data folder; 0 until stored.
        sequence: how often its day or state changed (RFC 5545, 3.8.7.4).
        changed_at: the instant of the last of those changes, UTC; None until stored.
        reason: why it is not needed, or what the person noted; personal data.
    """

    id: str
    request_id: str
    kind: FollowUpKind
    due_on: date
    state: FollowUpState
    key: str
    why: str = ""
    person_id: str = ""
    broker_id: str = ""
    show_on: date | None = None
    number: int = 0
    sequence: int = 0
    changed_at: datetime | None = None
    reason: str = ""

    @property
    def shown_on(self) -> date:
        """The day from which it is shown."""
        return self.show_on or self.due_on


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
        late_from: the first day on which the broker may be called late, while nothing changes;
            None while no such day is known. Whether it is late is computed from it and today.
        moved_on: the day of the latest event that still counts; None without one.
        merged_into: the request of which this one is a duplicate; empty otherwise.
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
    late_from: date | None = None
    moved_on: date | None = None
    merged_into: str = ""

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
