"""The search link: filled in for the person, escaped, and never saying more than a name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optout.domain.broker import SearchLink
from optout.domain.person import Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.words import Fact, Sensitivity
from optout.planning.search import facts_shown, search_url
from tests.planning.builders import AT_RISK, AVERY, DAY, broker

PAGE = "https://finder.example/search"


def link(pattern: str, person: Person = AVERY, **search: Any) -> str:
    made = SearchLink(url=PAGE, pattern=pattern, **search)
    return search_url(person, broker(search=made), DAY)


@pytest.mark.parametrize(("pattern", "filled"), [
    ("https://f.example/{first}+{last}", "https://f.example/Avery+Sample"),
    ("https://f.example/{city:hyphen+lower}", "https://f.example/san-francisco"),
    ("https://f.example/{city:underscore}", "https://f.example/San_Francisco"),
    ("https://f.example/{state:lower}", "https://f.example/ca"),
    ("https://f.example/{state:full+lower+hyphen}", "https://f.example/california"),
    ("https://f.example/{first:upper}", "https://f.example/AVERY"),
    ("https://f.example/{city:lower+cap}", "https://f.example/San%20Francisco"),
    ("https://f.example/{middle:or_tilde}/x", "https://f.example/~/x"),
])
def test_modifiers_are_applied_from_left_to_right(pattern: str, filled: str) -> None:
    assert link(pattern) == filled


def test_every_character_of_a_name_is_escaped() -> None:
    person = replace(AVERY, names=(PersonName("Zoë&x=1", "O/Neil"),))
    assert link("https://f.example/?a={first}&b={last}", person) == (
        "https://f.example/?a=Zo%C3%AB%26x%3D1&b=O%2FNeil")


def test_without_what_the_pattern_asks_for_the_plain_page_is_given() -> None:
    assert link("https://f.example/{first}/{middle}") == PAGE
    assert link("https://f.example/{first}/{nonsense}") == PAGE


def test_the_home_of_a_person_at_risk_is_in_no_link() -> None:
    assert link("https://f.example/{first}/{city}", AT_RISK) == PAGE
    assert link("https://f.example/{first}-{last}", AT_RISK) == "https://f.example/Avery-Sample"


def test_an_age_is_only_revealed_where_the_registry_says_that_the_link_reveals_it() -> None:
    pattern = "https://f.example/?age={age:range}"
    assert link(pattern) == PAGE
    assert link(pattern, reveals=(Fact.FULL_NAME, Fact.AGE)) == "https://f.example/?age=40-49"


def test_the_age_of_a_person_at_risk_is_in_no_link() -> None:
    reveals = (Fact.FULL_NAME, Fact.AGE)
    programme = replace(AVERY.addresses[0], substitute=True)
    hidden = replace(AT_RISK, addresses=(programme,))
    pattern = "https://f.example/{first}/{city:lower+hyphen}/{age}"
    assert "/san-francisco/4" in link(pattern, replace(hidden, at_risk=False), reveals=reveals)
    assert link(pattern, hidden, reveals=reveals) == PAGE
    assert link("https://f.example/{city:lower}", hidden) == "https://f.example/san%20francisco"


def test_what_is_marked_ask_me_first_is_in_no_link() -> None:
    ask = Sensitivity.ASK
    named = replace(AVERY, names=tuple(replace(one, sensitivity=ask) for one in AVERY.names))
    placed = replace(AVERY, addresses=tuple(
        replace(one, sensitivity=ask) for one in AVERY.addresses))
    assert link("https://f.example/{first}-{last}", named) == PAGE
    assert link("https://f.example/{first}/{city}", placed) == PAGE
    assert link("https://f.example/{first}-{last}", placed) == "https://f.example/Avery-Sample"


def test_a_broker_without_a_search_has_no_link() -> None:
    assert search_url(AVERY, broker(), DAY) == ""
    assert search_url(AVERY, broker(search=SearchLink(url=PAGE)), DAY) == PAGE


def test_a_foreign_region_keeps_its_name() -> None:
    place = PostalAddress(("1 Probe Str",), "Köln", "DE", "", "50667")
    person = replace(AVERY, addresses=(PersonAddress(place, current=True),))
    assert link("https://f.example/{city:lower}", person) == "https://f.example/k%C3%B6ln"


def test_a_look_shows_the_place_only_where_the_link_carries_it() -> None:
    asks = (Fact.FULL_NAME, Fact.CITY_STATE, Fact.AGE, Fact.INTERNET_ADDRESS)
    name = (Fact.FULL_NAME, Fact.INTERNET_ADDRESS)

    def shown(pattern: str, person: Person = AVERY, **search: Any) -> tuple[Fact, ...]:
        return facts_shown(person, broker(search=SearchLink(PAGE, pattern, **search)), DAY)

    with_place = "https://f.example/{first}-{last}/{state}?z={zip}"
    assert shown(with_place, reveals=asks) == (
        Fact.FULL_NAME, Fact.INTERNET_ADDRESS, Fact.CITY_STATE, Fact.POSTAL_CODE)
    assert shown(with_place, AT_RISK, reveals=asks) == name
    assert shown("https://f.example/{last}?a={age}", reveals=asks) == (
        Fact.FULL_NAME, Fact.INTERNET_ADDRESS, Fact.AGE)
    assert shown("", reveals=asks) == name
    assert shown("https://f.example/{middle:or_tilde}/{last}", reveals=asks) == name
    assert shown("", reveals=(Fact.PHONE,)) == (Fact.PHONE, Fact.INTERNET_ADDRESS)
    assert facts_shown(AVERY, broker(), DAY) == name
