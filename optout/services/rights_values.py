"""What the law gives, as values: a right, a law, a place, a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.footing import Footing, Limit, Withheld
from optout.law.model import Law, RightRule
from optout.law.reach import FEDERAL
from optout.planning.asks import REMOVING, is_of_one_kind
from optout.services.complaints import Hearing
from optout.services.law_state import DatedChange

NARROWING = frozenset({
    "biometric_data", "collected_online", "consumer_health_data", "covered_information",
    "data_broker_or_operator", "home_address_or_number", "system_of_records"})
"""Limits of laws on one kind of data or firm: who overlooks them hopes for too much."""


@dataclass(frozen=True, slots=True)
class Given:
    """One right that may be asserted, with its rule and its limits."""

    rule: RightRule
    footing: Footing


@dataclass(frozen=True, slots=True)
class LawRights:
    """What one law gives.

    Args:
        given: best first.
        withheld: what it does not offer, and why.
        hearings: who hears a complaint.
        changes: what changes about it later.
    """

    law: Law
    given: tuple[Given, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    changes: tuple[DatedChange, ...] = ()

    @property
    def shared_limits(self) -> tuple[Limit, ...]:
        """The limits of every right that it gives."""
        kept = [{limit.key for limit in one.footing.limits} for one in self.given]
        common = set.intersection(*kept) if kept else set()
        return tuple(limit for one in self.given[:1] for limit in one.footing.limits
                     if limit.key in common)

    @property
    def narrowing(self) -> tuple[Limit, ...]:
        """Those that make it a law on one kind of data or firm."""
        return tuple(limit for limit in self.shared_limits if limit.key in NARROWING)

    def own_limits(self, given: Given) -> tuple[Limit, ...]:
        """The limits of one right that not all share."""
        shared = {limit.key for limit in self.shared_limits}
        return tuple(limit for limit in given.footing.limits if limit.key not in shared)


@dataclass(frozen=True, slots=True)
class Silent:
    """A law of the place that gives nothing here, and why."""

    law: Law
    reason: str


@dataclass(frozen=True, slots=True)
class ForSome:
    """A law for certain people only.

    Args:
        declared: the person says, for this view, to be one of them.
        reason: why it gives nothing even to them; empty if it does.
    """

    rights: LawRights
    declared: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRights:
    """What the laws of one place give.

    Args:
        code: ISO 3166, or `FEDERAL`.
        left_on: the last day of living there, where the person has left.
        laws: those that give something.
        silent: those that give nothing, and why.
        parts: laws of parts of the country, for those who live there.
    """

    code: str
    laws: tuple[LawRights, ...]
    silent: tuple[Silent, ...] = ()
    left_on: date | None = None
    parts: tuple[Law, ...] = ()

    @property
    def only_shows(self) -> bool:
        """Whether its laws let one look, but not demand to be taken out."""
        return bool(self.laws) and not self._removing

    @property
    def only_one_kind(self) -> bool:
        """Whether they take out one kind of data only, and leave the rest of a record."""
        return bool(self._removing) and all(
            is_of_one_kind(footing) for footing in self._removing)

    @property
    def _removing(self) -> tuple[Footing, ...]:
        return tuple(one.footing for law in self.laws for one in law.given
                     if one.rule.right in REMOVING)

    @property
    def is_federal(self) -> bool:
        """Whether it stands for the whole United States."""
        return self.code == FEDERAL


@dataclass(frozen=True, slots=True)
class PersonRights:
    """All of it.

    Args:
        places: where the person lives, then federal law, then places left.
        for_some: laws for certain people only.
        beyond: laws of other places that bind firms there toward people anywhere.
    """

    places: tuple[PlaceRights, ...]
    for_some: tuple[ForSome, ...]
    beyond: tuple[Law, ...]
