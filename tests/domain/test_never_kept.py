"""What is never kept is recognised however it is written, and nothing else is taken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.errors import InvalidInput
from optout.domain.never_kept import (
    NEVER_FIELDS,
    kept_text,
    require_may_be_kept,
    why_never_kept,
    why_no_field,
)
from optout.domain.person import PersonName
from optout.domain.places import PersonAddress, PostalAddress
from tests.factories import HOME, berliner, californian, new_yorker, virginian


@pytest.mark.parametrize("text", [
    "A1234567", "a12345678", "A123456789", "A-123-456-789", "A 123 456 789", "A#012345678",
    "Sample A012 345 678", "file A-01234567",
])
def test_file_numbers_of_the_immigration_authorities_are_seen(text: str) -> None:
    assert "immigration" in why_never_kept(text)


@pytest.mark.parametrize("text", [
    "900-70-0000", "999 88 0000", "123-45-6789", "000.00.0000", "Sample (950-65-0001)",
    "900700000", "912500001", "999990000",
])
def test_taxpayer_and_social_security_numbers_are_seen(text: str) -> None:
    assert "taxpayer" in why_never_kept(text)


@pytest.mark.parametrize("text", [
    "Passport no. X12345678", "passport: 123456789", "visa number 12345678", "SSN 123456789",
    "Green card ABC0123456789", "matrícula consular 1234567", "USCIS# 123456789",
    "social security number 123456789", "itin 900000000",
])
def test_the_number_behind_a_papers_name_is_seen(text: str) -> None:
    assert why_never_kept(text)


@pytest.mark.parametrize("text", [
    "", "Avery Sample", "A. Sample", "100 Fictional Way", "12 Avenue A", "Apt A 1204",
    "12 Passport Lane", "5 Visa Street, Unit 1204", "PO Box 123456", "PO Box 9417000",
    "San Francisco, CA 94102-1234", "Los Angeles, CA 901501234", "Musterstraße 1, 10115 Berlin",
    "5 Calle A, 28001 Madrid", "+14155550142", "415-555-0142", "415 555 0142", "(415) 555-0142",
    "+1 900 555 0142", "9005550142", "+493023125142", "1985-04-12", "912345678",
])
def test_names_places_and_phones_are_not_taken_for_one(text: str) -> None:
    assert why_never_kept(text) == ""


def test_the_refusal_names_the_field_and_never_the_value() -> None:
    with pytest.raises(InvalidInput) as caught:
        kept_text("A123456789", "family")
    assert caught.value.field == "family"
    assert "123456789" not in str(caught.value)
    assert kept_text("Sample", "family") == "Sample"


@pytest.mark.parametrize(("field", "change"), [
    ("names[1]", {"names": (PersonName("Avery", "Sample"), PersonName("A123", "456 789"))}),
    ("addresses[0]", {"addresses": (PersonAddress(PostalAddress(
        ("1 Fictional Way", "A-123-456-789"), "Albany", "US", "NY", "12207")),)}),
    ("reply_address", {"reply_address": replace(HOME, city="900-70-0000")}),
])
def test_a_person_is_looked_through_whole(field: str, change: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as caught:
        require_may_be_kept(replace(californian(), **change))  # type: ignore[arg-type]  # one field of several types
    assert caught.value.field == field


def test_plain_people_may_be_kept() -> None:
    for make in (californian, virginian, berliner, new_yorker):
        require_may_be_kept(make())
    require_may_be_kept(replace(californian(), reply_address=None))


def test_a_field_that_is_never_there_says_why() -> None:
    for key in ("immigration_status", "Immigration-Status", "a_number", "nationality",
                "citizenship", "country of birth", "SSN"):
        assert why_no_field(key).startswith("The program never keeps"), key
    assert why_no_field("shoe_size") == ""
    assert all(reason.endswith(".") for reason in NEVER_FIELDS.values())
