"""An official file taken into a data folder: written once, found by the program, taken up again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optout.domain.errors import InvalidFile
from optout.registry.fields import REGISTRIES
from optout.services.desk import Library
from optout.services.registry_import import import_file
from optout.settings import load_settings
from tests.registry.official.states import SAMPLES, TODAY
from tests.registry.sample import SMALL

CALIFORNIA = SAMPLES / "ca-2026.csv"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A small registry over a data folder that is not there yet."""
    return Library(load_settings(tmp_path / "instance"), brokers_file=SMALL)


def test_a_file_is_taken_into_the_users_own_registry(library: Library) -> None:
    before = len(library.registry)
    found = import_file(library, "us-ca", CALIFORNIA, day=TODAY).as_dict()
    assert list(found) == ["rows", "new", "matched", "changed", "rejected", "gone",
                           "unknown_headings", "year"]
    assert (found["rows"], found["new"], found["year"]) == (9, 5, 2026)
    assert {"row": 8, "reason": "it names no company"} in found["rejected"]
    json.dumps(found)
    assert len(library.registry) == before + 5
    assert library.registry.get("fictional-data").registered_with("us-ca", 2026)
    assert library.overlay_file.parent.stat().st_mode & 0o077 == 0


def test_the_same_file_twice_changes_nothing(library: Library) -> None:
    import_file(library, "us-ca", CALIFORNIA, day=TODAY)
    written = library.overlay_file.read_bytes()
    found = import_file(library, "us-ca", CALIFORNIA, day=TODAY).as_dict()
    assert (found["new"], found["changed"], found["matched"]) == (0, 0, 5)
    assert library.overlay_file.read_bytes() == written


def test_all_states_may_follow_one_another(library: Library) -> None:
    files = (("us-ca", "ca-2020-2023.csv"), ("us-ca", "ca-2025.csv"), ("us-ca", "ca-2026.csv"),
             ("us-or", "or-licences.txt"), ("us-or", "or-opt-out.csv"), ("us-tx", "tx.csv"),
             ("us-vt", "vt-2020.csv"), ("us-vt", "vt-2026.csv"))
    assert {registry for registry, _ in files} == set(REGISTRIES)
    for registry, name in files:
        import_file(library, registry, SAMPLES / name, day=TODAY)
    filed = library.registry.get("fictional-data").registered_in
    assert {(one.registry, one.year) for one in filed} == {
        ("us-ca", 2025), ("us-ca", 2026), ("us-or", 2026), ("us-tx", 2025), ("us-tx", 2026),
        ("us-vt", 2020), ("us-vt", 2025), ("us-vt", 2026)}
    for registry, name in files:
        found = import_file(library, registry, SAMPLES / name, day=TODAY).as_dict()
        assert (found["new"], found["changed"]) == (0, 0), name


def test_a_dry_run_writes_nothing(library: Library) -> None:
    found = import_file(library, "us-ca", CALIFORNIA, day=TODAY, dry_run=True)
    assert found.as_dict()["new"] == 5
    assert not library.overlay_file.parent.exists()


def test_a_wrong_or_missing_file_leaves_all_as_it_is(library: Library, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="Expected was a table"):
        import_file(library, "us-vt", CALIFORNIA, day=TODAY)
    with pytest.raises(InvalidFile, match="There is no file"):
        import_file(library, "us-ca", tmp_path / "none.csv", day=TODAY)
    assert not library.overlay_file.exists()


def test_the_year_can_be_told(library: Library) -> None:
    found = import_file(library, "us-ca", CALIFORNIA, day=TODAY, year=2024)
    assert found.as_dict()["year"] == 2024
    assert library.registry.get("fictional-data").sources[0].url.endswith("registry2024.csv")
