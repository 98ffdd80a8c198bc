"""Presence first: who can be looked at, what a look is worth, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from optout.domain.broker import Broker, SearchLink
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.words import Fact, Presence
from optout.planning.presence import can_look, look_again_on, presence_at, shows_to_strangers
from tests.planning.builders import AT_RISK, AVERY, DAY, broker

VISIBLE = broker(search=SearchLink(url="https://finder.example"))
CLOSED = broker()
URL = ("https://finder.example/1",)


def looked(result: LookResult, days_ago: int = 0) -> Look:
    return Look("P-2A3C4D", "finder", result, DAY - timedelta(days=days_ago), "owner")


def test_one_can_look_where_it_tells_no_more_than_a_name() -> None:
    place = (Fact.FULL_NAME, Fact.CITY_STATE, Fact.INTERNET_ADDRESS)
    assert can_look(VISIBLE)
    assert not can_look(broker(search=SearchLink(url="https://f.example", reveals=place)))
    assert not can_look(CLOSED)


@pytest.mark.parametrize(("pattern", "may"), [
    ("https://f.example/{first}-{last}", True), ("https://f.example/{first}/{nonsense}", True),
    ("https://f.example/{first}/{city:lower}", False), ("https://f.example/{age}", False)])
def test_a_link_with_a_place_for_more_is_no_look_whatever_its_entry_says(
    pattern: str, *, may: bool,
) -> None:
    found = broker(search=SearchLink(
        url="https://f.example", pattern=pattern, reveals=(Fact.FULL_NAME,)))
    assert can_look(found) is may


def test_what_can_be_searched_shows_records_to_strangers() -> None:
    assert shows_to_strangers(broker(category="marketing", search=SearchLink(url="https://f.example")))
    assert shows_to_strangers(broker(category="people_search"))
    assert not shows_to_strangers(broker(category="marketing"))


@pytest.mark.parametrize(("where", "look", "urls", "expected"), [
    (VISIBLE, None, (), Presence.NOT_LOOKED),
    (CLOSED, None, (), Presence.UNKNOWN),
    (VISIBLE, None, URL, Presence.LISTED),
    (CLOSED, None, URL, Presence.LISTED),
    (VISIBLE, looked(LookResult.LISTED), (), Presence.LISTED),
    (VISIBLE, looked(LookResult.COULD_NOT_LOOK), (), Presence.UNKNOWN),
    (VISIBLE, looked(LookResult.COULD_NOT_LOOK), URL, Presence.LISTED),
    (VISIBLE, looked(LookResult.NOT_FOUND), (), Presence.NOT_FOUND),
    (CLOSED, looked(LookResult.NOT_FOUND), (), Presence.NOT_FOUND),
    (VISIBLE, looked(LookResult.NOT_FOUND), URL, Presence.NOT_FOUND),
    (VISIBLE, looked(LookResult.NOT_FOUND, 89), (), Presence.NOT_FOUND),
    (VISIBLE, looked(LookResult.NOT_FOUND, 90), (), Presence.NOT_LOOKED),
    (CLOSED, looked(LookResult.NOT_FOUND, 90), (), Presence.UNKNOWN),
])
def test_what_is_known_of_a_listing(
    where: Broker, look: Look | None, urls: tuple[str, ...], expected: Presence,
) -> None:
    assert presence_at(AVERY, where, look, urls, DAY) is expected


def test_people_at_risk_look_again_sooner() -> None:
    look = looked(LookResult.NOT_FOUND)
    assert look_again_on(AT_RISK, look) == DAY + timedelta(days=30)
    assert look_again_on(AVERY, look) == DAY + timedelta(days=90)
    assert presence_at(AT_RISK, VISIBLE, looked(LookResult.NOT_FOUND, 30), (), DAY) is (
        Presence.NOT_LOOKED)
