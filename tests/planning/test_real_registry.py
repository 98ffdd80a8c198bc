"""The promises of a plan, held against the real registry and the real laws."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from optout.domain.person import Person
from optout.domain.plan import Plan
from optout.domain.words import (
    NEVER_BY_DEFAULT,
    ActionKind,
    BrokerStatus,
    Fact,
    GateLevel,
    Right,
    Role,
)
from optout.law.applicable import applicable
from optout.planning.identity import LETTERS
from optout.planning.plan import make_plan
from optout.planning.search import search_url
from optout.registry.loading import load_registry
from optout.registry.registry import Registry
from tests.planning.builders import AT_RISK, AVERY, DAY, laws, living_in, rules

PEOPLE = {
    "Californian": AVERY, "Californian at risk": AT_RISK, "Virginian": living_in("US-VA"),
    "Wyomingite": living_in("US-WY"), "German": living_in("DE"),
}


@cache
def registry() -> Registry:
    return load_registry(Path(__file__).parents[2] / "brokers.yaml", None, None)


@cache
def whole_plan(who: str) -> Plan:
    known = registry()
    return make_plan(PEOPLE[who], known.all(), known.brokers, laws(), DAY,
                     registry_checked=known.checked, rules=rules())


@pytest.fixture(params=list(PEOPLE))
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def person(who: str) -> Person:
    return PEOPLE[who]


def test_every_broker_is_served_or_named_with_a_reason(who: str) -> None:
    made = whole_plan(who)
    served = {i for a in made.actions for i in a.covers}
    named = {u.broker: u.reason for u in made.uncovered}
    for broker in registry().all():
        assert broker.id in served or named[broker.id].strip(), broker.id
    assert not set(named) & {a.broker.id for a in made.actions}


def test_no_right_is_asserted_that_the_law_does_not_offer(who: str, person: Person) -> None:
    homes = [home.code for home in person.residences_on(DAY)]
    for action in whole_plan(who).actions:
        offered = {(f.law, f.right)
                   for f in applicable(laws(), homes, action.broker, DAY).offered}
        for footing in action.footings:
            assert footing.right is Right.VOLUNTARY or (footing.law, footing.right) in offered
        assert len({f.law for f in action.footings}) == 1


def test_no_action_carries_more_than_its_procedure_needs(who: str) -> None:
    for action in whole_plan(who).actions:
        way = action.procedure
        if action.kind is ActionKind.LOOK:
            assert {n.fact for n in action.needs} <= {Fact.FULL_NAME, Fact.INTERNET_ADDRESS}
            continue
        extra = {n.fact for n in action.needs} - {*way.needs, *way.matches_on}
        allowed = {Fact.FULL_NAME, Fact.STATE_OF_RESIDENCE, Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS}
        assert extra <= (allowed if action.channel in LETTERS else set()), action.broker.id


def test_what_is_never_filled_is_never_carried(who: str) -> None:
    for action in whole_plan(who).actions:
        carried = {n.fact for n in action.needs}
        assert not carried & NEVER_BY_DEFAULT, action.broker.id
        assert not {Fact.FULL_NAME, Fact.ADVERTISING_ID} <= carried, action.broker.id


def test_no_government_system_can_be_asked(who: str) -> None:
    for action in whole_plan(who).actions:
        if action.broker.role is Role.GOVERNMENT_SYSTEM:
            assert any(g.level is GateLevel.BLOCK for g in action.gates)


def test_a_californian_starts_with_the_platform_and_others_do_not(who: str) -> None:
    kinds = [a.kind for a in whole_plan(who).actions]
    assert (ActionKind.PLATFORM in kinds) is who.startswith("Californian")
    # Before it comes only the address programme of a person at risk.
    assert ActionKind.PLATFORM not in kinds[(2 if "at risk" in who else 1):]
    assert "at risk" not in who or kinds[0] is ActionKind.HYGIENE


def test_networks_save_requests(who: str) -> None:
    made = whole_plan(who)
    living = [b for b in registry().all() if b.status is not BrokerStatus.DEFUNCT]
    assert len(made.actions) < len(living)
    assert any(a.kind is ActionKind.NETWORK for a in made.actions)


def test_most_of_it_can_be_done_at_once_by_someone_who_is_not_at_risk() -> None:
    ready = [a for a in whole_plan("Californian").actions if a.may_go_on]
    assert len(ready) >= 60


def test_nothing_shows_the_home_of_a_person_at_risk() -> None:
    for action in whole_plan("Californian at risk").actions:
        if action.may_go_on:
            shown = {n.fact for n in action.needs}
            assert not shown & {Fact.CURRENT_ADDRESS, Fact.CITY_STATE, Fact.POSTAL_CODE}


def test_every_search_link_is_a_safe_link_without_holes(person: Person) -> None:
    for broker in registry().all():
        link = search_url(person, broker, DAY)
        assert link == "" or link.startswith("https://"), broker.id
        assert "{" not in link, broker.id
        if person.at_risk:
            assert "francisco" not in link.lower(), broker.id


def test_a_larger_choice_never_loses_a_broker() -> None:
    known = registry()
    few = known.all()[:20]
    made = make_plan(AVERY, few, known.brokers, laws(), DAY,
                     registry_checked=known.checked, rules=rules())
    whole = {i for a in whole_plan("Californian").actions for i in a.covers}
    assert {i for a in made.actions for i in a.covers} & {b.id for b in few} <= whole
