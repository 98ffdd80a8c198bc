"""Days that the person entered as closed, beside those of the holiday library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

SHOWN_DIGITS = 6
"""Of the digest in a calendar's name: enough to see that something changed."""


@dataclass(frozen=True, slots=True, order=True)
class OwnHoliday:
    """One closed day.

    Args:
        source: where it was announced; empty if the person did not say.
    """

    day: date
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class OwnHolidays:
    """The person's own closed days, by the region that they were entered for.

    A day of a country closes every part of it; a day of a part closes that part alone. Days are
    only ever added to the library's: one more closed day makes a deadline later, never earlier.
    """

    by_region: Mapping[str, tuple[OwnHoliday, ...]] = field(
        default_factory=lambda: MappingProxyType({}))

    def of(self, regions: Sequence[str]) -> tuple[OwnHoliday, ...]:
        """The closed days of a calendar of these regions, in order."""
        return tuple(sorted({one for entered, days in self.by_region.items()
                             if any(within(region, entered) for region in regions)
                             for one in days}))

    def digests(self) -> dict[str, str]:
        """By region, a text that changes whenever its closed days change."""
        return {region: digest(days) for region, days in sorted(self.by_region.items()) if days}

    def __iter__(self) -> Iterator[tuple[str, OwnHoliday]]:
        return ((region, one) for region, days in self.by_region.items() for one in days)


NO_OWN_HOLIDAYS = OwnHolidays()


def within(region: str, entered: str) -> bool:
    """Whether a day entered for one region closes another: `US` closes `US` and `US-CA`."""
    return region == entered or region.startswith(f"{entered}-")


def digest(days: Sequence[OwnHoliday]) -> str:
    """A short text that tells two lists of closed days apart."""
    lines = "\n".join(f"{one.day.isoformat()} {one.name}" for one in sorted(days))
    return hashlib.sha256(lines.encode()).hexdigest()[:SHOWN_DIGITS]
