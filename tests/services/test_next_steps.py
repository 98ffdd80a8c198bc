"""The ladder from a first letter to a complaint: no rung before its conditions hold."""

from __future__ import annotations

from datetime import date, timedelta

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind
from optout.lifecycle.next_step import Act, Step
from optout.services import followups, people, requests
from optout.services.desk import Desk
from optout.services.next_steps import steps_of
from optout.store import followups as rows
from tests.factories import virginian
from tests.services.marked import made, mark
from tests.statements import statements

K = FollowUpKind


def task(desk: Desk, request_id: str, kind: FollowUpKind) -> FollowUp:
    return next(one for one in requests.get_request(desk, request_id).follow_ups
                if one.kind is kind and one.state in rows.OPEN)


def steps(desk: Desk, request_id: str, kind: FollowUpKind, on: date) -> dict[Act, str]:
    """What can be done about an open task of a request, and what not yet, and why."""
    found = task(desk, request_id, kind)
    return {step.act: step.unmet for step in steps_of(desk, [found], on=on)[found.id]}


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_the_ladder_is_climbed_rung_by_rung(desk: Desk, clock: HandClock) -> None:
    request_id = made(desk, people.add_person(desk, virginian(), actor=OWNER))
    mark(desk, request_id, "mark_sent")
    late = requests.get_request(desk, request_id).request.late_from
    assert late is not None
    assert task(desk, request_id, K.ESCALATE).due_on == late

    assert steps(desk, request_id, K.RESPOND_DUE, late - days(1)) == {Act.RECORD: ""}
    early = steps(desk, request_id, K.ESCALATE, late - days(1))
    assert early[Act.RECORD] == ""
    assert "not late" in early[Act.REMIND]
    assert "no decision" in early[Act.APPEAL]
    assert "not late" in early[Act.COMPLAIN]

    clock.forward(days=(late - clock.today()).days)
    assert steps(desk, request_id, K.RESPOND_DUE, late) == {Act.RECORD: "", Act.REMIND: ""}
    silent = steps(desk, request_id, K.ESCALATE, late)
    assert (silent[Act.REMIND], silent[Act.COMPLAIN]) == ("", "")
    assert "no decision" in silent[Act.APPEAL]

    mark(desk, request_id, "refuse")
    refused = steps(desk, request_id, K.ESCALATE, late + days(1))
    assert refused == {Act.ANSWER_REFUSAL: "", Act.APPEAL: "", Act.COMPLAIN: ""}

    mark(desk, request_id, "appeal")
    assert steps(desk, request_id, K.APPEAL_ANSWER_DUE, late + days(60)) == {
        Act.RECORD: "", Act.COMPLAIN: ""}
    mark(desk, request_id, "complain")
    assert steps(desk, request_id, K.ESCALATE, late + days(120)) == {Act.RECORD: ""}


def test_what_came_back_is_asked_anew(desk: Desk, avery: Person, clock: HandClock) -> None:
    request_id = made(desk, avery, "form-first")
    mark(desk, request_id, "mark_sent", "claim_removed", "look_not_found")
    clock.forward(days=20)
    mark(desk, request_id, "look_listed")
    assert steps(desk, request_id, K.ESCALATE, clock.today()) == {Act.ASK_ANEW: ""}


def test_a_task_without_a_request_has_its_step(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    mine = followups.remind_me(desk, on=clock.today(), words="x", person_id=avery.id, actor=OWNER)
    assert steps_of(desk, [mine]) == {mine.id: (Step(Act.OPEN),)}


def test_a_page_of_tasks_is_told_in_as_many_queries_as_one(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    other = people.add_person(desk, virginian(), actor=OWNER)
    asked = [made(desk, avery), made(desk, avery, "form-first"), made(desk, other)]
    for request_id in asked:
        mark(desk, request_id, "mark_sent")
    clock.forward(days=60)
    mark(desk, asked[1], "refuse")
    tasks = [task(desk, request_id, K.ESCALATE) for request_id in asked]
    with statements() as told:
        alone = {one.id: steps_of(desk, [one])[one.id] for one in tasks[:1]}
        one_by_one = len(told)
        together = steps_of(desk, tasks)
    assert len(told) == 2 * one_by_one
    alone |= {one.id: steps_of(desk, [one])[one.id] for one in tasks[1:]}
    assert together == alone
    assert len(set(together.values())) > 1
