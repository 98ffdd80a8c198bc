"""On what a request stands, by which procedure it goes, and what is left out with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.broker import DeadContact
from optout.domain.places import Residence
from optout.domain.plan import Plan
from optout.domain.words import ActingAs, BrokerStatus, Channel, Fact, Right, Role
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    broker,
    living_in,
    only_action,
    only_for,
    parent,
    plan,
    procedure,
)
from tests.planning.planned import EMAIL, FORM, POST, reason


def rights(made: Plan) -> set[tuple[str, Right]]:
    return {(f.law, f.right) for f in only_action(made).footings}


# --- footing ---------------------------------------------------------------------------------

def test_a_californian_opts_out_of_sale_and_asks_to_see_and_cannot_demand_deletion_yet() -> None:
    made = plan(AVERY, broker())
    assert {("us-ca-ccpa", Right.OPT_OUT_OF_SALE), ("us-ca-ccpa", Right.ACCESS)} <= rights(made)
    assert ("us-ca-ccpa", Right.DELETE) not in rights(made)
    assert any(w.law == "us-ca-ccpa" and w.right is Right.DELETE and w.reason
               for w in only_action(made).withheld)


def test_a_virginian_demands_deletion() -> None:
    assert ("us-va-vcdpa", Right.DELETE) in rights(plan(living_in("US-VA"), broker()))


def test_a_german_stands_on_the_gdpr() -> None:
    assert {law for law, _ in rights(plan(living_in("DE"), broker()))} == {"eu-gdpr"}


def test_where_no_law_gives_a_right_the_request_is_a_courtesy_and_says_so() -> None:
    made = plan(living_in("US-WY"), broker())
    assert rights(made) == {("voluntary", Right.VOLUNTARY)}
    assert "No law that this program holds stands behind" in only_action(made).note


def test_a_firm_with_some_data_under_the_fcra_is_asked_to_remove_and_not_for_a_file() -> None:
    marketing = broker("marketing", regulated_as=("fcra",))
    assert rights(plan(living_in("US-NY"), marketing)) == {("voluntary", Right.VOLUNTARY)}
    assert {law for law, _ in rights(plan(living_in("US-VA"), marketing))} == {"us-va-vcdpa"}
    agency = broker("agency", role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=("fcra",))
    assert rights(plan(living_in("US-NY"), agency)) == {("us-federal-fcra", Right.ACCESS)}


def test_an_agent_is_not_sent_to_a_procedure_for_consumer_files() -> None:
    agency = broker("agency", procedure(FORM, rights=(Right.OPT_OUT_PRESCREEN,)),
                    procedure(POST, rights=(Right.ACCESS, Right.FREEZE)),
                    role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=("fcra_nationwide",))
    made = plan(living_in("US-NY"), agency, acting_as=ActingAs.AGENT)
    assert made.actions == ()
    assert "person should sign" in reason(made, "agency")
    assert rights(plan(living_in("US-NY"), agency)) == {
        ("us-federal-fcra", Right.OPT_OUT_PRESCREEN)}


def test_a_residence_that_is_over_gives_no_right() -> None:
    moved = replace(AVERY, residences=(
        Residence("US-CA", valid_to=date(2025, 12, 31)), Residence("US-WY")))
    assert rights(plan(moved, broker())) == {("voluntary", Right.VOLUNTARY)}


@pytest.mark.parametrize("code", ["US-CA", "US-VA", "US-WY", "DE"])
def test_every_letter_stands_on_one_law(code: str) -> None:
    agency = broker("agency", role=Role.CONSUMER_REPORTING_AGENCY,
                    regulated_as=("fcra_nationwide",))
    for made in (plan(living_in(code), broker()), plan(living_in(code), agency)):
        assert len({f.law for f in only_action(made).footings}) == 1


def test_a_right_that_is_not_offered_leaves_the_broker_uncovered_with_the_laws_reason() -> None:
    made = plan(AVERY, broker(), right=Right.DELETE)
    assert made.actions == ()
    assert "not offered here" in reason(made, "finder")
    assert len(reason(made, "finder")) > 60


def test_a_right_chosen_by_name_is_the_only_one_asked() -> None:
    assert rights(plan(AVERY, broker(), right=Right.ACCESS)) == {("us-ca-ccpa", Right.ACCESS)}


# --- procedure -------------------------------------------------------------------------------

def test_between_equals_the_registrys_order_of_preference_is_followed() -> None:
    form, portal = procedure(FORM), procedure(Channel.PORTAL)
    assert only_action(plan(AVERY, broker("finder", form, portal))).channel is FORM
    made = plan(AVERY, broker("finder", portal, form))
    assert only_action(made).channel is Channel.PORTAL
    assert [p.channel for p in only_action(made).other_procedures] == [FORM]


@pytest.mark.parametrize("paper", [Fact.GOVERNMENT_ID, Fact.SSN, Fact.PHOTO])
def test_identity_papers_are_never_given_where_another_way_serves(paper: Fact) -> None:
    made = plan(AVERY, broker("finder", procedure(FORM, paper), procedure(POST)))
    assert only_action(made).channel is POST
    assert "asks for more of you" in only_action(made).note


def test_where_papers_are_the_only_way_it_is_asked_first() -> None:
    action = only_action(plan(AVERY, broker("finder", procedure(FORM, Fact.SSN))))
    assert not action.may_go_on
    assert [k.fact for k in action.facts_withheld] == [Fact.SSN]


def test_a_way_that_only_shows_data_does_not_stand_in_for_removal() -> None:
    see = procedure(FORM, Fact.PHONE, rights=(Right.ACCESS,))
    remove = procedure(POST, Fact.DATE_OF_BIRTH)
    assert only_action(plan(AVERY, broker("finder", see, remove))).channel is POST


def test_a_dead_address_is_never_used_again() -> None:
    dead = (DeadContact("Privacy@broker.example", "bounced"),)
    made = plan(AVERY, broker("finder", procedure(EMAIL), procedure(POST), dead_contacts=dead))
    assert only_action(made).channel is POST
    none = plan(AVERY, broker("finder", procedure(EMAIL), dead_contacts=dead))
    assert "does not answer any more" in reason(none, "finder")


def test_a_way_for_people_elsewhere_is_not_used() -> None:
    texan = procedure(FORM, eligible=only_for("US-TX"))
    assert only_action(plan(AVERY, broker("finder", texan, procedure(POST)))).channel is POST
    assert "elsewhere" in reason(plan(AVERY, broker("finder", texan)), "finder")
    anywhere = procedure(FORM, eligible=only_for("US"))
    assert only_action(plan(AVERY, broker("finder", anywhere))).channel is FORM


def test_a_channel_that_was_asked_for_is_the_only_one_used() -> None:
    both = broker("finder", procedure(EMAIL), procedure(POST))
    assert only_action(plan(AVERY, both, channel=POST)).channel is POST
    assert "phone" in reason(plan(AVERY, both, channel=Channel.PHONE), "finder")


def test_a_way_without_an_address_is_no_way() -> None:
    nowhere = broker("finder", replace(procedure(EMAIL), email=""))
    assert "not known" in reason(plan(AVERY, nowhere), "finder")


def test_a_way_that_lacks_nothing_is_preferred_and_the_shorter_one_is_pointed_out() -> None:
    made = plan(AVERY, broker("finder", procedure(FORM, Fact.LISTING_URL), procedure(POST)))
    assert only_action(made).channel is POST
    assert "enter its link" in only_action(made).note
    seen = plan(AVERY, made.actions[0].broker,
                listing_urls={"finder": ("https://finder.example/1",)})
    assert only_action(seen).channel is FORM


def test_for_people_at_risk_the_way_that_tells_least_comes_first() -> None:
    telling, quiet = procedure(EMAIL, Fact.PHONE, Fact.AGE), procedure(POST)
    made = plan(AT_RISK, broker("finder", telling, quiet))
    assert only_action(made).channel is POST
    assert only_action(plan(AVERY, broker("finder", telling, quiet))).channel is EMAIL


# --- uncovered -------------------------------------------------------------------------------

def test_a_defunct_broker_is_left_out_with_its_reason() -> None:
    made = plan(AVERY, broker(status=BrokerStatus.DEFUNCT))
    assert made.actions == ()
    assert "out of business" in reason(made, "finder")


def test_a_recipient_without_any_way_says_what_is_so() -> None:
    no_route = broker(procedures=(), cannot="It keeps no data of its own.")
    assert reason(plan(AVERY, no_route), "finder") == "It keeps no data of its own."
    silent = replace(no_route, cannot="")
    assert reason(plan(AVERY, silent), "finder") == "We know no way to ask it."


def test_an_open_request_stands_in_the_way_of_another() -> None:
    made = plan(AVERY, broker(), open_requests={"finder"})
    assert made.actions == ()
    assert "open already" in reason(made, "finder")


def test_an_open_request_to_the_parent_covers_the_child() -> None:
    made = plan(AVERY, broker("child"), others=(parent("family", "child"),),
                open_requests={"family"})
    assert made.actions == ()
    assert "Family covers it" in reason(made, "child")
