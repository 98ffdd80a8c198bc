"""The order of a plan: by harm, then by what helps most for the least, each step with its why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.words import ActionKind, Fact
from optout.planning.considerations import PRIORITIES, WITHIN
from optout.planning.stages import FIRST, LAST, STAGES, Asker, Stage, own_hand_why, reach

LOOKS_IN_A_ROW = 3
"""After so many looks comes a step that takes something away, where one is left.

A look hides nothing by itself. An hour of looks alone would be an hour without a result.
"""

_MANY = 5


def is_weighty(action: Action) -> bool:
    """Whether a step belongs to the few that bring most of the gain.

    An expert does not finish a hundred small sites before the one firm that feeds them.
    """
    return (action.broker.priority in PRIORITIES or reach(action) >= _MANY
            or action.kind is ActionKind.HYGIENE)


def _place(action: Action, who: Asker) -> tuple[int, int, Stage]:
    """The turn of a step, its place in that turn, and the stage that says so."""
    parts = ((0, FIRST), (3, LAST), (1 if is_weighty(action) else 2, STAGES))
    return next((turn, place, stage) for turn, part in parts
                for place, stage in enumerate(part) if stage.holds(action, who))


def _why_here(action: Action, stage: Stage) -> str:
    by_hand = action.kind is ActionKind.HYGIENE and stage not in FIRST
    first = own_hand_why(action) if by_hand else stage.why(action)
    more = [words for words in (c.why(action) for c in WITHIN) if words and words != first]
    joined = 0 if ", " in first else 1  # a sentence holds one “and”, and two sentences are enough
    texts = (", and ".join((first, *more[:joined])), *more[joined:joined + 1])
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in texts)


def _spread(actions: Iterable[Action]) -> list[Action]:
    """Looks with steps between them that take something away; else the order is kept."""
    left, placed, row = list(actions), list[Action](), 0
    while left:
        place = 0
        if row >= LOOKS_IN_A_ROW:
            place = next((i for i, a in enumerate(left) if a.kind is not ActionKind.LOOK), 0)
        action = left.pop(place)
        row = row + 1 if action.kind is ActionKind.LOOK else 0
        placed.append(action)
    return placed


def _looks_before(actions: Sequence[Action]) -> list[Action]:
    """Each look before the requests that wait for the link which it may find."""
    looks = [a for a in actions if a.kind is ActionKind.LOOK]
    placed: list[Action] = []
    for action in actions:
        if action.kind is ActionKind.LOOK:
            first = [look for look in looks if look is action]
        else:
            waits = any(lack.fact is Fact.LISTING_URL for lack in action.missing)
            where = action.covers if waits else (action.broker.id,)
            first = [look for look in looks if look.broker.id in where]
        looks = [look for look in looks if all(look is not one for one in first)]
        placed += first if action.kind is ActionKind.LOOK else (*first, action)
    return placed


def in_order(actions: Sequence[Action], person: Person, day: date) -> tuple[Action, ...]:
    """The steps in the order of an expert friend, each with its `why_here`.

    Same steps in, same order out, however they came in. A platform comes first; before it only
    the address programme of a person at risk.

    Args:
        actions: in any order.
        person: for whom.
        day: decides which addresses hold.
    """
    who = Asker(person, day)
    placed = [(_place(action, who), action) for action in actions]
    placed.sort(key=lambda item: (
        item[0][:2], tuple(c.rank(item[1], who) for c in WITHIN), item[1].broker.id,
        item[1].kind, item[1].channel, item[1].covers))
    ordered = [action for _, part in groupby(placed, key=lambda item: item[0][:2])
               for action in _spread(replace(action, why_here=_why_here(action, place[2]))
                                     for place, action in part)]
    return tuple(_looks_before(ordered))
