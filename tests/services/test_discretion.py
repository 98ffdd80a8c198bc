"""How much reminders say: a number by default; more, where someone is at risk, after a yes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from optout.clock import HandClock
from optout.domain.discretion import Discretion, Medium
from optout.domain.errors import GateClosed
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import discretion, people
from optout.services.desk import Desk
from optout.store import audit, meta

TASK = FollowUp("F-2", "OPT-7K3M9Q", FollowUpKind.RECHECK, date(2026, 12, 1),
                FollowUpState.WAITING, "k", why="Words of its own.", person_id="P-AB12CD",
                broker_id="quick-mail", number=12)


def now_said(desk: Desk, medium: Medium = Medium.CALENDAR) -> Discretion:
    with desk.store.reading() as session:
        return discretion.discretion_of(session, medium)


def acts(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return [entry.act for entry in audit.latest(session) if "discretion" in entry.act]


@pytest.mark.parametrize(("level", "said"), [
    (Discretion.NUMBER, "privacy follow-up 12"), (Discretion.KIND, "Look again"),
    (Discretion.COMPANY, "Look again: Quick Mail")])
def test_a_reminder_says_as_much_as_was_chosen(level: Discretion, said: str) -> None:
    assert discretion.summary_of(TASK, "Quick Mail", level) == said


def test_who_acts_for_several_people_sees_an_id_beside_the_company_only() -> None:
    said = {level: discretion.summary_of(TASK, "Quick Mail", level, with_person=True)
            for level in Discretion}
    assert said[Discretion.COMPANY] == "Look again: Quick Mail (P-AB12CD)"
    assert "P-" not in said[Discretion.NUMBER] + said[Discretion.KIND]
    nobody = replace(TASK, person_id="")
    assert discretion.summary_of(nobody, "Quick Mail", Discretion.COMPANY, with_person=True) == (
        "Look again: Quick Mail")
    assert discretion.summary_of(TASK, "", Discretion.COMPANY, with_person=True) == "Look again"


def test_every_kind_of_task_has_discreet_words() -> None:
    assert set(discretion.TO_DO) == set(FollowUpKind)
    assert not any("remov" in words.lower() or "broker" in words for words in
                   discretion.TO_DO.values())


def test_each_medium_has_its_own_choice_and_begins_with_the_number(desk: Desk) -> None:
    assert {now_said(desk, medium) for medium in Medium} == {Discretion.NUMBER}
    discretion.choose(desk, Medium.MAIL, Discretion.COMPANY, actor="owner")
    assert now_said(desk, Medium.MAIL) is Discretion.COMPANY
    assert now_said(desk, Medium.CALENDAR) is Discretion.NUMBER
    assert acts(desk) == ["choose_discretion_company"]
    with desk.store.reading() as session:
        saying = discretion.chosen(session, Medium.MAIL)
        assert (saying.chosen_at, saying.actor) == (desk.clock.now(), "owner")


@pytest.mark.usefixtures("avery")
def test_where_someone_is_at_risk_more_is_said_only_after_a_yes(
    desk: Desk, clock: HandClock
) -> None:
    people.set_instance_at_risk(desk, value=True, actor="owner")
    with pytest.raises(GateClosed, match="safe") as caught:
        discretion.choose(desk, Medium.CALENDAR, Discretion.KIND)
    assert caught.value.gates == (discretion.GATE,)
    assert now_said(desk) is Discretion.NUMBER
    with pytest.raises(GateClosed):
        discretion.require_allowed(desk, Medium.CALENDAR, Discretion.KIND)

    discretion.choose(desk, Medium.CALENDAR, Discretion.KIND, accepted=True)
    clock.forward(days=1)
    assert now_said(desk) is Discretion.KIND
    assert acts(desk) == ["accept_discretion", "choose_discretion_kind"]
    discretion.require_allowed(desk, Medium.CALENDAR, Discretion.KIND)
    discretion.choose(desk, Medium.CALENDAR, Discretion.KIND)  # it was answered before
    for level, medium in ((Discretion.COMPANY, Medium.CALENDAR), (Discretion.KIND, Medium.MAIL)):
        with pytest.raises(GateClosed):
            discretion.choose(desk, medium, level)

    discretion.choose(desk, Medium.CALENDAR, Discretion.NUMBER)
    assert discretion.question(desk, Medium.CALENDAR, Discretion.NUMBER) is None
    with pytest.raises(GateClosed):  # a choice for less takes the yes back
        discretion.choose(desk, Medium.CALENDAR, Discretion.KIND)


def test_one_person_at_risk_is_enough_and_what_was_chosen_before_does_not_go_on(
    desk: Desk, avery: Person
) -> None:
    discretion.choose(desk, Medium.DESKTOP, Discretion.COMPANY, accepted=True)
    assert now_said(desk, Medium.DESKTOP) is Discretion.COMPANY
    people.update_person(desk, replace(avery, at_risk=True), actor="owner")
    assert now_said(desk, Medium.DESKTOP) is Discretion.NUMBER
    gate = discretion.question(desk, Medium.DESKTOP, Discretion.COMPANY)
    assert gate is not None
    assert gate.holds
    assert gate.scope == Medium.DESKTOP
    discretion.choose(desk, Medium.DESKTOP, Discretion.COMPANY, accepted=True)
    assert now_said(desk, Medium.DESKTOP) is Discretion.COMPANY


def test_the_choice_is_kept_in_words_that_name_nobody(desk: Desk) -> None:
    discretion.choose(desk, Medium.CALENDAR, Discretion.KIND)
    with desk.store.reading() as session:
        kept = json.loads(meta.get(session, "discretion:calendar") or "")
    assert set(kept) == {"discretion", "accepted", "chosen_at", "actor"}
