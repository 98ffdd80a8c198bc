"""What a week cost that went into looks and steps without a letter."""

from __future__ import annotations

from datetime import date, timedelta

from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.wanted import Choice
from optout.domain.words import ChoiceKind
from optout.planning.hygiene import steps_for
from optout.planning.minutes import LOOK
from optout.web.plan_progress import DONE, minutes_by_hand
from tests.planning.builders import AVERY, broker

WEDNESDAY = date(2026, 11, 25)
MONDAY, SUNDAY = WEDNESDAY - timedelta(days=2), WEDNESDAY - timedelta(days=3)
FEEDS = broker("app-location-feeds", category="location")
(PHONE,) = steps_for(AVERY, {FEEDS.id: FEEDS}, WEDNESDAY, wanted=[FEEDS.id])


def look(day: date) -> Look:
    return Look(AVERY.id, "finder", LookResult.NOT_FOUND, day, "owner")


def left_out(day: date, reason: str) -> dict[str, Choice]:
    return {FEEDS.id: Choice(FEEDS.id, ChoiceKind.SKIP, day, "owner", reason=reason)}


def test_the_looks_of_this_week_count_and_no_others() -> None:
    looks = [look(SUNDAY), look(MONDAY), look(WEDNESDAY), look(WEDNESDAY + timedelta(days=1))]
    assert minutes_by_hand(looks, {}, (), WEDNESDAY) == 2 * LOOK.minutes


def test_a_step_counts_in_the_week_in_which_it_was_done() -> None:
    assert minutes_by_hand((), left_out(MONDAY, DONE), (PHONE,), WEDNESDAY) == PHONE.minutes
    assert minutes_by_hand((), left_out(SUNDAY, DONE), (PHONE,), WEDNESDAY) == 0
    assert minutes_by_hand((), left_out(MONDAY, "my own wish"), (PHONE,), WEDNESDAY) == 0
