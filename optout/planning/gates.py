"""Safety gates: which questions an act or a page raises, and which of them are answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker
from optout.domain.gate import Gate, GateAnswer, GatePlace
from optout.domain.person import Person
from optout.domain.words import GateLevel, Role
from optout.planning.gate_act import Act
from optout.planning.gate_book import PAGES, GateBook, GateRule

__all__ = ["DRAFTS", "Act", "GateBook", "GateRule", "drafts_are_on", "gates_at", "gates_for"]

DRAFTS = "government-drafts"
"""The question that must be answered with yes before a draft to a public agency is made."""

_STRONGEST_FIRST = list(GateLevel)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page about a person, and about a broker if it is one's."""

    person: Person
    broker: Broker | None
    day: date


def _is_accepted(answers: Collection[GateAnswer], gate: str, scope: str) -> bool:
    """Whether the answer that counts is a yes: the newest, of one day the last in the order."""
    fitting = sorted((a for a in answers if (a.gate, a.scope) == (gate, scope)),
                     key=lambda answer: answer.answered_on)
    return bool(fitting) and fitting[-1].accepted


def drafts_are_on(answers: Collection[GateAnswer]) -> bool:
    """Whether drafts to public agencies are switched on for the person who answered."""
    return _is_accepted(answers, DRAFTS, "")


def place_of(act: Act, answers: Collection[GateAnswer] = ()) -> GatePlace:
    """What an act is to the rules.

    An act against a public agency's system is a draft only where drafts are switched on; else it
    is a request, and no request is ever made to one.
    """
    if act.looking:
        return GatePlace.LOOK
    if act.broker.role is Role.GOVERNMENT_SYSTEM:
        return GatePlace.GOVERNMENT_DRAFT if drafts_are_on(answers) else GatePlace.REQUEST
    return GatePlace.PLATFORM if act.broker.role is Role.PLATFORM else GatePlace.REQUEST


def gates_for(act: Act, answers: Collection[GateAnswer], book: GateBook) -> tuple[Gate, ...]:
    """The gates that apply to an act, strongest first.

    An answer clears a `CONFIRM` of its own scope. It never clears a `BLOCK`, which opens only
    when its cause is gone; `WARN` and `INFORM` hold nothing back.
    """
    levels = ((rule, rule.level_in(act)) for rule in book.at(place_of(act, answers)))
    return _strongest_first(
        _gate(rule, level, act.broker.id, answers) for rule, level in levels if level is not None)


def gates_at(
    place: GatePlace, person: Person, book: GateBook, *, day: date,
    broker: Broker | None = None, answers: Collection[GateAnswer] = (), scope: str = "",
) -> tuple[Gate, ...]:
    """The gates to show on a page, or before a file is handed on, strongest first.

    Args:
        place: one of `PAGES`.
        person: whose page it is, as `careful_person` gives them.
        book: the rules.
        day: decides which addresses hold.
        broker: whose page it is, where it is one's.
        answers: what the person answered.
        scope: what an answer counts for, where that is something smaller than the broker.

    Raises:
        ValueError: for a place that is an act; ask `gates_for` there.
    """
    if place not in PAGES:
        raise ValueError(f"{place} is no page")
    page = _Page(person, broker, day)
    levels = ((rule, rule.level_on(page)) for rule in book.at(place))
    return _strongest_first(
        _gate(rule, level, scope or (broker.id if broker else ""), answers)
        for rule, level in levels if level is not None)


def _strongest_first(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    return tuple(sorted(gates, key=lambda gate: _STRONGEST_FIRST.index(gate.level)))


def _gate(
    rule: GateRule, level: GateLevel, broker_id: str, answers: Collection[GateAnswer],
) -> Gate:
    scope = broker_id if rule.per_broker else ""
    return Gate(
        id=rule.id, level=level, question=rule.question, explanation=rule.explanation, scope=scope,
        remedy=rule.remedy if level is GateLevel.BLOCK else "",
        answered=level is GateLevel.CONFIRM and _is_accepted(answers, rule.id, scope))
