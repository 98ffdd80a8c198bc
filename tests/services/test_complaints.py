"""Who hears a complaint: the law's own authorities, or those of the country."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optout.domain.words import PeriodUnit
from optout.law.authorities import Hears
from optout.law.model import Law
from optout.law.parts import Period
from optout.services.complaints import Hearing, Proof, authorities_for, proofs_for
from optout.services.desk import Library
from optout.settings import Settings
from tests.conftest import MONDAY


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The program's own laws and authorities."""
    folder: Path = tmp_path_factory.mktemp("none")
    return Library(Settings(instance=folder / "none"))


@pytest.fixture
def gdpr(library: Library) -> Law:
    """The law with most authorities."""
    return library.laws.law("eu-gdpr", MONDAY)


def heard(library: Library, law: str, residence: str) -> tuple[Hearing, ...]:
    """Who hears a complaint of someone who lives there."""
    return authorities_for(library, library.laws.law(law, MONDAY), residence)


def test_a_state_law_names_its_own(library: Library) -> None:
    agency, attorney = heard(library, "us-ca-ccpa", "US-CA")
    assert "California Privacy Protection Agency" in agency.name
    assert agency.contact.url_confirmed
    assert agency.contact.postal == (), "its address is not confirmed"
    assert attorney.contact.postal[-1] == "Sacramento, CA 94244-2550"
    assert attorney.contact.source.startswith("https://oag.ca.gov/")


def test_what_was_not_checked_says_so(library: Library) -> None:
    found = {one.name: one.contact for one in heard(library, "us-federal-fcra", "US-NY")}
    assert not found["Federal Trade Commission"].url_confirmed
    assert found["Federal Trade Commission"].url_status
    virginia, = heard(library, "us-va-vcdpa", "US-VA")
    assert not virginia.contact.url_confirmed
    assert "not checked" in virginia.contact.url_status


def test_an_authority_that_is_in_doubt_has_no_confirmed_contact(library: Library) -> None:
    law = library.laws.law("us-ca-ccpa", MONDAY)
    name = law.authorities[1].name
    doubted = replace(law, low_confidence_fields=(f"enforcement.{name}",))
    attorney = authorities_for(library, doubted, "US-CA")[1]
    assert not attorney.contact.url_confirmed
    assert attorney.contact.postal == ()
    assert attorney.contact.source == ""


def test_the_gdpr_leads_to_the_country_of_the_person(library: Library) -> None:
    one, = heard(library, "eu-gdpr", "FR")
    assert "CNIL" in one.name
    assert one.hears is Hears.ANYONE
    assert one.contact.postal
    assert one.contact.source.startswith("https://")
    assert one.checked == library.authorities.of("FR")[0].checked


def test_germany_has_one_for_each_state_and_others_for_special_bodies(library: Library) -> None:
    found = heard(library, "eu-gdpr", "DE")
    states = [one for one in found if one.hears is Hears.FIRMS_OF_A_STATE]
    assert len({one.region for one in states}) == len(states) == 16
    assert found[:16] == tuple(states), "those who hear about companies come first"
    assert {one.hears for one in found[16:]} == {
        Hears.PUBLIC_BODIES_OF_A_STATE, Hears.FEDERAL_BODIES, Hears.CHURCHES, Hears.BROADCASTERS}


def test_who_lives_in_berlin_is_led_to_berlin(library: Library) -> None:
    first = heard(library, "eu-gdpr", "DE-BE")[0]
    assert first.region == "DE-BE"
    assert first.name.startswith("Berliner")
    assert first.language == "de"


def test_every_authority_of_a_country_that_has_several_is_known_by_whom_it_hears(
    library: Library
) -> None:
    for country in {one.country for one in library.authorities.all}:
        several = library.authorities.of(country)
        if len(several) > 1:
            assert all(one.hears is not Hears.ANYONE
                       for one in heard(library, "eu-gdpr", country)), country


def test_a_country_without_a_known_authority_falls_back_on_the_law(
    library: Library, gdpr: Law
) -> None:
    assert [one.name for one in authorities_for(library, gdpr, "")] == [
        one.name for one in gdpr.authorities]
    assert [one.name for one in authorities_for(library, gdpr, "BR")] == [
        one.name for one in gdpr.authorities]


def test_what_a_law_says_of_complaints_goes_with_every_authority(
    library: Library, gdpr: Law
) -> None:
    within = Period(3, PeriodUnit.MONTHS, "their answer")
    asking = replace(gdpr, authorities=(
        replace(gdpr.authorities[0], wants="The request.", within=within),))
    one, = authorities_for(library, asking, "AT")
    assert one.wants == "The request."
    assert one.within == within


def test_the_law_of_a_country_leads_to_its_own_authority(library: Library, gdpr: Law) -> None:
    swiss = replace(gdpr, id="ch-test", jurisdiction="CH")
    one, = authorities_for(library, swiss, "CH")
    assert one.name.startswith("EDÖB")
    assert authorities_for(library, swiss, "")[0].name.startswith("EDÖB")


def test_the_appeal_belongs_to_a_complaint_where_the_law_has_one(library: Library) -> None:
    virginia = library.laws.law("us-va-vcdpa", MONDAY)
    assert proofs_for(virginia) == (Proof.REQUEST, Proof.ARRIVAL, Proof.ANSWER, Proof.APPEAL)
    doubted = replace(virginia, low_confidence_fields=("appeal",))
    assert Proof.APPEAL not in proofs_for(doubted)
    assert Proof.APPEAL not in proofs_for(library.laws.law("us-ca-ccpa", MONDAY))
