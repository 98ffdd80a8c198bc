"""The values of a person that a copy for others does not show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout.domain.places import PostalAddress

HOME, REPLY = "home address", "address for answers"
PHONE, EMAIL, BORN, AGE = "phone number", "private e-mail address", "date of birth", "age"
LISTING, DEVICE = "link to a listing", "id of a device"
NUMBER, VEHICLE, PLATE = "number of an identity paper", "vehicle number", "licence plate"
OTHER = "name of another person"
KINDS = (HOME, REPLY, PHONE, EMAIL, BORN, AGE, LISTING, DEVICE, NUMBER, VEHICLE, PLATE, OTHER)


def notice(kind: str) -> str:
    """What stands where a value stood."""
    return f"[{kind} removed]"


@dataclass(frozen=True, slots=True)
class Place:
    """An address that is not shown.

    Args:
        kind: `HOME` or `REPLY`.
        regions: the ways to write its state, such as `CA` and `California`.
        like_a_region: the town bears the name of a state or country: by itself it is not taken
            for the town.
    """

    kind: str
    address: PostalAddress
    regions: tuple[str, ...] = ()
    like_a_region: bool = False


@dataclass(frozen=True, slots=True)
class PrivateValues:
    """What is not shown, and what stays although it looks alike.

    Args:
        phones: digits only: the national number and, where that is used, the local one.
        ages: on the days that the file speaks of.
        listings: addresses of pages that show the person.
        devices: advertising ids.
        others: names of other people, and names of the person that are never shown.
        given: first and middle names of the person that may be shown.
        family: family names of the person that may be shown.
        kept: whole blocks that stay: names and addresses of recipients, the reply mailbox.
    """

    places: tuple[Place, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    born: date | None = None
    ages: tuple[int, ...] = ()
    listings: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
