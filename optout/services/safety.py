"""The safeguards, held where things are done: no form, command or bulk action goes round them."""

from __future__ import annotations

from collections.abc import Iterable

from optout.domain.errors import GateClosed, MissingFact
from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.words import Channel

SAFE_REPLY = "safe-reply-identity"
"""Names the safeguard that a person at risk shows neither their home nor their main mailbox."""

_BY_POST = frozenset({Channel.POSTAL_MAIL, Channel.FAX})


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
        names = tuple(dict.fromkeys(need.fact.value for need, _ in lacking))
        brokers = ", ".join(dict.fromkeys(name for _, name in lacking))
        raise MissingFact(f"Missing for {brokers}: {', '.join(_words(n) for n in names)}.",
                          names=names, remedy=need.remedy)


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


def require_safe_reply(person: Person, channel: Channel) -> None:
    """Make sure that a person at risk shows a safe mailbox or postal address, or none at all.

    Safe means: not one of the person's own mailboxes, not a place where they live or lived
    (a substitute address of an address-confidentiality programme is no such place).

    Raises:
        GateClosed: when the one that this channel shows is not set, or is not safe.
    """
    if not person.at_risk:
        return
    own_mail = {point.value.casefold() for point in person.emails}
    homes = {place.address for place in person.addresses if not place.substitute}
    mail_safe = bool(person.reply_email) and person.reply_email.casefold() not in own_mail
    post_safe = person.reply_address is not None and person.reply_address not in homes
    # Whichever is set is shown, so each that is set must be safe, and the channel's own be set.
    needed = post_safe if channel in _BY_POST else mail_safe
    harmless = (mail_safe or not person.reply_email) and (
        post_safe or person.reply_address is None)
    if not (needed and harmless):
        raise GateClosed(
            "Answers must not lead to this person’s home or own mailbox.", gates=(SAFE_REPLY,),
            remedy="Set a separate mailbox for answers (and for letters a PO box or a substitute "
                   "address) that nobody else can open.")


def _words(fact: str) -> str:
    return fact.replace("_", " ")
