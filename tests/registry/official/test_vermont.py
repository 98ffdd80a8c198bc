"""Vermont’s workbook of 39 columns, and the labels of its older pages."""

from __future__ import annotations

import csv
import io

import pytest

from optout.domain.places import PostalAddress
from optout.registry.official.reading import Reading
from tests.registry.official.states import (
    after,
    against,
    by_name,
    official,
    read,
    read_sample,
    reasons,
    sample,
)
from tests.registry.official.workbooks import workbook


def _as_workbook() -> Reading:
    rows = list(csv.reader(io.StringIO(sample("vt-2026.csv").decode("utf-8"), newline="")))
    return read("us-vt", workbook(rows))


@pytest.mark.parametrize("reading", [
    pytest.param(read_sample("us-vt", "vt-2026.csv"), id="csv"),
    pytest.param(_as_workbook(), id="xlsx")])
def test_the_bulk_download_is_read_as_workbook_and_as_csv(reading: Reading) -> None:
    first, older, maple = reading.filings
    assert (first.row, first.id, first.year, older.year) == (2, "90001", 2026, 2025)
    assert first.address == PostalAddress(
        ("100 Fictional Way", "Suite 200"), "Hartford", "US", "CT", "06023-1234")
    assert first.rights_links == ("https://fictionaldata.com/opt-out",)
    assert first.mailboxes == ("privacy@fictionaldata.com",), "the applicant’s is not taken"
    assert maple.address == PostalAddress(("5 Sample Street",), "Toronto", "CA", "ON", "M5V 0S8")
    assert maple.rights_links == (), "a sentence is no link"
    assert reasons(reading) == {
        5: "Vermont lists it as “unregistered”", 6: "it tells no year: give one with --year",
        7: "it names no company", 8: "it repeats row 2"}
    assert (reading.rows, reading.year, reading.unknown_headings) == (7, 2026, ())


def test_true_and_dates_of_a_workbook_are_understood() -> None:
    reading = read("us-vt", workbook([
        ["Name", "PrimaryInterneturl", "Idregistration", "ExpirationDate", "PhysicalZIP5"],
        ["Sample Lists", "samplelists.com", 90001, "=date", True]]))
    assert (reading.filings[0].id, reading.filings[0].year) == ("90001", 2026)


def test_two_years_of_one_broker_are_one_entry() -> None:
    outcome = against(read_sample("us-vt", "vt-2026.csv"))
    assert [change.id for change in outcome.new] == ["fictional-data", "maple-lists"]
    assert [one["year"] for one in outcome.new[0].fields["registered_in"]] == [2026, 2025]


def test_the_older_pages_are_read_by_their_labels() -> None:
    reading = read_sample("us-vt", "vt-2020.csv")
    filings = by_name(reading)
    first = filings["FICTIONAL DATA, INC."]
    assert first.year == 2020
    assert first.websites == ("https://www.fictionaldata.com", "https://www.golden-lists.com")
    assert first.address == PostalAddress(
        ("5 Sample Blvd.", "Ste 200"), "Conway", "US", "AR", "72032-7114")
    assert (filings["Street Lists"].year, filings["Street Lists"].websites) == (2019, ())
    assert reasons(reading) == {4: "Vermont lists it as “cancelled”"}
    assert reading.unknown_headings == ()


def test_a_broker_of_an_old_file_is_not_taken_for_alive() -> None:
    fields = against(read_sample("us-vt", "vt-2020.csv")).new[0].fields
    assert fields["status"] == {"is": "unclear"}
    assert {way["checked"] for way in fields["procedures"]} == {"2020-12-31"}
    assert fields["sources"][0]["checked"] == "2020-12-31"


def test_the_official_file_is_read_whole() -> None:
    reading = read("us-vt", official("vt-2020.csv"))
    assert (reading.rows, len(reading.filings), reading.year) == (278, 275, 2020)
    assert set(reasons(reading).values()) == {"Vermont lists it as “cancelled”"}
    assert reading.unknown_headings == ()
    registry = after(against(reading))
    again = against(reading, registry)
    assert (again.new, again.changed, again.matched) == ((), (), len(registry))
