"""Cells as people fill them in, one by one."""

from __future__ import annotations

from datetime import date

import pytest

from optout.domain.places import PostalAddress
from optout.registry.names import plain_name
from optout.registry.official import addresses, cells


@pytest.mark.parametrize("cell", [
    "", " ", "N/A", "n/a ", "NA", "N.A.", "none", "None.", "NULL", "-", "—", "not applicable",
    "...",
    "\u200b"])
def test_nothing_is_nothing_however_it_is_written(cell: str) -> None:
    assert cells.said(cell) == ""


def test_texts_stand_on_one_line_without_unseen_signs() -> None:
    assert cells.said(" Sample\u00a0 Lists\r\n\u202eInc ") == "Sample Lists Inc"
    assert cells.lines_of("Suite 2 \r\n Floor 3") == "Suite 2, Floor 3"


@pytest.mark.parametrize(("cell", "found"), [
    ("https://example.com/a", ("https://example.com/a",)),
    ("http://example.com", ("http://example.com",)),
    ("HTTP://Example.com", ("http://Example.com",)),
    ("www.example.com.", ("https://www.example.com",)),
    ("example.com; www.example.org\nexample.net", (
        "https://example.com", "https://www.example.org", "https://example.net")),
    ("https://example.com https://www.example.org", (
        "https://example.com", "https://www.example.org")),
    ("htttps://example.com", ("https://example.com",)),
    ("https//example.com", ("https://example.com",)),
    ("https:/example.com", ("https://example.com",)),
    ("https;//example.com", ("https://example.com",)),
    ("ttps://example.com", ("https://example.com",)),
    ("https://https://example.com", ("https://example.com",)),
    ("https:\\\\example.com", ("https://example.com",)),
    ("https://www.collective data.io/", ()),
    ("see our page example.com", ()),
    ("privacy@example.com", ()),
    ("https://example.com/@who", ("https://example.com/@who",)),
    ("example.notatopdomain", ()),
    ("melissa.ccm", ()),
    ("3915 Gay Road East", ()),
    ("http://[::1", ()),
    ("localhost", ()),
    ("http://192.0.2.1/a", ()),
    ("bücher.de/a", ("https://xn--bcher-kva.de/a",)),
    ("https://example.com/" + "a" * 600, ()),
    ('https://example.com/a"b', ()),
    ("N/A", ()),
])
def test_links(cell: str, found: tuple[str, ...]) -> None:
    assert cells.links(cell) == found


@pytest.mark.parametrize(("cell", "found"), [
    ("Privacy@Example.com", ("privacy@example.com",)),
    ("name [at] example.com", ("name@example.com",)),
    ("name(at)example.com", ("name@example.com",)),
    ("a@example.com; b@example.org", ("a@example.com", "b@example.org")),
    ("write to <a@example.com>.", ("a@example.com",)),
    ("a@example.nowhereland", ()), ("a@b", ()), ("Online", ()), ("a..b@example.com", ()),
    ("@" * 3000, ()), ("a" * 300 + "@example.com", ()),
])
def test_mailboxes(cell: str, found: tuple[str, ...]) -> None:
    assert cells.mailboxes(cell) == found


@pytest.mark.parametrize(("cell", "name", "aliases"), [
    ("Sample, Inc. doing business as Gold.tv", "Sample, Inc.", ("Gold.tv",)),
    ("Sample LLC d/b/a Gold", "Sample LLC", ("Gold",)),
    ("Sample LLC (dba: Gold)", "Sample LLC", ("Gold",)),
    ("Feedback Adbar", "Feedback Adbar", ()),
])
def test_names_with_a_trade_name_behind(cell: str, name: str, aliases: tuple[str, ...]) -> None:
    assert cells.name_of(cell) == (name, aliases)


def test_trade_names_are_parted_but_not_from_their_legal_form() -> None:
    assert cells.names_of("A Lists, LLC; B Lists\nB Lists; N/A") == ("A Lists, LLC", "B Lists")
    assert cells.names_of("One, Two, Inc., Three", commas=True) == ("One", "Two, Inc.", "Three")
    assert len(cells.names_of("word " * 100)[0]) <= 160


@pytest.mark.parametrize(("one", "other"), [
    ("The Sample & Sons Co., LLC", "sample and sons"), ("SAMPLE INC", "Sample, Inc."),
    ("Café Lists Ltd", "Cafe Lists"), ("S.A.M. Lists", "SAM Lists Limited")])
def test_names_are_compared_without_their_dress(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


def test_a_name_that_is_nothing_but_a_legal_form_stays() -> None:
    assert plain_name("The Company") == "the"
    assert plain_name("Co") == "co"


@pytest.mark.parametrize(("cell", "country", "number"), [
    ("(415) 555-0142", "US", "+14155550142"), ("14155550142", "US", "+14155550142"),
    ("415-555-0142 x", "", ""), ("+44 20 7946 0142", "GB", "+442079460142"),
    ("442079460142", "GB", "+442079460142"), ("14155550142", "GB", "+14155550142"),
    ("12", "US", ""), ("none", "US", ""), ("call us", "US", "")])
def test_phones(cell: str, country: str, number: str) -> None:
    assert cells.phone(cell, country) == number


@pytest.mark.parametrize(("cell", "answer"), [
    ("Yes", True), ("TRUE", True), ("yes, some", True), ("No", False), ("False", False), ("", None),
    ("N/A", None), ("maybe", None), ("Nothing", None)])
def test_flags(cell: str, answer: bool | None) -> None:  # noqa: FBT001 -- an expected value
    assert cells.flag(cell) is answer


@pytest.mark.parametrize(("cell", "number"), [
    ("12", 12), ("1,204", 1204), ("2.5", 3), ("10.0", 10), ("-1", None), ("-0", None), ("x", None),
    ("", None), ("9" * 30, None), ("9999999999", None)])
def test_counts(cell: str, number: int | None) -> None:
    assert cells.count(cell) == number


def test_days() -> None:
    assert cells.day("2/1/2027 12:00:00 AM") == date(2027, 2, 1)
    assert cells.day("01/29/2020") == cells.day("2020-01-29") == date(2020, 1, 29)
    assert cells.day("Jun 4, 2026 11:15 AM") == date(2026, 6, 4)
    assert cells.day("2/30/2026") is None


@pytest.mark.parametrize(("cell", "region", "code"), [
    ("6023", "CT", "06023"), ("501", "NY", "00501"), ("NY 10003", "NY", "10003"),
    ("10001-4010", "NY", "10001-4010"), ("100014010", "NY", "10001-4010"),
    ("72032 - 7114", "AR", "72032-7114"), ("91504", "TX", ""), ("9172-1722", "CA", ""),
    ("059670", "VT", ""), ("N/A", "VT", ""), ("12345", "", "")])
def test_zip_codes(cell: str, region: str, code: str) -> None:
    assert addresses.zip_code(cell, region) == code


@pytest.mark.parametrize(("text", "code"), [
    ("California", "CA"), ("ca", "CA"), ("D.C.", "DC"), ("Washington DC", "DC"), ("N.Y.", "NY"),
    ("Ontario", ""), ("", "")])
def test_states(text: str, code: str) -> None:
    assert addresses.state(text) == code


@pytest.mark.parametrize(("text", "code"), [
    ("UNITED STATES", "US"), ("USA ", "US"), ("U.S.A.", "US"), ("UK", "GB"), ("England", "GB"),
    ("DEU", "DE"), ("Switzerland", "CH"), ("Atlantis", ""), ("N/A", "")])
def test_countries(text: str, code: str) -> None:
    assert addresses.country(text) == code


@pytest.mark.parametrize(("cell", "place", "country"), [
    ("1 Sample St, Suite 2, Austin, TX 78701, United States",
     PostalAddress(("1 Sample St", "Suite 2"), "Austin", "US", "TX", "78701"), "US"),
    ("1 Sample St , AUSTIN , TX , 78701-1234 , United States",
     PostalAddress(("1 Sample St",), "Austin", "US", "TX", "78701-1234"), "US"),
    ("1 Sample St, Austin, Texas 78701",
     PostalAddress(("1 Sample St",), "Austin", "US", "TX", "78701"), "US"),
    ("Sample Strasse 28, 6302 Zug, Switzerland", None, "CH"),
    ("Somewhere", None, ""), ("A, B", None, ""), ("TX 78701", None, ""), ("USA", None, "US"),
    ("1 Sample St, Austin, Ontario 78701", None, ""), ("N/A", None, "")])
def test_an_address_in_one_cell(cell: str, place: PostalAddress | None, country: str) -> None:
    assert addresses.from_one_cell(cell) == (place, country)


def test_lines_of_an_address_fit_an_envelope_and_name_no_employee() -> None:
    def lines(street: str) -> tuple[str, ...] | None:
        found = addresses.address(street=street, city="Austin", region="TX", code="78701",
                                  land="US")
        return found.lines if found else None

    assert lines("Attn: Jane Sample, 1 Sample St") == ("1 Sample St",)
    assert lines("Attn: Privacy Team, 1 Sample St") == ("Attn: Privacy Team", "1 Sample St")
    assert lines("A, B, C, D, E") == ("A, B", "C", "D", "E")
    assert lines("A" * 61) is None
    assert lines("") is None


@pytest.mark.parametrize("change", [
    {"city": ""}, {"city": "N/A"}, {"city": "x" * 61}, {"land": ""}, {"region": "Ontario"},
    {"code": ""}, {"land": "GB", "code": "x" * 13}, {"land": "GB", "region": "x" * 41}])
def test_an_address_that_lacks_something_is_none(change: dict[str, str]) -> None:
    whole = {"street": "1 Sample St", "city": "Austin", "region": "TX", "code": "78701",
             "land": "US"}
    assert addresses.address(**whole) is not None
    assert addresses.address(**{**whole, **change}) is None
