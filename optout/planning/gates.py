"""Safety gates: which questions an act raises, and which of them are answered."""

from __future__ import annotations

from collections.abc import Collection

from optout.domain.gate import Gate, GateAnswer
from optout.domain.words import GateLevel
from optout.planning.gate_rules import GATES, Act, GateRule

__all__ = ["GATES", "Act", "GateRule", "gates_for"]


def _is_accepted(answers: Collection[GateAnswer], gate: str, scope: str) -> bool:
    """Whether the answer that counts is a yes: the newest, of one day the last in the order."""
    fitting = sorted((a for a in answers if (a.gate, a.scope) == (gate, scope)),
                     key=lambda answer: answer.answered_on)
    return bool(fitting) and fitting[-1].accepted


def gates_for(act: Act, answers: Collection[GateAnswer] = ()) -> tuple[Gate, ...]:
    """The gates that apply to an act, strongest first.

    An answer clears a `CONFIRM` of its own scope. It never clears a `BLOCK`, which opens only
    when its cause is gone; `WARN` and `INFORM` hold nothing back.
    """
    found: list[Gate] = []
    for rule in GATES:
        level = rule.level_for(act.person)
        if level is None or not rule.applies(act):
            continue
        scope = act.broker.id if rule.per_broker else ""
        blocks = level is GateLevel.BLOCK
        found.append(Gate(
            id=rule.id, level=level, question=rule.question, explanation=rule.explanation,
            scope=scope, remedy=rule.remedy if blocks else "",
            answered=not blocks and _is_accepted(answers, rule.id, scope)))
    return tuple(sorted(found, key=lambda gate: list(GateLevel).index(gate.level)))
