"""What is stored is played again; every kind of disagreement is told, by ids alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.words import Event, FollowUpState, Standing
from optout.services import consistency, requests
from optout.services.desk import Desk
from optout.services.recounting import COUNTED_BY
from optout.store import followups
from optout.store import requests as rows
from optout.store.meta import put
from optout.store.models import RequestRow
from tests.conftest import MONDAY


@pytest.fixture
def sent(desk: Desk, avery: Person) -> str:
    """A request that was sent and acknowledged."""
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    for event in ("mark_sent", "acknowledge"):
        requests.mark(desk, file.request.id, event, detail="A word of mine.", actor=OWNER)
    return file.request.id


def found(desk: Desk) -> list[str]:
    """What is told, without the id in front."""
    return [problem.partition(": ")[2] or problem for problem in consistency.problems(desk)]


def change(desk: Desk, statement: str, **values: Any) -> None:
    """Break what is stored."""
    with desk.store.writing() as session:
        session.execute(sa.text(statement), values)


def test_where_all_agrees_nothing_is_told(desk: Desk, sent: str) -> None:
    requests.mark(desk, sent, "claim_removed", actor=OWNER)
    requests.mark(desk, sent, "undo", actor=OWNER)
    requests.mark(desk, sent, "withdraw", actor=OWNER)
    assert found(desk) == []


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(("column", "value"), [
    ("claim", "removed"), ("claim_words", "gone"), ("last_look", "listed"),
    ("last_look_on", "2026-11-24"), ("sent_on", "2026-11-20"), ("received_on", "2026-11-24"),
    ("moved_on", None), ("late_from", None)])
def test_a_row_that_its_history_does_not_give_is_told(
    desk: Desk, column: str, value: str | None
) -> None:
    with desk.store.writing() as session:
        session.execute(sa.update(RequestRow).values({column: sa.literal(value)}))
    assert any(f"“{column}” is not what its history" in what for what in found(desk))


@pytest.mark.usefixtures("sent")
def test_a_standing_of_its_own_is_told_with_the_tasks_that_do_not_fit(desk: Desk) -> None:
    change(desk, "UPDATE request SET standing = 'withdrawn'")
    told = found(desk)
    assert "“standing” is not what its history says" in told
    assert any("is open while it is “withdrawn”" in what for what in told)


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(("statement", "told"), [
    ("UPDATE request_event SET seq = 3 WHERE seq = 2", "entry 3 of its history stands in place 2"),
    ("UPDATE request_event SET event = 'prepare' WHERE seq = 2",
     "its history cannot be played again (ForbiddenEvent)"),
    ("UPDATE request_event SET standing_after = 'closed' WHERE seq = 2",
     "entry 2 says “closed” and leads to “acknowledged”"),
    ("UPDATE request_event SET reason = 'policy' WHERE seq = 2",
     "entry 2 is no refusal and gives the reason of one"),
    ("UPDATE statutory_date SET started_by_seq = 9",
     "its dates count from an entry that does not count"),
    ("DELETE FROM statutory_date WHERE position = 0",
     "its dates are not those that are counted today"),
    ("UPDATE standing_count SET requests = 7 WHERE standing = 'draft'",
     "the kept number of requests by standing is not the true one"),
    ("UPDATE request SET next_on = '2030-01-01'", "its next day is not that of its tasks"),
    ("UPDATE request SET number = 0", "it has no number in the order of their making"),
    ("DELETE FROM note_text WHERE kind = 'note'", "is not found by its words"),
    ("DELETE FROM person_text WHERE source = 'name:0'", "is not found by its words"),
    ("INSERT INTO note_search(note_search) VALUES ('delete-all')",
     "note_search does not hold the words beside it"),
])
def test_every_disagreement_has_its_sentence(desk: Desk, statement: str, told: str) -> None:
    change(desk, statement)
    assert any(what.endswith(told) for what in found(desk))


def test_what_the_search_does_not_hold_is_told_of_the_newest_too(desk: Desk, sent: str) -> None:
    assert list(consistency.newest_problems(desk, 5)) == []
    change(desk, "UPDATE note_text SET words = 'Others.' WHERE source = :of", of=f"{sent}:2")
    assert list(consistency.newest_problems(desk, 5)) == [
        f"note {sent}:2 is not found by its words"]


def test_numbers_follow_the_order_of_making(desk: Desk, avery: Person, sent: str) -> None:
    requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    change(desk, "UPDATE request SET number = 9 WHERE id = :first", first=sent)
    assert found(desk) == ["its number is not behind the one that was made before it"]


@pytest.mark.usefixtures("sent")
def test_dates_that_the_next_sweep_counts_anew_are_not_compared(desk: Desk) -> None:
    with desk.store.writing() as session:
        put(session, COUNTED_BY, '{"rules": 0, "holidays": "", "laws": "", "own": {}}')
    change(desk, "DELETE FROM statutory_date WHERE law <> 'us-ca-ccpa'")
    assert "its dates are not those that are counted today" not in found(desk)


def test_a_task_open_twice_and_one_of_another_broker_are_told(desk: Desk, sent: str) -> None:
    with desk.store.writing() as session:
        task = next(task for task in followups.of_request(session, sent)
                    if task.state is FollowUpState.WAITING)
        followups.add(session, replace(task, id="F-TWIN", key="twin"), at=desk.clock.now())
        followups.add(session, replace(task, id="F-OTHER", key="other", broker_id="elsewhere",
                                       due_on=MONDAY + timedelta(days=900)), at=desk.clock.now())
    told = found(desk)
    assert f"F-TWIN ({task.kind}) is open beside an earlier one that stands for it" in told
    assert "F-OTHER belongs to another person or broker" in told


def test_ties_with_one_end_and_wrong_merges_are_told(desk: Desk, avery: Person, sent: str) -> None:
    (other,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    with desk.store.writing() as session:
        one = rows.get(session, sent)
        rows.update(session, replace(one, successor_id=other.request.id))
        rows.update(session, replace(other.request, merged_into=sent, predecessor_id=sent))
        rows.update(session, replace(one, merged_into=other.request.id))
    told = found(desk)
    assert f"it continues {sent}, which does not say so" in told
    assert f"it is merged into {sent}, which is merged itself" in told
    assert f"it is tied to {sent}, which is of another person or broker" in told
    assert "it is merged and still “draft”" in told
    assert "it is merged and still has open follow-ups" in told
    with desk.store.writing() as session:
        rows.update(session, replace(one, successor_id=other.request.id))
        rows.update(session, replace(other.request, merged_into="", predecessor_id=""))
    assert f"{other.request.id} should continue it, and does not say so" in found(desk)


def test_all_pages_are_walked(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optout.store.walking.PAGE", 1)
    made = requests.create_requests(desk, avery.id, ["quick-mail", "slow-post"], actor=OWNER)
    change(desk, "UPDATE request SET sent_on = '2026-11-23'")
    told = list(consistency.problems(desk))
    assert sorted(what.partition(":")[0] for what in told) == sorted(
        file.request.id for file in made)
    assert Event.MARK_SENT not in {event.event for file in made for event in file.events}
    assert {file.request.standing for file in made} == {Standing.DRAFT}
