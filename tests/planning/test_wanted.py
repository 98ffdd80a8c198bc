"""Which brokers a wish means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Registration
from optout.domain.places import Residence
from optout.domain.wanted import Wanted
from optout.domain.words import BrokerStatus, Role
from optout.planning.wanted import brokers_of, is_relevant, sells_location
from tests.planning.builders import AVERY, broker, living_in

GERMAN = living_in("DE")
US = broker("american")
DE = broker("german", country="DE")


def ids(wanted: Wanted, *registry: object, person: object = AVERY) -> list[str]:
    by_id = {b.id: b for b in registry}  # type: ignore[attr-defined]  # brokers all
    return [b.id for b in brokers_of(wanted, person, by_id)]  # type: ignore[arg-type]  # a person


def test_relevant_is_what_deals_in_people_where_one_lives_or_has_lived() -> None:
    assert is_relevant(US, AVERY)
    assert not is_relevant(DE, AVERY)
    assert is_relevant(DE, GERMAN)
    moved = replace(GERMAN, residences=(
        Residence("DE"), Residence("US-TX", valid_to=date(2020, 1, 1))))
    assert is_relevant(US, moved)


def test_a_market_counts_like_a_seat_and_what_nobody_knows_counts_too() -> None:
    assert is_relevant(broker(country="GB", active_in=("GB", "DE")), GERMAN)
    assert is_relevant(broker(country=""), GERMAN)
    assert is_relevant(broker(country="GB", registered_in=(Registration("us-ca", 2026),)), AVERY)
    assert not is_relevant(broker(country="US", registered_in=(Registration("us-ca", 2026),)),
                           GERMAN)


@pytest.mark.parametrize("role", [Role.GOVERNMENT_SYSTEM, Role.TOOL_VENDOR, Role.PRACTICE,
                                  Role.PUBLIC_RECORD_SOURCE])
def test_what_nobody_can_opt_out_of_is_not_part_of_everything(role: Role) -> None:
    assert not is_relevant(broker(role=role), AVERY)
    assert not is_relevant(broker(category="protective_programs"), AVERY)


def test_location_is_known_by_the_kind_or_by_the_brokers_own_word() -> None:
    assert sells_location(broker(category="location"))
    assert sells_location(broker(reported={"collects_precise_location": True}))
    assert not sells_location(broker(reported={"collects_precise_location": False}))


def test_a_wish_is_the_union_of_what_it_names_and_what_was_named_comes_first() -> None:
    police = broker("police", reported={"sold_law_enforcement": True}, country="DE")
    maps = broker("maps", category="location", country="DE")
    cars = broker("cars", category="vehicle_records", country="DE")
    every = (US, DE, police, maps, cars)
    assert ids(Wanted(), *every) == []
    assert ids(Wanted(relevant=True), *every) == ["american"]
    assert ids(Wanted(location=True), *every) == ["maps"]
    assert ids(Wanted(told=("sold_law_enforcement",)), *every) == ["police"]
    assert ids(Wanted(categories=("vehicle_records",)), *every) == ["cars"]
    assert ids(Wanted(relevant=True, location=True, brokers=("german", "maps", "gone")),
               *every) == ["german", "maps", "american"]


def test_the_defunct_are_meant_only_by_name() -> None:
    gone = broker("gone", status=BrokerStatus.DEFUNCT)
    assert ids(Wanted(relevant=True), gone) == []
    assert ids(Wanted(brokers=("gone",)), gone) == ["gone"]
