"""The safety rules that pages show, with the person as the safeguards see them."""

from __future__ import annotations

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.gate import GatePlace
from optout.domain.person import Person
from optout.domain.words import GateLevel
from optout.services import people, plans
from optout.services.desk import Desk
from optout.services.safety import gates_on_page


def test_a_page_shows_what_holds_for_this_person_in_this_folder(desk: Desk, avery: Person) -> None:
    assert [gate.id for gate in gates_on_page(desk, GatePlace.PLAN, avery.id)] == [
        "sequence", "recheck"]
    people.set_instance_at_risk(desk, value=True, actor=OWNER)
    (first, *_) = gates_on_page(desk, GatePlace.PLAN, avery.id)
    assert (first.id, first.level) == ("survivor-order", GateLevel.WARN)


def test_the_page_of_a_platform_says_what_it_cannot_do(desk: Desk, avery: Person) -> None:
    shown = gates_on_page(desk, GatePlace.BROKER_PAGE, avery.id, broker_id="california-drop")
    assert [gate.id for gate in shown] == ["no-deletion-promise"]
    assert gates_on_page(desk, GatePlace.BROKER_PAGE, avery.id, broker_id="quick-mail") == ()


def test_answers_show_and_strangers_are_named(desk: Desk, avery: Person) -> None:
    plans.answer_gate(desk, avery.id, "government-drafts", accepted=True, actor=OWNER)
    for person, broker in (("P-222222", ""), (avery.id, "nobody")):
        with pytest.raises(NotFound):
            gates_on_page(desk, GatePlace.BROKER_PAGE, person, broker_id=broker)
