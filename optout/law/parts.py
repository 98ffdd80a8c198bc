"""The parts that a law is made of: periods, people, agents, authorities, ways of counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.footing import Limit
from optout.domain.words import PeriodUnit, Right
from optout.law.words import AgentScope, ClockStart, EndRule, PersonClass


@dataclass(frozen=True, slots=True)
class Period:
    """A number of units, what starts it, and where the law says so.

    Args:
        starts: the event from which it runs, in words.
        starts_at: the kind of that event.
        section: citation of the period; empty: that of the right.
        note: what else the person should know about it.
        late_number: a longer number of the same unit that some recipients may rely on, and
            nobody can see which: lateness waits for it. None where all have the same time.
        late_why: why, in one sentence.

    Raises:
        ValueError: when the longer number is not longer.
    """

    number: int
    unit: PeriodUnit
    starts: str = "receipt of the request"
    starts_at: ClockStart = ClockStart.RECEIPT
    section: str = ""
    note: str = ""
    late_number: int | None = None
    late_why: str = ""

    def __post_init__(self) -> None:
        if self.late_number is not None and self.late_number <= self.number:
            raise ValueError(f"the longer number ({self.late_number}) is not above {self.number}")


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a period may be made longer; `number` None where the law sets none.

    Args:
        notice_required: without a notice inside the first period, it does not extend.
    """

    number: int | None
    unit: PeriodUnit
    notice_required: bool = True
    notice: str = ""
    once_only: bool = True
    section: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """The appeal to the recipient itself, and who hears a complaint after it.

    Args:
        answer_within: within which time the recipient answers it.
        file_within: within which time the person must make it; None where the law sets none.
    """

    available: bool
    then_complain_to: str
    answer_within: Period | None = None
    file_within: Period | None = None
    extension: Extension | None = None
    section: str = ""
    how: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a recipient owes the person when it refuses, in time for the answer.

    Args:
        reasons: it gives its reasons.
        appeal: it says how to appeal.
        authority: it says where to complain.
    """

    section: str
    reasons: bool = True
    appeal: bool = False
    authority: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a law reaches beyond people and firms of its own place.

    Args:
        through_establishment: it binds a recipient established there toward people anywhere.
        elsewhere: what a letter must doubt when the recipient is not known to be there.
        establishment: what a letter must doubt when the person lives somewhere else.
    """

    through_establishment: bool = False
    elsewhere: Limit | None = None
    establishment: Limit | None = None


@dataclass(frozen=True, slots=True)
class AgentRule:
    """Who may act for the person.

    Args:
        rights: every right that an agent may exercise.
        not_for: what an agent may not do, in words.
        power_of_attorney: a power of attorney opens every right of the law.
        proof: what the recipient may demand.
    """

    allowed: AgentScope
    rights: tuple[Right, ...] = ()
    not_for: tuple[str, ...] = ()
    power_of_attorney: bool = False
    proof: str = ""
    section: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerificationRule:
    """How the recipient may check who is asking.

    Args:
        opt_out_needs_authentication: None where the law does not say.
        pauses_clock: an open, justified query about identity suspends the period.
        pause_section: where the law says so.
    """

    rule: str
    opt_out_needs_authentication: bool | None = None
    opt_out_section: str = ""
    pauses_clock: bool = False
    pause_section: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A limit and when it can be left out.

    Args:
        rights: the rights that it limits; empty means all.
        unless_registered_in: registries whose filing itself states that the condition is met.
    """

    limit: Limit
    rights: tuple[Right, ...] = ()
    unless_registered_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """What the law leaves out; `limit` where a letter must respect it."""

    text: str
    limit: LimitRule | None = None


@dataclass(frozen=True, slots=True)
class WhoMayInvoke:
    """The people whom the law protects.

    Args:
        question: asks whether the person is one of them, where that cannot be known from the
            residence; answered yes or no at the moment of use, and never stored.
    """

    people: PersonClass
    of: str
    text: str
    excludes: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who hears a complaint; an unconfirmed address is never printed on a letter.

    Args:
        wants: what it wants to see, where it says so.
        within: within which time the complaint must be made; None where no time is set.
    """

    name: str
    role: str
    complaint_url: str = ""
    complaint_url_status: str = ""
    postal: tuple[str, ...] = ()
    postal_status: str = ""
    address_source: str = ""
    wants: str = ""
    within: Period | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """How the law counts.

    Args:
        calendars: regions whose holidays are closed days: `US` (federal), `US-CA`; empty means
            weekends only.
    """

    calendars: tuple[str, ...] = ()
    end_rule: EndRule = EndRule.LATENESS_MOVES
    text: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """One request that reaches every registered broker.

    Args:
        broker: id of the platform's entry in the registry of brokers.
        pick_up: within which time each broker must fetch new requests.
        processing_from: the first day on which brokers must fetch them.
    """

    broker: str
    name: str
    url: str
    pick_up: Period
    opened_on: date
    processing_from: date
    identifiers: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """Whether deletion reaches what the recipient got from others, in the law's own terms.

    Args:
        suppression_option: what the recipient may keep so that the person stays out.
        suppression_section: where the law lets it.
    """

    covered: str
    text: str = ""
    suppression_option: str = ""
    suppression_section: str = ""


@dataclass(frozen=True, slots=True)
class PrivateAction:
    """Whether the person can go to court under this law (`yes`, `no`, `limited` ...)."""

    exists: str
    text: str = ""
