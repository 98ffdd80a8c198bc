"""Places: postal addresses, and the residence that decides the law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from optout.domain.errors import InvalidInput
from optout.domain.words import Sensitivity

_COUNTRY = re.compile(r"[A-Z]{2}")
_RESIDENCE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
MOST_LINES = 4
"""Street lines that fit the window of an envelope above the city line."""

_MARKED_REGION_COUNTRIES = frozenset({"US", "CA", "AU"})


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where post goes.

    Args:
        lines: street lines above the city line: recipient's desk, street, unit (one to four).
        city: the post town.
        country: ISO 3166-1 alpha-2.
        region: state or province code where the country writes one.
        postal_code: as the country writes it, leading zeros kept.

    Raises:
        InvalidInput: naming the field that is missing or malformed.
    """

    lines: tuple[str, ...]
    city: str
    country: str
    region: str = ""
    postal_code: str = ""

    def __post_init__(self) -> None:
        if not self.lines or not all(line.strip() for line in self.lines):
            raise InvalidInput("The address has no street line.", field="street",
                               remedy="Enter the street and number, or the PO box.")
        if len(self.lines) > MOST_LINES:
            raise InvalidInput("The address has more than four street lines.", field="street",
                               remedy="Join lines so that it fits the window of an envelope.")
        if not self.city.strip():
            raise InvalidInput("The address has no city.", field="city",
                               remedy="Enter the city or post town.")
        if not _COUNTRY.fullmatch(self.country):
            raise InvalidInput("The address has no country.", field="country",
                               remedy="Enter the two-letter country code, such as US or DE.")

    @property
    def city_line(self) -> str:
        """The line with city, region and postal code, in the order of the country."""
        if self.country in _MARKED_REGION_COUNTRIES:
            region = f"{self.region} {self.postal_code}".strip()
            return f"{self.city}, {region}" if self.country == "US" and region else (
                f"{self.city} {region}".strip())
        if self.country in {"GB", "IE"}:
            return f"{self.city} {self.postal_code}".strip()
        return f"{self.postal_code} {self.city}".strip()

    def one_line(self) -> str:
        """The whole address on one line, parts divided by commas."""
        return ", ".join((*self.lines, self.city_line, self.country))


@dataclass(frozen=True, slots=True)
class PersonAddress:
    """An address in a person's life, with the dates and the care it wants.

    `substitute` marks an address-confidentiality (Safe at Home) address, which may be shown.
    """

    address: PostalAddress
    current: bool = False
    substitute: bool = False
    sensitivity: Sensitivity = Sensitivity.NORMAL
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Where the person lives or lived, as ISO 3166: `US-CA`, `DE`. It decides the law.

    Raises:
        InvalidInput: when the code is not of that shape, or a US residence names no state.
    """

    code: str
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if not _RESIDENCE.fullmatch(self.code):
            raise InvalidInput(f"“{self.code}” is not a residence code.", field="residences",
                               remedy="Write it like US-CA (country and state) or DE (country).")
        if self.code == "US":
            raise InvalidInput("A residence in the United States needs its state.",
                               field="residences", remedy="Write it like US-CA.")

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 of the residence."""
        return self.code[:2]

    def holds_on(self, day: date) -> bool:
        """Whether the person lived there on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to)

    def containing(self) -> Iterator[str]:
        """This code and the wider ones that contain it: `US-CA`, then `US`."""
        yield self.code
        if "-" in self.code:
            yield self.country
