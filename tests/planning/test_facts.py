"""What leaves the machine for a fact, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.words import NEVER_BY_DEFAULT, Fact, NameKind, Sensitivity
from optout.planning.facts import to_be_asked, values_of
from tests.planning.builders import AT_RISK, AVERY, DAY, EARLIER, HOME, SUBSTITUTE, living_in

WITH_SUBSTITUTE = (PersonAddress(HOME, current=True), PersonAddress(SUBSTITUTE, substitute=True))


@pytest.mark.parametrize("fact", sorted(NEVER_BY_DEFAULT))
def test_what_is_never_filled_has_no_value_even_when_it_is_known(fact: Fact) -> None:
    assert values_of(AVERY, fact, DAY) == ()


def test_the_legal_name_is_shown_and_a_name_not_to_be_used_never_is() -> None:
    person = replace(AVERY, names=(
        PersonName("Old", "Name", kind=NameKind.DO_NOT_USE),
        PersonName("Ave", "Sample", kind=NameKind.ALIAS),
        PersonName("Avery", "Sample", middle="Q")))
    assert values_of(person, Fact.FULL_NAME, DAY) == ("Avery Q Sample",)
    assert values_of(person, Fact.ALIASES, DAY) == ("Ave Sample",)


def test_a_former_name_leaves_only_where_other_names_are_asked_for() -> None:
    person = replace(AVERY, names=(
        PersonName("Avery", "Before", kind=NameKind.FORMER, valid_to=date(2020, 1, 1)),
        PersonName("Avery", "Sample")))
    assert values_of(person, Fact.FULL_NAME, DAY) == ("Avery Sample",)
    assert values_of(person, Fact.ALIASES, DAY) == ("Avery Before",)


def test_a_name_that_must_never_be_sent_gives_way_to_another() -> None:
    person = replace(AVERY, names=(
        PersonName("Avery", "Sample", sensitivity=Sensitivity.NEVER_SEND),
        PersonName("A.", "Sample", kind=NameKind.ALIAS)))
    assert values_of(person, Fact.FULL_NAME, DAY) == ("A. Sample",)
    assert values_of(person, Fact.ALIASES, DAY) == ()


def test_what_must_never_be_sent_and_what_is_over_stay_out() -> None:
    person = replace(AVERY, phones=(
        ContactPoint("+14155550100", sensitivity=Sensitivity.NEVER_SEND),
        ContactPoint("+14155550101", valid_to=date(2020, 1, 1)),
        ContactPoint("+14155550102", valid_from=date(2030, 1, 1))))
    assert values_of(person, Fact.PHONE, DAY) == ()


def test_one_phone_is_enough_and_one_to_be_asked_about_comes_last() -> None:
    person = replace(AVERY, phones=(
        ContactPoint("+14155550100", sensitivity=Sensitivity.ASK), ContactPoint("+14155550101")))
    assert values_of(person, Fact.PHONE, DAY) == ("+14155550101",)
    assert not to_be_asked(person, Fact.PHONE, DAY)
    only = replace(person, phones=person.phones[:1])
    assert values_of(only, Fact.PHONE, DAY) == ("+14155550100",)
    assert to_be_asked(only, Fact.PHONE, DAY)


def test_the_place_comes_from_the_current_address() -> None:
    assert values_of(AVERY, Fact.CITY_STATE, DAY) == ("San Francisco, CA",)
    assert values_of(AVERY, Fact.POSTAL_CODE, DAY) == ("94102",)
    assert values_of(AVERY, Fact.CURRENT_ADDRESS, DAY) == (
        "100 Fictional Way, San Francisco, CA 94102, US",)
    assert values_of(AVERY, Fact.PREVIOUS_ADDRESS, DAY) == (
        "7 Imaginary Court, Sacramento, CA 95814, US",)


@pytest.mark.parametrize("person", [AVERY, AT_RISK], ids=["calm", "at risk"])
def test_a_substitute_address_stands_in_for_the_home(person: Person) -> None:
    shown = replace(person, addresses=WITH_SUBSTITUTE)
    assert values_of(shown, Fact.CITY_STATE, DAY) == ("Oakland, CA",)
    assert "PO Box 9" in values_of(shown, Fact.CURRENT_ADDRESS, DAY)[0]


@pytest.mark.parametrize("fact", [Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS])
def test_the_home_of_a_person_at_risk_is_never_a_value(fact: Fact) -> None:
    assert values_of(AT_RISK, fact, DAY) == ()


def test_an_address_that_must_never_be_sent_is_not_sent() -> None:
    person = replace(AVERY, addresses=(
        PersonAddress(HOME, current=True, sensitivity=Sensitivity.NEVER_SEND),))
    assert values_of(person, Fact.CURRENT_ADDRESS, DAY) == ()
    assert values_of(person, Fact.CITY_STATE, DAY) == ()


@pytest.mark.parametrize(("day", "age"), [(date(2026, 4, 11), "40"), (date(2026, 4, 12), "41")])
def test_an_age_is_a_number_and_changes_on_the_birthday(day: date, age: str) -> None:
    assert values_of(AVERY, Fact.AGE, day) == (age,)


def test_without_a_birth_date_there_is_no_age() -> None:
    assert values_of(replace(AVERY, date_of_birth=None), Fact.AGE, DAY) == ()


def test_an_address_without_an_end_is_an_earlier_one_only_beside_a_current_one() -> None:
    open_ended = PersonAddress(EARLIER)
    beside = replace(AVERY, addresses=(PersonAddress(HOME, current=True), open_ended))
    assert values_of(beside, Fact.PREVIOUS_ADDRESS, DAY) == (EARLIER.one_line(),)
    alone = replace(AVERY, addresses=(open_ended,))
    assert values_of(alone, Fact.PREVIOUS_ADDRESS, DAY) == ()
    assert values_of(alone, Fact.CURRENT_ADDRESS, DAY) == (EARLIER.one_line(),)


def test_the_residence_is_named_as_people_name_it() -> None:
    assert values_of(AVERY, Fact.STATE_OF_RESIDENCE, DAY) == ("California",)
    assert values_of(living_in("DE"), Fact.STATE_OF_RESIDENCE, DAY) == ("Germany",)


def test_an_address_abroad_names_its_country() -> None:
    abroad = PersonAddress(PostalAddress(("Musterstraße 1",), "Berlin", "DE", "", "10115"),
                           current=True)
    person = replace(AVERY, addresses=(abroad,))
    assert values_of(person, Fact.CURRENT_ADDRESS, DAY) == (
        "Musterstraße 1, 10115 Berlin, Germany",)


def test_only_people_who_are_not_at_risk_fall_back_on_their_own_mailbox() -> None:
    assert values_of(AVERY, Fact.REPLY_EMAIL, DAY) == ("optout.sample@example.com",)
    assert values_of(replace(AVERY, reply_email=""), Fact.REPLY_EMAIL, DAY) == (
        "avery.sample@example.com",)
    assert values_of(replace(AT_RISK, reply_email=""), Fact.REPLY_EMAIL, DAY) == ()


def test_listings_are_those_that_were_seen_each_once() -> None:
    urls = ["https://finder.example/a", "https://finder.example/a"]
    assert values_of(AVERY, Fact.LISTING_URL, DAY, listing_urls=urls) == (urls[0],)
    assert values_of(AVERY, Fact.LISTING_URL, DAY) == ()


def test_every_fact_can_be_asked_for_without_error() -> None:
    assert all(isinstance(values_of(AVERY, fact, DAY), tuple) for fact in Fact)


def test_where_records_are_found_by_each_value_all_that_may_leave_are_carried() -> None:
    person = replace(AVERY, emails=(
        ContactPoint("avery.ask@example.com", sensitivity=Sensitivity.ASK),
        ContactPoint("avery.never@example.com", sensitivity=Sensitivity.NEVER_SEND),
        ContactPoint("avery.over@example.com", valid_to=date(2020, 1, 1)),
        ContactPoint("avery.sample@example.com")))
    assert values_of(person, Fact.EMAIL, DAY) == ("avery.sample@example.com",)
    assert values_of(person, Fact.EMAIL, DAY, every=True) == (
        "avery.sample@example.com", "avery.ask@example.com")
    assert not to_be_asked(person, Fact.EMAIL, DAY)
    assert to_be_asked(person, Fact.EMAIL, DAY, every=True)
    assert values_of(person, Fact.FULL_NAME, DAY, every=True) == ("Avery Sample",)
