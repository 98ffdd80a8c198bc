"""Answers to safety gates: each is kept, the latest counts."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.gate import GateAnswer
from optout.store.models import GateAnswerRow

_TABLE = cast("sa.Table", GateAnswerRow.__table__)


def record(session: Session, person_id: str, answer: GateAnswer) -> None:
    """Write down an answer."""
    session.execute(sa.insert(_TABLE).values(
        person_id=person_id, gate=answer.gate, scope=answer.scope, accepted=answer.accepted,
        answered_on=answer.answered_on, actor_id=answer.actor))


def answers(session: Session, person_id: str) -> tuple[GateAnswer, ...]:
    """The answer that counts for each gate and scope."""
    latest = sa.select(sa.func.max(_TABLE.c.id)).where(
        _TABLE.c.person_id == person_id).group_by(_TABLE.c.gate, _TABLE.c.scope)
    rows = session.execute(sa.select(_TABLE).where(_TABLE.c.id.in_(latest)).order_by(_TABLE.c.id))
    return tuple(
        GateAnswer(row.gate, row.scope, row.accepted, row.answered_on, row.actor_id)
        for row in rows)
