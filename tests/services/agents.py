"""What a helper answers before they may ask for somebody else."""

from __future__ import annotations

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.services import plans
from optout.services.desk import Desk


def let_agent_ask(desk: Desk, person: Person, broker: str) -> None:
    """Say yes to both questions about a helper: they may act, and this broker may know it."""
    for gate, scope in (("consent-and-authority", ""), ("agent-identity-discloses", broker)):
        plans.answer_gate(desk, person.id, gate, scope=scope, accepted=True, actor=OWNER)
