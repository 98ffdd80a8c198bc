"""The person: which name is used, what a person cannot be without."""

from datetime import date

import pytest

from optout.domain.errors import InvalidInput
from optout.domain.person import Authorization, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.words import NameKind, Sensitivity

LEGAL = PersonName("Avery", "Sample")
DEAD = PersonName("Old", "Sample", kind=NameKind.DO_NOT_USE)
CALIFORNIA = (Residence("US-CA"),)


def home(street: str, *, current: bool = False, ended: date | None = None) -> PersonAddress:
    return PersonAddress(PostalAddress((street,), "Reno", "US", "NV", "89501"),
                         current=current, valid_to=ended)


def test_the_legal_name_comes_first_wherever_it_stands() -> None:
    person = Person(names=(DEAD, PersonName("Ave", "S", kind=NameKind.ALIAS), LEGAL),
                    residences=CALIFORNIA)
    assert person.main_name is LEGAL


def test_a_name_not_to_be_used_is_never_the_main_name() -> None:
    alias = PersonName("Ave", "S", kind=NameKind.ALIAS)
    assert Person(names=(DEAD, alias), residences=CALIFORNIA).main_name is alias


def test_a_person_with_only_a_name_not_to_be_used_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        Person(names=(DEAD,), residences=CALIFORNIA)
    assert caught.value.field == "names"


def test_a_person_without_residence_is_told_why_it_matters() -> None:
    with pytest.raises(InvalidInput) as caught:
        Person(names=(LEGAL,), residences=())
    assert caught.value.field == "residences"
    assert "which law applies" in caught.value.remedy


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(InvalidInput):
        PersonName(" ", "")


def test_a_full_name_has_single_spaces() -> None:
    assert PersonName("Avery", "Sample", "Q").full == "Avery Q Sample"
    assert PersonName("", "Sample").full == "Sample"


@pytest.mark.parametrize(("name", "may"), [
    (LEGAL, True), (DEAD, False),
    (PersonName("A", "B", sensitivity=Sensitivity.NEVER_SEND), False),
    (PersonName("A", "B", sensitivity=Sensitivity.ASK), True),
])
def test_some_names_never_leave(name: PersonName, may: bool) -> None:  # noqa: FBT001 - a table
    assert name.may_be_sent is may


def test_the_current_address_is_the_marked_one_else_the_first_still_valid() -> None:
    old, open_ended, marked = (home("1", ended=date(2020, 1, 1)), home("2"),
                               home("3", current=True))
    person = Person(names=(LEGAL,), residences=CALIFORNIA, addresses=(old, open_ended, marked))
    assert person.current_address is marked
    person = Person(names=(LEGAL,), residences=CALIFORNIA, addresses=(old, open_ended))
    assert person.current_address is open_ended
    assert Person(names=(LEGAL,), residences=CALIFORNIA, addresses=(old,)).current_address is None


def test_residences_on_a_day_leave_out_the_ended() -> None:
    moved = (Residence("US-VA", valid_to=date(2025, 12, 31)), Residence("US-CA"))
    person = Person(names=(LEGAL,), residences=moved)
    assert [r.code for r in person.residences_on(date(2026, 1, 1))] == ["US-CA"]


@pytest.mark.parametrize(("day", "living"), [
    (date(2026, 1, 1), False), (date(2026, 1, 2), True), (date(2026, 6, 30), True),
    (date(2026, 7, 1), False),
])
def test_an_authorization_lives_between_its_dates(
    day: date, living: bool  # noqa: FBT001 - a table
) -> None:
    paper = Authorization("A-1", "P-1", "Clinic", date(2026, 1, 2), date(2026, 6, 30))
    assert paper.living_on(day) is living


def test_a_revoked_authorization_is_dead_from_that_day() -> None:
    paper = Authorization("A-1", "P-1", "Clinic", date(2026, 1, 2), revoked_on=date(2026, 3, 1))
    assert paper.living_on(date(2026, 2, 28))
    assert not paper.living_on(date(2026, 3, 1))
