"""The plan: which actions, in which order, on which footing, and what stays uncovered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.broker import Broker, DeadContact, SearchLink
from optout.domain.person import Person
from optout.domain.places import Residence
from optout.domain.plan import Plan
from optout.domain.words import (
    ActingAs,
    ActionKind,
    BrokerStatus,
    Channel,
    Fact,
    Right,
    Role,
)
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

FORM = Channel.WEB_FORM
EMAIL = Channel.EMAIL
POST = Channel.POSTAL_MAIL


def reason(made: Plan, broker_id: str) -> str:
    return next(u.reason for u in made.uncovered if u.broker == broker_id)


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
