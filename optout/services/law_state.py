"""Where a law stands on a day, in one word, and what will change about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.words import Confidence
from optout.law.model import Law, LawBook, UpcomingChange
from optout.law.words import Status


class LawState(StrEnum):
    """Where a law stands on a day."""

    IN_FORCE = "in_force"
    PARTLY_IN_FORCE = "partly_in_force"
    NOT_YET = "not_yet"
    STRUCK_DOWN = "struck_down"
    NO_RIGHT = "no_right"
    VARIES = "varies"


@dataclass(frozen=True, slots=True)
class DatedChange:
    """Something that changes about a law on a day.

    Args:
        begins: the law itself takes effect; then `change` is None.
        by_itself: the program counts with it from that day on without being told.
    """

    on: date
    law: Law
    change: UpcomingChange | None = None

    @property
    def begins(self) -> bool:
        """Whether the law itself takes effect."""
        return self.change is None

    @property
    def by_itself(self) -> bool:
        """Whether the program switches on that day without being told."""
        return _asserts(self.law) if self.change is None else self.change.applied

    @property
    def confidence(self) -> Confidence:
        """How surely it is known."""
        return self.law.confidence if self.change is None else self.change.confidence


def _asserts(law: Law) -> bool:
    """Whether a request may ever stand on a law, once its day has come."""
    return law.is_certain and law.gives_a_right and not law.not_relied_on


def state_on(law: Law, day: date) -> LawState:
    """Where a law stands; one that gives nobody a right says so whatever its dates are."""
    if law.status is Status.STRUCK_DOWN:
        return LawState.STRUCK_DOWN
    if law.effective is None:
        return LawState.VARIES
    if law.effective > day:
        return LawState.NOT_YET
    if not law.gives_a_right:
        return LawState.NO_RIGHT
    return (LawState.PARTLY_IN_FORCE if law.status is Status.PARTLY_IN_FORCE
            else LawState.IN_FORCE)


def upcoming(book: LawBook, day: date) -> tuple[DatedChange, ...]:
    """All that changes after a day, the nearest first."""
    found = [change for law in book.all_on(day) for change in upcoming_of(law, day)]
    return tuple(sorted(found, key=lambda one: (one.on, one.law.name)))


def upcoming_of(law: Law, day: date) -> tuple[DatedChange, ...]:
    """What changes about one law after a day; its own beginning first."""
    begins = ([DatedChange(law.effective, law)]
              if law.effective is not None and law.effective > day
              and law.status is not Status.STRUCK_DOWN else [])
    return tuple(sorted([*begins, *_dated(law, law.changes, day)], key=lambda one: one.on))


def _dated(law: Law, changes: Iterable[UpcomingChange], day: date) -> list[DatedChange]:
    return [DatedChange(change.on, law, change) for change in changes if change.on > day]
