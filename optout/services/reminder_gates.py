"""The safety questions of reminders: asked while somebody here is at risk, settled by a yes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.discretion import Medium
from optout.domain.errors import GateClosed
from optout.domain.gate import Gate, GateAnswer, GatePlace
from optout.domain.person import Person, PersonName
from optout.domain.places import Residence
from optout.planning.gates import gates_at
from optout.services.desk import Desk
from optout.services.people import AT_RISK
from optout.store import meta, people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SOMEBODY_AT_RISK = Person(
    names=(PersonName("Nobody", "Yet"),), residences=(Residence("DE"),), at_risk=True)
"""Stands for everyone whom the reminders of a data folder may give away."""


def someone_at_risk(session: Session) -> bool:
    """Whether the owner of this data folder or anyone in it must be careful."""
    return meta.get(session, AT_RISK) == "yes" or people.any_at_risk(session)


def asked_at_risk(
    desk: Desk, gate_id: str, medium: Medium, *, day: date, answers: Collection[GateAnswer],
) -> Gate:
    """One question, as it stands where somebody is at risk.

    Args:
        desk: the opened data.
        gate_id: which question.
        medium: where the reminders appear; an answer counts for one medium.
        day: decides which addresses hold.
        answers: what was answered before.
    """
    gates = gates_at(GatePlace.REMINDER, _SOMEBODY_AT_RISK, desk.gates, day=day, scope=medium,
                     answers=answers)
    return next(gate for gate in gates if gate.id == gate_id)


def require_yes(gate: Gate | None) -> None:
    """Go on only where nothing is asked, or where it was answered with yes.

    Raises:
        GateClosed: naming the question.
    """
    if gate is not None and gate.holds:
        raise GateClosed(
            f"A safety question must be settled first: {gate.question}", gates=(gate.id,),
            remedy=f"{gate.explanation} Say yes to “{gate.id}” only if that is safe.")
