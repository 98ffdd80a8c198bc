"""Counsel: named, changed, forgotten, and read from a file that is refused line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidFile, InvalidInput, NotFound
from optout.domain.person import Person
from optout.domain.places import PostalAddress
from optout.services import counsel
from optout.services.counsel import Office
from optout.services.counsel_file import counsel_to_mapping, read_counsel_file
from optout.services.desk import Desk
from optout.store import audit

ADDRESS = PostalAddress(("1 Invented Plaza", "Suite 2"), "Oakland", "US", "CA", "94612")
FILE = """\
name: Robin Sample
organisation: Sample Legal Clinic
address: {street: [1 Invented Plaza, Suite 2], city: Oakland, region: CA, postal_code: "94612", \
country: US}
may_show_home: true
"""


def test_counsel_is_named_changed_and_forgotten(desk: Desk, avery: Person) -> None:
    assert counsel.counsel_of(desk, avery.id) is None
    first = counsel.set_counsel(desk, avery.id, Office("Robin Sample", ADDRESS), actor=OWNER)
    assert (first.may_show_home, first.confirmed_on, first.actor) == (
        False, date(2026, 11, 23), OWNER)
    later = counsel.set_counsel(
        desk, avery.id, Office("Robin Sample", ADDRESS, "Clinic", may_show_home=True),
        actor=OWNER)
    assert counsel.counsel_of(desk, avery.id) == later
    counsel.remove_counsel(desk, avery.id, actor=OWNER)
    assert counsel.counsel_of(desk, avery.id) is None
    with pytest.raises(NotFound, match="No lawyer"):
        counsel.remove_counsel(desk, avery.id, actor=OWNER)


def test_the_audit_names_the_person_by_id_and_the_hand(desk: Desk, avery: Person) -> None:
    counsel.set_counsel(desk, avery.id, Office("Robin Sample", ADDRESS), actor=OWNER)
    counsel.remove_counsel(desk, avery.id, actor=OWNER)
    with desk.store.reading() as session:
        last = audit.latest(session, 2)
    assert [(one.act, one.subject, one.actor) for one in last] == [
        ("remove_counsel", avery.id, OWNER), ("set_counsel", avery.id, OWNER)]


def test_nobody_unknown_has_counsel(desk: Desk) -> None:
    with pytest.raises(NotFound):
        counsel.counsel_of(desk, "P-222222")
    with pytest.raises(NotFound):
        counsel.set_counsel(desk, "P-222222", Office("R", ADDRESS), actor=OWNER)
    with pytest.raises(NotFound):
        counsel.remove_counsel(desk, "P-222222", actor=OWNER)


@pytest.mark.parametrize("office", [
    Office(" ", ADDRESS), Office("Robin Sample", ADDRESS, "client A012345678")])
def test_no_name_and_no_number_of_a_client_is_kept(
    desk: Desk, avery: Person, office: Office
) -> None:
    with pytest.raises(InvalidInput):
        counsel.set_counsel(desk, avery.id, office, actor=OWNER)
    assert counsel.counsel_of(desk, avery.id) is None


def test_the_file_comes_back_as_it_was(desk: Desk, avery: Person, tmp_path: Path) -> None:
    path = tmp_path / "counsel.yaml"
    path.write_text(FILE, "utf-8")
    office = read_counsel_file(path)
    assert office == Office("Robin Sample", ADDRESS, "Sample Legal Clinic", may_show_home=True)
    kept = counsel.set_counsel(desk, avery.id, office, actor=OWNER)
    assert counsel_to_mapping(kept) == {
        "name": "Robin Sample", "organisation": "Sample Legal Clinic", "may_show_home": True,
        "address": {"street": ["1 Invented Plaza", "Suite 2"], "city": "Oakland", "region": "CA",
                    "postal_code": "94612", "country": "US"},
        "confirmed_on": "2026-11-23", "actor": OWNER}


@pytest.mark.parametrize(("text", "said"), [
    ("[]", "name: Counsel has no name."), ("name: Robin", "address: Counsel has no address."),
    (FILE.replace("may_show_home: true", "may_show_home: surely"), "may_show_home"),
    (FILE + "a_number: A012345678\n", "a_number"),
    (FILE.replace("Oakland", '""'), "address.city"),
    (FILE.replace("Robin Sample", "A012345678"), "name: "),
])
def test_a_wrong_file_is_refused_by_line_and_field(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "counsel.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidFile) as error:
        read_counsel_file(path)
    assert any(said in problem for problem in error.value.problems)
    assert not any("012345678" in problem for problem in error.value.problems)
