"""The table of requests: nothing in it runs, and what is read back is what was written."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.listing import Wanted
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.domain.words import Event, Standing
from optout.services import csv_export, requests
from optout.services.desk import Desk
from optout.store import requests as rows
from tests.conftest import MONDAY
from tests.services.marked import made

CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.builds("{}{}".format, st.sampled_from(
        ["=", "+", "-", "@", "＝", "＋", "\u3000－", "x\n＠", "\t", "\r", "\n", "'", " =", "'='",
         "x;=", "x\n-", ';"=', "\t'+"]),
              st.text(st.characters(exclude_categories=["Cs"]), max_size=12)))


def plain(cell: str) -> str:
    """The way back from what `safe` made."""
    first, later, end = csv_export._FIRST, csv_export._LATER, csv_export._BREAK
    return re.sub(rf"\A'(?={first})|{end}'(?={later})", "", cell)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_no_cell_begins_a_formula_and_all_are_read_back(rows: list[list[str]]) -> None:
    text = csv_export.written(rows)
    assert text.count("\r\n") >= len(rows)
    found = list(csv.reader(io.StringIO(text, newline="")))
    for cell in (cell for row in found for cell in row):
        assert not cell.lstrip(" \u00a0\u3000").startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert [[plain(cell) for cell in row] for row in found] == rows
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        for cell in row[1:]:
            assert not cell.lstrip(" \u00a0\u3000").startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize(("cell", "written"), [
    ("＝1", "'＝1"), ("\u3000＋1", "'\u3000＋1"),
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+14155550142", "'+14155550142"), ("-1", "'-1"),
    ("@SUM", "'@SUM"), (" =1", "' =1"), ("'=1", "''=1"), ("plain", "plain"), ("'tis", "'tis"),
    ("x;=1", "x;'=1"), ('x; "=1', "x;' \"=1"), ("a\r\n- b", "a\r\n'- b"), ("a; b", "a; b")])
def test_what_looks_like_a_formula_gets_an_apostrophe(cell: str, written: str) -> None:
    assert csv_export.safe(cell) == written
    assert plain(written) == cell


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def asked(desk: Desk, person: Person) -> str:
    (file,) = requests.create_requests(desk, person.id, ("quick-mail",), actor=OWNER)
    for event in (Event.PREPARE, Event.MARK_SENT):
        requests.mark(desk, file.request.id, event, actor=OWNER)
    requests.mark(desk, file.request.id, Event.CLAIM_REMOVED, detail="=cmd", actor=OWNER)
    return file.request.id


def test_the_table_says_of_each_request_where_it_stands(desk: Desk, avery: Person) -> None:
    reference = asked(desk, avery)
    (row,) = read(b"".join(csv_export.table_of(desk, Wanted())))
    assert list(row) == list(csv_export.COLUMNS)
    assert row["reference"] == reference
    assert row["person"] == "Avery Sample"
    assert (row["standing"], row["they_say"], row["last_look"]) == ("answered", "removed", "")
    assert row["made_on"] == desk.clock.today().isoformat()
    assert row["late_since"] == row["days_late"] == ""
    assert row["next_task"]
    assert row["next_on"] > row["sent_on"]


def test_names_can_be_left_out(desk: Desk, avery: Person) -> None:
    asked(desk, avery)
    content = b"".join(csv_export.table_of(desk, Wanted(), names=False))
    assert b"Avery" not in content
    assert b"cmd" not in content, "the words that were kept of an answer"
    assert not {"person", "their_words"} & set(read(content)[0])


def test_every_column_holds_what_it_is_called(desk: Desk, avery: Person, clock: HandClock) -> None:
    first, second, other = (replace(
        requests.get_request(desk, made(desk, avery, broker)).request, standing=Standing.SENT,
        created_on=MONDAY, sent_on=MONDAY + timedelta(days=1),
        received_on=MONDAY + timedelta(days=2), moved_on=MONDAY + timedelta(days=3),
        last_look=LookResult.LISTED, last_look_on=MONDAY + timedelta(days=4),
        late_from=MONDAY + timedelta(days=5),
    ) for broker in ("quick-mail", "slow-post", "form-first"))
    with desk.store.writing() as session:
        for row in (first, replace(second, predecessor_id=first.id),
                    replace(other, merged_into=first.id)):
            rows.update(session, row)
    clock.forward(days=6)
    table = {row["reference"]: row for row in read(b"".join(csv_export.table_of(desk, Wanted())))}
    days = ("made_on", "sent_on", "received_on", "moved_on", "last_look_on", "late_since")
    assert [table[first.id][name] for name in days] == [
        f"2026-11-{number}" for number in range(23, 29)]
    assert [(table[one.id]["follows"], table[one.id]["merged_into"])
            for one in (first, second, other)] == [("", ""), (first.id, ""), ("", first.id)]
    assert {name: table[second.id][name] for name in (
        "person_id", "person", "company_id", "company", "channel", "law", "right", "standing",
        "they_say", "last_look", "days_late")} == {
            "person_id": avery.id, "person": "Avery Sample", "company_id": "slow-post",
            "company": "Slow Post", "channel": second.channel.value, "law": second.footing.law,
            "right": second.footing.right.value, "standing": "sent", "they_say": "",
            "last_look": "listed", "days_late": "2"}


def test_a_table_is_written_for_its_owner_alone_and_over_nothing(
    desk: Desk, avery: Person, tmp_path: Path,
) -> None:
    asked(desk, avery)
    out = csv_export.write_table(desk, Wanted(), tmp_path / "requests.csv")
    assert len(read(out.read_bytes())) == 1
    assert out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(InvalidInput, match="already"):
        csv_export.write_table(desk, Wanted(), out)
    with pytest.raises(InvalidInput, match="cannot be written"):
        csv_export.write_table(desk, Wanted(), tmp_path / "nowhere" / "a.csv")
    with pytest.raises(NotFound):
        csv_export.write_table(desk, Wanted(person_id="P-222222"), tmp_path / "b.csv")
    assert not (tmp_path / "b.csv").exists()


def test_a_table_that_breaks_off_leaves_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(csv_export, "written", broken)
    with pytest.raises(KeyError):
        csv_export.write_table(desk, Wanted(), tmp_path / "a.csv")
    assert not list(tmp_path.glob("a.csv"))
