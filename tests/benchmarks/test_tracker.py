"""The bench of the tracker, tiny: what it fills agrees with itself, and every page answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks import tracker, tracker_steps
from benchmarks.timing import Spread
from benchmarks.tracker_fill import TODAY, Size, reference
from optout.services import consistency

SIZE = Size(people=2, due=4, per_person=12)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tracker.Place]:
    with tracker.filled(tmp_path_factory.mktemp("bench"), SIZE, lives=3) as place:
        yield place


def test_what_is_filled_agrees_with_its_histories(place: tracker.Place) -> None:
    assert list(consistency.problems(place.desk)) == []


def test_it_holds_what_was_wanted(place: tracker.Place) -> None:
    with place.desk.store.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM request")) >= SIZE.requests
        assert session.scalar(sa.text(
            "SELECT count(*) FROM follow_up WHERE state IN ('waiting', 'raised') "
            "AND show_on <= :day"), {"day": TODAY.isoformat()}) == SIZE.due


def test_every_page_answers(place: tracker.Place) -> None:
    for act in tracker.acts(place).values():
        act()


def test_the_work_for_every_page_is_counted_and_what_grows_is_marked(
    place: tracker.Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    steps = tracker_steps.steps_of(place)
    assert {"/due", "/board", f"/requests/{place.request_id}"} <= steps.keys()
    assert steps["/due"] > 0
    monkeypatch.setattr(tracker_steps, "steps_of", lambda of: {
        "/due": 900_000 if of is place else 300_000, "/board": 100_000})
    tracker_steps.compare(replace(place), place, promise=1.5)
    head, line = capsys.readouterr().out.splitlines()
    assert "2 pages: 1 grow" in head
    assert line == "    /due: 300,000 -> 900,000  MORE THAN PROMISED"


def test_the_sweep_raises_what_is_due_again_and_again(place: tracker.Place) -> None:
    for _ in range(2):
        place.wait_again()
        place.sweep()


def test_the_due_query_finds_the_same_in_a_plain_copy(
    place: tracker.Place, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    tracker.against_plain(place, SIZE, tmp_path / "plain.db")
    assert "times the floor" in capsys.readouterr().out


def test_what_grows_more_than_promised_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    for slower in (14.9, 15.1):
        tracker._print("a page", Spread((9.0, 10.0, 80.0)), Spread((9.0, slower, 80.0)))
    kept, broken = capsys.readouterr().out.splitlines()
    assert "x  1.49" in kept
    assert "MORE" not in kept
    assert broken.endswith("MORE THAN PROMISED")


def test_references_run_on() -> None:
    assert [reference(number) for number in (0, 1, 27)] == ["OPT-222222", "OPT-222223",
                                                           "OPT-222232"]
