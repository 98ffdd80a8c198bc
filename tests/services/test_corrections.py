"""The user's own corrections: in force at once, undone at will, safe when a mistake is made."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from optout.domain.errors import InstanceMissing, InvalidFile, InvalidInput, NotFound, Refused
from optout.services import corrections
from optout.services.desk import Library
from optout.settings import Settings
from tests.conftest import MONDAY
from tests.services.conftest import BROKERS

SUNDAY = MONDAY - timedelta(days=1)
ENTRY: dict[str, Any] = {
    "name": "Müller & Söhne Data", "role": "broker", "category": "marketing",
    "status": {"is": "active"}, "cannot": "It has no way out.",
    "sources": [{"url": "https://own.example/", "checked": "2026-11-20"}]}


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    path = tmp_path / "brokers.yaml"
    path.write_bytes(BROKERS.read_bytes())
    return path


@pytest.fixture
def library(tmp_path: Path, packaged: Path) -> Library:
    (tmp_path / "data").mkdir()
    return Library(Settings(instance=tmp_path / "data"), brokers_file=packaged)


def test_a_correction_is_in_force_at_once_and_after_a_restart(
        library: Library, packaged: Path) -> None:
    before = library.registry.get("quick-mail")
    after = corrections.correct(library, "quick-mail", {"operator": "Another, Inc."})
    assert before.operator != after.operator == "Another, Inc."
    assert library.registry.get("quick-mail") is after
    again = Library(Settings(instance=library.overlay_file.parent), brokers_file=packaged)
    assert again.registry.get("quick-mail").operator == "Another, Inc."
    assert packaged.read_bytes() == BROKERS.read_bytes()


def test_only_what_differs_is_written(library: Library) -> None:
    same = corrections.fields(library, "quick-mail")
    corrections.correct(library, "quick-mail", same)
    assert not library.overlay_file.exists()
    corrections.correct(library, "quick-mail", same | {"recheck_days": 77})
    found, = corrections.differences(library)
    assert [(one.field, one.own) for one in found.fields] == [("recheck_days", 77)]
    assert library.registry.get("quick-mail").recheck_days == 77


def test_mistakes_write_nothing(library: Library) -> None:
    with pytest.raises(InvalidFile, match="quick-mail: role"):
        corrections.correct(library, "quick-mail", {"role": "baker"})
    with pytest.raises(NotFound, match="quick-mail"):
        corrections.correct(library, "quick-male", {"name": "A"})
    with pytest.raises(InvalidInput):
        corrections.correct(library, "quick-mail", {"id": "other"})
    assert not library.overlay_file.exists()
    assert library.registry.get("quick-mail").role.value == "broker"


def test_nothing_is_corrected_without_a_data_folder(tmp_path: Path) -> None:
    library = Library(Settings(instance=tmp_path / "none"), brokers_file=BROKERS)
    with pytest.raises(InstanceMissing, match="optout serve"):
        corrections.correct(library, "quick-mail", {"name": "A"})
    assert not (tmp_path / "none").exists()


def test_a_broker_is_added_under_an_id_made_from_its_name(library: Library) -> None:
    added = corrections.add_broker(library, ENTRY)
    assert added.id == "muller-sohne-data"
    assert added.name == "Müller & Söhne Data"
    assert corrections.add_broker(library, ENTRY | {"id": "own-id"}).id == "own-id"
    assert {one.kind for one in corrections.differences(library)} == {"new"}
    with pytest.raises(Refused, match="muller-sohne-data"):
        corrections.add_broker(library, ENTRY)
    with pytest.raises(InvalidInput):
        corrections.add_broker(library, ENTRY | {"name": "???"})
    with pytest.raises(InvalidFile, match="no-sources: sources"):
        corrections.add_broker(library, {"name": "No Sources", "role": "broker"})


@pytest.mark.parametrize("what", [(), (0,), [0, 0]])
def test_what_is_reported_outdated_asks_for_a_look_first(
        library: Library, what: Collection[int]) -> None:
    assert not library.registry.stale("slow-post", MONDAY)
    done = corrections.report_outdated(library, "slow-post", what, today=MONDAY)
    assert (done.broker_id, done.procedures, done.check_by) == (
        "slow-post", (0,), SUNDAY)
    assert library.registry.get("slow-post").procedures[0].check_by == SUNDAY
    assert library.registry.stale("slow-post", MONDAY)
    corrections.undo(library, "slow-post")
    assert not library.registry.stale("slow-post", MONDAY)


def test_only_the_reported_ways_ask_for_a_look(library: Library) -> None:
    ways = corrections.fields(library, "slow-post")["procedures"]
    corrections.correct(library, "slow-post", {"procedures": [
        *ways, ways[0] | {"limits": "Another desk."}]})
    before = library.registry.get("slow-post").procedures
    corrections.report_outdated(library, "slow-post", [1], today=MONDAY)
    after = library.registry.get("slow-post").procedures
    assert after[0] == before[0]
    assert (after[1].check_by, after[1].limits) == (SUNDAY, "Another desk.")
    assert after[1].wants_a_look(MONDAY)
    assert not after[0].wants_a_look(MONDAY)


def test_a_look_is_asked_for_after_the_newest_evidence(library: Library) -> None:
    checked = library.registry.get("slow-post").procedures[0].checked
    assert checked is not None
    done = corrections.report_outdated(library, "slow-post", today=checked)
    assert done.check_by == checked + timedelta(days=1)


@pytest.mark.parametrize("what", [(9,), (-1,)])
def test_only_ways_that_are_there_are_outdated(library: Library, what: Collection[int]) -> None:
    with pytest.raises(InvalidInput, match="no such way"):
        corrections.report_outdated(library, "slow-post", what, today=MONDAY)
    with pytest.raises(InvalidInput, match="no such way"):
        corrections.report_outdated(library, "long-gone", today=date(2026, 1, 1))


def test_corrections_are_undone(library: Library) -> None:
    corrections.correct(library, "quick-mail", {"name": "A"})
    corrections.add_broker(library, ENTRY | {"id": "own-id"})
    packaged = corrections.undo(library, "quick-mail")
    assert packaged is not None
    assert packaged.name == "Quick Mail"
    assert corrections.undo(library, "own-id") is None
    assert "own-id" not in library.registry
    with pytest.raises(NotFound, match="registry diff"):
        corrections.undo(library, "own-id")


def test_a_conflict_is_shown_and_settled_by_hand(library: Library, packaged: Path) -> None:
    corrections.correct(library, "quick-mail", {"name": "Mine", "holds": ["letters"]})
    text = packaged.read_text("utf-8")
    packaged.write_text(text.replace("name: Quick Mail\n", "name: Quicker Mail\n"), "utf-8")
    library.reload()
    found, = corrections.differences(library, "quick-mail")
    assert (found.kind, [one.field for one in found.fields]) == ("conflict", ["name"])
    assert corrections.differences(library, "slow-post") == ()
    assert corrections.keep_own(library, "quick-mail").name == "Mine"
    assert [one.kind for one in corrections.differences(library)] == ["changed"]
    assert corrections.keep_own(library, "slow-post").id == "slow-post"


def test_corrections_are_shared_as_a_patch(library: Library) -> None:
    corrections.correct(library, "quick-mail", {"name": "Better"})
    made = corrections.patch(library)
    assert "+  name: Better\n" in made.text
    assert [one.id for one in made.shared] == ["quick-mail"]


def test_a_name_in_other_letters_gets_its_id_from_its_site(library: Library) -> None:
    made = corrections.add_broker(
        library, {**ENTRY, "name": "株式会社", "domains": ["kaisha.example"]})
    assert made.id == "kaisha-example"
