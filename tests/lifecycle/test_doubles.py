"""Which open tasks of a request say what an earlier one says."""

from __future__ import annotations

from datetime import date

from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind, FollowUpState
from optout.lifecycle.doubles import doubles, of_a_look
from optout.lifecycle.look_tasks import NEXT_STEPS

K = FollowUpKind


def task(number: int, day: int, kind: FollowUpKind = K.ESCALATE, why: str = "Late.") -> FollowUp:
    return FollowUp(id=f"F-{number}", request_id="OPT-7K3M9Q", kind=kind, key=f"k{number}",
                    due_on=date(2026, 11, day), state=FollowUpState.WAITING, why=why,
                    number=number)


def test_one_next_step_after_looks_is_kept_and_every_day_of_the_law() -> None:
    seen = [task(4, 6, why=NEXT_STEPS[2]), task(3, 5, why=NEXT_STEPS[0]),
            task(5, 7, why=f"{NEXT_STEPS[1]} This day was another one before.")]
    law = [task(1, 4), task(2, 20), task(6, 20, K.RESPOND_DUE), task(7, 28, K.RESPOND_DUE)]
    assert doubles([*seen, *law]) == (seen[0], seen[2])
    assert doubles(law) == ()
    assert not of_a_look(task(8, 1, K.RECHECK, NEXT_STEPS[0]))


def test_two_of_a_kind_on_one_day_are_one_unless_they_are_the_persons_own() -> None:
    twins = [task(1, 4), task(2, 4), task(3, 4, K.RECHECK)]
    own = [task(number, 4, K.OWN_REMINDER) for number in (4, 5)]
    assert doubles([*twins, *own]) == (twins[1],)
