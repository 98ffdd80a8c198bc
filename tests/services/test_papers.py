"""Papers of a person: what is offered and why not, in which language, and what it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from optout.domain.actor import OWNER
from optout.domain.document_words import PaperKind
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.papers import PlannedAuthorization
from optout.domain.person import Authorization, Person, PersonName
from optout.domain.places import Residence
from optout.domain.words import NameKind, Sensitivity
from optout.services import authority, papers, people
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.documents.reading import reader, words_of
from tests.factories import berliner, californian, virginian
from tests.services.papered import PERMISSION, words


def test_every_paper_is_offered_or_says_why_not(desk: Desk, avery: Person) -> None:
    offers = {one.kind: one.unmet for one in papers.papers_of(desk, avery.id)}
    assert set(offers) == set(PaperKind)
    assert offers.pop(PaperKind.REVOCATION).startswith("No authorization")
    assert not any(offers.values())
    with pytest.raises(NotFound):
        papers.papers_of(desk, "P-222222")


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.usefixtures("permission")
def test_what_is_offered_is_made_in_both_languages(
    desk: Desk, avery: Person, kind: PaperKind
) -> None:
    made = [papers.paper_for(desk, avery.id, kind, language=language)
            for language in ("en", "es")]
    for file, language in zip(made, ("en", "es"), strict=True):
        assert file.file_name == f"{kind.replace('_', '-')}.pdf"
        assert file.media_type == "application/pdf"
        found = reader(file.content)
        assert str(found.root_object["/Lang"]) == language
        assert "Avery" not in repr(found.metadata)
    assert made[0].content != made[1].content
    assert made[0] == papers.paper_for(desk, avery.id, kind, language="en")


@pytest.mark.parametrize("kind", PaperKind)
def test_what_is_not_offered_is_not_made(desk: Desk, kind: PaperKind) -> None:
    nameless = people.add_person(desk, replace(virginian(), names=(
        PersonName("Avery", "Sample", sensitivity=Sensitivity.NEVER_SEND),)), actor=OWNER)
    unmet = {one.kind: one.unmet for one in papers.papers_of(desk, nameless.id)}[kind]
    if unmet:
        with pytest.raises(Refused, match=unmet[:20]):
            papers.paper_for(desk, nameless.id, kind)
    else:
        assert "Avery" not in words(desk, nameless, kind)


def test_a_report_without_a_name_to_show_bears_the_persons_id(desk: Desk) -> None:
    hidden = people.add_person(desk, replace(virginian(), names=(
        PersonName("Old", "Name", kind=NameKind.FORMER),)), actor=OWNER)
    assert hidden.id in words(desk, hidden, PaperKind.PROGRESS)


def test_the_language_is_the_persons_unless_another_is_asked_for(
    desk: Desk, avery: Person
) -> None:
    for language, title in (("es", "Hoja de seguridad"), ("es-MX", "Hoja de seguridad"),
                            ("de", "Safety sheet"), ("en", "Safety sheet")):
        person = people.update_person(desk, replace(avery, language=language), actor=OWNER)
        assert words(desk, person, PaperKind.SAFETY).startswith(title)
        assert words(desk, person, PaperKind.SAFETY, language="es").startswith("Hoja")
    with pytest.raises(InvalidInput, match="no papers in this language"):
        papers.paper_for(desk, avery.id, PaperKind.SAFETY, language="de")


def test_the_country_of_the_person_decides_paper_and_numbers(desk: Desk) -> None:
    person_there = people.add_person(desk, berliner(), actor=OWNER)
    made = papers.paper_for(desk, person_there.id, PaperKind.SAFETY)
    assert float(reader(made.content).pages[0].mediabox.height) > 830
    assert "112 in Europe" in words_of(made.content)
    moved = people.add_person(desk, replace(
        berliner(), reply_address=None,
        residences=(Residence("DE", valid_to=date(2020, 1, 1)), Residence("US-VA"))), actor=OWNER)
    assert "1-800" in words(desk, moved, PaperKind.SAFETY)


def test_a_new_authorization_is_filled_in_by_hand_or_as_planned(
    desk: Desk, avery: Person
) -> None:
    blank = words(desk, avery, PaperKind.AUTHORIZATION)
    assert "With all companies" in blank
    assert "Sample Legal Clinic" not in blank
    planned = words(desk, avery, PaperKind.AUTHORIZATION, planned=PlannedAuthorization(
        "Sample Legal Clinic", MONDAY, date(2027, 1, 31), ("Quick Mail", "Slow Post")))
    for text in ("Sample Legal Clinic", "November 23, 2026", "January 31, 2027",
                 "Only with these: Quick Mail, Slow Post."):
        assert text in planned


def test_a_stored_authorization_is_written_as_it_is_stored(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    text = words(desk, avery, PaperKind.AUTHORIZATION, authorization_id=permission.id,
                 planned=PlannedAuthorization("Nobody", companies=("Quick Mail",)))
    for found in ("Sample Legal Clinic", "November 2, 2026", "November 1, 2027", "Quick Mail"):
        assert found in text
    assert "Nobody" not in text
    with pytest.raises(NotFound, match="no such authorization"):
        papers.paper_for(desk, avery.id, PaperKind.AUTHORIZATION, authorization_id="A-222222")


@pytest.mark.parametrize("kind", [PaperKind.AUTHORIZATION, PaperKind.REVOCATION])
def test_no_form_replaces_or_takes_back_a_power_of_attorney(
    desk: Desk, avery: Person, kind: PaperKind
) -> None:
    power = authority.add_authorization(desk, replace(
        PERMISSION, person_id=avery.id, power_of_attorney=True), actor=OWNER)
    offers = {one.kind: one.unmet for one in papers.papers_of(desk, avery.id)}
    assert "power of attorney" in offers[PaperKind.REVOCATION]
    with pytest.raises(Refused, match="power of attorney"):
        papers.paper_for(desk, avery.id, kind, authorization_id=power.id)


def test_californias_permission_is_for_californians_and_cites_nothing_uncertain(
    desk: Desk, avery: Person
) -> None:
    text = words(desk, avery, PaperKind.AUTHORIZATION_US_CA)
    law = desk.laws.law("us-ca-ccpa", MONDAY)
    assert law.citation in text
    for right in law.agent.rights:
        assert law.rule(right).section in text
    assert law.is_low("agent.section")
    assert "7063" not in text
    other = people.add_person(desk, virginian(), actor=OWNER)
    with pytest.raises(Refused, match="live in California"):
        papers.paper_for(desk, other.id, PaperKind.AUTHORIZATION_US_CA)
    gone = people.add_person(desk, replace(californian(), residences=(
        Residence("US-CA", valid_to=MONDAY - timedelta(days=1)), Residence("US-VA"))), actor=OWNER)
    with pytest.raises(Refused):
        papers.paper_for(desk, gone.id, PaperKind.AUTHORIZATION_US_CA)
    assert "California" in words(
        desk, gone, PaperKind.AUTHORIZATION_US_CA, on=date(2026, 11, 20))


def test_outside_california_one_form_is_to_be_signed(desk: Desk) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    text = words(desk, person, PaperKind.COVER_LETTER)
    assert "The authorization to act for you" in text
    assert "California" not in text


@pytest.mark.parametrize("name", ["李样本", "Nguyễn Thị Mẫu", "Анна Пример"])
def test_names_are_written_in_their_own_letters(desk: Desk, name: str) -> None:
    given, _, family = name.partition(" ")
    person = people.add_person(desk, replace(
        californian(), names=(PersonName(given, family),)), actor=OWNER)
    for kind in (PaperKind.AUTHORIZATION_US_CA, PaperKind.COVER_LETTER, PaperKind.PROGRESS):
        assert name in words(desk, person, kind, language="es")


def test_a_revocation_takes_back_the_living_authorization(
    desk: Desk, avery: Person, permission: Authorization
) -> None:
    older = authority.add_authorization(desk, replace(
        PERMISSION, person_id=avery.id, agent_name="Earlier Office",
        signed_on=date(2025, 1, 7), ends_on=date(2025, 6, 30)), actor=OWNER)
    text = words(desk, avery, PaperKind.REVOCATION)
    for found in ("Sample Legal Clinic", "November 2, 2026", "November 23, 2026",
                  "optout.sample@example.com"):
        assert found in text
    assert "Earlier Office" in words(desk, avery, PaperKind.REVOCATION, authorization_id=older.id)
    authority.revoke_authorization(desk, permission.id, on=date(2026, 11, 20), actor=OWNER)
    again = words(desk, avery, PaperKind.REVOCATION)
    assert "Sample Legal Clinic" in again
    assert "November 20, 2026" in again
