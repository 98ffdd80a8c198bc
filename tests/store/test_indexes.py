"""Which index SQLite takes where the wrong one would read what everybody else has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.outcome_words import LookResult
from optout.domain.words import FollowUpKind
from optout.store import calendar, due, followups, history, people, requests, sweeping, watches
from optout.store.due import Days
from tests.store import samples
from tests.store.conftest import Furnished

WEEK = Days(samples.DAY, samples.DAY)


@pytest.fixture
def session(furnished: Furnished) -> Iterator[Session]:
    with furnished.store.writing() as session:
        followups.add(session, samples.follow_up(furnished.request_id), at=samples.NOW)
    with furnished.store.reading() as session:
        yield session


@pytest.fixture
def steps(session: Session) -> Iterator[list[str]]:
    """How SQLite runs each statement of this test."""
    said: list[str] = []
    engine = session.connection().engine

    def explain(connection: sa.Connection, _cursor: object, statement: str, values: Any,
                *_: object) -> None:
        raw = connection.connection.cursor()
        said.extend(row[3] for row in raw.execute(
            f"EXPLAIN QUERY PLAN {statement}", values).fetchall())

    sa.event.listen(engine, "before_cursor_execute", explain)
    yield said
    sa.event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize(("read", "index"), [
    (lambda s: requests.at_broker(s, "P-AAAAAA", "acme"), "request_person_id"),
    (lambda s: watches.requests_at(s, "P-AAAAAA", "acme"), "request_person_id"),
    (lambda s: history.events_where_looked(s, "P-AAAAAA", {LookResult.LISTED}),
     "request_person_id"),
    (people.any_at_risk, "person_at_risk"),
    (lambda s: calendar.ended_since(s, samples.NOW, limit=5), "follow_up_ended"),
    (lambda s: sweeping.crowded(s, says=["It"], after="", among=5), "follow_up_request_id"),
    (lambda s: due.count(s, WEEK, kinds={FollowUpKind.RECHECK}), "follow_up_kind"),
    (lambda s: due.page(s, WEEK, most=5, kinds={FollowUpKind.RECHECK}), "follow_up_kind"),
    (lambda s: due.page(s, WEEK, most=5, kinds={FollowUpKind.RECHECK, FollowUpKind.ESCALATE}),
     "follow_up_state"),
    (lambda s: due.page(s, WEEK, most=5, kinds={FollowUpKind.RECHECK}, person_id="P-AAAAAA"),
     "follow_up_person_id"),
])
def test_the_index_is_the_one_that_leaves_the_fewest(
    session: Session, steps: list[str], read: Callable[[Session], object], index: str,
) -> None:
    read(session)
    indexed = [step for step in steps if " USING " in step and "ix_" in step]
    assert indexed
    for step in indexed:
        assert f"ix_{index}" in step, steps
