"""Requests are made through the plan, all or none, never twice, and never past a safeguard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import (
    GateClosed,
    InvalidInput,
    MissingFact,
    NotFound,
    Refused,
)
from optout.domain.person import Authorization, Person
from optout.domain.words import (
    ActingAs,
    ActionKind,
    Channel,
    Event,
    Fact,
    GateLevel,
    Right,
    Standing,
)
from optout.services import authority, people, plans, requests
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.everyone import every_request, requests_of
from tests.factories import at_risk, berliner, californian, new_yorker, safe_at_risk, virginian
from tests.services.agents import let_agent_ask


def create(desk: Desk, person: Person, *brokers: str, **choices: Any) -> list[str]:
    """Make requests; give their ids."""
    made = requests.create_requests(desk, person.id, brokers, actor=OWNER, **choices)
    return [file.request.id for file in made]


def say_yes(desk: Desk, person: Person, *brokers: str) -> None:
    """Answer every question that the plan asks about these brokers with yes."""
    for action in plans.plan_for(desk, person.id, brokers=brokers).actions:
        for gate in action.gates:
            if gate.level is GateLevel.CONFIRM:
                plans.answer_gate(desk, person.id, gate.id, scope=gate.scope, accepted=True,
                                  actor=OWNER)


def test_a_request_is_what_the_plan_says(desk: Desk, avery: Person) -> None:
    plan = plans.plan_for(desk, avery.id, brokers=["quick-mail"], looking_first=False)
    action = plans.action_for(plan, "quick-mail")
    (made,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    request = made.request
    assert request.standing is Standing.DRAFT
    assert request.channel is Channel.EMAIL
    assert request.footings == action.footings
    assert request.footing.law == "us-ca-ccpa"
    assert set(request.facts) == {need.fact for need in action.needs}
    assert (request.person_id, request.created_on) == (avery.id, MONDAY)
    assert [made.events, made.dates, made.follow_ups] == [(), (), ()]
    assert Event.PREPARE in made.allowed
    assert requests.get_request(desk, f" {request.id.lower()} ") == made
    assert requests_of(desk, avery.id) == (made,)


def test_a_platform_that_reaches_a_broker_is_asked_by_its_own_name(
    desk: Desk, avery: Person
) -> None:
    plan = plans.plan_for(desk, avery.id, brokers=["quick-mail"])
    assert [a.broker.id for a in plan.actions] == ["california-drop", "quick-mail"]
    (one,) = create(desk, avery, "quick-mail")
    (other,) = create(desk, avery, "california-drop")
    assert requests.get_request(desk, one).request.channel is Channel.EMAIL
    assert requests.get_request(desk, other).request.channel is Channel.PLATFORM


def test_brokers_that_share_one_way_out_get_one_request(desk: Desk, avery: Person) -> None:
    (made,) = create(desk, avery, "form-first", "form-mirror")
    request = requests.get_request(desk, made).request
    assert request.broker_id == "form-first"
    assert request.covers == ("form-first", "form-mirror")


@pytest.mark.parametrize(("make", "law"), [
    (californian, "us-ca-ccpa"), (virginian, "us-va-vcdpa"), (new_yorker, "voluntary")])
def test_the_footing_follows_the_residence(desk: Desk, make: Any, law: str) -> None:
    person = people.add_person(desk, make(), actor=OWNER)
    (made,) = create(desk, person, "quick-mail")
    footing = requests.get_request(desk, made).request.footing
    assert footing.law == law
    assert bool(footing.citation) is (law != "voluntary")


def test_the_gdpr_reaches_from_berlin(desk: Desk) -> None:
    person = people.add_person(desk, berliner(), actor=OWNER)
    (made,) = create(desk, person, "quick-mail")
    assert requests.get_request(desk, made).request.footing.law in {"eu-gdpr", "voluntary"}


def test_all_or_none(desk: Desk, avery: Person) -> None:
    with pytest.raises(Refused):
        create(desk, avery, "quick-mail", "long-gone")
    say_yes(desk, avery, "wants-car")
    with pytest.raises(MissingFact) as caught:
        create(desk, avery, "quick-mail", "wants-car")
    assert "vehicle_id" in caught.value.names
    assert "Wants Car" in str(caught.value)
    with pytest.raises(NotFound):
        create(desk, avery, "quick-mail", "quick-male")
    with pytest.raises(InvalidInput):
        create(desk, avery)
    with pytest.raises(NotFound):
        requests.create_requests(desk, "P-222222", ["quick-mail"], actor=OWNER)
    assert every_request(desk) == ()


def test_a_channel_that_a_broker_lacks_is_refused(desk: Desk, avery: Person) -> None:
    with pytest.raises(Refused):
        create(desk, avery, "quick-mail", channel=Channel.POSTAL_MAIL)
    assert every_request(desk) == ()


def test_there_is_no_second_open_request(desk: Desk, avery: Person) -> None:
    (first,) = create(desk, avery, "quick-mail")
    with pytest.raises(Refused):
        create(desk, avery, "quick-mail")
    with pytest.raises(Refused):
        create(desk, avery, "slow-post", "quick-mail")
    assert [file.request.id for file in every_request(desk)] == [first]


def test_a_member_of_an_asked_network_is_not_asked_again(desk: Desk, avery: Person) -> None:
    create(desk, avery, "form-first", "form-mirror")
    with pytest.raises(Refused, match="Form First"):
        create(desk, avery, "form-mirror")


def test_after_withdrawing_one_may_ask_anew(desk: Desk, avery: Person) -> None:
    (first,) = create(desk, avery, "quick-mail")
    requests.mark(desk, first, "withdraw", actor=OWNER)
    (second,) = create(desk, avery, "quick-mail")
    assert requests.get_request(desk, second).request.predecessor_id == ""


def test_each_right_can_be_asked_for_once(desk: Desk, avery: Person) -> None:
    (see,) = create(desk, avery, "quick-mail", right=Right.ACCESS)
    assert {f.right for f in requests.get_request(desk, see).request.footings} == {Right.ACCESS}
    for choices in ({"right": Right.ACCESS}, {}):
        with pytest.raises(Refused, match="open"):
            create(desk, avery, "quick-mail", **choices)
    (out,) = create(desk, avery, "quick-mail", right=Right.OPT_OUT_OF_SALE)
    assert {f.right for f in requests.get_request(desk, out).request.footings} == {
        Right.OPT_OUT_OF_SALE}


def test_even_a_plan_that_forgot_would_not_ask_twice_or_ask_for_a_mere_look(
    desk: Desk, avery: Person
) -> None:
    action = plans.action_for(
        plans.plan_for(desk, avery.id, brokers=["quick-mail"], looking_first=False),
        "quick-mail")
    asked = {("quick-mail", action.footing.law, action.footing.right): "OPT-222222"}
    with pytest.raises(Refused, match="OPT-222222 is still open"):
        requests._require_new(action, asked)
    with pytest.raises(Refused, match="no request to make"):
        requests._require_new(replace(action, kind=ActionKind.LOOK), {})


def test_two_people_ask_independently(desk: Desk, avery: Person) -> None:
    other = people.add_person(desk, virginian(), actor=OWNER)
    assert create(desk, avery, "quick-mail") != create(desk, other, "quick-mail")
    assert len(every_request(desk)) == 2
    assert len(requests_of(desk, other.id)) == 1


def test_a_question_holds_a_request_back_until_it_is_answered(desk: Desk, avery: Person) -> None:
    with pytest.raises(GateClosed) as caught:
        create(desk, avery, "asks-much", "quick-mail")
    assert caught.value.gates == ("new-fact-to-broker",)
    assert "Asks Much" in str(caught.value)
    assert every_request(desk) == ()
    plans.answer_gate(desk, avery.id, "new-fact-to-broker", scope="asks-much", accepted=False,
                      actor=OWNER)
    with pytest.raises(GateClosed):
        create(desk, avery, "asks-much")
    plans.answer_gate(desk, avery.id, "new-fact-to-broker", scope="asks-much", accepted=True,
                      actor=OWNER)
    assert create(desk, avery, "asks-much")


def test_an_answer_about_one_broker_opens_no_other(desk: Desk, avery: Person) -> None:
    plans.answer_gate(desk, avery.id, "new-fact-to-broker", scope="quick-mail", accepted=True,
                      actor=OWNER)
    with pytest.raises(GateClosed):
        create(desk, avery, "asks-much")


def test_for_people_at_risk_a_block_cannot_be_answered_away(desk: Desk) -> None:
    person = people.add_person(desk, at_risk(), actor=OWNER)
    for gate, scope in (("reply-identity-missing", ""), ("new-fact-to-broker", "quick-mail")):
        with pytest.raises(Refused, match="cannot be answered away"):
            plans.answer_gate(desk, person.id, gate, scope=scope, accepted=True, actor=OWNER)
    with pytest.raises(GateClosed) as caught:
        create(desk, person, "form-first")
    assert "reply-identity-missing" in caught.value.gates
    assert every_request(desk) == ()


def test_with_a_safe_reply_identity_people_at_risk_can_ask(desk: Desk) -> None:
    person = people.add_person(desk, safe_at_risk(), actor=OWNER)
    assert create(desk, person, "form-first")


@pytest.mark.parametrize("shown", ["avery.sample@example.com", "AVERY.Sample@example.com"])
def test_ones_own_mailbox_is_no_safe_one(desk: Desk, shown: str) -> None:
    person = people.add_person(desk, replace(safe_at_risk(), reply_email=shown), actor=OWNER)
    with pytest.raises(GateClosed):
        create(desk, person, "form-first")


def test_ones_home_is_no_safe_address_for_answers(desk: Desk) -> None:
    home = californian().addresses[0].address
    person = people.add_person(desk, replace(safe_at_risk(), reply_address=home), actor=OWNER)
    with pytest.raises(GateClosed):
        create(desk, person, "form-first")


def test_the_folders_own_answer_makes_the_same_safeguards_hold(desk: Desk) -> None:
    people.set_instance_at_risk(desk, value=True, actor=OWNER)
    person = people.add_person(desk, replace(at_risk(), at_risk=False), actor=OWNER)
    with pytest.raises(GateClosed):
        create(desk, person, "form-first")


def test_unknown_questions_and_brokers_are_named(desk: Desk, avery: Person) -> None:
    with pytest.raises(NotFound, match="new-fact-to-broker"):
        plans.answer_gate(desk, avery.id, "nonsense", accepted=True, actor=OWNER)
    with pytest.raises(NotFound):
        plans.answer_gate(desk, avery.id, "new-fact-to-broker", scope="nobody", accepted=True,
                          actor=OWNER)
    with pytest.raises(NotFound):
        plans.answer_gate(desk, "P-222222", "reply-identity-missing", accepted=True, actor=OWNER)


def test_nobody_acts_for_another_without_a_living_permission(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    for capacity in (ActingAs.AGENT, ActingAs.GUARDIAN, ActingAs.ATTORNEY_IN_FACT):
        with pytest.raises(GateClosed) as caught:
            create(desk, avery, "quick-mail", acting_as=capacity)
        assert caught.value.gates == ("no-living-authorization",)
    authority.add_authorization(desk, Authorization(
        "", avery.id, "Sample Legal Clinic", MONDAY, ends_on=MONDAY), actor=OWNER)
    with pytest.raises(GateClosed, match="power of attorney"):
        create(desk, avery, "quick-mail", acting_as=ActingAs.ATTORNEY_IN_FACT)
    with pytest.raises(GateClosed) as caught:
        create(desk, avery, "quick-mail", acting_as=ActingAs.AGENT)
    assert set(caught.value.gates) == {"consent-and-authority", "agent-identity-discloses"}
    let_agent_ask(desk, avery, "quick-mail")
    (made,) = create(desk, avery, "quick-mail", acting_as=ActingAs.AGENT)
    assert requests.get_request(desk, made).request.acting_as is ActingAs.AGENT
    clock.forward(days=1)
    with pytest.raises(GateClosed):
        create(desk, avery, "slow-post", acting_as=ActingAs.AGENT)


def test_a_plan_without_brokers_covers_every_living_one(desk: Desk, avery: Person) -> None:
    plan = plans.plan_for(desk, avery.id)
    served = {broker for action in plan.actions for broker in action.covers}
    named = served | {item.broker for item in plan.uncovered}
    assert named == {"quick-mail", "slow-post", "form-first", "form-mirror", "asks-much",
                     "wants-car", "california-drop"}


def test_a_plan_takes_categories_and_brokers_together(desk: Desk, avery: Person) -> None:
    plan = plans.plan_for(desk, avery.id, categories=["home_cameras", "marketing"],
                          brokers=["quick-mail"])
    assert {a.broker.id for a in plan.actions} == {
        "asks-much", "wants-car", "quick-mail", "california-drop"}
    with pytest.raises(NotFound, match="people_search"):
        plans.plan_for(desk, avery.id, categories=["nonsense"])


def test_a_plan_changes_nothing(desk: Desk, avery: Person) -> None:
    assert plans.plan_for(desk, avery.id) == plans.plan_for(desk, avery.id)
    assert every_request(desk) == ()


def test_a_fact_that_must_not_be_sent_is_missing_not_sent(desk: Desk) -> None:
    from optout.domain.words import Sensitivity

    base = californian()
    person = people.add_person(desk, replace(base, phones=(
        replace(base.phones[0], sensitivity=Sensitivity.NEVER_SEND),)), actor=OWNER)
    say_yes(desk, person, "asks-much")
    with pytest.raises(MissingFact) as caught:
        create(desk, person, "asks-much")
    assert caught.value.names == (Fact.PHONE.value,)
