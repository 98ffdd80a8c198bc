"""Postal addresses and residences: what is refused, and how lines are written."""

from datetime import date

import pytest

from optout.domain.errors import InvalidInput
from optout.domain.places import PostalAddress, Residence

PO_BOX = PostalAddress(lines=("PO Box 0",), city="San Francisco", region="CA",
                       postal_code="94102", country="US")


@pytest.mark.parametrize(("address", "line"), [
    (PO_BOX, "San Francisco, CA 94102"),
    (PostalAddress(lines=("1 Beispielweg",), city="Berlin", postal_code="10115", country="DE"),
     "10115 Berlin"),
    (PostalAddress(lines=("1 Example Row",), city="London", postal_code="EC1A 1AA", country="GB"),
     "London EC1A 1AA"),
    (PostalAddress(lines=("1 Sample St",), city="Ottawa", region="ON", postal_code="K1A 0A1",
                   country="CA"), "Ottawa ON K1A 0A1"),
    (PostalAddress(lines=("1 Sample St",), city="Reno", country="US"), "Reno"),
])
def test_the_city_line_follows_the_order_of_its_country(address: PostalAddress, line: str) -> None:
    assert address.city_line == line


def test_an_address_fits_on_one_line() -> None:
    assert PO_BOX.one_line() == "PO Box 0, San Francisco, CA 94102, US"


@pytest.mark.parametrize(("lines", "city", "country", "field"), [
    ((), "Reno", "US", "street"),
    (("  ",), "Reno", "US", "street"),
    (("1", "2", "3", "4", "5"), "Reno", "US", "street"),
    (("1 Sample St",), " ", "US", "city"),
    (("1 Sample St",), "Reno", "", "country"),
    (("1 Sample St",), "Reno", "USA", "country"),
    (("1 Sample St",), "Reno", "us", "country"),
])
def test_a_bad_address_names_its_field_and_the_remedy(
    lines: tuple[str, ...], city: str, country: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        PostalAddress(lines=lines, city=city, country=country)
    assert caught.value.field == field
    assert caught.value.remedy


@pytest.mark.parametrize("code", ["US-CA", "DE", "GB-SCT", "CA-QC"])
def test_a_residence_is_an_iso_3166_code(code: str) -> None:
    assert Residence(code).country == code[:2]


@pytest.mark.parametrize("code", ["", "US", "USA", "us-ca", "California", "US-"])
def test_another_residence_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Residence(code)
    assert caught.value.field == "residences"


def test_a_residence_is_contained_in_its_country() -> None:
    assert list(Residence("US-CA").containing()) == ["US-CA", "US"]
    assert list(Residence("DE").containing()) == ["DE"]


def test_a_residence_holds_on_its_first_and_last_day_only_between() -> None:
    lived = Residence("US-VA", date(2020, 1, 1), date(2020, 12, 31))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [lived.holds_on(day) for day in days] == [False, True, True, False]
