"""The last plan is remembered in ids and words, and what changed since is told."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import NotFound
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.domain.wanted import Wanted
from optout.domain.words import ChoiceKind
from optout.planning.changes import ChangeKind
from optout.services import choices, looks, plan_memory, plans, requests
from optout.services.desk import Desk
from optout.store import audit, memory
from tests.conftest import MONDAY

WANTED = Wanted(categories=("people_search", "background_check"))
SECRET = "My cousin works there."


def stored(desk: Desk, person: Person) -> str:
    with desk.store.reading() as session:
        kept = memory.get(session, person.id)
    assert kept is not None
    return kept.content


def test_without_a_plan_before_nothing_changed(desk: Desk, morgan: Person) -> None:
    plan = plans.plan_for(desk, morgan.id, wanted=WANTED)
    assert plan_memory.since_last(desk, morgan.id, plan) is None
    plan_memory.remember(desk, morgan.id, plan, actor=OWNER)
    same = plan_memory.since_last(desk, morgan.id, plan)
    assert same is not None
    assert (same.since, same.changes) == (MONDAY, ())


def test_the_plan_says_what_became_of_each_step(
    desk: Desk, morgan: Person, clock: HandClock,
) -> None:
    plan = plans.plan_for(desk, morgan.id, wanted=WANTED)
    assert {"quick-mail", "slow-post", "form-first"} <= {a.broker.id for a in plan.actions}
    plan_memory.remember(desk, morgan.id, plan, actor=OWNER)
    clock.forward(days=2)
    looks.record_look(desk, morgan.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    choices.choose(desk, morgan.id, ["slow-post"], ChoiceKind.SKIP, reason=SECRET, actor=OWNER)
    for broker in ("form-first",):
        (file,) = requests.create_requests(desk, morgan.id, [broker], actor=OWNER)
        requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    today = plans.plan_for(desk, morgan.id, wanted=WANTED)
    found = plan_memory.since_last(desk, morgan.id, today)
    assert found is not None
    assert found.since == MONDAY
    kinds = {change.broker: change.kind for change in found.changes}
    assert kinds["quick-mail"] is ChangeKind.POSSIBLE
    assert kinds["form-first"] is ChangeKind.ASKED
    assert kinds["slow-post"] is ChangeKind.FELL_AWAY
    (skipped,) = (c.text for c in found.changes if c.broker == "slow-post")
    assert skipped.startswith("Slow Post: ")
    assert SECRET in skipped

    plan_memory.remember(desk, morgan.id, today, actor=OWNER)
    content = stored(desk, morgan)
    for word in (SECRET, *morgan.main_name.full.split(), "Richmond", "@"):
        assert word not in content
    again = plan_memory.since_last(desk, morgan.id, today)
    assert again is not None
    assert again.since == MONDAY + timedelta(2)
    assert again.changes == ()


def test_a_withdrawn_request_asked_nobody(desk: Desk, morgan: Person) -> None:
    (file,) = requests.create_requests(desk, morgan.id, ["slow-post"], actor=OWNER)
    plan = plans.plan_for(desk, morgan.id, wanted=WANTED)
    plan_memory.remember(desk, morgan.id, plan, actor=OWNER)
    requests.mark(desk, file.request.id, "withdraw", actor=OWNER)
    found = plan_memory.since_last(
        desk, morgan.id, plans.plan_for(desk, morgan.id, wanted=WANTED))
    assert found is not None
    assert {c.broker: c.kind for c in found.changes}["slow-post"] is ChangeKind.POSSIBLE


@pytest.mark.parametrize("content", [
    "", "no json", "[]", "{}", '{"form": 1}', '{"form": 1, "memory": {"made_on": "x"}}',
    '{"form": 1, "memory": {"made_on": "2026-11-20", "steps": [{"broker": 7}]}}',
    '{"form": 0, "memory": {"made_on": "2026-11-20", "steps": []}}', "[" * 100_000,
])
def test_a_memory_of_another_form_counts_as_none(
    desk: Desk, morgan: Person, content: str,
) -> None:
    with desk.store.writing() as session:
        memory.put(session, morgan.id, memory.Kept(MONDAY, content))
    plan = plans.plan_for(desk, morgan.id, wanted=WANTED)
    assert plan_memory.since_last(desk, morgan.id, plan) is None
    plan_memory.remember(desk, morgan.id, plan, actor=OWNER)
    assert plan_memory.since_last(desk, morgan.id, plan) is not None
    assert json.loads(stored(desk, morgan))["form"] == plan_memory.FORM


def test_the_same_plan_is_written_down_once(desk: Desk, morgan: Person) -> None:
    plan = plans.plan_for(desk, morgan.id, wanted=WANTED)
    for _ in range(2):
        plan_memory.remember(desk, morgan.id, plan, actor=OWNER)
    with desk.store.reading() as session:
        acts = [entry.act for entry in audit.latest(session)]
    assert acts.count("remember_plan") == 1


def test_nobody_is_remembered_who_is_not_there(desk: Desk, morgan: Person) -> None:
    plan = plans.plan_for(desk, morgan.id, wanted=WANTED)
    with pytest.raises(NotFound):
        plan_memory.remember(desk, "P-NOBODY", plan, actor=OWNER)
    with pytest.raises(NotFound):
        plan_memory.since_last(desk, "P-NOBODY", plan)
