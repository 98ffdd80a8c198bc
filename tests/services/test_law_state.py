"""Where a law stands on a day, and what changes about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from optout.domain.words import Confidence
from optout.law.model import Law
from optout.law.words import PersonClass, Recipients, Status
from optout.services.desk import Library
from optout.services.law_state import DatedChange, LawState, state_on, upcoming, upcoming_of
from optout.settings import Settings
from tests.conftest import MONDAY


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The program's own laws."""
    folder: Path = tmp_path_factory.mktemp("none")
    return Library(Settings(instance=folder / "none"))


@pytest.fixture
def law(library: Library) -> Law:
    """A law that was in force for years and will change."""
    return library.laws.law("us-ca-ccpa", MONDAY)


def test_every_state_of_a_law_is_told_apart(law: Law) -> None:
    assert state_on(law, MONDAY) is LawState.IN_FORCE
    assert state_on(law, date(2019, 12, 31)) is LawState.NOT_YET
    assert state_on(replace(law, effective=None), MONDAY) is LawState.VARIES
    assert state_on(replace(law, status=Status.PARTLY_IN_FORCE), MONDAY) is (
        LawState.PARTLY_IN_FORCE)
    assert state_on(replace(law, status=Status.STRUCK_DOWN, effective=None), MONDAY) is (
        LawState.STRUCK_DOWN)
    assert state_on(replace(law, recipients=Recipients.NOBODY), MONDAY) is LawState.NO_RIGHT
    nobody = replace(law, people=replace(law.people, people=PersonClass.NONE))
    assert state_on(nobody, MONDAY) is LawState.NO_RIGHT


def test_what_changes_later_comes_in_order_and_what_changed_is_left_out(law: Law) -> None:
    assert [one.on for one in upcoming_of(law, MONDAY)] == sorted(
        change.on for change in law.changes)
    assert upcoming_of(law, date(2099, 1, 1)) == ()


def test_a_change_that_alters_data_switches_by_itself(law: Law) -> None:
    found = {one.change.text[:8]: one for one in upcoming_of(law, MONDAY) if one.change}
    deletion = found["Deletion"]
    assert deletion.by_itself
    assert not deletion.begins
    assert deletion.confidence is Confidence.MEDIUM
    assert not all(one.by_itself for one in found.values())


def test_the_beginning_of_a_law_is_a_change_too(law: Law) -> None:
    later = replace(law, effective=date(2027, 5, 1), changes=())
    assert upcoming_of(later, MONDAY) == (DatedChange(date(2027, 5, 1), later),)
    change = upcoming_of(later, MONDAY)[0]
    assert change.begins
    assert change.by_itself
    assert change.confidence is law.confidence
    struck = replace(later, status=Status.STRUCK_DOWN)
    assert upcoming_of(struck, MONDAY) == ()


def test_all_changes_of_the_book_stand_by_date(library: Library) -> None:
    found = upcoming(library.laws, MONDAY)
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert {one.law.id for one in found} >= {"us-ca-ccpa", "us-ca-delete-act"}
    assert all(one.on > MONDAY for one in found)
