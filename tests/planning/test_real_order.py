"""The order and the pace of plans for the real registry, as an expert would judge them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from optout.domain.plan import Action
from optout.domain.wanted import Pace, Wanted
from optout.domain.words import ActionKind, Presence
from optout.planning.order import LOOKS_IN_A_ROW, in_order
from optout.planning.pace import by_effort, this_week, waiting, weeks
from optout.planning.plan import make_plan
from optout.planning.stages import ADDRESS_PROGRAMMES, PASSES_ON, SHOWS_HOMES, SHOWS_RECORDS
from optout.planning.wanted import brokers_of
from tests.planning.builders import AT_RISK, AVERY, DAY, laws, living_in, rules
from tests.planning.test_real_registry import registry

PEOPLE = {"Californian": AVERY, "Texan": living_in("US-TX"), "German": living_in("DE"),
          "Californian at risk": AT_RISK}
AMERICANS = ("Californian", "Texan", "Californian at risk")
FIRST_TEN = 10


@cache
def steps(who: str) -> tuple[Action, ...]:
    """The plan for everything that is relevant to a person, in its order."""
    person, known = PEOPLE[who], registry()
    targets = tuple(brokers_of(Wanted(relevant=True), person, known.brokers))
    made = make_plan(person, targets, known.brokers, laws(), DAY,
                     registry_checked=known.checked, rules=rules(), named=())
    return in_order(made.actions, person, DAY)


def kinds(who: str) -> list[ActionKind]:
    return [action.kind for action in steps(who)[:FIRST_TEN]]


def test_a_californian_begins_with_the_platform_and_goes_on_with_what_shows_homes() -> None:
    platform, *rest = steps("Californian")[:FIRST_TEN]
    assert platform.kind is ActionKind.PLATFORM
    assert "reaches" in platform.why_here
    assert {action.broker.category for action in rest} <= SHOWS_HOMES


def test_a_texan_begins_with_networks_that_show_homes() -> None:
    ten = steps("Texan")[:FIRST_TEN]
    assert {action.broker.category for action in ten} <= SHOWS_HOMES
    assert kinds("Texan")[0] is ActionKind.NETWORK
    assert len(ten[0].covers) > FIRST_TEN
    assert kinds("Texan").count(ActionKind.NETWORK) >= 4


def test_a_german_begins_with_those_who_trade_in_german_addresses() -> None:
    ten = [a for a in steps("German")[:FIRST_TEN] if a.kind is not ActionKind.HYGIENE]
    assert len(ten) >= FIRST_TEN - 1
    for action in ten:
        assert action.broker.category in PASSES_ON
        assert "DE" in (action.broker.country, *action.broker.active_in)


def test_a_person_at_risk_begins_with_an_address_that_may_be_shown() -> None:
    first, platform, phone, *rest = steps("Californian at risk")[:FIRST_TEN]
    assert (first.kind, first.broker.category) == (ActionKind.HYGIENE, ADDRESS_PROGRAMMES)
    assert platform.kind is ActionKind.PLATFORM
    assert (phone.kind, phone.broker.category) == (ActionKind.HYGIENE, "location")
    assert {action.broker.category for action in rest} <= SHOWS_HOMES


@pytest.mark.parametrize("who", AMERICANS)
def test_the_sources_come_long_before_the_small_sites_are_done(who: str) -> None:
    order = steps(who)
    small = [i for i, a in enumerate(order) if a.broker.category in SHOWS_HOMES
             and a.broker.priority == "normal" and len(a.covers) == 1]
    sources = [i for i, a in enumerate(order) if a.broker.category in PASSES_ON | {"credit_bureau"}
               and a.broker.priority in {"crucial", "high"}]
    assert sources
    assert max(sources) < min(small)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_step_says_why_it_stands_there_in_one_or_two_sentences(who: str) -> None:
    for action in steps(who):
        said = action.why_here
        assert said.endswith("."), action.broker.id
        assert said[0].isupper()
        assert 1 <= said.count(". ") + 1 <= 2, said
        assert action.broker.id not in said.split()


@pytest.mark.parametrize("who", PEOPLE)
def test_looks_do_not_pile_up_while_anything_else_is_left_to_do_beside_them(who: str) -> None:
    order = [a for a in steps(who) if a.broker.category in SHOWS_HOMES | SHOWS_RECORDS]
    row = 0
    for action, following in pairwise(order):
        row = row + 1 if action.kind is ActionKind.LOOK else 0
        asks_later = any(a.kind is not ActionKind.LOOK and a.broker.category in SHOWS_HOMES
                         for a in order[order.index(following):])
        assert row <= LOOKS_IN_A_ROW or not asks_later


@pytest.mark.parametrize("who", PEOPLE)
def test_the_weeks_are_doable_and_hold_everything_that_can_be_done(who: str) -> None:
    pace, order = Pace(), steps(who)
    made = weeks(order, pace)
    done = [a for week in made for a in week.actions]
    assert len(done) + len(waiting(order)) == len(order)
    assert this_week(order, pace) == made[0]
    assert made[0].minutes >= pace.minutes_a_week * 3 // 4
    for week in made:
        longest = sum(max(0, a.minutes - pace.minutes_a_day) for a in week.actions)
        assert week.minutes <= pace.minutes_a_week + longest
    assert sum(len(part) for _, part in by_effort(order)) == len(order)


def test_what_was_seen_comes_before_what_is_only_likely() -> None:
    *others, late = steps("Texan")
    seen = replace(late, presence=Presence.LISTED)
    order = in_order((*others, seen), PEOPLE["Texan"], DAY)
    assert order[0].broker.id == late.broker.id
    assert order[0].why_here.startswith("Your listing was seen there")
