"""Every gate that blocks or asks, and every way round it that somebody could try."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import GateClosed, NotFound, Refused
from optout.domain.person import Person
from optout.domain.wanted import Choice
from optout.domain.words import Channel, ChoiceKind, Fact, GateLevel, Right
from optout.planning.plan import make_plan
from optout.services import letters, people, plans, requests
from optout.services.desk import Desk
from tests.attacks.situations import (
    BEFORE_PAPERS,
    BLOCKS,
    CONFIRMS,
    DRAFTS_ONLY,
    HELD_BY_CONSTRUCTION,
    PLAIN,
    TWIN,
    Situation,
    another,
    forge,
    name_of,
)
from tests.everyone import every_request
from tests.factories import californian, safe_at_risk
from tests.planning.builders import rules

BLOCKED = pytest.mark.parametrize("case", BLOCKS, ids=name_of)
ASKED = pytest.mark.parametrize("case", CONFIRMS, ids=name_of)
HELD = pytest.mark.parametrize("case", [*BLOCKS, *CONFIRMS], ids=name_of)
GROWS_AT_RISK = pytest.mark.parametrize(
    "case", [case for case in CONFIRMS
             if rules().rule(case.gate).at_risk is GateLevel.BLOCK], ids=name_of)


def ask(desk: Desk, person: Person, case: Situation, *brokers: str,
        channel: Channel | None = None, right: Right | None = None) -> str:
    made = requests.create_requests(
        desk, person.id, brokers or (case.broker,), acting_as=case.acting_as, channel=channel,
        right=right, actor=OWNER)
    return made[0].request.id


def say(desk: Desk, person: Person, case: Situation, *, yes: bool = True) -> None:
    plans.answer_gate(desk, person.id, case.gate, scope=case.scope, accepted=yes, actor=OWNER)


def open_all_others(desk: Desk, person: Person, case: Situation) -> None:
    """Say yes to every question about the act but the one that is tried."""
    plan = plans.plan_for(desk, person.id, brokers=(case.broker,), acting_as=case.acting_as)
    for gate in (gate for action in plan.actions for gate in action.gates):
        if gate.level is GateLevel.CONFIRM and gate.id not in {case.gate, *DRAFTS_ONLY}:
            forge(desk, person, gate.id, gate.scope)


def test_every_gate_that_blocks_or_asks_is_tried() -> None:
    tried = {case.gate for case in (*BLOCKS, *CONFIRMS)}.union(
        HELD_BY_CONSTRUCTION, DRAFTS_ONLY, BEFORE_PAPERS)
    holding = {rule.id for rule in rules().rules
               if {rule.level, rule.at_risk} & {GateLevel.BLOCK, GateLevel.CONFIRM}}
    assert tried == holding
    assert {case.gate for case in BLOCKS} >= {
        rule.id for rule in rules().rules
        if rule.at_risk is GateLevel.BLOCK and rule.id not in BEFORE_PAPERS}


@HELD
def test_asking_outright_makes_nothing(desk: Desk, case: Situation) -> None:
    person = case.stored(desk)
    open_all_others(desk, person, case)
    with pytest.raises(Refused) as caught:
        ask(desk, person, case)
    if case.names_gate:
        assert isinstance(caught.value, GateClosed)
        assert case.gate in caught.value.gates
    assert every_request(desk) == ()


@HELD
@pytest.mark.parametrize("last", [False, True], ids=["first", "last"])
def test_hidden_among_others_in_a_bulk_it_holds_all_of_them(
    desk: Desk, case: Situation, *, last: bool,
) -> None:
    person = case.stored(desk)
    open_all_others(desk, person, case)
    rest = [broker for broker in (PLAIN, "z-relatives") if broker != case.broker]
    many = (*rest, case.broker) if last else (case.broker, *rest)
    with pytest.raises(Refused):
        ask(desk, person, case, *many)
    assert every_request(desk) == ()


@HELD
def test_no_other_channel_and_no_other_right_opens_it(desk: Desk, case: Situation) -> None:
    person = case.stored(desk)
    for channel in (None, *Channel):
        with pytest.raises(Refused):
            ask(desk, person, case, channel=channel)
    for right in (Right.VOLUNTARY, Right.DELETE, Right.ACCESS):
        with pytest.raises(Refused):
            ask(desk, person, case, right=right)
    assert every_request(desk) == ()


@HELD
def test_a_choice_to_ask_in_the_plan_opens_nothing(desk: Desk, case: Situation) -> None:
    person = case.stored(desk)
    broker = desk.registry.get(case.broker)
    for kind in ChoiceKind:
        plan = make_plan(
            person, [broker], desk.registry.brokers, desk.laws, desk.clock.today(),
            acting_as=case.acting_as, registry_checked=desk.registry.checked, rules=desk.gates,
            choices={broker.id: Choice(broker.id, kind, desk.clock.today(), OWNER)},
            looking_first=False)
        assert not any(action.may_go_on for action in plan.actions), kind


@BLOCKED
def test_no_answer_opens_a_block(desk: Desk, case: Situation) -> None:
    person = case.stored(desk)
    with pytest.raises(Refused, match="cannot be answered away"):
        say(desk, person, case)
    say(desk, person, case, yes=False)  # a no is always taken


@BLOCKED
def test_not_even_an_answer_that_was_forged_into_the_data(desk: Desk, case: Situation) -> None:
    person = case.stored(desk)
    for scope in ("", case.broker):
        for rule in rules().rules:
            forge(desk, person, rule.id, scope)
    with pytest.raises(Refused):
        ask(desk, person, case)
    assert every_request(desk) == ()


@ASKED
def test_a_yes_about_another_broker_or_another_person_opens_nothing(
    desk: Desk, case: Situation,
) -> None:
    person, other = case.stored(desk), another(desk)
    open_all_others(desk, person, case)
    forge(desk, other, case.gate, case.scope)
    forge(desk, person, case.gate, TWIN if case.about_broker else case.broker)
    with pytest.raises(GateClosed) as caught:
        ask(desk, person, case)
    assert caught.value.gates == (case.gate,)


@ASKED
def test_a_no_after_a_yes_counts_and_the_right_yes_opens(desk: Desk, case: Situation) -> None:
    person = case.stored(desk)
    open_all_others(desk, person, case)
    say(desk, person, case)
    say(desk, person, case, yes=False)
    with pytest.raises(GateClosed):
        ask(desk, person, case)
    say(desk, person, case)
    assert ask(desk, person, case)


@ASKED
def test_a_yes_that_is_taken_back_stops_the_document_and_the_sending(
    desk: Desk, case: Situation,
) -> None:
    person = case.stored(desk)
    open_all_others(desk, person, case)
    say(desk, person, case)
    made = ask(desk, person, case)
    say(desk, person, case, yes=False)
    with pytest.raises(GateClosed):
        letters.generate(desk, person.id, actor=OWNER)
    with pytest.raises(GateClosed):
        letters.compose(desk, made)
    with pytest.raises(GateClosed):
        requests.mark(desk, made, "mark_sent", actor=OWNER)
    say(desk, person, case)
    assert letters.generate(desk, person.id, actor=OWNER)
    say(desk, person, case, yes=False)
    with pytest.raises(GateClosed):
        requests.mark(desk, made, "mark_sent", actor=OWNER)


@GROWS_AT_RISK
@pytest.mark.parametrize("whole_folder", [False, True], ids=["person", "folder"])
def test_a_yes_from_before_somebody_was_at_risk_is_worth_nothing(
    desk: Desk, case: Situation, *, whole_folder: bool,
) -> None:
    person = case.stored(desk)
    say(desk, person, case)
    made = ask(desk, person, case)
    if whole_folder:
        people.set_instance_at_risk(desk, value=True, actor=OWNER)
    else:
        people.update_person(desk, replace(person, at_risk=True), actor=OWNER)
    with pytest.raises(GateClosed):
        letters.generate(desk, person.id, actor=OWNER)
    with pytest.raises(GateClosed):
        requests.mark(desk, made, "mark_sent", actor=OWNER)
    with pytest.raises(Refused, match="cannot be answered away"):
        say(desk, person, case)


def test_switching_drafts_on_never_makes_a_request_to_an_agency(desk: Desk) -> None:
    person = another(desk)
    plans.answer_gate(desk, person.id, "government-drafts", accepted=True, actor=OWNER)
    for brokers in (("z-agency", PLAIN), (PLAIN, "z-agency"), ("z-posing",)):
        with pytest.raises(Refused):
            requests.create_requests(desk, person.id, brokers, actor=OWNER)
    for channel in (None, *Channel):
        with pytest.raises(Refused):
            requests.create_requests(
                desk, person.id, ["z-agency"], channel=channel, actor=OWNER)
    assert every_request(desk) == ()


def test_drafts_of_one_person_are_not_switched_on_by_another(desk: Desk) -> None:
    person, other = another(desk), another(desk)
    plans.answer_gate(desk, other.id, "government-drafts", accepted=True, actor=OWNER)
    (action,) = plans.plan_for(desk, person.id, brokers=("z-agency",)).actions
    assert {gate.id for gate in action.gates if gate.holds} == {
        "government-system", "government-drafts"}


@pytest.mark.parametrize("channel", [None, Channel.WEB_FORM, Channel.EMAIL])
@pytest.mark.parametrize("broker", ["z-plates", "z-relatives"])
def test_a_plate_beside_a_name_and_a_relative_are_in_no_request(
    desk: Desk, broker: str, channel: Channel | None,
) -> None:
    person = people.add_person(desk, californian(), actor=OWNER)
    try:
        (file,) = requests.create_requests(
            desk, person.id, [broker], channel=channel, actor=OWNER)
    except Refused:
        return
    carried = set(file.request.facts)
    assert Fact.RELATIONSHIP not in carried
    if Fact.LICENSE_PLATE in carried:
        assert not carried & {Fact.FULL_NAME, Fact.CURRENT_ADDRESS, Fact.ALIASES}


def test_an_unknown_question_opens_nothing(desk: Desk) -> None:
    person = people.add_person(desk, safe_at_risk(), actor=OWNER)
    for gate in ("nonsense", "", "agent-without-authorization", "NEW-FACT-TO-BROKER"):
        with pytest.raises(NotFound):
            plans.answer_gate(desk, person.id, gate, scope=PLAIN, accepted=True, actor=OWNER)
