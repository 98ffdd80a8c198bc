"""Plans by what is kept of a person: the wish, what was seen, what was chosen, what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import FormSheet
from optout.domain.errors import NotFound
from optout.domain.outcome_words import LookResult
from optout.domain.person import ContactPoint, Person
from optout.domain.plan import Plan
from optout.domain.wanted import Wanted
from optout.domain.words import ActionKind, Channel, ChoiceKind, Event, Presence
from optout.services import (
    choices,
    exposures,
    letters,
    looks,
    marking,
    people,
    plans,
    requests,
    wishes,
)
from optout.services.desk import Desk
from optout.services.people import careful_person
from optout.store import history
from tests.factories import californian
from tests.statements import statements

RELEVANT = Wanted(relevant=True)


def kinds(plan: Plan) -> dict[str, ActionKind]:
    return {action.broker.id: action.kind for action in plan.actions}


def reason(plan: Plan, broker_id: str) -> str:
    return next(u.reason for u in plan.uncovered if u.broker == broker_id)


def test_without_a_wish_everything_relevant_is_planned(desk: Desk, avery: Person) -> None:
    assert plans.plan_for(desk, avery.id) == plans.plan_for(desk, avery.id, wanted=RELEVANT)
    assert "long-gone" not in {u.broker for u in plans.plan_for(desk, avery.id).uncovered}


def test_the_wish_that_is_kept_counts_until_another_is_said(desk: Desk, avery: Person) -> None:
    wishes.set_wanted(desk, avery.id, Wanted(brokers=("slow-post",)), actor=OWNER)
    assert set(kinds(plans.plan_for(desk, avery.id))) == {"slow-post"}
    other = plans.plan_for(desk, avery.id, wanted=Wanted(categories=("marketing",)))
    assert "slow-post" not in kinds(other)
    assert "asks-much" in kinds(plans.plan_for(desk, avery.id, brokers=["asks-much"]))


def test_brokers_and_categories_add_to_what_is_wanted(desk: Desk, avery: Person) -> None:
    plan = plans.plan_for(desk, avery.id, wanted=Wanted(brokers=("slow-post",)),
                          brokers=["asks-much"])
    assert {"slow-post", "asks-much"} <= set(kinds(plan))
    with pytest.raises(NotFound):
        plans.plan_for(desk, avery.id, brokers=["nobody"])


def test_where_a_listing_was_seen_a_wish_reaches(desk: Desk, avery: Person) -> None:
    exposures.add_exposure(desk, avery.id, "slow-post", "https://slow.example/p/1", actor=OWNER)
    exposures.add_exposure(desk, avery.id, "long-gone", "https://gone.example/p/1", actor=OWNER)
    wide = plans.plan_for(desk, avery.id, wanted=Wanted(categories=("marketing",)))
    assert kinds(wide)["slow-post"] is ActionKind.REQUEST
    assert "long-gone" not in {u.broker for u in wide.uncovered}
    assert "slow-post" not in kinds(plans.plan_for(desk, avery.id, brokers=["asks-much"]))


def test_a_look_decides_whether_it_is_asked(desk: Desk, avery: Person) -> None:
    assert kinds(plans.plan_for(desk, avery.id, brokers=["quick-mail"]))["quick-mail"] is (
        ActionKind.LOOK)
    looks.record_look(desk, avery.id, "quick-mail", LookResult.NOT_FOUND, actor=OWNER)
    assert "found nothing" in reason(
        plans.plan_for(desk, avery.id, brokers=["quick-mail"]), "quick-mail")
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    assert kinds(plans.plan_for(desk, avery.id, brokers=["quick-mail"]))["quick-mail"] is (
        ActionKind.REQUEST)


def test_a_look_that_was_noted_on_a_request_counts_like_any_other(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    (made,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    for event in ("prepare", "mark_sent", "look_not_found", "withdraw"):
        requests.mark(desk, made.request.id, event, actor=OWNER)
    assert "found nothing" in reason(
        plans.plan_for(desk, avery.id, brokers=["quick-mail"]), "quick-mail")
    clock.forward(days=1)
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    assert kinds(plans.plan_for(desk, avery.id, brokers=["quick-mail"]))["quick-mail"] is (
        ActionKind.REQUEST)


def test_a_choice_decides_whether_it_is_asked(desk: Desk, avery: Person) -> None:
    choices.choose(desk, avery.id, ["slow-post"], ChoiceKind.SKIP, reason="I work there",
                   actor=OWNER)
    plan = plans.plan_for(desk, avery.id, brokers=["slow-post"])
    assert reason(plan, "slow-post") == "You left it out: I work there"
    later = desk.clock.today() + timedelta(days=3)
    choices.choose(desk, avery.id, ["slow-post"], ChoiceKind.POSTPONE, until=later, actor=OWNER)
    assert later.isoformat() in reason(
        plans.plan_for(desk, avery.id, brokers=["slow-post"]), "slow-post")
    assert "slow-post" in kinds(plans.plan_for(desk, avery.id, brokers=["slow-post"], on=later))


def test_what_was_closed_rests_and_a_name_brings_it_back(desk: Desk, avery: Person) -> None:
    (made,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    for event in ("prepare", "mark_sent", "claim_removed", "close"):
        requests.mark(desk, made.request.id, event, actor=OWNER)
    assert f"The request {made.request.id} is closed" in reason(
        plans.plan_for(desk, avery.id, wanted=RELEVANT), "slow-post")
    assert "slow-post" in kinds(plans.plan_for(desk, avery.id, brokers=["slow-post"]))


def test_a_platform_that_was_closed_settles_itself_alone(desk: Desk, avery: Person) -> None:
    choices.choose(desk, avery.id, ["quick-mail"], ChoiceKind.ASK, actor=OWNER)
    (made,) = requests.create_requests(desk, avery.id, ["california-drop"], actor=OWNER)
    for event in ("prepare", "mark_sent", "claim_removed", "close"):
        requests.mark(desk, made.request.id, event, actor=OWNER)
    plan = plans.plan_for(desk, avery.id, wanted=RELEVANT)
    assert "california-drop" not in kinds(plan)
    assert kinds(plan)["quick-mail"] is ActionKind.REQUEST


def test_what_was_withdrawn_is_planned_again(desk: Desk, avery: Person) -> None:
    (made,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    requests.mark(desk, made.request.id, "withdraw", actor=OWNER)
    assert "slow-post" in kinds(plans.plan_for(desk, avery.id, wanted=RELEVANT))


def test_a_request_that_somebody_decides_to_make_needs_no_look(desk: Desk, avery: Person) -> None:
    (made,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    assert made.request.channel is Channel.EMAIL


def test_a_preferred_channel_that_does_not_exist_changes_nothing(desk: Desk, avery: Person) -> None:
    plan = plans.plan_for(desk, avery.id, brokers=["slow-post"],
                          channels={"slow-post": Channel.EMAIL})
    (action,) = (a for a in plan.actions if a.broker.id == "slow-post")
    assert action.channel is Channel.POSTAL_MAIL


def test_a_platform_gets_every_key_by_which_it_finds_records(desk: Desk) -> None:
    two = replace(californian(), emails=(
        ContactPoint("avery.sample@example.com"), ContactPoint("avery.second@example.com")))
    avery = people.add_person(desk, two, actor=OWNER)
    (made,) = requests.create_requests(desk, avery.id, ["california-drop"], actor=OWNER)
    sheet = letters.compose(desk, made.request.id)
    assert isinstance(sheet, FormSheet)
    shown = " ".join(value.value for value in sheet.values)
    assert "avery.sample@example.com" in shown
    assert "avery.second@example.com" in shown


# --- what was seen, and when ------------------------------------------------------------------


def test_a_listing_that_was_handed_in_after_a_look_is_the_newer_word(
    desk: Desk, avery: Person, clock: HandClock,
) -> None:
    looks.record_look(desk, avery.id, "quick-mail", LookResult.NOT_FOUND, actor=OWNER)
    assert "quick-mail" not in kinds(plans.plan_for(desk, avery.id))
    clock.forward(days=2)
    exposures.add_exposure(desk, avery.id, "quick-mail", "https://quickmail.example/a",
                           actor=OWNER)
    action = plans.action_for(plans.plan_for(desk, avery.id), "quick-mail")
    assert (action.kind, action.presence) == (ActionKind.REQUEST, Presence.LISTED)


def test_a_listing_that_was_dealt_with_is_asked_about_again_only_when_it_is_seen_again(
    desk: Desk, avery: Person, clock: HandClock,
) -> None:
    exposures.add_exposure(desk, avery.id, "quick-mail", "https://quickmail.example/a",
                           actor=OWNER)
    (made,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    for event in (Event.MARK_SENT, Event.CLAIM_REMOVED, Event.CLOSE):
        marking.mark(desk, made.request.id, event, actor=OWNER)
        clock.forward(days=3)
    assert "is closed" in reason(plans.plan_for(desk, avery.id), "quick-mail")
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    assert kinds(plans.plan_for(desk, avery.id))["quick-mail"] is ActionKind.REQUEST


def test_the_number_of_queries_does_not_grow_with_what_was_asked_and_seen(
    desk: Desk, avery: Person,
) -> None:
    counts = []
    for broker in ("quick-mail", "slow-post"):
        (made,) = requests.create_requests(desk, avery.id, [broker], actor=OWNER)
        marking.mark(desk, made.request.id, Event.MARK_SENT, actor=OWNER)
        looks.record_look(desk, avery.id, broker, LookResult.LISTED, actor=OWNER)
        with statements() as told:
            plans.plan_for(desk, avery.id)
        counts.append(len(told))
    assert counts[0] == counts[1] > 0


def test_of_a_history_only_what_a_plan_needs_is_read(
    desk: Desk, avery: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for broker, events in (
        ("quick-mail", ("look_not_found",)), ("slow-post", ("close",)), ("form-first", ())):
        (made,) = requests.create_requests(desk, avery.id, [broker], actor=OWNER)
        for event in ("mark_sent", *events):
            marking.mark(desk, made.request.id, event, actor=OWNER)

    def unread(row: object) -> None:
        raise AssertionError(f"{row} is read whole.")

    monkeypatch.setattr(history, "_event", unread)
    with desk.store.reading() as session:
        around = plans.circumstances_of(session, careful_person(session, avery.id))
    assert {one.broker_id for one in around.asked} == {"quick-mail", "form-first"}
    assert set(around.settled) == {"slow-post"}
    look = around.looks["quick-mail"]
    assert (look.result, look.looked_on, look.actor) == (
        LookResult.NOT_FOUND, clock.today(), OWNER)
