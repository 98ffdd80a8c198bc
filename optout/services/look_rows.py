"""A look among the person's looks, with what this data folder learns from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optout.domain.look import Look
from optout.domain.outcome_words import LookResult, NoLook
from optout.lifecycle.watch import came_back_after
from optout.services import returns
from optout.store import exposures, looks, watches

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def keep_look(session: Session, look: Look) -> Look:
    """Store a look within the caller's transaction; if it saw a return, that is remembered."""
    kept = looks.add(session, look)
    returns.remember(session, kept.broker_id, _came_back(session, kept))
    return kept


def correct_look(session: Session, look: Look) -> None:
    """Write another result over that of a stored look, and unlearn or learn what follows."""
    returns.forget(session, look.broker_id, _came_back(session, looks.get(session, look.id)))
    looks.correct(session, look)
    returns.remember(session, look.broker_id, _came_back(session, look))


def leave_open(session: Session, look_id: str) -> None:
    """Take back what a look is said to have shown: it was made, and what it showed is not known."""
    correct_look(session, replace(looks.get(session, look_id), result=LookResult.COULD_NOT_LOOK,
                                  reason=NoLook.UNSURE))


def _came_back(session: Session, look: Look) -> int | None:
    """Days after which a look saw a listing again; None where it is not the newest, or did not."""
    there = looks.of_person(session, look.person_id, look.broker_id)
    if there[-1].id != look.id:
        return None
    return came_back_after(
        there, exposures.of_person(session, look.person_id, look.broker_id),
        asked=bool(watches.requests_at(session, look.person_id, look.broker_id)))
