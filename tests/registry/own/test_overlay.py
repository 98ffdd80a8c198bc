"""Corrections: merged, checked, written whole; conflicts are shown and never guessed."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.errors import InvalidFile, InvalidInput
from optout.registry import cache, strict_yaml
from optout.registry.check import check_file
from optout.registry.loading import load_registry
from optout.registry.own import overlay
from optout.registry.own.difference import differences
from optout.registry.own.overlay import Correction
from tests.registry.sample import small

NEW_BROKER: dict[str, Any] = {
    "id": "my-own", "name": "My Own", "role": "broker", "category": "marketing",
    "status": {"is": "active"}, "cannot": "It has no way out.",
    "sources": [{"url": "https://my-own.example/", "checked": "2026-11-20"}]}


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    path = tmp_path / "brokers.yaml"
    path.write_text(small(), "utf-8")
    return path


@pytest.fixture
def local(tmp_path: Path) -> Path:
    return tmp_path / "brokers.local.yaml"


def broker(packaged: Path, local: Path, id_: str = "example-search") -> Broker:
    return load_registry(packaged, local).get(id_)


def save(packaged: Path, local: Path, id_: str = "example-search", **fields: Any) -> None:
    overlay.save(local, packaged, [Correction(id_, fields)])


def warnings(packaged: Path, local: Path) -> list[str]:
    result = check_file(packaged, local)
    assert result.ok
    return [f"{found.file}: {found.broker}: {found.field}" for found in result.warnings
            if "diff" in found.message]


def test_an_id_that_stands_twice_is_named_with_its_line(packaged: Path, local: Path) -> None:
    local.write_text("brokers:\n- id: my-own\n- id: other\n- id: my-own\n", "utf-8")
    with pytest.raises(InvalidFile) as caught:
        overlay.own_entries(local)
    assert caught.value.problems == (
        "brokers.local.yaml:4: my-own: stands twice: join the two.",)
    with pytest.raises(InvalidFile):
        save(packaged, local, operator="Another, Inc.")


def upgrade(packaged: Path, old: str, new: str) -> None:
    text = packaged.read_text("utf-8")
    assert text.count(old) == 1, old
    packaged.write_text(text.replace(old, new), "utf-8")


def test_a_correction_is_in_force_and_only_its_owner_reads_the_file(
        packaged: Path, local: Path) -> None:
    before = packaged.read_bytes()
    save(packaged, local, operator="Another, Inc.", recheck_days=None)
    assert broker(packaged, local).operator == "Another, Inc."
    assert broker(packaged, local).recheck_days is None
    assert stat.S_IMODE(local.stat().st_mode) == 0o600
    assert packaged.read_bytes() == before
    assert [path.name for path in sorted(local.parent.iterdir())] == [
        "brokers.local.yaml", "brokers.yaml"]
    text = local.read_text("utf-8")
    assert text.startswith("# Your own corrections")
    assert text.endswith("\nend: true\n")
    assert "recheck_days: null" in text


def test_later_corrections_keep_the_earlier_ones_and_the_comments(
        packaged: Path, local: Path) -> None:
    save(packaged, local, operator="Another, Inc.")
    save(packaged, local, **NEW_BROKER | {"id_": "my-own"})
    text = local.read_text("utf-8")
    local.write_text(text.replace("- id: my-own", "# By hand: seen on a letter.\n- id: my-own"),
                     "utf-8")
    save(packaged, local, holds=["addresses"])
    save(packaged, local, "my-own", name="My Very Own")
    found = broker(packaged, local)
    assert (found.operator, found.holds) == ("Another, Inc.", ("addresses",))
    assert broker(packaged, local, "my-own").name == "My Very Own"
    assert "# By hand: seen on a letter.\n- id: my-own\n  name: My Very Own" in (
        local.read_text("utf-8"))
    save(packaged, local, "my-own", cannot="Nothing helps.", operator="Me", aliases=None)
    save(packaged, local, "my-own", operator=None)
    assert broker(packaged, local, "my-own").operator == ""
    assert "operator" not in overlay.own_entries(local)["my-own"]


def test_what_equals_the_packaged_value_is_no_correction(packaged: Path, local: Path) -> None:
    operator = broker(packaged, local).operator
    save(packaged, local, operator="Another, Inc.", holds=["addresses"])
    save(packaged, local, operator=operator)
    assert overlay.own_entries(local)["example-search"].keys() == {"id", "holds", "over"}
    save(packaged, local, holds=["addresses", "relatives"])
    assert overlay.own_entries(local) == {}
    assert broker(packaged, local) == broker(packaged, local.with_name("none"))
    covers = [{"id": "example-phones", "basis": [{"kind": "state_filing", "count": 1},
                                                 {"kind": "independent_lists", "count": 2}]}]
    save(packaged, local, covers=covers)  # the same, said at more length
    assert overlay.own_entries(local) == {}


def test_several_corrections_of_one_entry_are_laid_over_each_other(
        packaged: Path, local: Path) -> None:
    overlay.save(local, packaged, [Correction("example-search", {"operator": "One", "name": "A"}),
                                   Correction("example-search", {"operator": "Two"})])
    assert (broker(packaged, local).operator, broker(packaged, local).name) == ("Two", "A")


def test_nothing_is_written_unless_the_whole_registry_reads(packaged: Path, local: Path) -> None:
    save(packaged, local, operator="Another, Inc.")
    before = local.read_bytes()
    with pytest.raises(InvalidFile, match=r"brokers\.local\.yaml:.*example-search: role"):
        save(packaged, local, role="baker")
    with pytest.raises(InvalidFile, match="no other entry “nowhere”"):
        save(packaged, local, related=["nowhere"])
    with pytest.raises(InvalidFile, match="new-one: name"):
        save(packaged, local, "new-one", role="broker")
    assert local.read_bytes() == before
    assert len(list(local.parent.iterdir())) == 2


@pytest.mark.parametrize("fields", [{"id": "other"}, {"over": {}}])
def test_ids_and_marks_are_not_corrected(
        packaged: Path, local: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        overlay.save(local, packaged, [Correction("example-search", fields)])
    assert not local.exists()


def test_entries_are_taken_out_again(packaged: Path, local: Path) -> None:
    save(packaged, local, operator="Another, Inc.")
    save(packaged, local, **NEW_BROKER | {"id_": "my-own"})
    assert overlay.remove(local, packaged, ["example-search", "nobody"]) == ("example-search",)
    assert broker(packaged, local).operator == "Example Search, LLC"
    save(packaged, local, related=["my-own"])
    with pytest.raises(InvalidFile, match="no other entry “my-own”"):
        overlay.remove(local, packaged, ["my-own"])
    assert set(overlay.own_entries(local)) == {"my-own", "example-search"}
    overlay.remove(local, packaged, ["my-own", "example-search"])
    assert overlay.own_entries(local) == {}
    before = local.read_bytes()
    assert overlay.remove(local, packaged, ["my-own"]) == ()
    assert local.read_bytes() == before


def test_a_newer_registry_is_taken_up_and_conflicts_are_shown(packaged: Path, local: Path) -> None:
    save(packaged, local, operator="Another, Inc.", holds=["addresses"])
    assert warnings(packaged, local) == []
    assert [one.kind for one in differences(packaged, local)] == ["changed"]
    upgrade(packaged, "name: Example Search\n", "name: Example Search!\n")
    assert broker(packaged, local).name == "Example Search!"
    assert warnings(packaged, local) == []
    upgrade(packaged, "operator: Example Search, LLC\n", "operator: Newer Owner, LLC\n")
    assert broker(packaged, local).operator == "Another, Inc."
    assert warnings(packaged, local) == ["brokers.local.yaml: example-search: operator"]
    conflict, = differences(packaged, local)
    assert conflict.as_dict() == {"id": "example-search", "kind": "conflict", "fields": [
        {"field": "operator", "packaged": "Newer Owner, LLC", "own": "Another, Inc."}]}
    save(packaged, local, operator="Another, Inc.")  # looked at, and kept
    assert warnings(packaged, local) == []
    upgrade(packaged, "operator: Newer Owner, LLC\n", "operator: Another, Inc.\n")
    upgrade(packaged, "holds: [addresses, relatives]\n", "holds: [addresses]\n")
    assert warnings(packaged, local) == []
    taken, = differences(packaged, local)
    assert (taken.kind, [one.field for one in taken.fields]) == ("taken_up", ["operator", "holds"])


def test_a_conflict_over_a_field_that_is_taken_out(packaged: Path, local: Path) -> None:
    save(packaged, local, recheck_days=None)
    upgrade(packaged, "recheck_days: 60", "recheck_days: 90")
    assert broker(packaged, local).recheck_days is None
    assert warnings(packaged, local) == ["brokers.local.yaml: example-search: recheck_days"]
    upgrade(packaged, "  recheck_days: 90\n", "")
    assert warnings(packaged, local) == []


def test_a_hand_written_overlay_without_marks_never_conflicts(
        packaged: Path, local: Path) -> None:
    local.write_text("brokers:\n- id: example-search\n  operator: By Hand\n", "utf-8")
    assert warnings(packaged, local) == []
    assert [one.kind for one in differences(packaged, local)] == ["changed"]
    assert differences(packaged, local.with_name("none")) == ()


@pytest.mark.parametrize("over", ["yes", "{operator: 12}", "[a]"])
def test_a_damaged_mark_is_refused_by_line(packaged: Path, local: Path, over: str) -> None:
    local.write_text(f"brokers:\n- id: example-search\n  operator: X\n  over: {over}\n", "utf-8")
    assert [(error.line, error.field) for error in check_file(packaged, local).errors] == [
        (4, "over")]


def test_the_packaged_file_has_no_marks(packaged: Path, local: Path) -> None:
    upgrade(packaged, "  operator: Example Search, LLC\n",
            "  operator: Example Search, LLC\n  over: {operator: abc}\n")
    assert "belongs into brokers.local.yaml" in str(check_file(packaged, local).errors[0])


def test_files_of_another_layout_are_written_anew_with_their_head(
        packaged: Path, local: Path) -> None:
    local.write_text("# Mine.\nbrokers:\n  - operator: By Hand\n    id: example-search\n", "utf-8")
    upgrade(packaged, "- id: example-search\n  name: Example Search\n",
            "- name: Example Search\n  id: example-search\n")
    save(packaged, local, name="A")
    assert local.read_text("utf-8").startswith(
        "# Mine.\nbrokers:\n- id: example-search\n  name: A\n  operator: By Hand\n  over:")
    local.write_text("brokers: []\n", "utf-8")
    save(packaged, local, name="A")
    assert local.read_text("utf-8").startswith("# Your own corrections")


@pytest.mark.parametrize("text", ["", "brokers: yes\n", "brokers: [a]\n", "brokers:\n- name: A\n",
                                  "- id: a\n"])
def test_an_overlay_without_a_list_of_entries_is_refused(
        packaged: Path, local: Path, text: str) -> None:
    local.write_text(text, "utf-8")
    with pytest.raises(InvalidFile, match="no list of brokers"):
        save(packaged, local, name="A")
    assert local.read_text("utf-8") == text


def test_a_registry_that_was_read_to_check_it_is_kept(packaged: Path, local: Path) -> None:
    folder = local.with_name("cache")
    overlay.save(local, packaged, [Correction("example-search", {"name": "A"})],
                 cache_folder=folder)
    files = [(path.name, strict_yaml.read_bytes(path)) for path in (packaged, local)]
    kept = cache.fetch(folder, cache.key_of(files))
    assert kept is not None
    assert kept.brokers == load_registry(packaged, local).all()


def test_a_failure_while_writing_leaves_all_as_it_was(
        packaged: Path, local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(packaged, local, name="A")
    before = local.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(packaged, local, name="B")
    assert local.read_bytes() == before
    assert len(list(local.parent.iterdir())) == 2
