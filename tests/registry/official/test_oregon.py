"""Oregon’s licence list with bars, and its report of ways to opt out."""

from __future__ import annotations

import pytest

from optout.domain.places import PostalAddress
from tests.registry.official.states import (
    after,
    against,
    as_csv,
    by_name,
    official,
    read,
    read_sample,
    reasons,
)


def test_rows_wrapped_whole_in_quotes_are_rows_all_the_same() -> None:
    reading = read_sample("us-or", "or-licences.txt")
    filing = by_name(reading)["Café Lists LLC"]
    assert (filing.row, filing.id, filing.year, filing.country) == (3, "DATA-90002", 2026, "US")
    assert filing.aliases == ("Lists “R” Us, LLC", "Golden Lists")
    assert by_name(reading)["FICTIONAL DATA INC"].phone == "+14155550142"
    assert by_name(reading)["Fictional Data Inc."].country == ""
    assert reading.unknown_headings == ()


def test_licences_that_are_none_are_explained_by_row() -> None:
    reading = read_sample("us-or", "or-licences.txt")
    assert reasons(reading) == {
        5: "Oregon lists the licence as “revoked”",
        6: "it is a licence for something else than a data broker",
        7: "it tells no year: give one with --year",
        8: "it names no company"}
    assert reading.rows == 7


def test_two_licences_of_one_company_are_one_entry() -> None:
    outcome = against(read_sample("us-or", "or-licences.txt"))
    assert [change.id for change in outcome.new] == ["fictional-data", "cafe-lists"]
    fields = outcome.new[0].fields
    assert fields["registered_in"] == [{"registry": "us-or", "year": 2026, "id": "DATA-90001"}]
    assert "page, desk or address" in outcome.new[1].fields["cannot"]


def test_the_report_tells_ways_out_whatever_stands_in_its_cells() -> None:
    reading = read_sample("us-or", "or-opt-out.csv")
    filings = by_name(reading)
    first = filings["Fictional Data Inc"]
    assert first.websites == ("https://fictionaldata.com",), "a portal is no site of its own"
    assert first.rights_links == ("https://privacyportal.onetrust.com/webform/1",
                                  "https://fictionaldata.com")
    assert first.address == PostalAddress(
        ("100 Fictional Way",), "San Francisco", "US", "CA", "94102")
    assert first.phone == "+14155550142"
    cafe = filings["Cafe Lists LLC"]
    assert (cafe.mailboxes, cafe.websites) == (
        ("help@cafelists.com",), ("https://www.cafelists.com/opt_out",))
    assert filings["Portal Only Corp"].websites == ()
    assert reading.unknown_headings == ("SHOE SIZE",)
    assert reasons(reading) == {5: "it names no company"}


def test_the_report_is_of_the_year_of_its_newest_update_that_can_be() -> None:
    assert read_sample("us-or", "or-opt-out.csv").year == 2026
    undated = as_csv(["LICENSE NO.", "FACILITY NAME", "OPT OUT EMAIL"], ["DATA-1", "A", ""])
    assert reasons(read("us-or", undated)) == {2: "it tells no year: give one with --year"}
    assert read("us-or", undated, year=2025).year == 2025


def test_licences_and_report_lead_to_the_same_entries() -> None:
    registry = after(against(read_sample("us-or", "or-licences.txt")))
    outcome = against(read_sample("us-or", "or-opt-out.csv"), registry)
    assert (outcome.matched, [change.id for change in outcome.new]) == (2, ["portal-only"])


@pytest.mark.parametrize(("name", "rows"), [("or-2026-06.csv", 352), ("or-2026-10.csv", 390)])
def test_every_official_file_is_read_whole(name: str, rows: int) -> None:
    reading = read("us-or", official(name))
    assert (reading.rows, len(reading.filings), reading.year) == (rows, rows, 2026)
    assert reading.unknown_headings == ()
    registry = after(against(reading))
    again = against(reading, registry)
    assert (again.new, again.changed, again.matched) == ((), (), len(registry))
