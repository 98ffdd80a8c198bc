"""Who acts here."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.actor import Actor
from optout.domain.errors import NotFound
from optout.store.models import ActorRow


def save(session: Session, actor: Actor) -> None:
    """Store an actor, new or known."""
    statement = insert(ActorRow).values(asdict(actor))
    session.execute(statement.on_conflict_do_update(
        index_elements=[ActorRow.id],
        set_={"kind": statement.excluded.kind, "name": statement.excluded.name}))


def get(session: Session, actor_id: str) -> Actor:
    """One actor.

    Raises:
        NotFound: when there is none of that id.
    """
    found = [actor for actor in every(session) if actor.id == actor_id]
    if not found:
        raise NotFound("There is no such actor.")
    return found[0]


def every(session: Session) -> tuple[Actor, ...]:
    """All actors, by id."""
    rows = session.execute(sa.select(ActorRow.__table__).order_by(ActorRow.id))
    return tuple(Actor(row.id, row.kind, row.name) for row in rows)
