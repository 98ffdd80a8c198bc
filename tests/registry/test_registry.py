"""Brokers are found by id and by words, and counted honestly."""

import json
from dataclasses import replace
from datetime import date

import pytest

from optout.domain.errors import NotFound
from optout.registry.loading import load_registry
from optout.registry.registry import Registry
from tests.registry.sample import SHIPPED, SMALL


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(SMALL)


@pytest.fixture(scope="module")
def shipped() -> Registry:
    return load_registry(SHIPPED)


def test_an_unknown_id_is_answered_with_near_ones(registry: Registry) -> None:
    with pytest.raises(NotFound, match="no broker “example-fones”") as caught:
        registry.get("example-fones")
    assert "“example-phones”" in caught.value.remedy
    with pytest.raises(NotFound) as caught:
        registry.get("zzz")
    assert "registry search" in caught.value.remedy


def test_coverage_is_read_from_both_sides(registry: Registry) -> None:
    assert registry.covered_by("example-phones") == ("example-search",)
    assert registry.covered_by("example-search") == ()
    with pytest.raises(NotFound):
        registry.covered_by("none")


def test_a_broker_is_stale_once_every_way_out_wants_a_look(registry: Registry) -> None:
    assert not registry.stale("example-search", date(2027, 2, 22))
    assert not registry.stale("example-search", date(2027, 9, 1))
    assert registry.stale("example-search", date(2027, 9, 2))
    assert not registry.stale("example-phones", date(2026, 10, 23))
    assert registry.stale("example-phones", date(2026, 10, 24))
    assert not registry.stale("example-gone", date(2036, 1, 1))


def test_the_counts_add_up(registry: Registry) -> None:
    stats = registry.stats()
    assert stats == json.loads(json.dumps(stats))
    assert stats["brokers"] == stats["with_source"] == 3
    assert stats["by_category"] == {"people_search": 1, "phone_lookup": 1, "property_records": 1}
    assert stats["by_channel"] == {"email": 1, "phone": 1, "postal_mail": 1, "web_form": 1}
    assert stats["by_role"] == {"broker": 3}
    assert stats["registered_in"] == {"us-ca": 1, "us-tx": 1}
    assert (stats["verified"], stats["corroborated"], stats["unverified"]) == (1, 0, 2)
    assert stats["oldest_checked"] == "2025-10-23"
    assert stats["with_way_out"] == 2


def test_an_empty_registry_has_counts_too() -> None:
    stats = Registry({}, date(2026, 11, 1)).stats()
    assert stats["brokers"] == 0
    assert stats["oldest_checked"] is None


def test_the_mapping_cannot_be_changed(registry: Registry) -> None:
    with pytest.raises(TypeError):
        registry.brokers["x"] = registry.get("example-gone")  # type: ignore[index]  # the point


@pytest.mark.parametrize("words", [
    "spokeo", "Spokeo", "SPOKEO", "spokio", "spkoeo", "spoke", "spokeo.com", "www.spokeo.com",
    "https://www.spokeo.com/Avery-Sample/California", "spokeo inc",
])
def test_typing_errors_and_links_find_the_same_broker(shipped: Registry, words: str) -> None:
    assert shipped.search(words)[0][0].id == "spokeo"


@pytest.mark.parametrize(("words", "id_"), [
    ("lexis nexis", "lexisnexis-accurint"),
    ("lexisnexus", "lexisnexis-accurint"),
    ("accurint", "lexisnexis-accurint"),
    ("clearview", "clearview-ai"),
    ("clear view ai", "clearview-ai"),
    ("ventel", "venntel"),
    ("white pages", "whitepages"),
    ("true people search", "truepeoplesearch"),
    ("truepeoplesearch.com", "truepeoplesearch"),
    ("gravy analytics", "unacast"),
    ("x-mode", "outlogic"),
    ("corelogic", "cotality"),
    ("the work number", "the-work-number"),
    ("thats them", "thatsthem"),
    ("be verified", "beenverified"),
    ("radaris", "radaris"),
    ("bluekai", "oracle-data-cloud"),
    ("schufa", "schufa"),
    ("drop", "california-drop"),
    ("palantir", "palantir-icm"),
])
def test_people_find_what_they_remember(shipped: Registry, words: str, id_: str) -> None:
    assert shipped.search(words)[0][0].id == id_


def test_search_answers_best_first_and_nothing_for_nonsense(shipped: Registry) -> None:
    found = shipped.search("people search")
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert len({broker.id for broker, _ in found}) == len(found)
    assert shipped.search("") == shipped.search("  ?! ") == []
    assert shipped.search("qxzjvkwq") == []


def named(*names: str, **fields: tuple[str, ...]) -> Registry:
    base = load_registry(SMALL).get("example-gone")
    brokers = [replace(base, id=f"n{number}", name=name, **fields)  # type: ignore[arg-type]  # by field name
               for number, name in enumerate(names)]
    return Registry({broker.id: broker for broker in brokers}, date(2026, 11, 1))


def names_for(registry: Registry, words: str) -> list[tuple[str, int]]:
    return [(broker.name, score) for broker, score in registry.search(words)]


def test_the_legal_form_and_the_trade_name_do_not_matter() -> None:
    registry = named("Sample Data Holdings, Inc.", "Avery Research L.L.C. dba PeopleSample")
    for words in ("sample data holdings", "Sample Data Holdings LLC", "PeopleSample",
                  "avery research"):
        assert names_for(registry, words)[0][1] == 100, words


def test_words_in_another_order_and_words_within_are_found() -> None:
    registry = named("Northern Marketing Example Group", "Southern Hardware")
    assert names_for(registry, "example marketing northern")[0][0].startswith("Northern")
    assert names_for(registry, "group northern") == [("Northern Marketing Example Group", 80)]
    assert names_for(registry, "marketing exam") == [("Northern Marketing Example Group", 88)]
    assert names_for(registry, "group western") == []


def test_of_equal_scores_own_and_shorter_names_come_first() -> None:
    registry = named("Sample Records of the North", "Sample Records")
    assert [name for name, _ in names_for(registry, "sample")] == [
        "Sample Records", "Sample Records of the North"]
    other = named("Zebra", "Alias Only")
    brokers = dict(other.brokers)
    brokers["n1"] = replace(brokers["n1"], aliases=("Zebra",))
    assert [b.id for b, _ in Registry(dict(reversed(brokers.items())), date(2026, 11, 1))
            .search("zebra")] == ["n0", "n1"]


def test_a_name_without_any_letter_that_is_searched_for_does_no_harm() -> None:
    registry = named("北京", "Two")
    assert names_for(registry, "two") == [("Two", 100)]
    assert Registry({}, date(2026, 11, 1)).search("anyone") == []
