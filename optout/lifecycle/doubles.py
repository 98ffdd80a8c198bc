"""Open tasks that say what an earlier one says: none is made, but old data may hold some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optout.domain.request import FollowUp
from optout.domain.words import FollowUpKind
from optout.lifecycle.look_tasks import NEXT_STEPS

MAY_REPEAT = frozenset({FollowUpKind.OWN_REMINDER, FollowUpKind.AUTHORIZATION_EXPIRING})
"""Kinds of which several on one day are several things."""


def of_a_look(task: FollowUp) -> bool:
    """Whether a task is the next step after a listing was seen."""
    return task.kind is FollowUpKind.ESCALATE and task.why.startswith(NEXT_STEPS)


def doubles(open_ones: Sequence[FollowUp]) -> tuple[FollowUp, ...]:
    """Those of a request's open tasks that are one too many; the earliest of them is never one.

    Two of one kind on one day are one task, and there is one next step after a listing was seen,
    on however many days it was. The law's own days are left alone, however many there are.

    Args:
        open_ones: all open tasks of one request.
    """
    seen: set[tuple[FollowUpKind, date | None]] = set()
    found: list[FollowUp] = []
    for task in sorted(open_ones, key=lambda task: (task.due_on, task.number)):
        if task.kind in MAY_REPEAT:
            continue
        says = {(task.kind, task.due_on)} | ({(task.kind, None)} if of_a_look(task) else set())
        if says & seen:
            found.append(task)
        seen |= says
    return tuple(found)
