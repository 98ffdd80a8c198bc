"""What changed since the last plan: one true sentence for each company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from optout.domain.plan import Action, MissingNeed, Plan, Uncovered
from optout.domain.words import ActionKind, Channel, Fact, Presence, Standing
from optout.planning.changes import Change, ChangeKind, changes, memory_of
from tests.planning.builders import DAY
from tests.planning.steps import HOLDS, NO_LINK, step

LOOK = {"kind": ActionKind.LOOK}
SEEN = {"presence": Presence.LISTED}


def made(*actions: Action, uncovered: Sequence[tuple[str, str]] = ()) -> Plan:
    return Plan("P-2A3C4D", DAY, actions, tuple(Uncovered(*one) for one in uncovered), 0)


def changed(before: Plan, now: Plan, **known: Any) -> list[Change]:
    return list(changes(memory_of(before), now, **known))


def only(before: Plan, now: Plan, **known: Any) -> Change:
    (change,) = changed(before, now, **known)
    return change


def test_the_same_plan_has_no_changes() -> None:
    plan = made(step("a"), step("b", changes={"gates": HOLDS}), step("c", kind=ActionKind.LOOK),
                uncovered=[("d", "It is gone.")])
    assert changed(plan, plan) == []


@pytest.mark.parametrize(("standing", "kind", "words"), [
    (Standing.DRAFT, ChangeKind.ASKED, "not left"),
    (Standing.READY, ChangeKind.ASKED, "not left"),
    (Standing.SENT, ChangeKind.ASKED, "you asked"),
    (Standing.ANSWERED, ChangeKind.ANSWERED, "it answered"),
    (Standing.CLOSED, ChangeKind.ANSWERED, "is closed"),
])
def test_a_step_whose_request_stands_is_done(
    standing: Standing, kind: ChangeKind, words: str,
) -> None:
    now = made(step("b"), uncovered=[("a", "A request to it is open already.")])
    change = only(made(step("a", 0), step("b")), now, standings={"a": standing},
                  names={"a": "Acme"})
    assert (change.kind, change.broker) == (kind, "a")
    assert change.text.startswith("Acme: ")
    assert words in change.text


def test_what_fell_away_says_why_today() -> None:
    before = made(step("a", 0), step("b", 0))
    first, second = changed(before, made(uncovered=[("a", "You looked and found nothing.")]))
    assert first == Change(ChangeKind.FELL_AWAY, "a", "a: You looked and found nothing.")
    assert second.kind is ChangeKind.FELL_AWAY
    assert "no longer" in second.text


def test_what_the_person_left_out_is_not_called_covered_by_a_platform() -> None:
    platform = step("p", serves=("a",))
    change = only(made(step("a", 0), platform), made(
        platform, uncovered=[("a", "You left it out.")]))
    assert change == Change(ChangeKind.FELL_AWAY, "a", "a: You left it out.")


def test_a_step_that_another_one_covers_went_another_way() -> None:
    before = made(step("a", 0), step("b"))
    change = only(before, made(step("b", serves=("a",))))
    assert (change.kind, change.broker) == (ChangeKind.OTHER_WAY, "a")
    assert "B covers it" in change.text
    back = only(made(step("b", serves=("a",))), before)
    assert (back.kind, back.broker) == (ChangeKind.OTHER_WAY, "a")


@pytest.mark.parametrize(("then", "now", "kind", "words"), [
    (None, step("a", 0), ChangeKind.NEW, "new"),
    (None, step("a", 0, changes=SEEN), ChangeKind.POSSIBLE, "saw a listing"),
    (step("a", 0, changes=LOOK), step("a", 0, changes=SEEN), ChangeKind.POSSIBLE, "saw a"),
    (step("a", 0, changes=LOOK), step("a", 0), ChangeKind.POSSIBLE, "can be asked"),
    (step("a", 0), step("a", 0, changes=LOOK), ChangeKind.OTHER_WAY, "look there before"),
    (step("a", 0, changes={"gates": HOLDS}), step("a", 0), ChangeKind.POSSIBLE, "question"),
    (step("a", 0, changes={"missing": NO_LINK}), step("a", 0), ChangeKind.POSSIBLE, "missing"),
    (step("a", 0), step("a", 0, changes={"gates": HOLDS}), ChangeKind.WAITS, "May they have it?"),
    (step("a", 0), step("a", 0, changes={"missing": NO_LINK}), ChangeKind.WAITS, "Look for your"),
    (step("a", 0), step("a", 0, channel=Channel.EMAIL), ChangeKind.OTHER_WAY,
     "now by e-mail, before by a form"),
])
def test_each_change_is_told_for_what_it_is(
    then: Action | None, now: Action, kind: ChangeKind, words: str,
) -> None:
    change = only(made(*[then] if then else []), made(now))
    assert (change.kind, change.broker) == (kind, "a")
    assert words in change.text
    assert change.text.startswith("A: ")


def test_what_could_not_be_covered_and_now_can_became_possible() -> None:
    change = only(made(uncovered=[("a", "You looked and found nothing.")]), made(step("a", 0)))
    assert (change.kind, change.broker) == (ChangeKind.POSSIBLE, "a")


def test_only_a_listing_moves_a_step_up() -> None:
    before = made(step("a"), step("b"), step("c"))
    seen = step("c", changes=SEEN)
    change = only(before, made(seen, step("a"), step("b")))
    assert (change.kind, change.broker) == (ChangeKind.MOVED_UP, "c")
    assert changed(before, made(step("c"), step("a"), step("b"))) == []
    assert changed(before, made(step("a"), step("b"), seen)) == []
    assert changed(made(step("a"), seen), made(seen, step("a"))) == []


def test_a_step_moves_up_only_among_those_that_are_still_there() -> None:
    before = made(step("gone", 0), step("a"), step("c"))
    now = made(step("a"), step("c", changes=SEEN))
    assert {change.kind for change in changed(before, now)} == {ChangeKind.FELL_AWAY}


def test_a_channel_of_looks_and_settings_is_no_other_way() -> None:
    look = step("a", kind=ActionKind.LOOK)
    assert changed(made(look), made(replace(look, channel=Channel.PHONE))) == []


def test_the_whole_time_is_compared_last() -> None:
    *_, more = changed(made(step("a", 5)), made(step("a", 5), step("b", 7)))
    assert (more.kind, more.broker) == (ChangeKind.MINUTES, "")
    assert "12 minutes, 7 more" in more.text
    *_, fewer = changed(made(step("a", 9)), made(step("a", 5)))
    assert "5 minutes, 4 fewer" in fewer.text


def test_what_was_reached_comes_first() -> None:
    before = made(step("a", 0), step("b", 0), step("c", 0))
    now = made(step("c", 0, changes={"gates": HOLDS}), step("d", 0),
               uncovered=[("a", "x"), ("b", "Left out.")])
    found = changed(before, now, standings={"a": Standing.SENT})
    assert [change.kind for change in found] == [
        ChangeKind.ASKED, ChangeKind.NEW, ChangeKind.WAITS, ChangeKind.FELL_AWAY]


def test_a_memory_holds_no_reason_and_no_note() -> None:
    secret = "My cousin works there."
    plan = made(step("a", changes={"note": secret, "missing": (
        MissingNeed(Fact.PHONE, secret),)}), uncovered=[("b", secret)])
    memory = memory_of(plan)
    assert secret not in repr(memory)
    assert memory.uncovered == ("b",)
    assert memory.steps[0].missing == (Fact.PHONE,)
    assert memory.minutes == plan.minutes


@pytest.mark.parametrize("before", [made(step("a", changes=LOOK)), made()])
def test_what_was_seen_but_still_waits_is_not_called_possible(before: Plan) -> None:
    held = next(c for c in changed(before, made(step("a", changes={"gates": HOLDS, **SEEN})))
                if c.broker == "a")
    assert held.kind is ChangeKind.WAITS
    assert "can be asked now" not in held.text
    free = next(c for c in changed(before, made(step("a", changes=SEEN))) if c.broker == "a")
    assert free.kind is ChangeKind.POSSIBLE
    assert free.text.endswith("you saw a listing there. It can be asked now.")
