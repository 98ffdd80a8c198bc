"""Each link goes to its broker; mirrors are one listing, and pages that show nobody are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Basis, Broker, Cover, Procedure, SearchLink
from optout.domain.words import BasisKind, Channel
from optout.registry.listing_links import Why
from optout.registry.listings import Sorted, sort_links
from optout.registry.loading import load_registry
from optout.registry.pasted import links_in
from optout.registry.registry import Registry
from tests.registry.sample import SMALL


def registry() -> Registry:
    base = replace(load_registry(SMALL).get("example-phones"), covers=(), procedures=(),
                   search=None)
    way = Procedure(Channel.WEB_FORM, url="https://one.example/people/remove")
    query_way = Procedure(Channel.WEB_FORM, url="https://two.example/index?do=remove")
    mail = Procedure(Channel.EMAIL, email="a@one.example")
    brokers: list[Broker] = [
        replace(base, id="one", domains=("one.example", "one-mirror.example"),
                procedures=(way, mail), search=SearchLink(url="https://www.one.example/find"),
                covers=(Cover("two", (Basis(BasisKind.REPLY),)),)),
        replace(base, id="two", domains=("two.example",), procedures=(query_way,)),
        replace(base, id="part", domains=("part.one.example",))]
    return Registry({broker.id: broker for broker in brokers}, date(2026, 11, 1))


def sorted_of(text: str) -> Sorted:
    return sort_links(registry(), links_in(text))


def test_one_page_at_two_domains_of_one_broker_is_one_listing() -> None:
    found = sorted_of("https://one.example/p/1 https://www.one-mirror.example/p/1/ "
                      "https://one-mirror.example/p/2 https://two.example/p/1 "
                      "https://part.one.example/p/1")
    assert [(id_, link.url) for id_, link in found.listings] == [
        ("one", "https://one.example/p/1"), ("one", "https://one-mirror.example/p/2"),
        ("two", "https://two.example/p/1"), ("part", "https://part.one.example/p/1")]


@pytest.mark.parametrize(("link", "why"), [
    ("https://one.example/", Why.HOME),
    ("https://one.example/index.html", Why.SERVICE_PAGE),
    ("https://www.one.example?ref=1", Why.HOME),
    ("https://one-mirror.example/privacy-policy/", Why.SERVICE_PAGE),
    ("https://one.example/LOGIN.php?next=/p/1", Why.SERVICE_PAGE),
    ("https://one.example/People/Remove?from=here", Why.SERVICE_PAGE),
    ("https://one.example/find", Why.SERVICE_PAGE),
    ("https://one.example/search", Why.SERVICE_PAGE),
    ("https://two.example/index?do=remove", Why.SERVICE_PAGE),
    ("https://unknown.example/terms", Why.SERVICE_PAGE),
])
def test_a_page_that_shows_nobody_is_left_out(link: str, why: Why) -> None:
    found = sorted_of(link)
    assert not found.listings
    assert not found.unknown
    assert [reason for reason, _ in found.left_out] == [why]


@pytest.mark.parametrize("link", [
    "https://one.example/find?name=avery", "https://one.example/search?q=avery",
    "https://avery-sample.one.example/", "https://one.example/privacy/avery",
    "https://two.example/people?do=1"])
def test_a_page_that_may_show_somebody_is_kept(link: str) -> None:
    assert len(sorted_of(link).listings) == 1


def test_the_forms_of_a_network_are_no_listings_at_the_one_that_serves_it() -> None:
    assert registry().get("one").covers[0].id == "two"
    assert not sorted_of("https://two.example/index?do=remove").listings


def test_unknown_sites_are_counted_and_sites_without_link_are_matched() -> None:
    found = sorted_of("https://a.unknown.example/1 https://unknown.example/2 "
                      "https://part.one.example › p https://elsewhere.example › p")
    assert found.unknown == (("unknown.example", 2),)
    assert found.shown_only == (("part.one.example", "part"), ("elsewhere.example", ""))
