"""What is searched and what is stored: each word that is missing or left over is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.words import FollowUpKind
from optout.store import followups, keeping, requests
from tests.store import samples
from tests.store.conftest import Furnished

OWN = "INSERT INTO note_text (kind, source, person_id, request_id, broker_id, words) VALUES "


@pytest.fixture
def told(furnished: Furnished) -> Callable[[str], tuple[list[str], list[str]]]:
    """What is told of everything, and of the one request, after a statement."""
    task = replace(samples.follow_up(furnished.request_id), kind=FollowUpKind.OWN_REMINDER)
    with furnished.store.writing() as session:
        followups.add(session, task, at=samples.NOW)
        request = requests.get(session, furnished.request_id)
        requests.update(session, replace(request, claim_words="Gone, they say."))
        assert _both(session, furnished.request_id) == ([], [])

    def broken(statement: str) -> tuple[list[str], list[str]]:
        with furnished.store.writing() as session:
            session.execute(sa.text(statement), {
                "person": furnished.person_id, "request": furnished.request_id})
            return _both(session, furnished.request_id)

    return broken


def _both(session: Session, request_id: str) -> tuple[list[str], list[str]]:
    return (list(keeping.unsearched(session)),
            list(keeping.unsearched_of(session, [request_id])))


Told = Callable[[str], tuple[list[str], list[str]]]


@pytest.mark.parametrize(("statement", "kind"), [
    ("DELETE FROM note_text WHERE kind = 'claim'", "claim"),
    ("UPDATE note_text SET words = 'other' WHERE kind = 'task'", "task"),
])
def test_words_that_are_missing_or_others_are_told(told: Told, statement: str, kind: str) -> None:
    everything, of_one = told(statement)
    assert everything == of_one
    assert [what.split()[0] for what in everything] == [kind]


def test_words_that_belong_to_nothing_are_told(told: Told) -> None:
    assert told(f"{OWN} ('note', 'R:9', :person, :request, '', 'left over')") == (
        ["a note that is gone"], ["a note that is gone"])


@pytest.mark.parametrize(("statement", "what"), [
    ("DELETE FROM person_text WHERE source = 'name:0'", "name:0 of {}"),
    ("UPDATE person_text SET words = 'x' WHERE source = 'name:0'", "name:0 of {}"),
    ("INSERT INTO person_text (person_id, source, words) VALUES (:person, 'name:9', 'x')",
     "a name or an address that is gone"),
])
def test_names_that_are_missing_others_or_left_over_are_told(
    told: Told, furnished: Furnished, statement: str, what: str,
) -> None:
    assert told(statement) == ([what.format(furnished.person_id)], [])


def test_an_index_that_lost_its_words_is_told_and_no_other(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        assert keeping.broken_indexes(session) == ()
        session.execute(sa.text("INSERT INTO person_search(person_search) VALUES ('delete-all')"))
        assert keeping.broken_indexes(session) == ("person_search",)


def test_a_disk_that_cannot_be_read_says_nothing_of_the_words(
    furnished: Furnished, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise sa.exc.OperationalError("INSERT", {}, Exception("disk I/O error"))

    with furnished.store.reading() as session:
        monkeypatch.setattr(session, "execute", fails)
        with pytest.raises(sa.exc.OperationalError):
            keeping.broken_indexes(session)
