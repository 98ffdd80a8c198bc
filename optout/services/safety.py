"""The safeguards, held where things are done: no form, command or bulk action goes round them."""

from __future__ import annotations

from collections.abc import Iterable

from optout.domain.errors import GateClosed, MissingFact
from optout.domain.fact_words import FACT_WORDS
from optout.domain.gate import Gate, GatePlace
from optout.domain.person import Person, PersonName
from optout.domain.places import Residence
from optout.domain.plan import Action
from optout.domain.words import Channel
from optout.planning.gates import gates_at
from optout.planning.identity import reply_is_safe
from optout.services.desk import Desk
from optout.services.people import careful, careful_person
from optout.store import gates as stored_answers

SAFE_REPLY = "reply-identity-missing"
"""The gate that keeps a person at risk from showing their home or their own mailbox."""


_NEWCOMER = Person(names=(PersonName("Nobody", "Yet"),), residences=(Residence("DE"),))
"""Stands for somebody of whom nothing was entered; no word of it is shown."""


def require_may_go_on(person: Person, actions: Iterable[Action]) -> None:
    """Make sure that nothing is missing and that no safeguard holds any of the actions.

    Raises:
        GateClosed: naming the gates and the brokers.
        MissingFact: naming the facts and the brokers.
    """
    actions = tuple(actions)
    require_gates_open(actions)
    for action in actions:
        require_safe_reply(person, action.channel)
    lacking = [(need, action.broker.name) for action in actions for need in action.missing]
    if lacking:
        need, _ = lacking[0]
        facts = tuple(dict.fromkeys(need.fact for need, _ in lacking))
        brokers = ", ".join(dict.fromkeys(name for _, name in lacking))
        raise MissingFact(f"Missing for {brokers}: {', '.join(FACT_WORDS[f] for f in facts)}.",
                          names=tuple(fact.value for fact in facts), remedy=need.remedy)


def require_gates_open(actions: Iterable[Action]) -> None:
    """Make sure that no safety gate holds any of the actions.

    Raises:
        GateClosed: naming the gates and the brokers.
    """
    held = [(gate, action.broker.name) for action in actions for gate in action.gates
            if gate.holds]
    if not held:
        return
    gate, _ = held[0]
    brokers = ", ".join(dict.fromkeys(name for _, name in held))
    raise GateClosed(
        f"A safety question must be settled first ({brokers}): {gate.question}",
        gates=tuple(dict.fromkeys(gate.id for gate, _ in held)),
        remedy=gate.remedy or f"Read what it means, then answer the question “{gate.id}”.")


def require_settled(gates: Iterable[Gate]) -> None:
    """Make sure that none of these safety questions holds.

    Raises:
        GateClosed: naming the gates.
    """
    held = [gate for gate in gates if gate.holds]
    if held:
        raise GateClosed(
            f"A safety question must be settled first: {held[0].question}",
            gates=tuple(gate.id for gate in held),
            remedy=held[0].remedy
            or f"Read what it means, then answer the question “{held[0].id}”.")


def require_safe_reply(person: Person, channel: Channel) -> None:
    """Make sure that answers to a person at risk lead neither to their home nor to their mailbox.

    The plan has the same gate; this one holds also where no plan can be made.

    Raises:
        GateClosed: when the one that this channel shows is not set, or is not safe.
    """
    if person.at_risk and not reply_is_safe(person, channel):
        raise GateClosed(
            "Answers must not lead to this person’s home or own mailbox.", gates=(SAFE_REPLY,),
            remedy="Set a separate mailbox for answers (and for letters a PO box or a substitute "
                   "address) that nobody else can open.")


def gates_on_page(
    desk: Desk, place: GatePlace, person_id: str, *, broker_id: str = ""
) -> tuple[Gate, ...]:
    """The safety rules to show on a page about a person, strongest first.

    Args:
        desk: the opened data.
        place: `PERSON`, `PLAN` or `BROKER_PAGE`.
        person_id: whose page it is; "" for somebody who is yet to be entered.
        broker_id: whose page it is, where it is a broker's.

    Raises:
        NotFound: when the person or the broker is unknown.
    """
    broker = desk.registry.get(broker_id) if broker_id else None
    with desk.store.reading() as session:
        person = (careful_person(session, person_id) if person_id
                  else careful(session, _NEWCOMER))
        answers = stored_answers.answers(session, person_id)
    return gates_at(place, person, desk.gates, day=desk.day(None), broker=broker,
                    answers=answers)
