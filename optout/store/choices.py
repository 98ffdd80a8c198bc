"""What people chose about single brokers of their plan: the newest choice for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.domain.wanted import Choice
from optout.store.models import PlanChoiceRow
from optout.store.rows import changed

_TABLE = cast("sa.Table", PlanChoiceRow.__table__)


def put(session: Session, person_id: str, choice: Choice) -> None:
    """Keep a choice in the place of an earlier one about the same broker."""
    values = {"kind": choice.kind, "reason": choice.reason, "until": choice.until,
              "chosen_on": choice.chosen_on, "actor_id": choice.actor}
    session.execute(
        insert(_TABLE).values(person_id=person_id, broker_id=choice.broker_id, **values)
        .on_conflict_do_update(
            index_elements=[_TABLE.c.person_id, _TABLE.c.broker_id], set_=values))


def of_person(session: Session, person_id: str) -> Mapping[str, Choice]:
    """A person's choices by the broker's id."""
    rows = session.execute(sa.select(_TABLE).where(_TABLE.c.person_id == person_id)
                           .order_by(_TABLE.c.broker_id))
    return {row.broker_id: Choice(row.broker_id, row.kind, row.chosen_on, row.actor_id,
                                  row.reason, row.until)
            for row in rows}


def remove(session: Session, person_id: str, broker_ids: Iterable[str]) -> int:
    """Take choices back.

    Returns:
        How many there were.
    """
    return changed(session, sa.delete(_TABLE).where(
        _TABLE.c.person_id == person_id, _TABLE.c.broker_id.in_(tuple(broker_ids))))
