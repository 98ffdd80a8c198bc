"""The legal footing of a request, and the dates that it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.words import PeriodUnit, Right


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition that cannot be checked from here; the letter then says "to the extent ...".

    Args:
        key: stable name, such as `size_threshold`, `publicly_available`, `glba_entity`.
        text: the condition in one clause that fits after "to the extent that".
        why: what the person should know about it.
    """

    key: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Footing:
    """A right that this person may assert against this broker on this day.

    `law` is the law's id, or `voluntary` where no law applies (then `right` is
    `Right.VOLUNTARY`, and citation and limits are empty).

    Args:
        clock_starts: what the period of the answer runs from (`receipt`, `verification`,
            `pick_up`, `complete`, `other`).
        refusal_section: where the law says what a refusal must say; empty where unknown.
        appeal_section: where the law gives an appeal to the recipient itself; empty where it
            gives none.
        suppression_section: where the law lets the recipient keep what it needs to keep the
            person deleted; empty where that is not certain.
        no_proof_section: where the law says that an opt-out needs no proof of identity; empty
            where it does not.
    """

    law: str
    right: Right
    law_name: str = ""
    citation: str = ""
    reaches_third_party_data: bool = False
    limits: tuple[Limit, ...] = ()
    reason: str = ""
    source: str = ""
    checked: date | None = None
    clock_starts: str = "receipt"
    refusal_section: str = ""
    appeal_section: str = ""
    suppression_section: str = ""
    no_proof_section: str = ""


VOLUNTARY = Footing(law="voluntary", right=Right.VOLUNTARY)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A right that is not offered, and why not."""

    law: str
    right: Right | None
    reason: str


@dataclass(frozen=True, slots=True)
class Applicable:
    """The rights that may be asserted, best first, and those that may not, with reasons."""

    offered: tuple[Footing, ...]
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class ComputedDate:
    """A date with its arithmetic.

    Args:
        day: the last day of the period.
        late_from: the first day on which lateness may be claimed (rounded in favour of the
            broker, so that no false claim is made).
        arithmetic: one line for each step, such as `day 0: Monday 2026-11-23 (receipt)`.
        calendar: name and version of the holiday calendar used; empty for plain days.
        regions: the regions whose closed days were looked at.
        provisional: the clock rests, or has not started: the day will move, and nobody is late.
    """

    day: date
    late_from: date
    starts_on: date
    number: int
    unit: PeriodUnit
    citation: str
    arithmetic: tuple[str, ...]
    calendar: str = ""
    regions: tuple[str, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The statutory dates of one request; None where the law sets no number."""

    acknowledge_by: ComputedDate | None = None
    respond_by: ComputedDate | None = None
    extended_respond_by: ComputedDate | None = None
    citations: tuple[str, ...] = ()
