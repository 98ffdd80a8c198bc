"""When a place without a request is looked at again, and what looks alone have shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult, NoLook
from optout.lifecycle.look_tasks import next_look_days
from optout.lifecycle.situation import Expectation
from optout.lifecycle.watch import Watch, came_back_after, clean_days, seen_gone, watch_of
from tests.lifecycle.builders import DAY

THERE, AWAY, UNSEEN = LookResult.LISTED, LookResult.NOT_FOUND, LookResult.COULD_NOT_LOOK
USUAL = Expectation()


def looks(*seen: tuple[int, LookResult]) -> tuple[Look, ...]:
    return tuple(Look("P-1", "sample", result, DAY + timedelta(days), "owner", f"K-{days}")
                 for days, result in seen)


def listed(*days: int) -> tuple[Exposure, ...]:
    return tuple(Exposure("P-1", "sample", f"https://sample.example/{days}",
                          DAY + timedelta(days), id=f"X-{days}") for days in days)


def due(watch: Watch | None) -> tuple[str, int] | None:
    return None if watch is None else (watch.cause, (watch.due_on - DAY).days)


@pytest.mark.parametrize(("seen", "known", "expected"), [
    ((), (), None),
    ((), (0, 5), ("X-5", 19)),
    (((3, THERE),), (3,), ("K-3", 17)),
    (((3, AWAY),), (5,), ("X-5", 19)),
    (((3, UNSEEN),), (), ("K-3", 6)),
    (((0, UNSEEN), (3, UNSEEN), (3, UNSEEN)), (), ("K-3", 10)),
    (((0, UNSEEN), (3, UNSEEN), (10, UNSEEN)), (0,), ("K-10", 24)),
    (tuple((day, UNSEEN) for day in (0, 3, 10, 24, 52)), (), ("K-52", 80)),
    (((0, UNSEEN), (3, THERE), (10, UNSEEN)), (), ("K-10", 13)),
    (((3, AWAY),), (), ("K-3", 93)),
    (((0, AWAY), (3, AWAY)), (), ("K-3", 93)),
    (((5, AWAY),), (5,), ("K-5", 19)),
    (((5, AWAY), (10, UNSEEN), (20, AWAY)), (0,), ("K-20", 65)),
    (((0, THERE), (5, AWAY), (20, AWAY), (60, AWAY)), (), ("K-60", 150)),
    (((0, THERE), (5, AWAY), (20, THERE), (30, AWAY)), (), ("K-30", 44)),
])
def test_the_newest_thing_known_calls_for_the_next_look(
    seen: tuple[tuple[int, LookResult], ...], known: tuple[int, ...],
    expected: tuple[str, int] | None,
) -> None:
    assert due(watch_of(looks(*seen), listed(*known), USUAL)) == expected


@pytest.mark.parametrize(("expectation", "clean", "days"), [
    (Expectation(), 0, 14), (Expectation(), 1, 45), (Expectation(), 9, 90),
    (Expectation(at_risk=True), 9, 30), (Expectation(recheck_days=60), 0, 60),
    (Expectation(recheck_days=60, at_risk=True), 0, 30),
    (Expectation(came_back_days=40), 2, 20), (Expectation(came_back_days=40), 0, 14),
    (Expectation(came_back_days=9), 2, 7), (Expectation(came_back_days=400), 2, 90),
    (Expectation(came_back_days=100, at_risk=True), 2, 30),
    (Expectation(came_back_days=31, recheck_days=60), 0, 15),
    (Expectation(came_back_days=8, recheck_days=5), 0, 5),
])
def test_the_wait_learns_from_returns_and_never_grows_by_them(
    expectation: Expectation, clean: int, days: int,
) -> None:
    assert next_look_days(expectation, clean) == days


def test_one_look_never_confirms_and_a_look_that_failed_says_nothing() -> None:
    assert not seen_gone(())
    assert not seen_gone(looks((0, AWAY)))
    assert not seen_gone(looks((0, AWAY), (6, AWAY)))
    assert not seen_gone(looks((0, AWAY), (7, UNSEEN)))
    assert not seen_gone(looks((0, AWAY), (5, THERE), (7, AWAY)))
    assert not seen_gone(looks((0, AWAY), (7, AWAY)), listed(3))
    assert seen_gone(looks((0, AWAY), (3, UNSEEN), (7, AWAY)), listed(0))
    assert clean_days(looks((0, AWAY), (7, AWAY)), listed(3)) == (DAY + timedelta(7),)


@pytest.mark.parametrize(("seen", "known", "asked", "days"), [
    ((), (), False, None),
    (((0, THERE), (5, AWAY)), (), False, None),
    (((0, THERE), (5, AWAY), (40, THERE)), (), False, 35),
    (((5, AWAY), (40, THERE)), (0, 40), False, 35),
    (((5, AWAY), (40, THERE)), (40,), False, None),
    (((5, AWAY), (40, THERE)), (), True, 35),
    (((0, THERE), (5, AWAY), (9, THERE)), (), False, None),
    (((0, THERE), (5, UNSEEN), (40, THERE)), (), True, None),
    (((0, THERE), (5, AWAY), (20, AWAY), (30, UNSEEN), (40, THERE)), (), False, 35),
])
def test_a_return_counts_from_the_first_clean_look(
    seen: tuple[tuple[int, LookResult], ...], known: tuple[int, ...], days: int | None, *,
    asked: bool,
) -> None:
    assert came_back_after(looks(*seen), listed(*known), asked=asked) == days


def test_of_a_look_that_was_taken_back_nothing_is_said_that_was_not_seen() -> None:
    (taken_back,) = looks((3, UNSEEN))
    blocked = replace(taken_back, reason=NoLook.BLOCKED)
    said = [watch.why if (watch := watch_of((one,), (), USUAL)) else "" for one in (
        taken_back, blocked)]
    assert "is not written down" in said[0]
    assert "could not tell" in said[1]
