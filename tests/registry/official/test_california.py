"""California’s files: every quirk in samples, and the official files themselves."""

from __future__ import annotations

import pytest

from optout.domain.places import PostalAddress
from tests.registry.official.states import (
    after,
    against,
    as_csv,
    broker,
    by_name,
    official,
    read,
    read_sample,
    reasons,
    registry_of,
)


def test_a_row_becomes_a_filing_with_everything_it_tells() -> None:
    reading = read_sample("us-ca", "ca-2026.csv")
    filing = by_name(reading)["Fictional Data, Inc."]
    assert (filing.row, filing.registry, filing.year) == (2, "us-ca", 2026)
    assert filing.aliases == ("Fictional Lists", "Fictional Mail")
    assert filing.websites == ("https://fictional-data.example.com", "https://www.fictionaldata.com")
    assert filing.rights_links == ("https://www.fictionaldata.com/opt-out",
                                   "https://fictionaldata.com/privacy")
    assert filing.mailboxes == ("privacy@fictionaldata.com",)
    assert filing.address == PostalAddress(
        ("100 Fictional Way", "Suite 200"), "San Francisco", "US", "CA", "94102")
    assert filing.regulated_as == ("fcra", "glba")
    assert filing.reported["collects_minors"] is True
    assert filing.reported["sold_law_enforcement"] is True
    assert filing.reported["sold_federal_government"] is False
    assert "sold_foreign_actor" not in filing.reported, "a blank answer is no answer"
    assert len(filing.reported) == 14


def test_negative_figures_are_left_out() -> None:
    filings = by_name(read_sample("us-ca", "ca-2026.csv"))
    assert filings["Fictional Data, Inc."].deletions == {
        "received": 1204, "complied": 1000, "denied": 200, "median_days": 0}
    assert filings["Zip And State Co"].deletions == {}


def test_zip_codes_get_their_zeros_back_and_lose_the_state() -> None:
    filings = by_name(read_sample("us-ca", "ca-2026.csv"))
    lost, state = filings["Lost Zero Lists Ltd"].address, filings["Zip And State Co"].address
    assert lost is not None
    assert lost.postal_code == "06023"
    assert state is not None
    assert (state.city, state.region, state.postal_code) == ("New York", "NY", "10003")


def test_an_address_that_contradicts_itself_is_none() -> None:
    assert by_name(read_sample("us-ca", "ca-2026.csv"))["Wrong Place Corp"].address is None


def test_broken_links_are_mended_or_left_out_never_guessed() -> None:
    filings = by_name(read_sample("us-ca", "ca-2026.csv"))
    assert filings["Lost Zero Lists Ltd"].websites == ("https://lostzero.com",)
    assert filings["Lost Zero Lists Ltd"].rights_links == ("https://lostzero.com/rights",)
    assert filings["Lost Zero Lists Ltd"].mailboxes == ("hello@lostzero.com",)
    assert filings["Wrong Place Corp"].websites == ()
    assert filings["Zip And State Co"].rights_links == ()


def test_what_is_no_filing_is_explained_by_row() -> None:
    reading = read_sample("us-ca", "ca-2026.csv")
    assert reasons(reading) == {
        8: "it names no company",
        9: "it repeats row 2",
        10: "it has more cells than the 77 headings: a quote or a comma is wrong in it"}
    assert reading.rows == 9 == len(reading.filings) + len(reading.rejected)
    assert reading.unknown_headings == ()


def test_the_year_follows_from_the_figures_that_the_headings_name() -> None:
    reading = read_sample("us-ca", "ca-2025.csv")
    assert reading.year == 2025
    filing = by_name(reading)["Fictional Data Inc"]
    assert filing.row == 3, "the spacer row counts, as a spreadsheet counts it"
    assert filing.deletions == {"received": 7, "complied": 0, "partly": 0, "denied": 0,
                                "median_days": 3}


def test_an_address_that_does_not_fit_the_form_is_read_from_its_one_cell() -> None:
    assert by_name(read_sample("us-ca", "ca-2025.csv"))["Vanished Lists LLC"].address == (
        PostalAddress(("PO Box 12",), "Denver", "US", "CO", "80201"))


def test_the_older_list_tells_the_year_of_each_row() -> None:
    reading = read_sample("us-ca", "ca-2020-2023.csv")
    filings = by_name(reading)
    old = filings["Old Lists, LLC"]
    assert (old.year, old.aliases, old.mailboxes) == (
        2020, ("Golden Lists",), ("privacy@oldlists.com",))
    assert old.address == PostalAddress(("4 Sample Lane", "Suite 9"), "Austin", "US", "TX", "78701")
    assert (filings["Alpine Lists AG"].country, filings["Alpine Lists AG"].address) == ("CH", None)
    assert reasons(reading) == {4: "it tells no year: give one with --year"}
    assert read("us-ca", as_csv(
        ["Data Broker Name", "Website URL", "Physical Address"],
        ["Undated", "undated.com", ""]), year=2021).year == 2021


def test_filings_on_one_site_become_one_entry() -> None:
    outcome = against(read_sample("us-ca", "ca-2026.csv"))
    one = outcome.new[0].fields
    assert one["id"] == "fictional-data"
    assert one["aliases"] == ["Fictional Lists", "Fictional Mail", "Fictional Data Services LLC"]
    assert one["domains"] == ["example.com", "fictionaldata.com"]
    assert one["reported"]["collects_precise_location"] is True
    assert one["deletion_requests"] == {"filed": 2026, "received": 1214, "complied": 1000,
                                        "partly": 0, "denied": 200}
    assert [way["channel"] for way in one["procedures"]] == [
        "web_form", "email", "postal_mail", "phone"]
    assert {way["checked"] for way in one["procedures"]} == {"2026-11-23"}


def test_no_employee_and_no_free_mailbox_becomes_a_way_out() -> None:
    outcome = against(read_sample("us-ca", "ca-2026.csv"))
    ways = {change.name: {way["channel"] for way in change.fields.get("procedures", [])}
            for change in outcome.new}
    assert ways["Zip And State Co"] == {"postal_mail"}
    assert ways["Wrong Place Corp"] == set()
    assert "cannot" in next(change.fields for change in outcome.new
                            if change.name == "Wrong Place Corp")


def test_importing_twice_changes_nothing() -> None:
    reading = read_sample("us-ca", "ca-2026.csv")
    registry = after(against(reading))
    again = against(reading, registry)
    assert (again.new, again.changed, again.matched) == ((), (), len(registry))


def test_a_later_file_shows_new_gone_and_changed() -> None:
    registry = after(against(read_sample("us-ca", "ca-2025.csv")))
    assert len(registry) == 2
    outcome = against(read_sample("us-ca", "ca-2026.csv"), registry)
    assert [gone.name for gone in outcome.gone] == ["Vanished Lists LLC"]
    assert outcome.matched == 1
    changed = outcome.changed[0].fields
    assert changed["registered_in"] == [{"registry": "us-ca", "year": 2026},
                                        {"registry": "us-ca", "year": 2025}]
    assert changed["reported"]["collects_minors"] is True
    assert set(changed) == {"registered_in", "reported", "deletion_requests", "regulated_as",
                            "sources"}


def test_what_a_file_changes_names_the_file_as_its_source() -> None:
    registry = after(against(read_sample("us-ca", "ca-2025.csv")))
    older = registry.get(against(read_sample("us-ca", "ca-2026.csv"), registry).changed[0].id)
    sources = against(read_sample("us-ca", "ca-2026.csv"), registry).changed[0].fields["sources"]
    assert [source["url"] for source in sources[:-1]] == [one.url for one in older.sources]
    assert sources[-1]["url"] == "https://cppa.ca.gov/data_broker_registry/registry.csv"
    assert sources[-1]["checked"] == "2026-11-23"
    assert sources[-1]["confidence"] == "high"


def test_an_older_file_never_replaces_what_a_newer_one_told() -> None:
    registry = after(against(read_sample("us-ca", "ca-2026.csv")))
    outcome = against(read_sample("us-ca", "ca-2025.csv"), registry)
    assert [set(change.fields) for change in outcome.changed] == [{"registered_in", "sources"}]


def test_a_dead_contact_is_never_a_way_out() -> None:
    tombstone = broker(id="other", name="Other", dead_contacts=[
        {"value": "privacy@fictionaldata.com"},
        {"value": "https://www.fictionaldata.com/opt-out/"}])
    outcome = against(read_sample("us-ca", "ca-2026.csv"), registry_of(tombstone))
    ways = outcome.new[0].fields["procedures"]
    assert [(way["channel"], way.get("url")) for way in ways] == [
        ("web_form", "https://fictionaldata.com/privacy"), ("postal_mail", None), ("phone", None)]


@pytest.mark.parametrize(("name", "rows", "year"), [
    ("ca-2026.csv", 581, 2026), ("ca-2025.csv", 543, 2025), ("ca-2025-earlier.csv", 535, 2025),
    ("ca-2020-2022.csv", 484, 2022)])
def test_every_official_file_is_read_whole(name: str, rows: int, year: int) -> None:
    reading = read("us-ca", official(name))
    assert (reading.rows, len(reading.filings), reading.year) == (rows, rows, year)
    assert reading.unknown_headings == ()
    registry = after(against(reading))
    again = against(reading, registry)
    assert (again.new, again.changed, again.matched) == ((), (), len(registry))


def test_figures_of_a_group_add_up_as_far_as_they_were_told() -> None:
    head = ["Data broker name", "Data broker primary website", "Data broker primary street",
            "Requests to delete - Total requests received", "Requests to delete - 2024 - Denied",
            "Requests to delete in 2024 - Median"]
    outcome = against(read("us-ca", as_csv(
        head, ["A", "a.com", "", "5", "", "9"], ["B", "b.com", "", "1", "1", "2"],
        ["B Two", "b.com", "", "2", "x", "4"], ["B Three", "b.com", "", "", "3", ""])))
    assert [change.fields["deletion_requests"] for change in outcome.new] == [
        {"filed": 2026, "received": 5, "median_days": 9},
        {"filed": 2026, "received": 3, "denied": 1}]
