"""What needs no passphrase: brokers found and shown, rights and dates computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from optout.domain.errors import InvalidFile, InvalidInput, NotFound
from optout.domain.words import Right
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
    assert brokers.search_brokers(library, "quik mail")[0].id == "quick-mail"
    names = [b.name for b in brokers.search_brokers(library)]
    assert names == sorted(names, key=str.casefold)
    assert {b.id for b in brokers.search_brokers(library, category="people_search")} == {
        "quick-mail", "form-first", "form-mirror", "long-gone"}
    assert len(brokers.search_brokers(library, limit=2)) == 2
    assert brokers.search_brokers(library, "zzzzqqqq") == ()


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
    ids = [law.id for law in rights.laws_list(library)]
    assert {"us-ca-ccpa", "us-ca-delete-act", "us-va-vcdpa", "eu-gdpr"} <= set(ids)
    assert [law.id for law in rights.laws_list(library, on=MONDAY)] == ids


def test_rights_follow_residence_broker_and_day(library: Library) -> None:
    ours = rights.applicable_for(library, " us-ca ", on=MONDAY)
    assert {"us-ca-ccpa"} <= {footing.law for footing in ours.offered}
    none = rights.applicable_for(library, "US-CA", on=date(2019, 1, 1))
    assert "us-ca-ccpa" not in {footing.law for footing in none.offered}
    assert rights.applicable_for(library, "US-CA", "quick-mail", on=MONDAY).offered
    with pytest.raises(InvalidInput):
        rights.applicable_for(library, "California", on=MONDAY)
    with pytest.raises(NotFound):
        rights.applicable_for(library, "US-CA", "quick-male", on=MONDAY)


def test_dates_follow_the_law(library: Library) -> None:
    found = rights.deadlines_for(library, "us-ca-ccpa", Right.ACCESS, MONDAY)
    assert found.respond_by is not None
    assert found.respond_by.day == date(2027, 1, 7)
    with pytest.raises(NotFound):
        rights.deadlines_for(library, "us-zz", Right.ACCESS, MONDAY)
