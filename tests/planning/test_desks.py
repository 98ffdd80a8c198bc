"""One letter for several brands: when it replaces their forms, and that nobody is asked twice."""

from __future__ import annotations

from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.places import PostalAddress
from optout.domain.plan import Plan
from optout.domain.words import ActionKind, Channel, Fact, Right, Role
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    broker,
    only_action,
    parent,
    plan,
    procedure,
)

FORM, POST, EMAIL = Channel.WEB_FORM, Channel.POSTAL_MAIL, Channel.EMAIL
DESK = PostalAddress(("1 Example Plaza",), "Springfield", "US", "IL", "62701")


def letter(*needs: Fact, **changes: Any) -> Any:
    return procedure(POST, *needs, address=DESK, **changes)


def brand(id_: str, *procedures: Any, **changes: Any) -> Broker:
    """A site with a form of its own, whose company takes letters at one desk for all."""
    found = procedures or (procedure(FORM), letter())
    return broker(id_, *found, **{"operator": "Holding, Inc.", **changes})


def chosen(made: Plan) -> list[tuple[ActionKind, str, tuple[str, ...], Channel]]:
    return sorted((a.kind, a.broker.id, a.covers, a.channel) for a in made.actions)


def test_one_letter_replaces_the_forms_of_several_brands() -> None:
    action = only_action(plan(AVERY, brand("b"), brand("a"), brand("c", priority="crucial")))
    assert (action.kind, action.channel) == (ActionKind.JOINT, POST)
    assert action.covers == ("c", "a", "b")
    assert action.minutes == 10
    assert "names all 3 of its brands" in action.note
    assert "One letter reaches all of these brands" in action.why_channel
    assert [way.channel for way in action.other_procedures] == [FORM]


def test_one_form_is_less_than_a_stamp() -> None:
    assert only_action(plan(AVERY, brand("a"))).channel is FORM


def test_a_form_that_spares_more_than_the_letter_saves_keeps_its_place() -> None:
    quick = [brand(i, procedure(EMAIL, email=f"{i}@broker.example"), letter()) for i in "ab"]
    assert {action.channel for action in plan(AVERY, *quick).actions} == {POST}  # 24 against 20
    slow = [brand(i, procedure(EMAIL, email=f"{i}@broker.example"),
                  letter(Fact.LISTING_URL)) for i in "ab"]  # a link to find: 27
    assert {action.channel for action in plan(AVERY, *slow).actions} == {EMAIL}


@pytest.mark.parametrize("other", [
    letter(Fact.DATE_OF_BIRTH), letter(Fact.GOVERNMENT_ID), letter(rights=(Right.ACCESS,)),
    letter(Fact.LICENSE_PLATE),
], ids=["a birth date", "identity papers", "only shows", "a new fact"])
def test_a_letter_that_asks_or_tells_more_or_does_less_joins_nobody(other: Any) -> None:
    brands = [brand(i, procedure(FORM), other) for i in "abcdefgh"]
    assert {action.channel for action in plan(AVERY, *brands).actions} == {FORM}


def test_the_channel_that_the_person_chose_for_a_brand_holds() -> None:
    made = plan(AVERY, brand("a"), brand("b"), brand("c"), channels={"b": FORM})
    assert chosen(made) == [(ActionKind.JOINT, "a", ("a", "c"), POST),
                            (ActionKind.REQUEST, "b", ("b",), FORM)]


def test_people_at_risk_tell_a_desk_nothing_that_the_forms_would_not() -> None:
    brands = [brand(i, procedure(FORM), letter(Fact.PHONE)) for i in "abcd"]
    assert {action.channel for action in plan(AT_RISK, *brands).actions} == {FORM}


def test_a_brand_with_a_network_of_its_own_is_not_asked_in_two_letters() -> None:
    child = broker("child", procedures=())
    made = plan(AVERY, parent("a", "child", procedures=(letter(),), operator="Holding, Inc."),
                brand("b", letter()), child)
    assert chosen(made) == [(ActionKind.NETWORK, "a", ("a", "child"), POST),
                            (ActionKind.REQUEST, "b", ("b",), POST)]


def test_a_brand_with_two_desks_is_asked_at_one_of_them() -> None:
    by_mail = procedure(EMAIL, email="privacy@holding.example")
    made = plan(AVERY, brand("both", by_mail, letter()),
                *(brand(f"mail-{n}", by_mail) for n in range(2)),
                *(brand(f"post-{n}", letter()) for n in range(2)))
    assert sorted(len(action.covers) for action in made.actions) == [2, 3]
    assert sorted(i for action in made.actions for i in action.covers) == [
        "both", "mail-0", "mail-1", "post-0", "post-1"]


def test_a_company_without_a_name_and_a_lone_brand_are_not_joined() -> None:
    made = plan(AVERY, brand("a", operator=""), brand("b", operator=""), brand("c"))
    assert {action.kind for action in made.actions} == {ActionKind.REQUEST}


def test_brands_that_an_open_letter_names_are_not_asked_again() -> None:
    made = plan(AVERY, brand("a"), brand("b"), brand("c"), open_requests={"a"},
                named_in={"a": "a", "b": "a"})
    assert chosen(made) == [(ActionKind.REQUEST, "c", ("c",), FORM)]
    assert {u.broker: u.reason for u in made.uncovered} == {
        "a": "A request to it is open already.", "b": "The open request to A covers it."}


def test_an_open_request_to_a_recipient_that_is_gone_from_the_registry_covers_nobody() -> None:
    made = plan(AVERY, brand("b"), named_in={"b": "gone"})
    assert only_action(made).broker.id == "b"


@pytest.mark.parametrize(("held", "gate"), [
    ({"category": "supervision"}, "no-monitor-tampering"),
    ({"role": Role.GOVERNMENT_SYSTEM}, "government-system")])
def test_what_its_own_rules_hold_is_named_in_no_request_to_another(
    held: dict[str, Any], gate: str
) -> None:
    monitor = brand("monitor", **held)
    made = plan(AVERY, brand("a"), brand("b"), monitor, others=(parent("family", "monitor"),))
    assert not [a for a in made.actions if len(a.covers) > 1 and "monitor" in a.covers]
    alone, = (a for a in made.actions if a.broker.id == "monitor")
    assert gate in {one.id for one in alone.gates if one.holds}


def test_no_opt_out_of_another_reaches_a_voter_file() -> None:
    made = plan(AVERY, broker("voter-files", procedures=()),
                others=(parent("family", "voter-files"),))
    assert not made.actions
