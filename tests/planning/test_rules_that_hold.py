"""What holds by construction: over the whole shipped registry nothing ever breaks such a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.plan import Plan
from optout.domain.words import Fact, GateLevel, NameKind, Role, Sensitivity
from optout.planning.facts import values_of
from optout.planning.plan import make_plan
from optout.registry.loading import load_registry
from tests.planning.builders import AT_RISK, AVERY, DAY, laws, living_in, rules
from tests.registry.sample import SHIPPED

REGISTRY = load_registry(SHIPPED)
BERLIN = replace(
    living_in("DE"),
    addresses=(PersonAddress(PostalAddress(("Musterstraße 1",), "Berlin", "DE", "", "10115"),
                             current=True),))
PEOPLE = {
    "Californian": AVERY, "Californian at risk": AT_RISK, "Texan": living_in("US-TX"),
    "New Yorker": living_in("US-NY"), "German": BERLIN,
    "lately moved": replace(AVERY, residences=(
        Residence("US-CA", valid_to=date(2026, 8, 1)), Residence("US-OR"))),
}
NEVER_BROKEN = {rule.id for rule in rules().rules if rule.held_by} | {"residency-truth"}


@cache
def whole_plan(who: str) -> Plan:
    return make_plan(PEOPLE[who], REGISTRY.all(), REGISTRY.brokers, laws(), DAY,
                     registry_checked=REGISTRY.checked, rules=rules(), looking_first=False)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_request_of_a_plan_breaks_a_rule_that_holds_by_construction(who: str) -> None:
    assert whole_plan(who).actions
    for action in whole_plan(who).actions:
        broken = {gate.id for gate in action.gates
                  if gate.level is GateLevel.BLOCK and gate.id in NEVER_BROKEN}
        assert not broken, (action.broker.id, broken)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_system_of_an_agency_and_nobody_else_is_held_as_one(who: str) -> None:
    for action in whole_plan(who).actions:
        held = "government-system" in {gate.id for gate in action.gates if gate.holds}
        assert held is (action.broker.role is Role.GOVERNMENT_SYSTEM), action.broker.id


FULL = replace(
    AVERY,
    names=(PersonName("Avery", "Sample", "Q"), PersonName("Ava", "Specimen", kind=NameKind.FORMER),
           PersonName("Never", "Used", kind=NameKind.DO_NOT_USE)),
    emails=(ContactPoint("avery.sample@example.com"),
            ContactPoint("secret@example.com", Sensitivity.NEVER_SEND)),
    advertising_ids=(ContactPoint("38400000-8cf0-11bd-b23e-10b96e40000d"),))


def own_words(person: Person) -> str:
    """Everything that a person entered, in one text."""
    parts: list[str] = [
        *(name.full for name in person.names), *(point.value for point in person.emails),
        *(point.value for point in person.phones),
        *(point.value for point in person.advertising_ids), person.reply_email]
    places = [place.address for place in person.addresses]
    for place in [*places, *([person.reply_address] if person.reply_address else [])]:
        parts += [*place.lines, place.city, place.region, place.postal_code, place.country,
                  place.city_line]
    return "\n".join(parts)


@pytest.mark.parametrize("person", [AVERY, FULL, AT_RISK, BERLIN], ids=[
    "plain", "full", "at risk", "German"])
@pytest.mark.parametrize("fact", Fact)
def test_no_value_is_made_up(fact: Fact, person: Person) -> None:
    """Every value is made of what the person entered; two are reckoned from it."""
    entered = own_words(person)
    for value in values_of(person, fact, DAY):
        if fact is Fact.AGE:
            assert person.date_of_birth is not None
            assert value == str(DAY.year - person.date_of_birth.year)
        elif fact is Fact.STATE_OF_RESIDENCE:
            assert value in {"California", "Germany"}
        else:
            pieces = value.split(", ")
            assert all(piece in entered or piece in {"Germany", "US"} for piece in pieces), value


@pytest.mark.parametrize("fact", [
    Fact.RELATIONSHIP, Fact.EMPLOYER, Fact.SSN, Fact.GOVERNMENT_ID, Fact.PHOTO,
    Fact.DATE_OF_BIRTH, Fact.PROOF_OF_RISK, Fact.REASON])
def test_of_others_and_of_papers_there_is_no_value_at_all(fact: Fact) -> None:
    assert values_of(FULL, fact, DAY) == ()
