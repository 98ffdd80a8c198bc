"""The person: names, contact points, places, and the circumstances that call for care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from optout.domain.errors import InvalidInput
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.words import NameKind, Sensitivity


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name of a person.

    Raises:
        InvalidInput: when neither a given nor a family name is there.
    """

    given: str
    family: str
    middle: str = ""
    kind: NameKind = NameKind.LEGAL
    sensitivity: Sensitivity = Sensitivity.NORMAL
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if not (self.given.strip() or self.family.strip()):
            raise InvalidInput("The name is empty.", field="names",
                               remedy="Enter at least a given name or a family name.")

    @property
    def full(self) -> str:
        """Given, middle and family name, in that order, divided by single spaces."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)

    @property
    def may_be_sent(self) -> bool:
        """False for a name that must never leave the machine."""
        return (self.kind is not NameKind.DO_NOT_USE
                and self.sensitivity is not Sensitivity.NEVER_SEND)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """An e-mail address, a phone number (E.164) or a device's advertising id of a person."""

    value: str
    sensitivity: Sensitivity = Sensitivity.NORMAL
    valid_from: date | None = None
    valid_to: date | None = None


def main_of(names: Sequence[PersonName]) -> PersonName:
    """Of a person's names the legal one, else the first that may be used."""
    usable = [name for name in names if name.kind is not NameKind.DO_NOT_USE]
    return next((name for name in usable if name.kind is NameKind.LEGAL), usable[0])


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking.

    Args:
        id: ours, random, without meaning (`P-7K3M9Q`); empty until stored.
        reply_email, reply_address: the reply identity, which requests show. Never taken
            from `emails` or `addresses` by default.
        at_risk: someone is looking for the person, or others use this computer.
        advertising_ids: mobile advertising ids (MAIDs) of the person's devices.

    Raises:
        InvalidInput: without a name that may be used, or without a residence.
    """

    names: tuple[PersonName, ...]
    residences: tuple[Residence, ...]
    id: str = ""
    emails: tuple[ContactPoint, ...] = ()
    phones: tuple[ContactPoint, ...] = ()
    addresses: tuple[PersonAddress, ...] = ()
    advertising_ids: tuple[ContactPoint, ...] = ()
    date_of_birth: date | None = None
    at_risk: bool = False
    reply_email: str = ""
    reply_address: PostalAddress | None = None
    language: str = "en"
    sample: bool = field(default=False)

    def __post_init__(self) -> None:
        if not any(name.kind is not NameKind.DO_NOT_USE for name in self.names):
            raise InvalidInput("The person has no name that may be used.", field="names",
                               remedy="Enter one name that requests may carry.")
        if not self.residences:
            raise InvalidInput("The person has no residence.", field="residences",
                               remedy="Enter the state or country where the person lives, such as "
                                      "US-CA or DE: it decides which law applies.")

    @property
    def main_name(self) -> PersonName:
        """The legal name, else the first that may be used."""
        return main_of(self.names)

    @property
    def current_address(self) -> PersonAddress | None:
        """The address marked current, else the first that has not ended; None without any."""
        return next((a for a in self.addresses if a.current), None) or next(
            (a for a in self.addresses if a.valid_to is None), None)

    def residences_on(self, day: date) -> tuple[Residence, ...]:
        """Where the person lives on that day."""
        return tuple(r for r in self.residences if r.holds_on(day))


@dataclass(frozen=True, slots=True)
class Matter:
    """What a clinic opens for a client; a person alone has one implicitly."""

    id: str
    person_id: str
    opened_on: date
    title: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Authorization:
    """The signed permission to act for a person: who, for what, until when."""

    id: str
    person_id: str
    agent_name: str
    signed_on: date
    ends_on: date | None = None
    revoked_on: date | None = None
    power_of_attorney: bool = False

    def living_on(self, day: date) -> bool:
        """Whether an act on that day is covered."""
        return (self.signed_on <= day
                and (self.ends_on is None or day <= self.ends_on)
                and (self.revoked_on is None or day < self.revoked_on))


@dataclass(frozen=True, slots=True)
class Counsel:
    """The attorney or accredited representative to whom a person's government drafts go.

    Args:
        name: of the lawyer; never empty.
        address: counsel's office, which replies go to.
        may_show_home: counsel confirmed that the person's current address may stand in a draft.
        confirmed_on, actor: when and by whose hand that was entered.

    Raises:
        InvalidInput: without a name.
    """

    person_id: str
    name: str
    address: PostalAddress
    confirmed_on: date
    actor: str
    organisation: str = ""
    may_show_home: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidInput("Counsel has no name.", field="name",
                               remedy="Enter the name of the attorney or accredited "
                                      "representative.")
