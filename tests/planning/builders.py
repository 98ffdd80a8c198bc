"""Small brokers and people for the tests of this room; every person is fictional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from optout.domain.broker import Basis, Broker, Cover, Eligibility, Procedure, Registration, Source
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.plan import Action, Plan
from optout.domain.words import BasisKind, BrokerStatus, Channel, Fact, Right, Role
from optout.law.model import LawBook
from optout.law.reading import read_laws
from optout.planning.gate_book import GateBook, read_gates
from optout.planning.plan import make_plan
from optout.services.gate_files import parsed_gates
from optout.services.law_files import parsed_laws

DAY = date(2026, 11, 23)
CHECKED = date(2026, 11, 20)
PROVEN = (Basis(BasisKind.REPLY),)
LISTED = (Basis(BasisKind.INDEPENDENT_LISTS),)

HOME = PostalAddress(("100 Fictional Way",), "San Francisco", "US", "CA", "94102")
EARLIER = PostalAddress(("7 Imaginary Court",), "Sacramento", "US", "CA", "95814")
PO_BOX = PostalAddress(("PO Box 0",), "San Francisco", "US", "CA", "94188")
SUBSTITUTE = PostalAddress(("PO Box 9",), "Oakland", "US", "CA", "94600")

AVERY = Person(
    id="P-2A3C4D",
    names=(PersonName("Avery", "Sample"),),
    residences=(Residence("US-CA"),),
    emails=(ContactPoint("avery.sample@example.com"),),
    phones=(ContactPoint("+14155550142"),),
    addresses=(PersonAddress(HOME, current=True),
               PersonAddress(EARLIER, valid_to=date(2019, 6, 30))),
    date_of_birth=date(1985, 4, 12),
    reply_email="optout.sample@example.com",
    reply_address=PO_BOX)

AT_RISK = replace(AVERY, at_risk=True)


def living_in(code: str, person: Person = AVERY) -> Person:
    return replace(person, residences=(Residence(code),))


@cache
def laws() -> LawBook:
    """The real law book."""
    return read_laws(parsed_laws())


@cache
def rules() -> GateBook:
    """The real safety rules."""
    return read_gates(parsed_gates())


def procedure(channel: Channel = Channel.EMAIL, *needs: Fact, rights: Sequence[Right] = (),
              **changes: Any) -> Procedure:
    made = Procedure(
        channel=channel, needs=needs, rights=tuple(rights), basis=PROVEN, checked=CHECKED,
        email="privacy@broker.example" if channel is Channel.EMAIL else "",
        url="https://broker.example/optout" if channel not in {
            Channel.EMAIL, Channel.POSTAL_MAIL, Channel.PHONE, Channel.FAX} else "",
        phone="+12125550100" if channel in {Channel.PHONE, Channel.FAX} else "",
        address=PO_BOX if channel is Channel.POSTAL_MAIL else None)
    return replace(made, **changes)


def only_for(*codes: str) -> Eligibility:
    return Eligibility(residences=codes)


def broker(id_: str = "finder", *procedures: Procedure, **changes: Any) -> Broker:
    made = Broker(
        id=id_, name=id_.title(), role=Role.BROKER, category="people_search",
        status=BrokerStatus.ACTIVE, sources=(Source("https://example.com", CHECKED),),
        procedures=procedures or (procedure(Channel.EMAIL, Fact.CITY_STATE),), country="US")
    return replace(made, **changes)


def parent(id_: str, *children: str, basis: tuple[Basis, ...] = PROVEN,
           **changes: Any) -> Broker:
    return broker(id_, covers=tuple(Cover(child, basis) for child in children), **changes)


def registered(year: int = 2026) -> tuple[Registration, ...]:
    return (Registration("us-ca", year),)


DROP = broker(
    "california-drop",
    procedure(Channel.PLATFORM, Fact.FULL_NAME, Fact.POSTAL_CODE, Fact.DATE_OF_BIRTH,
              Fact.REPLY_EMAIL, rights=(Right.DELETE, Right.OPT_OUT_OF_SALE),
              eligible=only_for("US-CA")),
    role=Role.PLATFORM, category="state_portal", priority="crucial", name="California DROP")


def plan(person: Person, *targets: Broker, others: Sequence[Broker] = (), day: date = DAY,
         **choices: Any) -> Plan:
    registry = {b.id: b for b in (*targets, *others)}
    return make_plan(person, targets, registry, laws(), day, registry_checked=CHECKED,
                     rules=rules(), **choices)


def only_action(made: Plan) -> Action:
    (action,) = made.actions
    return action
