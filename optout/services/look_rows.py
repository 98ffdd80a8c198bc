"""A look among the person's looks, with what this data folder learns from it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.lifecycle.watch import came_back_days
from optout.services import returns
from optout.store import exposures, looks, watches

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def keep_look(session: Session, look: Look) -> Look:
    """Store a look within the caller's transaction; if it saw a return, that is remembered."""
    with _learning(session, look):
        return looks.add(session, look)


def correct_look(session: Session, look: Look) -> None:
    """Write another result over that of a stored look, and unlearn or learn what follows."""
    with _learning(session, look):
        looks.correct(session, look)


def leave_open(session: Session, look_id: str) -> None:
    """Take back what a look is said to have shown: it was made, and what it showed is not known."""
    correct_look(session, replace(looks.get(session, look_id), result=LookResult.COULD_NOT_LOOK,
                                  reason=None))


@contextlib.contextmanager
def _learning(session: Session, look: Look) -> Iterator[None]:
    """Unlearn and learn whatever a change of the looks at a place makes of its returns.

    Not of the newest look alone: what an older one showed may be taken back, and then a later one
    may be the first that saw the return.
    """
    before = _returns(session, look)
    yield
    after = _returns(session, look)
    for days in (before - after).elements():
        returns.forget(session, look.broker_id, days)
    for days in (after - before).elements():
        returns.remember(session, look.broker_id, days)


def _returns(session: Session, look: Look) -> Counter[int]:
    """The days after which listings came back at the place of a look, as its looks stand."""
    place = look.person_id, look.broker_id
    return Counter(came_back_days(
        looks.of_person(session, *place), exposures.of_person(session, *place),
        asked_on=watches.asked_on(session, *place)))
