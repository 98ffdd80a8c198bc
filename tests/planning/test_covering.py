"""What is left to the platform, what is looked at first, and what is asked with what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from optout.domain.broker import Broker, SearchLink
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.places import PostalAddress
from optout.domain.plan import Plan
from optout.domain.wanted import Choice
from optout.domain.words import ActionKind, Channel, ChoiceKind, Fact, Presence, Role
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    DAY,
    DROP,
    LISTED,
    broker,
    living_in,
    only_action,
    parent,
    plan,
    procedure,
    registered,
)
from tests.planning.planned import reason

FILED = registered()
QUIET = broker("quiet", category="marketing", registered_in=FILED)
SHOWN = broker("shown", category="people_search", registered_in=FILED)
UNFILED = broker("unfiled", category="marketing")
VISIBLE = broker("visible", search=SearchLink(url="https://visible.example"))


def whole(*targets: Broker, others: tuple[Broker, ...] = (), **more: Any) -> Plan:
    """A plan for a wish that names no broker."""
    return plan(AVERY, *targets, others=others, named=more.pop("named", ()), **more)


def kinds(made: Plan) -> dict[str, ActionKind]:
    return {action.broker.id: action.kind for action in made.actions}


def choice(broker_id: str, kind: ChoiceKind, **more: Any) -> dict[str, Choice]:
    return {broker_id: Choice(broker_id, kind, DAY, "owner", **more)}


def looked(broker_id: str, result: LookResult, days_ago: int = 1) -> dict[str, Look]:
    return {broker_id: Look(AVERY.id, broker_id, result, DAY - timedelta(days=days_ago), "owner")}


# --- the platform ----------------------------------------------------------------------------

def test_what_shows_nothing_to_strangers_is_left_to_the_platform() -> None:
    made = whole(QUIET, SHOWN, UNFILED, others=(DROP,))
    assert kinds(made) == {"california-drop": ActionKind.PLATFORM, "shown": ActionKind.REQUEST,
                           "unfiled": ActionKind.REQUEST}
    assert made.uncovered == ()
    assert "Nothing more is planned for 1 of them. Each of the other 1 gets" in made.actions[0].note


def test_what_was_named_seen_or_chosen_is_asked_beside_the_platform() -> None:
    for more in ({"named": {"quiet"}}, {"listing_urls": {"quiet": ("https://q.example/1",)}},
                 {"choices": choice("quiet", ChoiceKind.ASK)},
                 {"looks": looked("quiet", LookResult.LISTED)}):
        assert "quiet" in kinds(whole(QUIET, others=(DROP,), **more))


def test_elsewhere_the_platform_takes_nothing_over() -> None:
    made = plan(living_in("US-TX"), QUIET, others=(DROP,), named=())
    assert kinds(made) == {"quiet": ActionKind.REQUEST}


def test_a_platform_that_was_asked_goes_on_covering() -> None:
    made = whole(QUIET, SHOWN, others=(DROP,), open_requests={DROP.id})
    assert kinds(made) == {"shown": ActionKind.REQUEST}
    assert reason(made, "quiet") == "Your request to California DROP covers it."
    closed = {DROP.id: "The request OPT-2A3C4D is closed."}
    again = whole(QUIET, SHOWN, others=(DROP,), settled=closed)
    assert kinds(again) == {"shown": ActionKind.REQUEST}
    assert reason(again, "quiet") == reason(made, "quiet")


def test_a_platform_that_was_skipped_covers_nothing() -> None:
    made = whole(QUIET, others=(DROP,),
                 choices=choice(DROP.id, ChoiceKind.SKIP, reason="I will not say when I was born"))
    assert kinds(made) == {"quiet": ActionKind.REQUEST}


def test_a_platform_is_no_answer_to_a_wish_that_it_does_not_carry_out() -> None:
    made = whole(QUIET, others=(DROP,), channel=Channel.EMAIL)
    assert kinds(made) == {"quiet": ActionKind.REQUEST}


# --- looks -----------------------------------------------------------------------------------

def test_one_looks_before_one_asks_where_that_tells_only_a_name() -> None:
    action = only_action(whole(VISIBLE))
    assert (action.kind, action.presence) == (ActionKind.LOOK, Presence.NOT_LOOKED)
    assert [need.fact for need in action.needs] == [Fact.FULL_NAME, Fact.INTERNET_ADDRESS]
    assert action.minutes == 2
    assert action.footing.law == "voluntary"
    assert only_action(plan(AVERY, VISIBLE)).kind is ActionKind.LOOK  # also where it was named


def test_a_look_is_left_out_where_it_is_not_asked_for() -> None:
    for more in ({"looking_first": False}, {"choices": choice("visible", ChoiceKind.ASK)}):
        action = only_action(whole(VISIBLE, **more))
        assert action.kind is ActionKind.REQUEST


@pytest.mark.parametrize(("result", "kind"), [
    (LookResult.LISTED, ActionKind.REQUEST), (LookResult.COULD_NOT_LOOK, ActionKind.REQUEST)])
def test_after_a_look_that_found_or_could_not_tell_one_asks(
    result: LookResult, kind: ActionKind,
) -> None:
    assert only_action(whole(VISIBLE, looks=looked("visible", result))).kind is kind


@pytest.mark.parametrize("named", [(), ("visible",)])
def test_after_a_look_that_found_nothing_nobody_is_told(named: tuple[str, ...]) -> None:
    made = whole(VISIBLE, looks=looked("visible", LookResult.NOT_FOUND), named=named)
    assert made.actions == ()
    assert "found nothing" in reason(made, "visible")
    assert (DAY + timedelta(days=89)).isoformat() in reason(made, "visible")


def test_a_look_that_found_nothing_is_repeated_in_time() -> None:
    made = whole(VISIBLE, looks=looked("visible", LookResult.NOT_FOUND, days_ago=90))
    assert only_action(made).kind is ActionKind.LOOK
    assert "listings come back" in only_action(made).note


def test_asked_all_the_same_the_plan_says_what_was_seen() -> None:
    made = whole(VISIBLE, looks=looked("visible", LookResult.NOT_FOUND),
                 choices=choice("visible", ChoiceKind.ASK))
    assert "found nothing there" in only_action(made).note


def test_nobody_looks_where_an_opt_out_of_the_family_covers_it_anyway() -> None:
    family = parent("family", "visible", "other")
    made = whole(VISIBLE, broker("other"), family)
    assert kinds(made) == {"family": ActionKind.NETWORK}
    assert made.uncovered == ()


def test_where_no_request_is_possible_no_look_is_proposed() -> None:
    made = whole(replace(VISIBLE, procedures=(), cannot="It answers nobody."))
    assert made.actions == ()
    assert reason(made, "visible") == "It answers nobody."


def test_a_look_of_a_person_at_risk_warns_first() -> None:
    action = only_action(plan(AT_RISK, VISIBLE))
    assert action.kind is ActionKind.LOOK
    assert "look-is-a-disclosure" in {gate.id for gate in action.gates}


# --- choices and the past --------------------------------------------------------------------

def test_what_was_skipped_or_put_off_is_left_out_with_its_reason() -> None:
    skipped = whole(UNFILED, choices=choice("unfiled", ChoiceKind.SKIP, reason="I work there"))
    assert skipped.actions == ()
    assert reason(skipped, "unfiled") == "You left it out: I work there"
    later = DAY + timedelta(days=7)
    put_off = choice("unfiled", ChoiceKind.POSTPONE, until=later)
    assert reason(whole(UNFILED, choices=put_off), "unfiled") == (
        f"You put it off until {later.isoformat()}.")
    assert only_action(whole(UNFILED, choices=put_off, day=later)).broker.id == "unfiled"


def test_a_parent_that_was_skipped_serves_nobody() -> None:
    family = parent("family", "a", "b")
    made = whole(broker("a"), broker("b"), others=(family,),
                 choices=choice("family", ChoiceKind.SKIP, reason="no"))
    assert kinds(made) == {"a": ActionKind.REQUEST, "b": ActionKind.REQUEST}


def test_what_is_settled_rests_unless_it_was_named_or_chosen() -> None:
    settled = {"unfiled": "The request OPT-2A3C4D to it is closed."}
    assert reason(whole(UNFILED, settled=settled), "unfiled") == settled["unfiled"]
    seen = whole(UNFILED, settled=settled, listing_urls={"unfiled": ("https://u.example/1",)})
    assert reason(seen, "unfiled") == settled["unfiled"]
    for more in ({"named": ("unfiled",)}, {"choices": choice("unfiled", ChoiceKind.ASK)}):
        assert only_action(whole(UNFILED, settled=settled, **more)).broker.id == "unfiled"


# --- several at once -------------------------------------------------------------------------

def test_a_child_without_a_way_of_its_own_is_served_by_its_parent() -> None:
    family = parent("family", "child", "other")
    made = whole(broker("child", procedures=()), others=(family,))
    action = only_action(made)
    assert (action.kind, action.broker.id) == (ActionKind.NETWORK, "family")
    assert "no way of its own" in action.note


def brand(id_: str, **changes: Any) -> Broker:
    return broker(id_, procedure(Channel.EMAIL, Fact.CITY_STATE, email="privacy@holding.example"),
                  **{"operator": "Holding, Inc.", **changes})


def test_one_letter_names_all_brands_of_one_company() -> None:
    made = whole(brand("b-site"), brand("a-site", operator="HOLDING INC"),
                 brand("c-site", priority="crucial"))
    action = only_action(made)
    assert (action.kind, action.covers) == (ActionKind.JOINT, ("c-site", "a-site", "b-site"))
    assert "names all 3 of its brands" in action.note
    assert action.minutes == 2


@pytest.mark.parametrize("other", [
    brand("b", operator="Another, Inc."), brand("b", operator=""), brand("b", country="CA"),
    broker("b", procedure(Channel.EMAIL, Fact.CITY_STATE), operator="Holding, Inc."),
    brand("b", procedures=(procedure(Channel.EMAIL, Fact.PHONE,
                                     email="privacy@holding.example"),)),
    brand("b", procedures=(procedure(Channel.WEB_FORM, Fact.CITY_STATE),)),
], ids=["another company", "nobody known", "another country", "another mailbox", "another fact",
        "a form"])
def test_what_is_not_one_company_with_one_desk_gets_its_own_letter(other: Broker) -> None:
    assert len(whole(brand("a"), other).actions) == 2


def test_brands_that_take_post_at_one_address_share_a_letter() -> None:
    desk = PostalAddress(("1 Example Plaza",), "Springfield", "US", "IL", "62701")
    by_post = [brand(i, procedures=(procedure(Channel.POSTAL_MAIL, address=desk),)) for i in "ab"]
    assert only_action(whole(*by_post)).covers == ("a", "b")


def test_one_law_more_at_one_brand_keeps_it_apart() -> None:
    made = whole(brand("a"), brand("b", regulated_as=("fcra_nationwide",)))
    footings = {action.footings for action in made.actions}
    assert len(made.actions) == len(footings)


def test_a_programme_of_an_industry_is_a_joint_opt_out() -> None:
    assert only_action(whole(broker(role=Role.PROGRAM, category="marketing"))).kind is (
        ActionKind.JOINT)
    assert only_action(whole(broker(role=Role.PROGRAM, category="government_records"))).kind is (
        ActionKind.REQUEST)


def test_the_cost_is_told_with_what_no_set_of_requests_can_undercut() -> None:
    made = whole(broker("child"), parent("family", "child", basis=LISTED))
    assert made.wanted == 2
    assert made.cost == made.least_cost == 14  # a request, its minutes, a look afterwards
    assert whole().cost == 0


def test_a_channel_that_the_person_prefers_is_used_where_it_serves() -> None:
    both = broker("both", procedure(Channel.WEB_FORM), procedure(Channel.EMAIL))
    assert only_action(whole(both)).channel is Channel.EMAIL
    assert only_action(whole(both, channels={"both": Channel.WEB_FORM})).channel is (
        Channel.WEB_FORM)
    assert only_action(whole(both, channels={"both": Channel.PHONE})).channel is Channel.EMAIL


def test_a_registration_that_lapsed_is_left_to_nobody() -> None:
    made = whole(QUIET, others=(DROP,), day=date(2027, 3, 1))
    assert kinds(made) == {"quiet": ActionKind.REQUEST}


# --- what one does by one's own hand ---------------------------------------------------------

PROGRAMME = broker("address-confidentiality-programs", procedure(Channel.PHONE),
                   role=Role.PROGRAM, category="protective_programs")
PHONES = broker("app-location-feeds", role=Role.PRACTICE, category="location", procedures=())


def by_own_hand(made: Plan) -> set[str]:
    return {a.broker.id for a in made.actions if a.kind is ActionKind.HYGIENE}


def test_a_person_at_risk_begins_with_the_address_programme_whatever_was_named() -> None:
    made = plan(AT_RISK, UNFILED, others=(PROGRAMME,))
    assert made.actions[0].broker.id == PROGRAMME.id
    assert by_own_hand(made) == {PROGRAMME.id}
    assert not by_own_hand(plan(AVERY, UNFILED, others=(PROGRAMME,)))


def test_own_steps_come_with_a_wish_and_not_with_a_name_a_right_or_a_channel() -> None:
    maps = broker("maps", category="location")
    assert by_own_hand(whole(maps, others=(PHONES,))) == {PHONES.id}
    for more in ({"named": ("maps",)}, {"channel": Channel.EMAIL}, {"looking_first": False}):
        assert not by_own_hand(whole(maps, others=(PHONES,), **more))


def test_an_own_step_that_is_done_is_left_out() -> None:
    maps = broker("maps", category="location")
    made = whole(maps, others=(PHONES,),
                 choices=choice(PHONES.id, ChoiceKind.SKIP, reason="done"))
    assert not by_own_hand(made)


def test_a_programme_to_apply_for_is_nobody_to_ask() -> None:
    made = plan(AVERY, PROGRAMME)
    assert made.actions == ()
    assert "apply for" in reason(made, PROGRAMME.id)


def test_a_brand_that_its_network_serves_is_not_asked_again_to_reach_a_third() -> None:
    family = parent("family", "brand", "b", "c")
    brand = parent("brand", "front")
    made = whole(brand, broker("b"), broker("c"), broker("front"), others=(family,))
    assert kinds(made) == {"family": ActionKind.NETWORK, "front": ActionKind.REQUEST}
    assert made.cost == made.least_cost


def test_what_the_requests_save_is_counted_without_looks_and_own_steps() -> None:
    made = whole(QUIET, SHOWN, UNFILED, VISIBLE, broker("maps", category="location"),
                 parent("family", "child"), broker("child"), others=(DROP, PHONES))
    assert {a.kind for a in made.actions} >= {ActionKind.LOOK, ActionKind.HYGIENE}
    # quiet, shown, unfiled, maps, family and child, by five requests, DROP among them
    assert (made.wanted, made.served, made.requests_saved) == (7, 6, 1)
    assert whole(VISIBLE).requests_saved == 0
