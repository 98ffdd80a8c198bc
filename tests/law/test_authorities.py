"""Europe's supervisory authorities: all there, each reachable, each with its pages."""

import csv
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optout.domain.errors import InvalidFile
from optout.law.authorities import read_authorities
from optout.law.reach import EEA
from optout.services.desk import Library
from optout.settings import Settings
from tests.law.facts import FACTS

ONE: dict[str, Any] = {
    "id": "zzdpa", "name": "Office", "country": "DE", "address": ["Street 1", "00001 Town"],
    "email": "office@example.com", "phone": "+4930123456", "sources": ["https://example.com"]}


def read(*entries: dict[str, Any], checked: object = "2026-07-21") -> Any:
    return read_authorities({"checked": checked, "authorities": list(entries)})


def test_every_country_of_the_eea_has_one_and_each_can_be_reached(tmp_path: Path) -> None:
    found = Library(Settings(instance=tmp_path)).authorities
    assert len(found.all) == 57
    assert {one.country for one in found.all} == EEA | {"CH", "GB"}
    assert len(found.of("DE")) == 26
    assert found.of("US") == ()
    for one in found.all:
        assert len(one.address) >= 2
        assert one.phone
        assert one.email or one.country in {"CH", "ES", "FR", "GB"}
        assert all(re.match("https?://", url) for url in (*one.sources, one.site) if url)
        assert one.checked == date(2026, 7, 21)


def test_they_are_those_of_the_facts(tmp_path: Path) -> None:
    path = FACTS.parent / "registries" / "eu-authorities.csv"
    if not path.exists() and not os.environ.get("CI"):
        pytest.skip("the facts are not beside this checkout")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["slug"]: row for row in csv.DictReader(file)}
    found = {one.id: one for one in Library(Settings(instance=tmp_path)).authorities.all}
    assert found.keys() == rows.keys()
    for id_, one in found.items():
        row = rows[id_]
        assert (one.name, one.country, one.email, one.complaint_form, one.site, one.language) == (
            row["name"], row["country"], row["email"], row["webform"], row["web"],
            row["complaint_language"])
        assert one.phone.lstrip("+") == "".join(c for c in row["phone"] if c.isdigit())
        assert all(line in row["address"] for line in one.address)


@pytest.mark.parametrize(("change", "says"), [
    ({"country": "Germany"}, "[0].country: “Germany” is not right"),
    ({"email": "office at example"}, "[0].email: “office at example” is not right"),
    ({"phone": "030 123"}, "[0].phone: “030 123” is not right"),
    ({"sources": []}, "[0].sources: is missing"),
    ({"region": "Bavaria"}, "[0].region: “Bavaria” is not right"),
    ({"hears": "everyone"}, "[0].hears: “everyone” is not one of"),
    ({"nickname": "x"}, "[0].nickname: there is no such field"),
])
def test_a_wrong_field_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        read({**ONE, **change})
    assert f"authorities.yaml: authorities{says}" in caught.value.problems[0]


def test_one_authority_stands_once_and_the_file_is_dated() -> None:
    assert read(ONE).all[0].name == "Office"
    with pytest.raises(InvalidFile, match="cannot be read") as caught:
        read(ONE, ONE)
    assert "“zzdpa” stands twice" in caught.value.problems[0]
    with pytest.raises(InvalidFile):
        read(ONE, checked="")
