"""The questions and answers of the second reading, in the words of the facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """Whom a letter would go to, in the words of the facts; `country` is empty if unknown."""

    role: str = "broker"
    country: str = "US"
    registered: frozenset[tuple[str, int]] = frozenset()
    regulated: frozenset[str] = frozenset()
    drop: bool = False


@dataclass(frozen=True)
class Asker:
    """Who asks: where they live, in which capacity, and what they say of themselves."""

    residence: str
    acting_as: str = "self"
    power: bool = False
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether a right may be asserted.

    Args:
        may: False where asserting it would be false.
        reason: why not, in our own words.
        limits: kinds of limits without one of which each the assertion claims too much.
        expected: the facts leave no doubt, so a product that does not offer it owes a reason.
    """

    may: bool
    reason: str = ""
    limits: frozenset[str] = frozenset()
    expected: bool = False

    def __str__(self) -> str:
        if not self.may:
            return f"must not: {self.reason}"
        return f"only with limits {sorted(self.limits)}" if self.limits else "may"


def no(reason: str) -> Verdict:
    """A right that must not be asserted."""
    return Verdict(may=False, reason=reason)
