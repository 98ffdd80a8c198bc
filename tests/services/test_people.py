"""People and their listings: stored whole, found again, nothing stored from bad input."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.person import Person, PersonName
from optout.services import authority, exposures, people
from optout.services.desk import Desk
from optout.store import audit
from tests.conftest import MONDAY
from tests.everyone import every_person
from tests.factories import berliner, californian


def acts(desk: Desk) -> list[tuple[str, str, str]]:
    """What the audit says, newest first."""
    with desk.store.reading() as session:
        return [(entry.actor, entry.act, entry.subject) for entry in audit.latest(session)]


def test_a_person_gets_an_id_without_meaning_and_is_found_by_it(desk: Desk) -> None:
    added = people.add_person(desk, californian(), actor=OWNER)
    assert added.id.startswith("P-")
    assert people.get_person(desk, added.id) == added == replace(californian(), id=added.id)
    assert acts(desk)[0] == (OWNER, "add_person", added.id)


def test_everyone_is_listed(desk: Desk) -> None:
    added = {people.add_person(desk, make(), actor=OWNER).id for make in (californian, berliner)}
    assert {person.id for person in every_person(desk)} == added


def test_a_change_replaces_what_was_known(desk: Desk, avery: Person) -> None:
    moved = replace(avery, addresses=avery.addresses[:1], language="es")
    assert people.update_person(desk, moved, actor=OWNER) == moved
    assert people.get_person(desk, avery.id) == moved


def test_a_stored_person_is_not_added_again_and_an_unknown_one_not_changed(
    desk: Desk, avery: Person
) -> None:
    with pytest.raises(InvalidInput):
        people.add_person(desk, avery, actor=OWNER)
    with pytest.raises(NotFound):
        people.update_person(desk, replace(avery, id="P-222222"), actor=OWNER)
    with pytest.raises(NotFound):
        people.get_person(desk, "P-222222")
    assert len(every_person(desk)) == 1


def test_the_first_answer_can_be_changed(desk: Desk) -> None:
    people.set_instance_at_risk(desk, value=True, actor=OWNER)
    assert people.instance_at_risk(desk)
    people.set_instance_at_risk(desk, value=False, actor=OWNER)
    assert not people.instance_at_risk(desk)
    assert acts(desk)[0] == (OWNER, "set_at_risk", "")


def test_a_folder_at_risk_makes_everyone_in_it_careful(desk: Desk, avery: Person) -> None:
    people.set_instance_at_risk(desk, value=True, actor=OWNER)
    with desk.store.reading() as session:
        assert people.careful_person(session, avery.id) == replace(avery, at_risk=True)
    assert not people.get_person(desk, avery.id).at_risk


def test_an_act_by_nobody_is_refused_and_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        people.add_person(desk, californian(), actor="nobody-known")
    assert every_person(desk) == ()


def test_a_listing_is_kept_once(desk: Desk, avery: Person, clock: HandClock) -> None:
    url = "https://quickmail.example/people/avery-sample"
    first = exposures.add_exposure(desk, avery.id, "quick-mail", f" {url} ", actor=OWNER)
    clock.forward(days=3)
    again = exposures.add_exposure(desk, avery.id, "quick-mail", url, actor=OWNER)
    assert first == again
    assert (first.url, first.seen_on) == (url, MONDAY)
    assert exposures.list_exposures(desk, avery.id) == (first,)


@pytest.mark.parametrize("url", [
    "", "quickmail.example/avery", "javascript:alert(1)", "file:///etc/passwd", "https://",
    "https://a.example/two words", "https://[broken", "https://a.example/" + "x" * 2000])
def test_what_is_no_web_address_is_no_listing(desk: Desk, avery: Person, url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        exposures.add_exposure(desk, avery.id, "quick-mail", url, actor=OWNER)
    assert caught.value.field == "url"
    assert exposures.list_exposures(desk, avery.id) == ()


def test_a_listing_needs_a_known_person_and_broker(desk: Desk, avery: Person) -> None:
    with pytest.raises(NotFound, match="no broker"):
        exposures.add_exposure(desk, avery.id, "quick-male", "https://a.example/", actor=OWNER)
    with pytest.raises(NotFound, match="no such person"):
        exposures.add_exposure(desk, "P-222222", "quick-mail", "https://a.example/", actor=OWNER)


def test_a_permission_names_its_agent_and_ends_after_it_began(desk: Desk, avery: Person) -> None:
    from optout.domain.person import Authorization

    good = Authorization("", avery.id, "Sample Legal Clinic", MONDAY)
    assert authority.add_authorization(desk, good, actor=OWNER).id
    for bad in (replace(good, agent_name=" "), replace(good, ends_on=MONDAY.replace(day=1))):
        with pytest.raises(InvalidInput):
            authority.add_authorization(desk, bad, actor=OWNER)
    with pytest.raises(NotFound):
        authority.add_authorization(desk, replace(good, person_id="P-222222"), actor=OWNER)


def test_no_path_keeps_the_number_of_a_paper(desk: Desk, avery: Person) -> None:
    spoilt = (PersonName("Avery", "A123456789"),)
    with pytest.raises(InvalidInput, match="looks like"):
        people.add_person(desk, replace(californian(), names=spoilt), actor=OWNER)
    with pytest.raises(InvalidInput, match="looks like"):
        people.update_person(desk, replace(avery, names=spoilt), actor=OWNER)
    assert people.get_person(desk, avery.id) == avery
