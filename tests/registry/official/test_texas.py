"""The list of Texas: rows before the headings, cells over several lines, old registrations."""

from __future__ import annotations

import pytest

from optout.domain.places import PostalAddress
from tests.registry.official.states import after, against, official, read, read_sample, reasons


def test_rows_before_the_headings_and_cells_over_lines_are_survived() -> None:
    reading = read_sample("us-tx", "tx.csv")
    first, older, nordic = reading.filings
    assert (first.row, first.id, first.year) == (5, "20269001", 2026)
    assert first.rights_links == ("https://fictionaldata.com/rights",)
    assert first.phone == "+14155550142"
    assert first.address == PostalAddress(
        ("100 Fictional Way", "Suite 200"), "San Francisco", "US", "CA", "94102-4010")
    assert older.year == 2025
    assert (nordic.country, nordic.address, nordic.websites) == ("FI", None, ())
    assert nordic.rights_links == (), "a mailbox is no link"
    assert reasons(reading) == {8: "it tells no year: give one with --year",
                                9: "it names no company"}
    assert (reading.rows, reading.year, reading.unknown_headings) == (5, 2026, ())


def test_an_old_registration_and_its_renewal_are_one_entry() -> None:
    outcome = against(read_sample("us-tx", "tx.csv"))
    assert [change.id for change in outcome.new] == ["fictional-data", "nordic-lists"]
    assert outcome.new[0].fields["registered_in"] == [
        {"registry": "us-tx", "year": 2026, "id": "20269001"},
        {"registry": "us-tx", "year": 2025, "id": "20249001"}]


@pytest.mark.parametrize(("name", "rows"), [
    ("tx-2026-10.csv", 450), ("tx-2026-06-format-sample.csv", 6)])
def test_every_official_file_is_read_whole(name: str, rows: int) -> None:
    reading = read("us-tx", official(name))
    assert (reading.rows, len(reading.filings), reading.year) == (rows, rows, 2026)
    assert reading.unknown_headings == ()
    registry = after(against(reading))
    again = against(reading, registry)
    assert (again.new, again.changed, again.matched) == ((), (), len(registry))
