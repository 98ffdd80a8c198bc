"""Networks, the platform, and the plan as a whole: everyone served once, or named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.broker import Broker, SearchLink
from optout.domain.person import Person
from optout.domain.words import ActingAs, ActionKind, BrokerStatus, Fact, Right
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    DROP,
    LISTED,
    broker,
    living_in,
    only_action,
    only_for,
    parent,
    plan,
    procedure,
    registered,
)
from tests.planning.planned import EMAIL, FORM, POST, reason

# --- networks --------------------------------------------------------------------------------

def test_one_opt_out_serves_a_parent_and_its_children() -> None:
    made = plan(AVERY, broker("child-a"), parent("family", "child-a", "child-b"))
    action = only_action(made)
    assert (action.kind, action.broker.id) == (ActionKind.NETWORK, "family")
    assert action.covers == ("family", "child-a", "child-b")
    assert made.uncovered == ()


def test_a_parent_nobody_asked_for_serves_two_children_and_not_one() -> None:
    family = parent("family", "child-a", "child-b")
    two = plan(AVERY, broker("child-a"), broker("child-b"), others=(family,))
    assert only_action(two).broker.id == "family"
    one = plan(AVERY, broker("child-a"), others=(family,))
    assert (only_action(one).kind, only_action(one).broker.id) == (ActionKind.REQUEST, "child-a")


def test_the_parent_that_serves_most_is_taken_and_no_broker_is_asked_twice() -> None:
    children = [broker(f"child-{i}") for i in "abc"]
    small, large = parent("a-small", "child-a", "child-b"), parent(
        "b-large", "child-a", "child-b", "child-c")
    made = plan(AVERY, *children, others=(small, large))
    assert only_action(made).broker.id == "b-large"


def test_coverage_that_nobody_proved_is_pointed_out() -> None:
    proven = plan(AVERY, broker("child-a"), parent("family", "child-a"))
    assert "not proven" not in only_action(proven).note
    guessed = plan(AVERY, broker("child-a"), parent("family", "child-a", basis=LISTED))
    assert "Child-A is not proven" in only_action(guessed).note


def test_a_parent_that_cannot_be_asked_leaves_its_children_to_themselves() -> None:
    for dead in (parent("family", "child-a", "child-b", status=BrokerStatus.DEFUNCT),
                 parent("family", "child-a", "child-b", procedures=())):
        made = plan(AVERY, broker("child-a"), broker("child-b"), others=(dead,))
        assert {a.broker.id for a in made.actions} == {"child-a", "child-b"}


def test_a_listing_seen_at_a_child_serves_the_parents_form() -> None:
    family = parent("family", "child-a", procedures=(procedure(FORM, Fact.LISTING_URL),))
    made = plan(AVERY, broker("child-a"), family,
                listing_urls={"child-a": ("https://child.example/1",)})
    assert only_action(made).missing == ()


# --- the platform ----------------------------------------------------------------------------

def test_a_californians_first_action_is_the_platform_and_the_broker_still_gets_its_own() -> None:
    chosen = broker("finder", registered_in=registered())
    other = broker("other", registered_in=registered())
    late = broker("late", registered_in=registered(2025))
    made = plan(AVERY, chosen, others=(DROP, other, late))
    first, second = made.actions
    assert (first.kind, first.covers) == (
        ActionKind.PLATFORM, ("california-drop", "finder", "other"))
    assert {f.law for f in first.footings} == {"us-ca-delete-act"}
    assert second.broker.id == "finder"
    assert "California DROP covers it as well" in second.note
    assert "1 of those you chose" in first.note


def test_the_platforms_birth_date_is_entered_by_the_persons_own_hand() -> None:
    first = plan(AVERY, broker(registered_in=registered()), others=(DROP,)).actions[0]
    assert Fact.DATE_OF_BIRTH in {k.fact for k in first.facts_withheld}
    assert first.may_go_on


def test_the_platform_is_not_for_people_elsewhere() -> None:
    chosen = broker(registered_in=registered())
    assert [a.kind for a in plan(living_in("US-VA"), chosen, others=(DROP,)).actions] == [
        ActionKind.REQUEST]
    asked = plan(living_in("US-VA"), DROP)
    assert asked.actions == ()
    assert "elsewhere" in reason(asked, "california-drop")


def test_a_platform_that_states_no_eligibility_is_still_not_for_people_elsewhere() -> None:
    unsaid = replace(DROP, procedures=(replace(DROP.procedures[0], eligible=only_for()),))
    made = plan(living_in("US-VA"), unsaid)
    assert made.actions == ()
    assert "elsewhere" in reason(made, "california-drop")


def test_a_way_that_takes_other_rights_only_is_not_used_for_the_one_asked_for() -> None:
    made = plan(AVERY, broker("finder", procedure(FORM, rights=(Right.FREEZE,))),
                right=Right.ACCESS)
    assert reason(made, "finder") == "None of its ways takes a request to access."


def test_the_platform_is_left_out_where_it_would_serve_nothing_that_is_wanted() -> None:
    listed = broker(registered_in=registered())
    assert len(plan(AVERY, broker(), others=(DROP,)).actions) == 1
    assert len(plan(AVERY, listed, others=(DROP,), right=Right.ACCESS).actions) == 1
    assert len(plan(AVERY, listed, others=(DROP,), channel=EMAIL).actions) == 1
    assert len(plan(AVERY, listed, others=(DROP,), open_requests={DROP.id}).actions) == 1
    assert len(plan(AVERY, listed, others=(DROP,), day=date(2027, 11, 23)).actions) == 1


@pytest.mark.parametrize(("day", "kinds"), [
    (date(2027, 1, 31), [ActionKind.PLATFORM, ActionKind.REQUEST]),
    (date(2027, 2, 1), [ActionKind.REQUEST])])
def test_the_platform_serves_whoever_need_not_have_filed_anew_yet(
    day: date, kinds: list[ActionKind]
) -> None:
    made = plan(AVERY, broker(registered_in=registered(2026)), others=(DROP,), day=day)
    assert [action.kind for action in made.actions] == kinds


def test_the_platform_chosen_by_itself_is_an_action_of_its_own() -> None:
    assert only_action(plan(AVERY, DROP)).kind is ActionKind.PLATFORM


# --- the whole -------------------------------------------------------------------------------

def test_the_actions_come_in_the_order_of_an_expert_and_say_why() -> None:
    made = plan(
        AVERY, broker("z-normal"), broker("b-crucial", priority="crucial"),
        broker("a-high", priority="high"), broker("a-normal", registered_in=registered()),
        broker("child"), parent("family", "child"), others=(DROP,))
    places = [action.broker.id for action in made.actions]
    assert places[0] == "california-drop"
    assert [i for i in places if i not in {"california-drop", "family"}] == [
        "b-crucial", "a-high", "a-normal", "z-normal"]
    assert all(action.why_here for action in made.actions)


def test_of_equal_weight_a_mail_comes_before_a_form_and_a_form_before_a_stamp() -> None:
    made = plan(AVERY, broker("a", procedure(POST)), broker("b", procedure(FORM)),
                broker("c", procedure(EMAIL)))
    assert [a.channel for a in made.actions] == [EMAIL, FORM, POST]


def test_no_recipient_gets_two_letters() -> None:
    one = broker()
    assert len(plan(AVERY, one, one).actions) == 1


def test_people_at_risk_are_told_to_look_first() -> None:
    place = (Fact.FULL_NAME, Fact.CITY_STATE, Fact.INTERNET_ADDRESS)
    visible = broker(search=SearchLink(url="https://finder.example", reveals=place))
    assert "Look first" in only_action(plan(AT_RISK, visible)).note
    assert "Look first" not in only_action(plan(AVERY, visible)).note
    seen = plan(AT_RISK, visible, listing_urls={"finder": ("https://finder.example/1",)})
    assert "Look first" not in only_action(seen).note


def test_an_unclear_business_is_asked_and_named_as_unclear() -> None:
    action = only_action(plan(AVERY, broker(status=BrokerStatus.UNCLEAR)))
    assert "not clear whether" in action.note


def test_an_agent_without_permission_is_held_back() -> None:
    action = only_action(plan(AVERY, broker(), acting_as=ActingAs.AGENT))
    assert not action.may_go_on
    assert action.gates[0].id == "no-living-authorization"


def test_minutes_and_the_age_of_the_registry_are_told() -> None:
    made = plan(AVERY, broker(), broker("other", procedure(POST)))
    assert made.minutes == sum(a.minutes for a in made.actions) == 12
    assert made.registry_age_days == 3
    assert plan(AVERY, broker(), day=date(2026, 11, 1)).registry_age_days == 0


def test_nothing_chosen_is_nothing_to_do() -> None:
    made = plan(AVERY)
    assert (made.actions, made.uncovered, made.minutes) == ((), (), 0)


def small_registry(shape: list[tuple[int, int]]) -> list[Broker]:
    names = [f"b{i}" for i in range(len(shape))]
    made = []
    for i, (priority, mask) in enumerate(shape):
        children = [n for j, n in enumerate(names) if mask >> j & 1 and j != i]
        made.append(parent(names[i], *children,
                           priority=("crucial", "high", "normal")[priority]))
    return made


@settings(deadline=None)  # the machine may be busy; what is tested is no speed
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 255)), max_size=8), st.randoms())
def test_every_target_is_served_once_or_named_and_the_order_of_choosing_does_not_matter(
    shape: list[tuple[int, int]], chance: object,
) -> None:
    brokers = small_registry(shape)
    made = plan(AVERY, *brokers)
    served = {i for a in made.actions for i in a.covers}
    assert {b.id for b in brokers} == served | {u.broker for u in made.uncovered}
    assert len({a.broker.id for a in made.actions}) == len(made.actions)
    shuffled = list(brokers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    again = plan(AVERY, *shuffled, others=brokers)
    assert [a.broker.id for a in again.actions] == [a.broker.id for a in made.actions]


@pytest.mark.parametrize("person", [AVERY, AT_RISK, living_in("US-WY"), living_in("DE")],
                         ids=["calm", "at risk", "no law", "Germany"])
def test_same_in_same_out(person: Person) -> None:
    chosen = [broker(registered_in=registered()), parent("family", "finder"), broker("x")]
    assert plan(person, *chosen, others=(DROP,)) == plan(person, *chosen, others=(DROP,))
