"""A law as a typed, frozen value; the book of all laws, each as it stands on a day."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from optout.domain.broker import Broker
from optout.domain.errors import NotFound
from optout.domain.words import Channel, Confidence, Right
from optout.law.own_holidays import NO_OWN_HOLIDAYS, OwnHolidays
from optout.law.parts import (
    AgentRule,
    Appeal,
    Authority,
    Counting,
    Covered,
    Exemption,
    Extension,
    LimitRule,
    Period,
    Platform,
    PrivateAction,
    Reach,
    Refusal,
    VerificationRule,
    WhoMayInvoke,
)
from optout.law.words import Kind, PersonClass, Recipients, Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RightRule:
    """One right of a law.

    Args:
        section: the citation a letter prints.
        deadline: None where the law sets no number; none is ever invented.
        by_channel: periods that differ by the channel of the request.
        acknowledgement: within which time receipt must be confirmed.
        reaches_third_party_data: it helps against a broker that never met the person.
        binds: the recipients bound by the right, by `Broker.regulated_as`; empty means all.
        number_binds: the recipients bound by the number of the deadline; empty means all.
        available_from: the first day, where it is later than that of the law.
        limits: limits of this right alone.
        not_offered: why the right is never offered here, in plain words; empty if it is.
        confidence: of this right; a `low` one is never asserted.
    """

    right: Right
    section: str
    deadline: Period | None = None
    by_channel: tuple[tuple[Channel, Period], ...] = ()
    acknowledgement: Period | None = None
    extension: Extension | None = None
    reaches_third_party_data: bool = False
    binds: tuple[str, ...] = ()
    number_binds: tuple[str, ...] = ()
    available_from: date | None = None
    limits: tuple[LimitRule, ...] = ()
    not_offered: str = ""
    confidence: Confidence = Confidence.HIGH
    note: str = ""

    def period_for(self, channel: Channel, broker: Broker | None = None) -> Period | None:
        """The period of an answer to a request that came by this channel.

        None where the law sets no number, or none for this broker. Without a broker the
        recipient is taken to be one that the number binds.
        """
        if broker is not None and self.number_binds and not (
            set(self.number_binds) & set(broker.regulated_as)
        ):
            return None
        return dict(self.by_channel).get(channel, self.deadline)


@dataclass(frozen=True, slots=True)
class UpcomingChange:
    """A change of the law that switches itself on by date.

    Args:
        rights: the rights that it touches; a footing on them says so.
        applied: it changes data (a change known with low confidence never does).
    """

    on: date
    text: str
    confidence: Confidence
    name: str = ""
    rights: tuple[Right, ...] = ()
    applied: bool = False
    touches_every_right: bool = False


@dataclass(frozen=True, slots=True)
class Law:
    """One law as it stands in one span of time.

    Args:
        jurisdiction: `US-CA`, `US federal`, `EU`, `DE` ...
        effective: None where it has no single date; then `effective_note` says more.
        reach: beyond people and firms of its own place.
        refusal: what a refusal must say; None where that is not known.
        not_relied_on: why no right of it is ever asserted here; empty if they are.
        never_stored: a stored request on it would tell what nobody may be able to read off it (a
            citizenship); it is shown, and never written down.
        changes: every known change, past ones of this version included.
        low_confidence_fields: what must never be shown as fact.
    """

    id: str
    name: str
    short_name: str
    citation: str
    jurisdiction: str
    kind: Kind
    status: Status
    effective: date | None
    people: WhoMayInvoke
    recipients: Recipients
    rights: Mapping[Right, RightRule]
    appeal: Appeal
    agent: AgentRule
    verification: VerificationRule
    exemptions: tuple[Exemption, ...]
    authorities: tuple[Authority, ...]
    counting: Counting
    third_party_deletion: Covered
    private_action: PrivateAction
    sources: tuple[str, ...]
    checked: date
    confidence: Confidence
    low_confidence_fields: tuple[str, ...] = ()
    effective_note: str = ""
    thresholds: str = ""
    threshold_limits: tuple[LimitRule, ...] = ()
    platform: Platform | None = None
    reach: Reach = field(default_factory=Reach)
    refusal: Refusal | None = None
    not_relied_on: str = ""
    never_stored: bool = False
    changes: tuple[UpcomingChange, ...] = ()
    free_requests: str = ""
    confidence_notes: str = ""
    notes: tuple[str, ...] = ()

    def in_force_on(self, day: date) -> bool:
        """Whether it can be relied on that day."""
        return (self.status is not Status.STRUCK_DOWN
                and self.effective is not None and self.effective <= day)

    @property
    def gives_a_right(self) -> bool:
        """Whether there is anybody who may ask for something, and somebody to ask."""
        return (self.people.people is not PersonClass.NONE
                and self.recipients is not Recipients.NOBODY)

    @property
    def is_certain(self) -> bool:
        """Whether it is known well enough to stand behind a request."""
        return self.confidence is not Confidence.LOW and not self.is_low("rights")

    def is_certain_of(self, right: Right) -> bool:
        """Whether one of its rights is known well enough to be asserted."""
        return (self.rights[right].confidence is not Confidence.LOW
                and not self.is_low(f"rights.{right}"))

    def is_low(self, field: str) -> bool:
        """Whether a field (`agent`, `appeal`, `rights.fraud_alert`) must not be shown as fact."""
        return any(low in ("all", field) or field.startswith(f"{low}.")
                   for low in self.low_confidence_fields)

    def known(self, field: str, value: T | None) -> T | None:
        """The value of a field, or None where it must not be shown as fact."""
        return None if self.is_low(field) else value

    def rule(self, right: Right) -> RightRule:
        """The rule of a right.

        Raises:
            NotFound: naming the rights that the law has.
        """
        if right in self.rights:
            return self.rights[right]
        known = ", ".join(self.rights) or "none at all"
        raise NotFound(f"{self.id} gives no right called “{right}”.",
                       remedy=f"Its rights are: {known}.")

    def deadline_of(
        self, right: Right, channel: Channel, broker: Broker | None = None
    ) -> Period | None:
        """The period of an answer, as `RightRule.period_for`; None too where it is not certain."""
        return self.known(f"rights.{right}.deadline",
                          self.rights[right].period_for(channel, broker))

    def extension_of(self, right: Right) -> Extension | None:
        """By how much that period may be made longer; None where that is not certain."""
        return self.known("extension", self.known(
            f"rights.{right}.extension", self.rights[right].extension))

    def limit_rules(self, right: Right) -> Iterator[LimitRule]:
        """The limits of a right: its own, those of the thresholds, those of the exemptions."""
        yield from self.rights[right].limits
        exempt = (item.limit for item in self.exemptions if item.limit is not None)
        for rule in (*self.threshold_limits, *exempt):
            if not rule.rights or right in rule.rights:
                yield rule

    def change_behind(self, right: Right, day: date) -> UpcomingChange | None:
        """The latest change on which this right rests on that day; None if there is none."""
        applied = [change for change in self.changes
                   if change.applied and change.on <= day
                   and (change.touches_every_right or right in change.rights)]
        return max(applied, key=lambda change: change.on, default=None)


@dataclass(frozen=True, slots=True)
class History:
    """A law in all its versions, each with the first day on which it holds, in order."""

    versions: tuple[tuple[date, Law], ...]

    def on(self, day: date) -> Law:
        """The version that holds on that day."""
        return next(law for since, law in reversed(self.versions) if since <= day)


@dataclass(frozen=True, slots=True, eq=False)
class LawBook:
    """All laws, and the closed days that the person entered beside them.

    Two books are the same only if they are one: so what is derived from one can be kept by it.

    Args:
        checked: the day on which the facts were last gone through.
        own_holidays: counted as closed by every clock.
    """

    histories: Mapping[str, History]
    checked: date
    own_holidays: OwnHolidays = NO_OWN_HOLIDAYS

    @property
    def laws(self) -> Mapping[str, Law]:
        """Every law as it stands on the day on which the book was checked."""
        return {law.id: law for law in self.all_on(self.checked)}

    def law(self, law_id: str, day: date) -> Law:
        """A law as it stands on that day.

        Raises:
            NotFound: naming laws of similar id.
        """
        if law_id in self.histories:
            return self.histories[law_id].on(day)
        near = difflib.get_close_matches(law_id, self.histories, n=3, cutoff=0.4)
        raise NotFound(f"There is no law called “{law_id}”.",
                       remedy=f"Did you mean {' or '.join(near)}?" if near
                       else "`optout law list` shows them all.")

    def all_on(self, day: date) -> tuple[Law, ...]:
        """Every law as it stands on that day, in the order of the file."""
        return tuple(history.on(day) for history in self.histories.values())
