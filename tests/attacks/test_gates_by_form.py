"""The gates against the forms of the app: sent as they stand, and with forged fields."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from optout.domain.person import Person
from optout.domain.words import ActingAs, Channel
from tests.attacks.situations import (
    BLOCKS,
    CONFIRMS,
    DRAFTS_ONLY,
    PLAIN,
    TWIN,
    Situation,
    another,
    forge,
    name_of,
)
from tests.everyone import every_request
from tests.web.conftest import World

BLOCKED = [case for case in BLOCKS if case.acting_as is ActingAs.SELF]
ASKED = [case for case in CONFIRMS if case.acting_as is ActingAs.SELF]


class Hand:
    """Somebody who sends the app whatever they like."""

    def __init__(self, world: World, person: Person) -> None:
        self.world, self.person = world, person
        found = re.search(r'name="csrf_token" value="([^"]+)"', world.visitor.get("/people").html)
        assert found is not None
        self.token = found[1]

    def post(self, path: str, **fields: str | list[str]) -> int:
        """Send a form to a page of the person; give the status."""
        data = urlencode({"csrf_token": self.token, **fields}, doseq=True)
        return self.world.visitor.ask(
            "POST", f"/people/{self.person.id}/{path}", data=data).status_code

    def choose(self, *brokers: str) -> None:
        """Select companies for the plan."""
        assert self.post("companies", broker=list(brokers), plan="1") == 303

    def create(self, *brokers: str, **forged: str) -> int:
        """Send the form that makes the requests; give how many there are then."""
        self.post("requests", broker=list(brokers), **forged)
        return len(every_request(self.world.instance.desk))


def hand(world: World, case: Situation) -> Hand:
    world.set_up()
    person = case.stored(world.instance.desk)
    return Hand(world, person)


@pytest.mark.parametrize("case", [*BLOCKED, *ASKED], ids=name_of)
def test_a_forged_form_makes_nothing(world: World, case: Situation) -> None:
    attacker = hand(world, case)
    attacker.choose(case.broker)
    assert attacker.create(case.broker) == 0
    assert attacker.create(
        case.broker, gate=case.gate, scope=case.scope, answer="yes", accepted="true",
        answered="1", at_risk="", confirm=case.gate, force="1") == 0
    for channel in Channel:
        attacker.post("plan/channels", broker=case.broker, channel=channel.value)
        assert attacker.create(case.broker, channel=channel.value) == 0


@pytest.mark.parametrize("case", BLOCKED, ids=name_of)
def test_a_yes_to_a_block_is_refused_by_the_form_too(world: World, case: Situation) -> None:
    attacker = hand(world, case)
    attacker.choose(case.broker)
    for scope in (case.scope, case.broker, ""):
        assert attacker.post("plan/answers", gate=case.gate, scope=scope, answer="yes") >= 400
    assert attacker.create(case.broker) == 0


@pytest.mark.parametrize("case", ASKED, ids=name_of)
def test_only_the_right_yes_opens(world: World, case: Situation) -> None:
    attacker = hand(world, case)
    desk = world.instance.desk
    other = another(desk)
    forge(desk, other, case.gate, case.scope)
    attacker.choose(case.broker)
    attacker.post("plan/answers", gate=case.gate, scope=case.scope, answer="no")
    attacker.post("plan/answers", gate=case.gate, scope=case.scope, answer="YES")
    attacker.post("plan/answers", gate=case.gate, scope=case.scope)
    if case.about_broker:
        attacker.post("plan/answers", gate=case.gate, scope=TWIN, answer="yes")
    assert attacker.create(case.broker) == 0
    attacker.post("plan/answers", gate=case.gate, scope=case.scope, answer="yes")
    assert attacker.create(case.broker) == 1


@pytest.mark.parametrize("case", [*BLOCKED, *ASKED], ids=name_of)
def test_in_a_bulk_only_what_is_open_is_made(world: World, case: Situation) -> None:
    attacker = hand(world, case)
    attacker.choose(PLAIN, "z-relatives", case.broker)
    attacker.create(PLAIN, "z-relatives", case.broker)
    made = {file.request.broker_id for file in every_request(world.instance.desk)}
    assert case.broker not in made - ({PLAIN} if case.broker != PLAIN else set())


def test_unticking_and_choosing_anew_opens_nothing(world: World) -> None:
    case = ASKED[0]
    attacker = hand(world, case)
    attacker.choose(case.broker)
    attacker.post("companies", drop=case.broker)
    attacker.choose(TWIN)
    assert attacker.create(case.broker) == 0
    attacker.choose(case.broker)
    assert attacker.create(case.broker) == 0


def test_switching_drafts_on_by_the_plans_form_makes_no_request(world: World) -> None:
    case = BLOCKED[0]
    assert case.gate == "government-system"
    attacker = hand(world, case)
    attacker.choose("z-agency", "z-posing")
    for gate in DRAFTS_ONLY:
        attacker.post("plan/answers", gate=gate, scope="", answer="yes")
    assert attacker.create("z-agency") == 0
    assert attacker.create("z-posing") == 0
    assert attacker.create("z-agency", "z-posing", for_counsel="1") == 0
