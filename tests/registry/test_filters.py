"""Filters let through what they name, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from optout.registry.filters import Filters, regions_of
from optout.registry.loading import load_registry
from tests.registry.sample import SMALL

DAY = date(2026, 11, 20)
SEARCH, PHONES, GONE = "example-search", "example-phones", "example-gone"


def passing(filters: Filters, day: date = DAY) -> set[str]:
    return {broker.id for broker in load_registry(SMALL).all() if filters.matches(broker, day)}


@pytest.mark.parametrize(("filters", "ids"), [
    (Filters(), {SEARCH, PHONES, GONE}),
    (Filters(category="phone_lookup"), {PHONES}),
    (Filters(role="broker"), {SEARCH, PHONES, GONE}),
    (Filters(role="platform"), set()),
    (Filters(channel="email"), {PHONES}),
    (Filters(channel="fax"), set()),
    (Filters(status="defunct"), {GONE}),
    (Filters(trust="verified"), {SEARCH}),
    (Filters(trust="unverified"), {PHONES, GONE}),
    (Filters(country="us"), {SEARCH}),
    (Filters(country="DE"), set()),
    (Filters(region="US"), {SEARCH}),
    (Filters(region="us-ma"), {SEARCH}),
    (Filters(region="US-CA"), {SEARCH}),
    (Filters(region="US-OR"), set()),
    (Filters(registered_in="us-tx"), {SEARCH}),
    (Filters(registered_in="us-vt"), set()),
    (Filters(told="sold_law_enforcement"), {SEARCH}),
    (Filters(told="sold_foreign_actor"), set()),
    (Filters(holds="relatives ADDRESS"), {SEARCH}),
    (Filters(holds="relatives fingerprints"), set()),
    (Filters(right="delete"), {SEARCH}),
    (Filters(right="freeze"), set()),
    (Filters(regulated_as="glba"), {SEARCH}),
    (Filters(regulated_as="fcra"), set()),
    (Filters(operator="example search"), {SEARCH}),
    (Filters(operator="nobody"), set()),
    (Filters(stale=True), {PHONES}),
    (Filters(stale=False), {SEARCH, GONE}),
    (Filters(category="people_search", channel="email"), set()),
])
def test_each_filter_lets_its_own_through(filters: Filters, ids: set[str]) -> None:
    assert passing(filters) == ids


def test_buyers_are_searched_with_what_is_held() -> None:
    broker = replace(load_registry(SMALL).get(GONE), buyers=("police departments",))
    assert Filters(holds="police").matches(broker, DAY)
    assert not Filters(holds="landlords").matches(broker, DAY)


def test_an_address_without_a_state_counts_for_its_country() -> None:
    broker = load_registry(SMALL).get(SEARCH)
    way = broker.procedures[1]
    assert way.address
    abroad = replace(way, address=replace(way.address, region="", country="DE"))
    moved = replace(broker, country="", active_in=("AT",), registered_in=(), procedures=(abroad,))
    assert regions_of(moved) == {"AT", "DE"}


def test_filters_know_whether_they_ask_anything() -> None:
    assert not Filters()
    assert Filters(stale=False)
    assert Filters(told="sold_law_enforcement")
