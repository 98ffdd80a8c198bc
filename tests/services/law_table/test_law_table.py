"""The law as a table: spans of days, places that read alike, a page and a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from optout.documents.law_table import page
from optout.domain.errors import InstanceUnusable
from optout.domain.regions import US_STATES
from optout.domain.words import ActingAs, Right
from optout.law.parts import Extension, Period
from optout.services.desk import Library
from optout.services.law_table import sections as table_sections
from optout.services.law_table import sheet, writing
from optout.services.law_table.places import ASKING, kinds, places
from optout.services.law_table.rows import Span, spans_of, table_days
from optout.services.law_table.sections import (
    Answers,
    Block,
    Section,
    federal_blocks,
    federal_overview,
    gather,
    index_of,
    sections,
)
from optout.services.law_table.words import RIGHTS, period_words
from tests.law.samples import book

TODAY = date(2026, 11, 27)
OTHERS = (date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 1))
NEW_YEAR = date(2027, 1, 1)
CCPA, DROP, VCDPA, FCRA, GDPR = (
    "us-ca-ccpa", "us-ca-delete-act", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr")


@cache
def days() -> tuple[date, ...]:
    return table_days(book(), TODAY, OTHERS)


@cache
def asked(*codes: str) -> tuple[Answers, ...]:
    return gather(book(), [place for place in places() if place.code in codes], days())


@cache
def shown() -> tuple[Section, ...]:
    return sections(book(), asked("US-AK", "US-CA", "US-NY", "US-VA", "DE", "FR", "GB"), TODAY)


def section(name: str) -> Section:
    return next(one for one in shown() if name in {place.name for place in one.places})


def block(name: str, kind: str) -> Block:
    return next(one for one in section(name).blocks if kind in one.kinds)


def spans(place: str, column: str, who: int, law: str, right: Right) -> tuple[Span, ...]:
    one = next(item for item in asked(place) if item.kind.column == column)
    return one.spans[who].get((law, right), ())


def of_days(made: Sequence[Span]) -> list[tuple[str, str, bool]]:
    return [(span.since.isoformat(), span.until.isoformat() if span.until else "",
             span.entry.may) for span in made]


# Places and days

def test_every_state_and_every_european_country_has_its_line() -> None:
    codes = [place.code for place in places()]
    assert len(codes) == len(set(codes)) == len(US_STATES) + 30 + 5
    assert all(place.name for place in places())


def test_the_firm_at_home_stands_where_the_person_lives() -> None:
    for code, home, abroad in (("US-CA", "US", "DE"), ("DE", "DE", "US"), ("CA-QC", "CA", "US")):
        place = next(one for one in places() if one.code == code)
        found = {kind.column: kind.broker for kind in kinds(book(), place, days())}
        assert found["Broker at home"].country == home
        assert found["People-search firm abroad"].country == abroad
        assert found["DROP"].id == "california-drop"
        assert {item.year for item in found["Broker on California’s list"].registered_in} == {
            2026, 2027, 2028}


def test_the_days_are_those_named_and_those_of_a_change_between() -> None:
    assert days()[0] == TODAY
    assert days()[-1] == date(2028, 2, 1)
    assert set(OTHERS) <= set(days())
    assert date(2027, 5, 1) in days()  # a law begins
    assert table_days(book(), date(2028, 6, 1), OTHERS) == (date(2028, 6, 1),)


# Spans

def test_days_that_say_the_same_are_one_span() -> None:
    assert of_days(spans("US-VA", "Broker at home", 0, VCDPA, Right.DELETE)) == [
        ("2026-11-27", "", True)]


def test_a_change_parts_the_days_where_it_falls() -> None:
    found = spans("US-CA", "Broker at home", 0, CCPA, Right.DELETE)
    assert of_days(found) == [("2026-11-27", "2026-12-31", False), ("2027-01-01", "", True)]
    assert "DROP" in found[0].entry.why
    numbers = [span.entry.number for span in spans("US-CA", "DROP", 0, DROP, Right.DELETE)]
    assert numbers == ["45", "30"]


def test_an_agent_has_spans_of_their_own() -> None:
    agent = [entry for entry, asking in enumerate(ASKING) if asking.acting_as is ActingAs.AGENT]
    refused = spans("US-VA", "Broker at home", agent[0], VCDPA, Right.DELETE)
    assert not refused[0].entry.may
    assert refused[0].entry.why


def test_a_law_that_is_not_there_yet_begins_a_span_later() -> None:
    place = next(one for one in places() if one.code == "US-CA")
    drop = next(kind for kind in kinds(book(), place, days()) if kind.column == "DROP")
    early = (date(2025, 12, 31), date(2026, 1, 1))
    found = spans_of(book(), place, drop.broker, ASKING[0], early)[DROP, Right.DELETE]
    assert of_days(found) == [("2025-12-31", "2025-12-31", False), ("2026-01-01", "", True)]


# Sections

def test_places_that_read_alike_stand_together_and_after_the_others() -> None:
    titles = [one.title for one in shown()]
    assert titles[:2] == ["California", "Virginia"]
    assert titles.index("All other states and territories") == 2
    assert {place.code for place in section("Alaska").places} == {"US-AK", "US-NY"}
    assert {place.code for place in section("Germany").places} == {"DE", "FR"}
    assert section("Germany").title == "European Union and EEA"
    names = [entry.name for entry in index_of(shown())]
    assert names == sorted(names)
    assert next(one for one in index_of(shown()) if one.name == "Virginia").section == 2


def test_a_right_to_come_says_from_when_and_why_not_today() -> None:
    home = block("California", "A data broker at home")
    line = next(one for one in home.lines if one.right == "delete")
    assert line.asking == ("from 1 January 2027",) * 3
    assert any("amended" in limit for limit in line.limits)
    assert any("delete" in one.rights and "DROP" in one.why for one in home.refusals)


def test_a_law_to_come_says_from_when() -> None:
    made = sections(book(), asked("US-AL"), TODAY)
    lines = [line for one in made[0].blocks for line in one.lines if line.right == "see what they "
             "hold" and line.law != "GDPR"]
    assert lines
    assert {line.asking[0] for line in lines} == {"from 1 May 2027"}


def test_a_right_that_ends_says_until_when() -> None:
    entry = spans("US-VA", "Broker at home", 0, VCDPA, Right.DELETE)[0].entry
    some = Span(NEW_YEAR, date(2027, 4, 30), entry)
    assert table_sections._when([some], TODAY) == "from 1 January 2027 until 30 April 2027"
    assert table_sections._when([some], NEW_YEAR) == "until 30 April 2027"
    assert table_sections._when([], TODAY) == "no"


def test_answers_that_come_back_are_told_again_only_when_they_change() -> None:
    entry = spans("US-VA", "Broker at home", 0, VCDPA, Right.DELETE)[0].entry
    other = replace(entry, answer="")
    held = [Span(TODAY, NEW_YEAR, entry), Span(NEW_YEAR, None, replace(entry, citation="x")),
            Span(date(2028, 1, 1), None, other)]
    assert list(table_sections._dated(held)) == [
        entry.answer, "from 1 January 2028: the law sets no number"]


def test_a_number_that_changes_is_told_with_its_day() -> None:
    drop = block("California", "DROP, a state’s platform")
    first, second = next(one for one in drop.lines if one.right == "delete").answer
    assert first.startswith("45 days, from ")
    assert second.startswith("from 1 January 2027: 30 days, from ")


def test_limits_that_all_lines_of_a_law_share_are_told_once() -> None:
    home = block("Virginia", "A data broker at home")
    (law, shared), = home.shared
    assert law == "VCDPA"
    assert len(shared) >= 4
    for line in home.lines:
        assert not set(line.limits) & set(shared)
        assert line.asking == ("yes", "no", "no")
    assert {limit for line in home.lines for limit in line.limits}
    assert any("agent" in one.why for one in home.for_agents)


def test_recipients_of_whom_the_same_holds_share_a_block() -> None:
    assert block("Virginia", "A data broker at home") is block(
        "Virginia", "A broker registered in California")
    assert block("California", "A data broker at home") is not block(
        "California", "A broker registered in California")


def test_federal_law_stands_once_and_is_pointed_to() -> None:
    agency = block("New York", "A consumer reporting agency in the US")
    assert agency.federal
    assert not agency.lines
    abroad = block("Germany", "A consumer reporting agency in the US")
    assert not abroad.federal
    federal = federal_blocks(asked("US-AK", "US-CA"), book())
    lines = {line.right: line.answer for one in federal for line in one.lines
             if "A nationwide credit bureau in the US" in one.kinds}
    assert lines["freeze"] == ("1 business day",)
    assert lines["see what they hold"] == ("the law sets no number",)
    columns = dict(federal_overview(asked("US-AK", "US-CA"), book(), TODAY))
    assert "freeze" in columns["US nationwide credit bureau"].today
    assert columns["Broker at home"].today == ()


def test_the_overview_parts_what_holds_today_from_what_comes() -> None:
    marks = dict(section("California").overview)["Broker at home"]
    assert "no sale" in marks.today
    assert "delete" not in marks.today
    assert marks.later == (("1 January 2027", ("delete",)),)


def test_a_right_of_two_laws_is_one_mark() -> None:
    marks = dict(section("Virginia").overview)["People-search firm abroad"]
    assert marks.today.count("delete") == 1


# Words

def test_every_right_has_words() -> None:
    assert set(RIGHTS) == set(Right) - {Right.VOLUNTARY}


@pytest.mark.parametrize(("number", "unit", "words"), [
    (1, "months", "1 month"), (2, "months", "2 months"), (45, "calendar_days", "45 days"),
    (1, "business_days", "1 business day"), (72, "hours", "72 hours"), (None, "hours", "")])
def test_periods_read_well(number: int | None, unit: str, words: str) -> None:
    from optout.domain.words import PeriodUnit

    assert period_words(Extension(number, PeriodUnit(unit))) == words
    if number:
        assert period_words(Period(number, PeriodUnit(unit))) == words


# The sheet

def test_the_sheet_tells_each_cell_with_its_days() -> None:
    rows = list(sheet.rows_of(asked("US-CA")))
    read = list(csv.DictReader(io.StringIO(sheet.as_csv(rows).decode())))
    assert len(read) == len(rows)
    found = [row for row in read if (row["recipient"], row["who_asks"], row["law"], row["right"])
             == ("A data broker at home", "yourself", CCPA, "delete")]
    assert [(row["from"], row["until"], row["may_be_asserted"]) for row in found] == [
        ("2026-11-27", "2026-12-31", "no"), ("2027-01-01", "", "yes")]
    assert found[1]["answer_within"] == "45"
    assert found[1]["unit"] == "calendar_days"
    assert found[0]["why_not"]
    assert not found[1]["why_not"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_of_the_sheet_is_a_formula(cell: str) -> None:
    made = sheet.as_csv([(cell, "plain")]).decode()
    assert next(csv.reader(io.StringIO(made.splitlines()[1])))[0].startswith("'") or (
        f"'{cell}" in made)
    assert ",plain" in made


# The page

def test_the_page_runs_nothing_and_loads_nothing() -> None:
    made = page({"today": "a", "last": "b", "checked": "c", "laws": 1, "sections": shown(),
                 "index": index_of(shown()), "federal": (), "federal_overview": ()}).decode()
    made = unescape(made)
    assert "default-src 'none'" in made
    for word in ("<script", "http:", "https:", "src=", "url(", "@import", "<link", "<img"):
        assert word not in made, word
    assert "Yes" not in made
    assert '<td class="who part">from 1 January 2027</td>' in made


def test_the_page_escapes_whatever_a_law_says() -> None:
    made = page({"today": "<b>x</b>", "last": "", "checked": "", "laws": 1,
                 "sections": shown()[:1], "index": (), "federal": (), "federal_overview": ()})
    assert b"&lt;b&gt;x&lt;/b&gt;" in made


# Writing

def library() -> Library:
    return cast("Library", SimpleNamespace(laws=book()))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    from optout.services.law_table import places as of_places

    chosen = tuple(place for place in places() if place.code in {"US-VA", "DE"})
    monkeypatch.setattr(of_places, "places", lambda: chosen)


@pytest.mark.usefixtures("few")
def test_a_folder_gets_a_page_and_a_sheet(tmp_path: Path) -> None:
    made = writing.write(library(), tmp_path / "new" / "folder", TODAY)
    assert made.path == tmp_path / "new" / "folder" / "law-table.html"
    assert made.csv == made.path.with_suffix(".csv")
    assert made.places == 2
    assert len(list(csv.reader(io.StringIO(made.csv.read_text("utf-8"))))) == made.rows + 1
    again = writing.write(library(), tmp_path / "page.html", TODAY)
    assert again.sha256 == made.sha256
    assert again.path == tmp_path / "page.html"
    assert again.csv.exists()
    later = writing.write(library(), tmp_path / "page.html", NEW_YEAR)
    assert later.sha256 != made.sha256


@pytest.mark.usefixtures("few")
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(InstanceUnusable, match="cannot be made"):
        writing.write(library(), tmp_path / "taken" / "below", TODAY)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("before", [None, b"old"])
def test_when_the_page_cannot_be_written_the_sheet_stays_as_it_was(
    tmp_path: Path, before: bytes | None
) -> None:
    (tmp_path / "law-table.html").mkdir()
    if before:
        (tmp_path / "law-table.csv").write_bytes(before)
    with pytest.raises(InstanceUnusable):
        writing.write(library(), tmp_path, TODAY)
    left: Any = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert left == ({"law-table.csv": before} if before else {})
