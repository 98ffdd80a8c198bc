"""A pasted link is matched with the broker whose site it is on."""

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import Broker
from optout.domain.words import BrokerStatus
from optout.registry import sites
from optout.registry.loading import load_registry
from optout.registry.registry import Registry
from optout.registry.sites import site_of
from tests.registry.sample import SMALL


def registry(**domains: tuple[str, ...]) -> Registry:
    base = load_registry(SMALL).get("example-phones")
    brokers: list[Broker] = [
        replace(base, id=id_, domains=names, status=BrokerStatus.DEFUNCT if id_ == "gone"
                else BrokerStatus.ACTIVE) for id_, names in domains.items()]
    return Registry({broker.id: broker for broker in brokers}, date(2026, 11, 1))


def owner(within: Registry, link: str) -> str | None:
    found = within.match(link)
    return found.id if found else None


@pytest.mark.parametrize(("link", "id_"), [
    ("https://www.example.com/Avery-Sample/CA?age=41#x", "whole"),
    ("example.com", "whole"),
    ("EXAMPLE.COM.", "whole"),
    ("https://avery-sample.example.com:8443/", "whole"),
    ("https://people.example.com/a", "part"),
    ("https://m.people.example.com/a", "part"),
    ("https://notpeople.example.com/a", "whole"),
    ("https://mirror.example.org/a", "whole"),
    ("https://example.net/b", "dotted"),
    ("https://shop.example.net/b", "dotted"),
    ("https://bücher.example.co.uk/", "umlaut"),
    ("https://other.co.uk/", None),
    ("https://myexample.com/", None),
    ("https://com/", None),
    ("https://203.0.113.9/listing", None),
    ("https://[2001:db8::1]/", None),
    ("https://[broken", None),
    ("", None),
])
def test_a_link_belongs_to_the_longest_host_that_an_entry_names(
        link: str, id_: str | None) -> None:
    within = registry(whole=("example.com", "example.org"), part=("people.example.com",),
                      dotted=("www.example.net",), umlaut=("xn--bcher-kva.example.co.uk",))
    assert owner(within, link) == id_


def test_of_two_owners_the_living_and_the_main_one_wins() -> None:
    within = registry(gone=("example.com",), second=("example.org", "example.com"),
                      main=("example.com",))
    assert owner(within, "https://example.com/") == "main"
    assert owner(registry(gone=("example.com",)), "https://example.com/") == "gone"


def test_no_link_is_kept_for_a_next_time() -> None:
    before = sites._site_of_host.cache_info().currsize
    for number in range(3):
        assert site_of(f"https://example.com/avery-sample-{number}") == "example.com"
    assert sites._site_of_host.cache_info().currsize <= before + 1
