"""Least disclosure: which facts a request carries, which it lacks, and which stay at home."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import Footing
from optout.domain.person import Person
from optout.domain.plan import MissingNeed, Need
from optout.domain.words import Fact, Verification
from optout.planning.facts import shown_address, values_of
from optout.planning.identity import LETTERS, reply_facts
from optout.planning.reasons import (
    ALONE,
    BY_HAND,
    MATCHES,
    MATCHES_BY_HAND,
    NEVER_FILLED,
    OPTIONAL,
    REASONS,
    REMEDIES,
    TYPED_IN_FORMS,
)

FROM_THEM: frozenset[Fact] = frozenset({
    Fact.LISTING_URL, Fact.RECORD_SELECTION, Fact.INTERNET_ADDRESS})
"""Facts that the broker has by the nature of things: its own link, its own record."""

UNAVOIDABLE: frozenset[Fact] = frozenset({
    Fact.FULL_NAME, Fact.STATE_OF_RESIDENCE, Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS})
"""Facts without which nobody can ask: the name, the state that gives the right, the answer's way.

They are shown as new to the broker, and are not asked about one broker at a time.
"""

_ALONE_BESIDE: frozenset[Fact] = frozenset({
    Fact.FULL_NAME, Fact.ALIASES, Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS,
    Fact.PREVIOUS_ADDRESS, Fact.PHONE, Fact.EMAIL, Fact.AGE, Fact.EMPLOYER})

_HELD_UNDER: Mapping[Fact, tuple[str, ...]] = {
    Fact.FULL_NAME: ("name", "contact", "profile", "people"),
    Fact.ALIASES: ("alias", "other name"),
    Fact.EMAIL: ("email", "e-mail", "contact"),
    Fact.PHONE: ("phone", "contact"),
    Fact.CITY_STATE: ("address", "location", "contact", "propert"),
    Fact.POSTAL_CODE: ("address", "location", "contact", "propert"),
    Fact.CURRENT_ADDRESS: ("address", "contact", "propert"),
    Fact.PREVIOUS_ADDRESS: ("address", "propert"),
    Fact.AGE: ("age", "birth", "demographic"),
    Fact.EMPLOYER: ("employ", "job", "work"),
    Fact.ADVERTISING_ID: ("advertising", "maid", "device", "location"),
    Fact.LICENSE_PLATE: ("plate", "vehicle"),
    Fact.VEHICLE_ID: ("vehicle", "vin"),
    Fact.PHOTO: ("face", "photo", "image"),
    Fact.RELATIONSHIP: ("relative", "household"),
}
"""Words of a broker's `holds` under which it trades in a kind of fact."""

_CONTACT_DATA = frozenset({Fact.FULL_NAME, Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS,
                           Fact.PREVIOUS_ADDRESS, Fact.PHONE})
_PEOPLE_DATA = _CONTACT_DATA | {Fact.ALIASES, Fact.AGE}

_CATEGORY_TRADES: Mapping[str, frozenset[Fact]] = {
    "people_search": _PEOPLE_DATA,
    "people_data": _PEOPLE_DATA,
    "background_check": _PEOPLE_DATA,
    "credit_header": _PEOPLE_DATA,
    "credit_bureau": _PEOPLE_DATA,
    "specialty_report": _PEOPLE_DATA,
    "debt_collection": _PEOPLE_DATA,
    "risk": _PEOPLE_DATA,
    "phone_lookup": _CONTACT_DATA,
    "address_trade": _CONTACT_DATA,
    "property_records": _CONTACT_DATA,
    "marketing": _CONTACT_DATA | {Fact.EMAIL},
    "b2b_contacts": frozenset({Fact.FULL_NAME, Fact.EMAIL, Fact.PHONE, Fact.EMPLOYER,
                               Fact.CITY_STATE}),
    "court_records": frozenset({Fact.FULL_NAME, Fact.ALIASES, Fact.CITY_STATE, Fact.AGE}),
    "genealogy": frozenset({Fact.FULL_NAME, Fact.ALIASES, Fact.AGE}),
    "license_records": frozenset({Fact.FULL_NAME, Fact.CITY_STATE}),
    "vehicle_records": frozenset({Fact.FULL_NAME, Fact.VEHICLE_ID, Fact.LICENSE_PLATE}),
    "location": frozenset({Fact.ADVERTISING_ID}),
    "app_location": frozenset({Fact.ADVERTISING_ID}),
}
"""What a trade lives on: nobody in it learns a new kind of fact from it."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a request by one procedure would hand over."""

    needs: tuple[Need, ...] = ()
    missing: tuple[MissingNeed, ...] = ()
    withheld: tuple[Need, ...] = ()

    @property
    def facts(self) -> frozenset[Fact]:
        """The names of the facts that it carries."""
        return frozenset(need.fact for need in self.needs)

    @property
    def newly_told(self) -> frozenset[Fact]:
        """Those of them that the broker would learn, and that not every request must show."""
        return frozenset(need.fact for need in self.needs
                         if need.new_to_broker and need.fact not in UNAVOIDABLE)


def trades_in(broker: Broker, fact: Fact) -> bool:
    """Whether a broker is known to trade in this kind of fact, about people in general."""
    held = " ".join(broker.holds).lower()
    return any(word in held for word in _HELD_UNDER.get(fact, ())) or (
        fact in _CATEGORY_TRADES.get(broker.category, ()))


def is_new(person: Person, broker: Broker, fact: Fact, known: Collection[Fact]) -> bool:
    """Whether nothing shows that the broker holds this fact about the person.

    For people at risk only what is known of them counts (a listing that was seen, an earlier
    request). For others it is enough that the broker trades in facts of that kind.
    """
    if fact in FROM_THEM or fact in known:
        return False
    return person.at_risk or not trades_in(broker, fact)


def _wanted(
    person: Person, procedure: Procedure, footings: Sequence[Footing],
) -> Iterator[Fact]:
    """The facts that the procedure cannot work without, in a steady order."""
    if procedure.channel in LETTERS:
        yield Fact.FULL_NAME
        if any(footing.law.startswith("us-") and not footing.law.startswith("us-federal-")
               for footing in footings):
            yield Fact.STATE_OF_RESIDENCE  # such a letter says where the person lives
    yield from procedure.needs
    if procedure.channel in LETTERS:
        yield from reply_facts(person, procedure.channel)


def _apart(wanted: Sequence[Fact]) -> Fact | None:
    """The key that must travel alone: an advertising id or a plate, never with the name."""
    return next((fact for fact in wanted if fact in ALONE), None)


def _kept_back(procedure: Procedure, fact: Fact, alone: Fact | None) -> str:
    """Why a fact that the procedure asks for is not filled in; "" if it is."""
    if alone is not None and fact in _ALONE_BESIDE:
        return ALONE[alone]
    if fact in NEVER_FILLED:
        return NEVER_FILLED[fact]
    if fact in BY_HAND:
        return BY_HAND[fact]
    if procedure.channel not in LETTERS and fact in TYPED_IN_FORMS:
        return TYPED_IN_FORMS[fact]
    return ""


def _remedy(person: Person, fact: Fact) -> str:
    hidden = {Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS}
    if fact in hidden and person.at_risk:
        return ("Your home stays hidden because you are at risk. Enter a substitute address (such "
                "as Safe at Home), or choose another way.")
    return REMEDIES.get(fact, "Enter it for the person, or choose another way.")


def disclosure(
    person: Person,
    broker: Broker,
    procedure: Procedure,
    footings: Sequence[Footing],
    day: date,
    *,
    known: Collection[Fact] = (),
    listing_urls: Sequence[str] = (),
) -> Disclosure:
    """What a request by this procedure carries, lacks and withholds.

    It carries what the procedure needs and nothing else; a letter also carries the name, the
    state whose law it stands on, and the reply identity; a platform what it finds records by.

    Args:
        person: who asks.
        broker: the recipient.
        procedure: the way.
        footings: what the request stands on.
        day: decides which names and addresses hold.
        known: facts that the broker is known to have about the person.
        listing_urls: listings of the person seen at the broker.
    """
    wanted = tuple(dict.fromkeys(_wanted(person, procedure, footings)))
    alone = _apart(wanted)
    seen = {*known, *((Fact.FULL_NAME, Fact.LISTING_URL) if listing_urls else ())}
    needs: list[Need] = []
    missing: list[MissingNeed] = []
    withheld: list[Need] = []
    for fact in wanted:
        reason = _kept_back(procedure, fact, alone)
        if reason:
            withheld.append(Need(fact, reason))
            continue
        needs.append(Need(fact, REASONS[fact], is_new(person, broker, fact, seen)))
        if not values_of(person, fact, day, listing_urls=listing_urls):
            missing.append(MissingNeed(fact, _remedy(person, fact)))
    for fact in procedure.matches_on:
        if not values_of(person, fact, day):
            continue
        if person.at_risk:
            withheld.append(Need(fact, MATCHES_BY_HAND))
        else:
            needs.append(Need(fact, MATCHES, is_new(person, broker, fact, seen)))
    withheld += [Need(fact, OPTIONAL) for fact in procedure.asked_but_optional
                 if fact not in wanted]
    return Disclosure(tuple(needs), tuple(missing), tuple(withheld))


def hard_demands(procedure: Procedure) -> int:
    """How much a procedure asks that must never be sent lightly: 0 nothing, 1 a birth date, 2 more.

    An identity document, a social security number or a photo weighs more than a birth date.
    """
    severe = {Fact.GOVERNMENT_ID, Fact.SSN, Fact.PHOTO}.intersection(procedure.needs) or (
        {Verification.ID_UPLOAD, Verification.PHOTO_MATCH}.intersection(procedure.verification))
    return 2 if severe else int(Fact.DATE_OF_BIRTH in procedure.needs)


def guarded(person: Person, need: Need, day: date) -> bool:
    """Whether a new fact must be asked about before this broker gets it."""
    if not need.new_to_broker or need.fact in UNAVOIDABLE:
        return False
    placed = need.fact in {Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS}
    address = shown_address(person, day)
    return not (placed and address is not None and address.substitute)  # made to be shown
