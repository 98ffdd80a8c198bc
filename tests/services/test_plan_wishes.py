"""Wishes, choices and looks: what is kept, what is refused, and what a look costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound
from optout.domain.outcome_words import LookResult, NoLook
from optout.domain.person import Person
from optout.domain.request import RequestFile
from optout.domain.wanted import Choice, Pace, PlanWish, Wanted
from optout.domain.words import (
    ActionKind,
    ChoiceKind,
    Event,
    Fact,
    FollowUpKind,
    FollowUpState,
    Presence,
)
from optout.services import (
    choices,
    exposures,
    ledger,
    letters,
    looks,
    people,
    plans,
    requests,
    wishes,
)
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store import audit
from optout.vault.keyfile import CHEAP
from tests.conftest import MONDAY
from tests.factories import californian, virginian
from tests.services.conftest import PASSPHRASE

NOBODY = "P-NOBODY"
URL = "https://quickmail.example/Avery-Sample"


@pytest.fixture
def real_desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """A new data folder with the packaged registry."""
    settings = Settings(instance=tmp_path / "real")
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    yield instance.create(PASSPHRASE)
    instance.lock()


# --- wishes -----------------------------------------------------------------------------------


def test_a_wish_is_kept_and_is_what_the_plan_covers(desk: Desk, avery: Person) -> None:
    assert wishes.wish_of(desk, avery.id) == PlanWish()
    wanted = Wanted(brokers=("quick-mail", "slow-post"), categories=("home_cameras",))
    wish = wishes.set_wanted(desk, avery.id, wanted, actor=OWNER)
    assert wish == wishes.wish_of(desk, avery.id) == PlanWish(wanted, Pace(), MONDAY)
    assert plans.plan_for(desk, avery.id).wanted == 3
    with desk.store.reading() as session:
        (entry,) = audit.latest(session, 1)
    assert (entry.act, entry.subject, entry.actor) == ("set_plan_wish", avery.id, OWNER)


def test_a_pace_leaves_what_is_wanted_as_it_was(desk: Desk, avery: Person) -> None:
    before = plans.plan_for(desk, avery.id)
    wish = wishes.set_pace(desk, avery.id, Pace(5, 7), actor=OWNER)
    assert wish == PlanWish(Wanted(relevant=True), Pace(5, 7), MONDAY)
    assert plans.plan_for(desk, avery.id) == before
    wanted = Wanted(brokers=("slow-post",))
    wishes.set_wanted(desk, avery.id, wanted, actor=OWNER)
    assert wishes.set_pace(desk, avery.id, Pace(480, 1), actor=OWNER).wanted == wanted
    assert wishes.wish_of(desk, avery.id).pace == Pace(480, 1)


@pytest.mark.parametrize(("pace", "field"), [
    (Pace(4, 4), "minutes_a_day"), (Pace(481, 4), "minutes_a_day"), (Pace(15, 0), "days_a_week"),
    (Pace(15, 8), "days_a_week"),
])
def test_a_pace_that_no_week_has_is_refused(
    desk: Desk, avery: Person, pace: Pace, field: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        wishes.set_pace(desk, avery.id, pace, actor=OWNER)
    assert refused.value.field == field
    assert wishes.wish_of(desk, avery.id) == PlanWish()


def test_what_nobody_knows_is_refused_and_the_known_ones_are_named(
    real_desk: Desk,
) -> None:
    person = people.add_person(real_desk, californian(), actor=OWNER)
    for wanted, known in (
        (Wanted(categories=("no-such",)), "people_search"),
        (Wanted(told=("no-such",)), "collects_precise_location"),
        (Wanted(brokers=("spokeoo",)), "spokeo"),
    ):
        with pytest.raises(NotFound) as refused:
            wishes.set_wanted(real_desk, person.id, wanted, actor=OWNER)
        assert known in str(refused.value)
    with pytest.raises(InvalidInput):
        wishes.set_wanted(real_desk, person.id, Wanted(), actor=OWNER)
    assert wishes.wish_of(real_desk, person.id) == PlanWish()
    told = wishes.set_wanted(
        real_desk, person.id, Wanted(told=("collects_precise_location",)), actor=OWNER)
    assert told.wanted.told == ("collects_precise_location",)


def test_nothing_is_kept_for_somebody_who_is_not_there(desk: Desk) -> None:
    for act in (
        lambda: wishes.wish_of(desk, NOBODY),
        lambda: wishes.set_pace(desk, NOBODY, Pace(), actor=OWNER),
        lambda: choices.choose(desk, NOBODY, ["quick-mail"], ChoiceKind.ASK, actor=OWNER),
        lambda: choices.take_back(desk, NOBODY, ["quick-mail"], actor=OWNER),
        lambda: choices.choices_of(desk, NOBODY),
        lambda: looks.record_look(
            desk, NOBODY, "quick-mail", LookResult.LISTED, actor=OWNER),
        lambda: looks.looks_of(desk, NOBODY),
    ):
        with pytest.raises(NotFound):
            act()


# --- choices ----------------------------------------------------------------------------------


def test_a_company_is_left_out_put_off_and_taken_back(desk: Desk, avery: Person) -> None:
    (skip,) = choices.choose(
        desk, avery.id, ["quick-mail", "quick-mail"], ChoiceKind.SKIP,
        reason="  My cousin works there. ", actor=OWNER)
    assert skip == Choice("quick-mail", ChoiceKind.SKIP, MONDAY, OWNER, "My cousin works there.")
    until = MONDAY + timedelta(1)
    choices.choose(desk, avery.id, ["slow-post"], ChoiceKind.POSTPONE, until=until, actor=OWNER)
    plan = plans.plan_for(desk, avery.id, brokers=("quick-mail", "slow-post"))
    assert not any(action.broker.id in {"quick-mail", "slow-post"} for action in plan.actions)
    reasons = {item.broker: item.reason for item in plan.uncovered}
    assert "My cousin works there." in reasons["quick-mail"]
    assert until.isoformat() in reasons["slow-post"]
    assert set(choices.choices_of(desk, avery.id)) == {"quick-mail", "slow-post"}
    taken = choices.take_back(desk, avery.id, ["quick-mail", "never-chosen"], actor=OWNER)
    assert taken == ("quick-mail",)
    assert choices.take_back(desk, avery.id, ["quick-mail"], actor=OWNER) == ()
    later = plans.plan_for(desk, avery.id, brokers=("quick-mail", "slow-post"), on=until)
    assert {"quick-mail", "slow-post"} <= {action.broker.id for action in later.actions}
    with desk.store.reading() as session:
        acts = [(entry.act, entry.subject) for entry in audit.latest(session, 3)]
    assert acts == [("take_back_choice", avery.id), ("choose_postpone", avery.id),
                    ("choose_skip", avery.id)]


@pytest.mark.parametrize(("kind", "how", "field"), [
    (ChoiceKind.SKIP, {}, "reason"),
    (ChoiceKind.SKIP, {"reason": "   "}, "reason"),
    (ChoiceKind.SKIP, {"reason": "x" * 501}, "reason"),
    (ChoiceKind.POSTPONE, {}, "until"),
    (ChoiceKind.POSTPONE, {"until": MONDAY}, "until"),
    (ChoiceKind.ASK, {"until": MONDAY + timedelta(9)}, "until"),
])
def test_a_choice_that_says_too_little_is_refused(
    desk: Desk, avery: Person, kind: ChoiceKind, how: dict[str, object], field: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        choices.choose(desk, avery.id, ["quick-mail"], kind, actor=OWNER,
                       **how)  # type: ignore[arg-type]  # each value fits its own keyword
    assert refused.value.field == field
    assert choices.choices_of(desk, avery.id) == {}


def test_a_choice_about_nobody_or_an_unknown_company_is_refused(
    desk: Desk, avery: Person,
) -> None:
    with pytest.raises(InvalidInput):
        choices.choose(desk, avery.id, [], ChoiceKind.ASK, actor=OWNER)
    with pytest.raises(NotFound):
        choices.choose(desk, avery.id, ["quick-mail", "no-such"], ChoiceKind.ASK, actor=OWNER)
    assert choices.choices_of(desk, avery.id) == {}


# --- looks ------------------------------------------------------------------------------------


def step(desk: Desk, person: Person) -> tuple[ActionKind, Presence] | None:
    """What the plan does about Quick Mail."""
    plan = plans.plan_for(desk, person.id, wanted=Wanted(categories=("people_search",)))
    return next(((action.kind, action.presence) for action in plan.actions
                 if action.broker.id == "quick-mail"), None)


def test_a_look_that_finds_a_listing_turns_into_a_request(desk: Desk, avery: Person) -> None:
    assert step(desk, avery) == (ActionKind.LOOK, Presence.NOT_LOOKED)
    look = looks.record_look(
        desk, avery.id, "quick-mail", LookResult.LISTED, url=f" {URL} ", actor=OWNER)
    assert looks.looks_of(desk, avery.id) == (look,)
    (listing,) = exposures.list_exposures(desk, avery.id)
    assert (listing.broker_id, listing.url, listing.seen_on) == ("quick-mail", URL, MONDAY)
    assert step(desk, avery) == (ActionKind.REQUEST, Presence.LISTED)
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, url=URL, actor=OWNER)
    assert len(exposures.list_exposures(desk, avery.id)) == 1


def test_a_look_that_finds_nothing_tells_nobody_more(desk: Desk, avery: Person) -> None:
    looks.record_look(desk, avery.id, "quick-mail", LookResult.NOT_FOUND, actor=OWNER)
    assert step(desk, avery) is None


@pytest.mark.parametrize("result", LookResult)
def test_every_look_stands_in_the_ledger(
    desk: Desk, avery: Person, result: LookResult,
) -> None:
    day = MONDAY - timedelta(3)
    reason = NoLook.CAPTCHA if result is LookResult.COULD_NOT_LOOK else None
    look = looks.record_look(desk, avery.id, "quick-mail", result, reason=reason, on=day,
                             actor=OWNER)
    told = ledger.disclosures(desk, avery.id)
    assert {(d.broker_id, d.fact, d.on, d.request_id) for d in told} == {
        ("quick-mail", Fact.FULL_NAME, day, ""), ("quick-mail", Fact.INTERNET_ADDRESS, day, "")}
    assert len(told) == 2
    assert look.looked_on == day
    with desk.store.reading() as session:
        (entry,) = audit.latest(session, 1)
    assert (entry.act, entry.subject) == (f"look_{result}", look.id)


def test_a_listing_that_was_found_by_hand_is_a_look_too(desk: Desk, avery: Person) -> None:
    looks.record_look(desk, avery.id, "slow-post", LookResult.LISTED, actor=OWNER)
    assert {d.fact for d in ledger.disclosures(desk, avery.id)} == {
        Fact.FULL_NAME, Fact.INTERNET_ADDRESS}


@pytest.mark.parametrize("at_risk", [False, True])
def test_the_place_is_in_the_ledger_where_the_link_carried_it(
    real_desk: Desk, *, at_risk: bool,
) -> None:
    person = people.add_person(real_desk, replace(californian(), at_risk=at_risk), actor=OWNER)
    looks.record_look(real_desk, person.id, "spokeo", LookResult.COULD_NOT_LOOK,
                      reason=NoLook.SIGN_IN, actor=OWNER)
    told = {d.fact for d in ledger.disclosures(real_desk, person.id)}
    assert told == {Fact.FULL_NAME, Fact.INTERNET_ADDRESS} | (
        set() if at_risk else {Fact.CITY_STATE})


def test_a_look_marked_on_a_request_enters_what_its_link_carried(real_desk: Desk) -> None:
    person = people.add_person(real_desk, californian(), actor=OWNER)
    exposures.add_exposure(real_desk, person.id, "spokeo", "https://www.spokeo.com/Avery/p1",
                           actor=OWNER)
    (file,) = requests.create_requests(real_desk, person.id, ["spokeo"], actor=OWNER)
    people.update_person(real_desk, replace(person, at_risk=True), actor=OWNER)
    requests.mark(real_desk, file.request.id, "look_failed", actor=OWNER)
    assert {d.fact for d in ledger.disclosures(real_desk, person.id)} == {
        Fact.FULL_NAME, Fact.INTERNET_ADDRESS}, "the link gave no place, and none is known there"


def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: Desk, avery: Person) -> None:
    for result, how, field in (
        (LookResult.LISTED, {"on": MONDAY + timedelta(1)}, "on"),
        (LookResult.LISTED, {"url": "quickmail.example/Avery"}, "url"),
        (LookResult.NOT_FOUND, {"url": URL}, "url"),
        (LookResult.COULD_NOT_LOOK, {}, "reason"),
        (LookResult.NOT_FOUND, {"reason": NoLook.DEAD_LINK}, "reason"),
        (LookResult.NOT_FOUND, {"proof": ("a.exe", b"MZ\0\1")}, "file"),
    ):
        with pytest.raises(InvalidInput) as refused:
            looks.record_look(desk, avery.id, "quick-mail", result, actor=OWNER,
                              **how)
        assert refused.value.field == field
        assert "Avery" not in str(refused.value)
    with pytest.raises(NotFound):
        looks.record_look(desk, avery.id, "no-such", LookResult.LISTED, actor=OWNER)
    assert looks.looks_of(desk, avery.id) == ()
    assert ledger.disclosures(desk, avery.id) == ()


def _open(file: RequestFile) -> set[FollowUpKind]:
    return {task.kind for task in file.follow_ups
            if task.state in (FollowUpState.WAITING, FollowUpState.RAISED)}


def test_a_look_moves_the_tasks_of_the_request_on(desk: Desk, clock: HandClock) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    reference = file.request.id
    looks.record_look(desk, person.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    assert requests.get_request(desk, reference).request.last_look is None, "not sent yet"
    requests.mark(desk, reference, "mark_sent", actor=OWNER)
    clock.forward(days=20)
    looks.record_look(desk, person.id, "slow-post", LookResult.NOT_FOUND, actor=OWNER)
    looks.record_look(desk, person.id, "quick-mail", LookResult.LISTED, actor=OWNER,
                      on=MONDAY - timedelta(1))
    assert FollowUpKind.RECHECK not in _open(requests.get_request(desk, reference))
    before = len(ledger.disclosures(desk, person.id))
    looks.record_look(desk, person.id, "quick-mail", LookResult.NOT_FOUND, actor=OWNER)
    found = requests.get_request(desk, reference)
    assert found.request.last_look is LookResult.NOT_FOUND
    assert found.events[-1].event is Event.LOOK_NOT_FOUND
    assert FollowUpKind.RECHECK in _open(found)
    told = ledger.disclosures(desk, person.id)[before:]
    assert [(d.fact, d.request_id) for d in told] == [
        (Fact.FULL_NAME, reference), (Fact.INTERNET_ADDRESS, reference)]


@pytest.mark.parametrize(("elsewhere", "named"), [
    ("selfie-network", False), ("family-me", True)])
def test_a_listing_elsewhere_is_named_only_to_whom_serves_it(
    real_desk: Desk, elsewhere: str, *, named: bool,
) -> None:
    person = people.add_person(real_desk, californian(), actor=OWNER)
    own, other = "https://www.spokeo.com/Avery/p1", "https://elsewhere.example/Avery-Sample"
    exposures.add_exposure(real_desk, person.id, "spokeo", own, actor=OWNER)
    exposures.add_exposure(real_desk, person.id, elsewhere, other, actor=OWNER)
    (file,) = requests.create_requests(real_desk, person.id, ["spokeo"], actor=OWNER)
    (document,) = letters.generate(
        real_desk, person.id, request_ids=[file.request.id], actor=OWNER)
    content = letters.read_document(real_desk, document.id).content
    assert own.encode() in content
    assert (other.encode() in content) is named, "of the same firm, or of a stranger"


@pytest.mark.parametrize("words", ["My number is A123 456 789.", "Passport no. X1234567"])
def test_no_reason_and_no_note_keeps_the_number_of_a_paper(
    desk: Desk, avery: Person, words: str
) -> None:
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    for keep in (
        lambda: choices.choose(desk, avery.id, ["slow-post"], ChoiceKind.SKIP, reason=words,
                               actor=OWNER),
        lambda: requests.mark(desk, file.request.id, "mark_sent", detail=words, actor=OWNER),
    ):
        with pytest.raises(InvalidInput, match="This looks like") as refused:
            keep()
        assert words not in str(refused.value)
    assert choices.choices_of(desk, avery.id) == {}
    assert requests.get_request(desk, file.request.id).events == ()
