"""What needs no passphrase: brokers found and shown, rights and dates computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from optout.domain.broker import DeletionRequests
from optout.domain.errors import InvalidFile, InvalidInput, NotFound
from optout.domain.words import Right
from optout.registry.filters import Filters
from optout.registry.registry import Registry
from optout.services import brokers, rights
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from tests.conftest import MONDAY
from tests.services.conftest import BROKERS


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The fictional brokers, without any data folder."""
    return Library(Settings(instance=tmp_path / "none"), brokers_file=BROKERS)


def test_a_library_leaves_no_trace_without_a_data_folder(library: Library) -> None:
    assert "quick-mail" in library.registry
    assert not library._folder.exists()


def test_brokers_are_found_with_typing_errors_and_by_category(library: Library) -> None:
    assert brokers.search_brokers(library, "quik mail").brokers[0].id == "quick-mail"
    names = [b.name for b in brokers.search_brokers(library).brokers]
    assert names == sorted(names, key=str.casefold)
    searched = brokers.search_brokers(library, filters=Filters(category="people_search"))
    assert {b.id for b in searched.brokers} == {
        "quick-mail", "form-first", "form-mirror", "long-gone"}
    assert len(brokers.search_brokers(library, limit=2).brokers) == 2
    assert brokers.search_brokers(library, "zzzzqqqq").brokers == ()


def test_a_page_of_brokers_says_how_many_there_are(library: Library) -> None:
    whole = brokers.search_brokers(library, order="name")
    page = brokers.search_brokers(library, order="name", limit=3, offset=2)
    assert page.total == whole.total == len(library.registry)
    assert page.brokers == whole.brokers[2:5]
    assert brokers.search_brokers(library, offset=6).brokers == whole.brokers[6:]
    assert page.facets == whole.facets
    assert sum(page.facets["category"].values()) == page.total


def test_filters_narrow_a_search(library: Library) -> None:
    by_mail = brokers.search_brokers(library, filters=Filters(channel="email"))
    assert by_mail.brokers
    assert all("email" in {way.channel for way in b.procedures} for b in by_mail.brokers)
    both = brokers.search_brokers(library, filters=Filters(
        channel="email", category="people_search"))
    assert {b.category for b in both.brokers} == {"people_search"}
    assert both.facets["category"] == {"people_search": both.total}
    stale = brokers.search_brokers(library, filters=Filters(stale=True), day=date(2036, 1, 1))
    assert stale.total > brokers.search_brokers(library, filters=Filters(stale=True)).total


@pytest.mark.parametrize("order", brokers.ORDERS)
def test_every_order_shows_everyone(library: Library, order: str) -> None:
    found = brokers.search_brokers(library, order=order).brokers
    assert {b.id for b in found} == set(library.registry.brokers)


def test_brokers_come_in_the_order_that_was_asked_for(tmp_path: Path) -> None:
    base = Library(Settings(instance=tmp_path), brokers_file=BROKERS).registry
    quick, form = base.get("quick-mail"), base.get("form-first")
    plain = replace(quick, id="a", name="A", procedures=(), priority="normal")
    slow = replace(form, id="b", name="B", priority="high",
                   deletion_requests=DeletionRequests(2026, 9, median_days=40),
                   procedures=(replace(form.procedures[0], checked=date(2026, 1, 1)),))
    fast = replace(slow, id="c", name="C", priority="crucial",
                   deletion_requests=DeletionRequests(2026, 9, median_days=0),
                   procedures=(replace(form.procedures[0], checked=date(2026, 2, 1)),))
    library = Library(Settings(instance=tmp_path))
    library.registry = Registry({b.id: b for b in (slow, plain, fast)}, date(2026, 11, 1))

    def ids(order: str) -> str:
        return "".join(b.id for b in brokers.search_brokers(library, order=order).brokers)

    assert [ids(order) for order in brokers.ORDERS] == ["abc", "abc", "cba", "cba", "cba"]


def test_words_for_filters_are_checked() -> None:
    assert brokers.filters_of(category="people_search", holds="anything") == Filters(
        category="people_search", holds="anything")
    with pytest.raises(InvalidInput, match="“emial” is no channel") as caught:
        brokers.filters_of(channel="emial")
    assert "email" in caught.value.remedy
    with pytest.raises(InvalidInput) as caught:
        brokers.filters_of(trust="zzz")
    assert "corroborated" in caught.value.remedy


def test_a_link_is_matched_without_its_path(library: Library) -> None:
    domain = library.registry.get("quick-mail").domains[0]
    found = brokers.match(library, f"https://www.{domain}/Avery-Sample")
    assert found.host == f"www.{domain}"
    assert found.broker
    assert found.broker.id == "quick-mail"
    assert brokers.match(library, "https://unknown.example.com/").broker is None
    with pytest.raises(InvalidInput) as caught:
        brokers.match(library, "Avery Sample")
    assert "Avery" not in str(caught.value) + caught.value.remedy


def test_an_unknown_order_is_refused(library: Library) -> None:
    with pytest.raises(InvalidInput, match="“age” is no order") as caught:
        brokers.search_brokers(library, order="age")
    assert "median_days" in caught.value.remedy


def test_a_broker_is_shown_with_who_covers_it_and_its_line(library: Library) -> None:
    view = brokers.show_broker(library, "form-mirror", day=MONDAY)
    assert view.covered_by == ("form-first",)
    assert not view.stale
    assert BROKERS.read_text("utf-8").splitlines()[view.line - 1] == "- id: form-mirror"
    assert brokers.show_broker(library, "quick-mail", day=date(2029, 1, 1)).stale
    with pytest.raises(NotFound, match="quick-mail"):
        brokers.show_broker(library, "quick-male", day=MONDAY)


def test_the_registry_is_counted_and_checked(library: Library, tmp_path: Path) -> None:
    assert brokers.stats(library)["brokers"] == 8
    assert brokers.check(BROKERS).ok
    broken = tmp_path / "brokers.yaml"
    broken.write_text(BROKERS.read_text("utf-8").replace("role: broker", "role: baker", 1), "utf-8")
    result = brokers.check(broken)
    assert not result.ok
    assert [error.field for error in result.errors] == ["role"]
    with pytest.raises(InvalidFile):
        _ = Library(Settings(instance=tmp_path), brokers_file=broken).registry


def test_the_users_own_corrections_lie_over_the_packaged_registry(instance: Instance) -> None:
    instance.create("seven quiet otters under a bridge")
    entry = BROKERS.read_text("utf-8").split("- id: slow-post")[0]
    (instance.folder / "brokers.local.yaml").write_text(
        entry.replace("id: quick-mail", "id: my-own").replace("Quick Mail", "My Own").replace(
            "quickmail", "myown") + "\nend: true\n", "utf-8")
    registry = instance.library.registry
    assert registry.get("my-own").name == "My Own"
    assert registry.get("quick-mail").name == "Quick Mail"


def test_laws_are_listed_as_they_stand_on_a_day(library: Library) -> None:
    now, later = ({law.id: law for law in rights.laws_list(library, day)}
                  for day in (MONDAY, date(2027, 1, 1)))
    assert list(now) == list(later) == list(library.laws.histories)
    delete = [laws["us-ca-ccpa"].rights[Right.DELETE] for laws in (now, later)]
    assert [rule.reaches_third_party_data for rule in delete] == [False, True]


def test_rights_follow_residence_broker_and_day(library: Library) -> None:
    ours = rights.applicable_for(library, [" us-ca "], on=MONDAY)
    assert {"us-ca-ccpa"} <= {footing.law for footing in ours.offered}
    none = rights.applicable_for(library, ["US-CA"], on=date(2019, 1, 1))
    assert "us-ca-ccpa" not in {footing.law for footing in none.offered}
    assert rights.applicable_for(library, ["US-CA"], "quick-mail", on=MONDAY).offered
    with pytest.raises(InvalidInput):
        rights.applicable_for(library, ["California"], on=MONDAY)
    with pytest.raises(NotFound):
        rights.applicable_for(library, ["US-CA"], "quick-male", on=MONDAY)


def test_dates_follow_the_law(library: Library) -> None:
    found = rights.deadlines_for(library, "us-ca-ccpa", Right.ACCESS, MONDAY)
    assert found.respond_by is not None
    assert found.respond_by.day == date(2027, 1, 7)
    with pytest.raises(NotFound):
        rights.deadlines_for(library, "us-zz", Right.ACCESS, MONDAY)
