"""The plan that a person last saw, kept in ids and words; and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.plan import Plan
from optout.domain.words import Standing
from optout.planning.changes import Change, Memory, changes, memory_of
from optout.services.desk import Desk
from optout.store import audit, memory, people, requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORM = 1
"""The form of what is kept; a plan that was kept in another one is as good as forgotten."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a plan.

    Args:
        since: the day of that plan.
    """

    since: date
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    form: int
    memory: Memory


def remember(desk: Desk, person_id: str, plan: Plan, *, actor: str) -> None:
    """Keep a plan as the one that the person last saw.

    Raises:
        NotFound: when no such person is stored.
    """
    import msgspec

    kept = memory.Kept(
        plan.day, msgspec.json.encode(_Kept(FORM, memory_of(plan))).decode())
    with desk.store.writing() as session:
        people.get(session, person_id)
        if memory.get(session, person_id) != kept:
            memory.put(session, person_id, kept)
            audit.write(session, actor, "remember_plan", person_id, desk.clock.now())


def since_last(desk: Desk, person_id: str, plan: Plan) -> Changes | None:
    """What changed since the plan that is kept; None where none is, or none that can be read.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        kept = memory.get(session, person_id)
        standings = _standings(session, person_id)
    before = _read(kept.content) if kept is not None else None
    if before is None:
        return None
    names = {broker.id: broker.name for broker in desk.registry.all()}
    return Changes(before.made_on, changes(before, plan, standings=standings, names=names))


def _read(content: str) -> Memory | None:
    import msgspec

    try:
        kept = msgspec.json.decode(content, type=_Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return kept.memory if kept.form == FORM else None


def _standings(session: Session, person_id: str) -> dict[str, Standing]:
    """By broker, where the newest request that serves it stands."""
    return {broker: standing
            for asked, covers, standing in requests.standing_of(session, person_id)
            if standing is not Standing.WITHDRAWN for broker in (*covers, asked)}
