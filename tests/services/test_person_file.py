"""person.yaml: the shape of the design, read strictly, every refusal with its line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optout.domain.errors import InvalidFile, InvalidInput
from optout.domain.person import ContactPoint, Person
from optout.domain.places import Residence
from optout.domain.words import NameKind, Sensitivity
from optout.services.person_file import (
    person_from_mapping,
    person_to_mapping,
    read_person_file,
)
from tests.factories import at_risk, berliner, californian, new_yorker, safe_at_risk, virginian

DESIGN = """\
names: [{given: Avery, family: Sample, kind: legal}]
emails: [avery.sample@example.com]
phones: ["+1 415 555 0142"]
addresses: [{street: 100 Fictional Way, city: San Francisco, region: CA, postal_code: "94102", \
country: US, current: true}]
residences: [US-CA]
date_of_birth: 1985-04-12
at_risk: false
reply_email: optout.sample@example.com
reply_address: {street: PO Box 0, city: San Francisco, region: CA, postal_code: "94102", \
country: US}
language: en
"""
LEAST = {"names": [{"given": "Avery", "family": "Sample"}], "residences": ["US-CA"]}


def read(folder: Path, text: str) -> Person:
    path = folder / "person.yaml"
    path.write_text(text, "utf-8")
    return read_person_file(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read(folder, text)
    return list(caught.value.problems)


def test_the_designs_own_example_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, DESIGN)
    assert found == replace(californian(), addresses=found.addresses)
    assert found.addresses == californian().addresses[:1]


def test_a_name_and_a_residence_are_enough(tmp_path: Path) -> None:
    found = read(tmp_path, "names: [{given: Avery, family: Sample}]\nresidences: [DE]\n")
    assert (found.main_name.full, found.residences) == ("Avery Sample", (Residence("DE"),))


@pytest.mark.parametrize("make", [
    californian, virginian, berliner, new_yorker, at_risk, safe_at_risk])
def test_whoever_is_written_down_is_read_back_the_same(make: Any) -> None:
    mapping = json.loads(json.dumps(person_to_mapping(make())))
    assert person_from_mapping(mapping) == make()


def test_an_item_may_be_a_mapping_with_its_care_and_its_time(tmp_path: Path) -> None:
    found = read(tmp_path, """\
names:
  - {given: Avery, family: Sample}
  - {given: Ava, family: Sample, kind: former, sensitivity: ask, valid_to: 2010-05-01}
emails: [{value: a@example.com, sensitivity: never_send, valid_from: 2020-01-31}]
residences: [{code: us-va, valid_to: 2019-12-31}, US-CA]
""")
    assert found.names[1].kind is NameKind.FORMER
    assert found.names[1].sensitivity is Sensitivity.ASK
    assert found.names[1].valid_to == date(2010, 5, 1)
    assert found.emails == (
        ContactPoint("a@example.com", Sensitivity.NEVER_SEND, date(2020, 1, 31)),)
    assert found.residences == (Residence("US-VA", valid_to=date(2019, 12, 31)),
                                Residence("US-CA"))


def test_a_phone_without_country_code_takes_that_of_the_residence() -> None:
    for residence, text, number in (("US-CA", "(415) 555-0142", "+14155550142"),
                                    ("DE", "030 23125142", "+493023125142")):
        found = person_from_mapping({**LEAST, "residences": [residence], "phones": [text]})
        assert found.phones == (ContactPoint(number),)


def test_leading_zeros_of_a_postal_code_stay(tmp_path: Path) -> None:
    found = read(tmp_path, """\
names: [{given: A, family: B}]
residences: [US-NJ]
addresses: [{street: 1 Nowhere, city: Newark, region: nj, postal_code: 07102, country: us}]
""")
    assert found.addresses[0].address.postal_code == "07102"
    assert found.addresses[0].address.region == "NJ"


def test_a_name_may_be_one_text_and_an_advertising_id_any_letter_case(tmp_path: Path) -> None:
    found = read(tmp_path, """\
names: [Avery Quinn Sample]
residences: [US-CA]
advertising_ids: [38400000-8CF0-11BD-B23E-10B96E40000D]
""")
    assert (found.names[0].given, found.names[0].family) == ("Avery Quinn", "Sample")
    assert found.advertising_ids == (ContactPoint("38400000-8cf0-11bd-b23e-10b96e40000d"),)


def test_every_problem_is_named_with_its_line_and_field(tmp_path: Path) -> None:
    found = problems(tmp_path, """\
names: [{given: Avery, famly: Sample}]
emails:
  - avery.sample@example.com
  - not an address
phones: ["12"]
addresses:
  - {street: 100 Fictional Way, city: San Francisco}
residences: [California]
date_of_birth: 12.04.1985
at_risk: maybe
nickname: Av
""")
    said = "\n".join(found)
    assert "person.yaml:1: names[0].famly: There is no such field. Did you mean “family”?" in found
    assert "person.yaml:4: emails[1]: This is not an e-mail address." in said
    assert "person.yaml:5: phones[0]: This is not a phone number." in said
    assert "person.yaml:7: addresses[0].country: The address has no country." in said
    assert "person.yaml:8: residences[0]" in said
    assert "person.yaml:9: date_of_birth: This is not a date." in said
    assert "person.yaml:10: at_risk: This must be true or false." in said
    assert "person.yaml:11: nickname: There is no such field." in said


def test_a_person_without_name_or_residence_is_refused(tmp_path: Path) -> None:
    assert [p.split(": ")[1] for p in problems(tmp_path, "emails: [a@example.com]\n")] == [
        "names", "residences"]
    assert "do_not_use" not in str(problems(tmp_path, "names: []\nresidences: []\n"))


def test_a_name_that_must_not_be_used_is_not_enough(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "names: [{given: A, kind: do_not_use}]\nresidences: [DE]\n")
    assert "no name that may be used" in problem


@pytest.mark.parametrize("text", [
    "names:\n\t- {given: A}\n", "- a\n- list\n", "", "names: {given: A}\nresidences: [DE]\n",
    "names: [[A]]\nresidences: [DE]\n", "names: [{given: {a: b}}]\nresidences: [DE]\n",
    "names: [{given: A}]\nresidences: [US]\n", "names: [{given: A, kind: royal}]\nresidences: [DE]",
    "names: [{given: A, valid_from: 2020-01-02, valid_to: 2020-01-01}]\nresidences: [DE]",
    "names: [{given: A}]\nresidences: [DE]\nreply_address: somewhere\n",
    "names: [{given: A}]\nresidences: [DE]\nlanguage: EN_us\n",
    "names: [{given: A}]\nresidences: [DE]\nadvertising_ids: [abc]\n",
    'names: [{given: "A\\u200bB"}]\nresidences: [DE]\n',
    f"names: [{{given: {'a' * 500}}}]\nresidences: [DE]\n",
    "names: [A B]\nresidences: [DE]\nemails: [[a@example.com]]\n",
    "names: [A B]\nresidences: [DE]\naddresses: [somewhere]\n",
    "names: [A B]\nresidences: [DE]\nemails: [{value: [], sensitivity: loud}]\n",
    "names: [A B]\nresidences: [DE]\nlanguage: [en]\n",
])
def test_what_is_no_person_is_refused_by_file_and_line(tmp_path: Path, text: str) -> None:
    found = problems(tmp_path, text)
    assert found
    assert all(problem.startswith("person.yaml:") for problem in found)


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="There is no file"):
        read_person_file(tmp_path / "nobody.yaml")


def test_a_wrong_field_of_options_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        person_from_mapping({**LEAST, "addresses": [{"street": "1 Way", "city": "X"}]})
    assert caught.value.field == "addresses[0].country"
    assert "two-letter" in caught.value.remedy


def test_problems_do_not_repeat_what_was_entered() -> None:
    for field, value in (("emails", ["Zerlinde at home"]), ("phones", ["Zerlinde"]),
                         ("date_of_birth", "Zerlinde"), ("language", "Zerlinde 1")):
        with pytest.raises(InvalidInput) as caught:
            person_from_mapping({**LEAST, field: value})
        assert "Zerlinde" not in str(caught.value)


@pytest.mark.parametrize(("line", "field"), [
    ("names: [{given: Avery, family: A-123-456-789}]", "names[0].family"),
    ("names: ['Avery A123456789']", "names[0].family"),
    ("reply_address: {street: [PO Box 0, SSN 123456789], city: Albany, country: US}",
     "reply_address.street"),
    ("addresses: [{street: 1 Fictional Way, city: 900-70-0000, country: US}]",
     "addresses[0].city"),
])
def test_the_number_of_a_paper_is_refused_and_never_repeated(
    tmp_path: Path, line: str, field: str
) -> None:
    name = "" if line.startswith("names") else "names: [{given: Avery, family: Sample}]\n"
    found = problems(tmp_path, f"{name}{line}\nresidences: [US-NY]\n")
    assert any(field in one and "looks like" in one for one in found), found
    assert not any(number in one for one in found
                   for number in ("123-456", "123456789", "70-0000"))


@pytest.mark.parametrize("key", [
    "immigration_status", "a_number", "nationality", "citizenship", "country_of_birth"])
def test_a_field_that_could_harm_is_refused_with_the_reason(tmp_path: Path, key: str) -> None:
    (found,) = problems(
        tmp_path, f"names: [{{given: Avery, family: Sample}}]\nresidences: [US-NY]\n{key}: none\n")
    assert f"{key}: The program never keeps" in found
    assert "Known are" not in found
