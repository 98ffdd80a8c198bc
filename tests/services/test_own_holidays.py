"""The person's own closed days: their file is read strictly and written whole."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.errors import InvalidFile, NotFound
from optout.law.own_holidays_reading import LONGEST_TEXT
from optout.services import own_holidays
from optout.services.desk import Library
from optout.settings import Settings

DAY = date(2026, 12, 1)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(Settings(instance=tmp_path))


def write(library: Library, text: str) -> None:
    library.holidays_file.write_text(text, "utf-8")


def problems(library: Library) -> tuple[str, ...]:
    with pytest.raises(InvalidFile) as caught:
        _ = library.own_holidays
    return tuple(caught.value.problems)


def test_without_a_file_there_are_none(library: Library) -> None:
    assert list(library.own_holidays) == []
    assert library.own_holidays is library.own_holidays
    assert library.laws is library.laws


def test_a_day_is_written_so_that_a_person_can_read_it(library: Library) -> None:
    own_holidays.add(library, "us-ca", DAY, "Order 7: “storm”", "https://gov.example/7")
    own_holidays.add(library, "NO", date(2027, 5, 18), "Ekstra fridag")
    assert library.holidays_file.read_text("utf-8").split("\n")[3:] == [
        "NO:",
        "- date: 2027-05-18",
        '  name: "Ekstra fridag"',
        "US-CA:",
        "- date: 2026-12-01",
        '  name: "Order 7: “storm”"',
        '  source: "https://gov.example/7"',
        "",
    ]
    assert [(region, one.day) for region, one in library.own_holidays] == [
        ("NO", date(2027, 5, 18)), ("US-CA", DAY)]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_only_the_owner_can_read_the_file_and_nothing_is_left_beside_it(library: Library) -> None:
    own_holidays.add(library, "US", DAY, "Closed")
    assert stat.S_IMODE(library.holidays_file.stat().st_mode) == 0o600
    assert [path.name for path in library.holidays_file.parent.iterdir()] == [
        "holidays.local.yaml"]


def test_days_that_several_processes_enter_at_once_are_all_kept(library: Library) -> None:
    folder = library.holidays_file.parent
    days = [DAY + timedelta(days=n) for n in range(24)]
    with ThreadPoolExecutor(8) as pool:  # each with a library of its own, as a process has
        list(pool.map(lambda day: own_holidays.add(
            Library(Settings(instance=folder)), "US", day, "Closed"), days))
    assert [one.day for one in own_holidays.own_days(library)] == days
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda day: own_holidays.remove(
            Library(Settings(instance=folder)), "US", day), days[1:]))
    assert [one.day for one in own_holidays.own_days(library)] == days[:1]


def test_a_second_name_replaces_the_first(library: Library) -> None:
    own_holidays.add(library, "US", DAY, "Closed")
    own_holidays.add(library, "US", DAY, "Shut")
    own_holidays.add(library, "US", date(2026, 11, 30), "Before")
    assert [one.name for one in own_holidays.own_days(library)] == ["Before", "Shut"]


def test_the_laws_are_another_book_only_when_the_days_changed(library: Library) -> None:
    first = library.laws
    own_holidays.add(library, "US", DAY, "Closed")
    second = library.laws
    assert second is not first
    assert second is library.laws
    assert second.histories is first.histories
    own_holidays.remove(library, "US", DAY)
    assert list(library.laws.own_holidays) == []
    with pytest.raises(NotFound):
        own_holidays.remove(library, "US", DAY)


def test_a_day_of_a_country_is_shown_for_its_parts(library: Library) -> None:
    own_holidays.add(library, "US", DAY, "Closed")
    own_holidays.add(library, "US-VA", date(2026, 12, 2), "Virginia alone")

    def mine(region: str) -> list[str]:
        return [one.name for one in own_holidays.closed_days(library, region, 2026) if one.own]

    assert mine("US-VA") == ["Closed", "Virginia alone"]
    assert mine("US-CA") == ["Closed"]
    assert mine("US") == ["Closed"]
    assert mine("DE") == []
    assert [one for one in own_holidays.closed_days(library, "US", 2027) if one.own] == []


@pytest.mark.parametrize(("text", "expected"), [
    ("- a\n", ["holidays.local.yaml:1: expected regions such as US-CA, each with its days."]),
    ("us-ca: []\n", ["holidays.local.yaml:1: us-ca: write the region as US-CA."]),
    ("US-ZZ: []\n", [("holidays.local.yaml:1: US-ZZ: There is no holiday calendar for “US-ZZ”. "
                     "Write a country or state such as US, US-CA or DE, or “weekends”.")]),
    ("weekends: []\n", [("holidays.local.yaml:1: weekends: Weekends are closed everywhere; they "
                        "take no days of your own. Name a country or state, such as US-CA or "
                        "DE.")]),
    ("US: x\n", ["holidays.local.yaml:1: US: expected a list of days, each with date and name."]),
    ("US:\n- x\n", ["holidays.local.yaml:2: US: expected a day with date and name."]),
    ("US:\n- date: 1 December\n  name: Closed\n- date: 2026-12-01\n  name: 7\n  when: x\n", [
        "holidays.local.yaml:2: US: date: expected a date such as 2026-11-27.",
        "holidays.local.yaml:6: US: when: there is no such field. Known are date, name, source.",
        ("holidays.local.yaml:5: US: name: expected a text of at most 200 characters in one "
        "line.")]),
    ("US:\n- {date: 2026-12-01, name: A}\n- {date: 2026-12-01, name: B}\n", [
        "holidays.local.yaml:3: US: date: 2026-12-01 stands twice. Remove one."]),
    ("US:\n- {date: 1812-12-01, name: A}\n", [
        "holidays.local.yaml:2: US: date: the year must lie between 1990 and 2199."]),
    ("US:\n- {date: 2026-12-01, name: A, source: 5}\n", [
        ("holidays.local.yaml:2: US: source: expected a text of at most 200 characters in one "
        "line.")]),
    ("US:\n- {name: A}\n", [
        "holidays.local.yaml:2: US: date: expected a date such as 2026-11-27."]),
])
def test_every_mistake_is_named_by_line_and_field(
    library: Library, text: str, expected: list[str]
) -> None:
    write(library, text)
    assert list(problems(library)) == expected
    # Nothing is computed without them, and nothing is written over them.
    with pytest.raises(InvalidFile):
        _ = library.laws
    with pytest.raises(InvalidFile):
        own_holidays.add(library, "US", DAY, "Closed")
    assert library.holidays_file.read_text("utf-8") == text


def test_a_file_of_mistakes_does_not_flood_the_answer(library: Library) -> None:
    write(library, "US:\n" + "- {date: x, name: y}\n" * 203)
    found = problems(library)
    assert len(found) == 201
    assert found[-1] == "holidays.local.yaml: and 3 more problems"


def test_what_is_no_yaml_is_named_by_its_line(library: Library) -> None:
    write(library, "US:\n- {date: 2026-12-01\n")
    assert problems(library)[0].startswith("holidays.local.yaml:")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "US: []\n"])
def test_an_empty_file_is_none(library: Library, text: str) -> None:
    write(library, text)
    assert list(library.own_holidays) == []
    assert library.own_holidays.digests() == {}


def test_a_mended_file_is_read_anew(library: Library) -> None:
    write(library, "US: x\n")
    problems(library)
    write(library, 'US:\n- {date: 2026-12-01, name: "Closed", source: null}\n')
    assert [one.name for _, one in library.own_holidays] == ["Closed"]
    library.holidays_file.unlink()
    assert list(library.own_holidays) == []


PATIENT = settings(deadline=None)
"""The machine may be busy; what is tested is no speed."""
TEXT = st.text(min_size=1, max_size=LONGEST_TEXT).filter(
    lambda text: text.isprintable() and bool(text.strip()))


@PATIENT
@given(name=TEXT, source=TEXT, region=st.sampled_from(["US", "US-CA", "DE-BY", "NO"]),
       day=st.dates(date(1990, 1, 1), date(2199, 12, 31)))
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, source: str, region: str, day: date
) -> None:
    library = Library(Settings(instance=tmp_path_factory.mktemp("days")))
    added = own_holidays.add(library, region, day, name, source)
    fresh = Library(library_settings(library))
    assert own_holidays.own_days(fresh) == (added,)
    assert (added.name, added.source) == (name.strip(), source.strip())


def library_settings(library: Library) -> Settings:
    return Settings(instance=library.holidays_file.parent)
