"""The values that a request would carry for a fact, after everything that must stay at home."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from optout.domain.countries import COUNTRY_NAMES
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.regions import residence_name
from optout.domain.words import NEVER_BY_DEFAULT, Fact, NameKind, Sensitivity


class _Kept(Protocol):
    """Whatever has a sensitivity and a time for which it is true."""

    @property
    def sensitivity(self) -> Sensitivity: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


_Item = TypeVar("_Item", bound=_Kept)


def _holds(item: _Kept, day: date) -> bool:
    return (item.valid_from is None or item.valid_from <= day) and (
        item.valid_to is None or day <= item.valid_to)


def _sendable(items: Iterable[_Item]) -> list[_Item]:
    """What may be sent, with what is to be asked about last."""
    kept = [item for item in items if item.sensitivity is not Sensitivity.NEVER_SEND]
    return sorted(kept, key=lambda item: item.sensitivity is Sensitivity.ASK)


def main_name(person: Person, day: date) -> PersonName | None:
    """The name that a request shows: the legal one, else another in use; never a former one."""
    names = _sendable(n for n in person.names if n.may_be_sent and _holds(n, day)
                      and n.kind in {NameKind.LEGAL, NameKind.ALIAS})
    return min(names, key=lambda n: n.kind is not NameKind.LEGAL, default=None)


def shown_address(person: Person, day: date) -> PersonAddress | None:
    """The address that may be shown as the current one.

    A substitute address comes first. For a person at risk nothing else ever serves.
    """
    living = [a for a in _sendable(person.addresses) if _holds(a, day)]
    substitute = next((a for a in living if a.substitute), None)
    if substitute is not None or person.at_risk:
        return substitute
    return next((a for a in living if a.current), None) or next(
        (a for a in living if a.valid_to is None), None)


def _previous_address(person: Person, day: date) -> PersonAddress | None:
    """The latest address that the person has left; one whose end is unknown comes last."""
    left = [a for a in _sendable(person.addresses) if not a.substitute and not a.current
            and (a.valid_to is None or a.valid_to < day)]
    # Without an end, an address is only past if another one is marked as the current one.
    if not any(a.current for a in person.addresses):
        left = [a for a in left if a.valid_to is not None]
    return max(left, key=lambda a: a.valid_to or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Carried:
    """A value that a request would carry; `ask` if the person marked it “ask me first”."""

    value: str
    ask: bool = False


def _carry(item: _Kept, value: str) -> Carried:
    return Carried(value, item.sensitivity is Sensitivity.ASK)


def _names(person: Person, day: date) -> list[Carried]:
    name = main_name(person, day)
    return [_carry(name, name.full)] if name else []


def _other_names(person: Person, day: date) -> list[Carried]:
    # Former names go out only where a procedure asks for other names; one whose time is over is
    # just what such a procedure looks for, so validity is not asked of them.
    main = main_name(person, day)
    names = _sendable(n for n in person.names if n.may_be_sent)
    return [_carry(n, n.full) for n in names
            if n != main and (n.kind is NameKind.FORMER or _holds(n, day))]


def _points(points: Sequence[ContactPoint], day: date) -> list[Carried]:
    return [_carry(p, p.value) for p in _sendable(p for p in points if _holds(p, day))]


def _city_state(address: PostalAddress) -> str:
    return ", ".join(part for part in (address.city, address.region) if part)


def _in_one_line(address: PostalAddress) -> str:
    """The address with its country by name: `DE` and `CA` are states to American readers."""
    named = {**COUNTRY_NAMES, "US": "US"}
    return ", ".join((*address.lines, address.city_line,
                      named.get(address.country, address.country)))


def _placed(address: PersonAddress | None, shape: Callable[[PostalAddress], str]) -> list[Carried]:
    return [_carry(address, shape(address.address))] if address else []


def _residence(person: Person, day: date) -> list[Carried]:
    return [Carried(residence_name(r.code)) for r in person.residences_on(day)]


def _age(person: Person, day: date) -> list[Carried]:
    born = person.date_of_birth
    if born is None or born > day:
        return []
    return [Carried(str(day.year - born.year - ((day.month, day.day) < (born.month, born.day))))]


def _reply_email(person: Person, day: date) -> list[Carried]:
    # Without a reply mailbox a person who is not at risk would answer from their own; the gate
    # `reply-identity-missing` asks before that happens.
    if person.reply_email:
        return [Carried(person.reply_email)]
    return [] if person.at_risk else _points(person.emails, day)[:1]


def _reply_address(person: Person, _: date) -> list[Carried]:
    return [Carried(_in_one_line(person.reply_address))] if person.reply_address else []


_CARRIED: Mapping[Fact, Callable[[Person, date], list[Carried]]] = {
    Fact.FULL_NAME: _names,
    Fact.ALIASES: _other_names,
    Fact.EMAIL: lambda person, day: _points(person.emails, day)[:1],
    Fact.PHONE: lambda person, day: _points(person.phones, day)[:1],
    Fact.CITY_STATE: lambda person, day: _placed(shown_address(person, day), _city_state),
    Fact.POSTAL_CODE: lambda person, day: _placed(
        shown_address(person, day), lambda address: address.postal_code),
    Fact.CURRENT_ADDRESS: lambda person, day: _placed(
        shown_address(person, day), _in_one_line),
    Fact.PREVIOUS_ADDRESS: lambda person, day: _placed(
        _previous_address(person, day), _in_one_line),
    Fact.STATE_OF_RESIDENCE: _residence,
    Fact.AGE: _age,
    Fact.ADVERTISING_ID: lambda person, day: _points(person.advertising_ids, day),
    Fact.REPLY_EMAIL: _reply_email,
    Fact.REPLY_ADDRESS: _reply_address,
}


_EVERY: Mapping[Fact, Callable[[Person, date], list[Carried]]] = {
    Fact.EMAIL: lambda person, day: _points(person.emails, day),
    Fact.PHONE: lambda person, day: _points(person.phones, day),
}
"""What is carried in full where the recipient finds records by each value of a fact."""


def _carried(person: Person, fact: Fact, day: date, *, every: bool) -> list[Carried]:
    if fact in NEVER_BY_DEFAULT or fact not in _CARRIED:
        return []
    carried = (_EVERY.get(fact) if every else None) or _CARRIED[fact]
    return [item for item in carried(person, day) if item.value]


def values_of(
    person: Person, fact: Fact, day: date, *, listing_urls: Sequence[str] = (),
    every: bool = False,
) -> tuple[str, ...]:
    """What would be sent for a fact on that day; empty when the person lacks it.

    Names not to be used, facts never to be sent, and facts whose time is over stay out; a
    substitute address stands in for the home address. A date of birth, a social security
    number, a photo or an identity document is never filled in: the person enters it by hand,
    or not at all.

    Args:
        person: whose values.
        fact: which.
        day: decides which of them hold.
        listing_urls: the listings that a request would name.
        every: all mailboxes or phone numbers, for a recipient that finds records by each.
    """
    values = listing_urls if fact is Fact.LISTING_URL else (
        item.value for item in _carried(person, fact, day, every=every))
    return tuple(dict.fromkeys(values))


def to_be_asked(person: Person, fact: Fact, day: date, *, every: bool = False) -> bool:
    """Whether something that would be sent for a fact is marked “ask me first”."""
    return any(item.ask for item in _carried(person, fact, day, every=every))
