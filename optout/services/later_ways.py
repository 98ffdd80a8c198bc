"""By which channel a letter follows a request: the one that it went by, unless that failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optout.domain.broker import Broker, Procedure
from optout.domain.errors import InvalidInput, Refused
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Channel, Event
from optout.lifecycle.life import effective
from optout.planning.identity import LETTERS

_FAILED = frozenset({Event.BOUNCE, Event.REDIRECT})
_BEST_FIRST = (Channel.EMAIL, Channel.POSTAL_MAIL)
_NEVER = frozenset({Channel.PLATFORM})


def way_back(
    broker: Broker, request: Request, events: Sequence[RequestEvent], *,
    channel: Channel | None = None, has_mailbox: bool = True,
) -> Procedure:
    """The procedure by which a later letter goes.

    A request that went by e-mail, post or fax is followed the same way. One that went through a
    form is followed by e-mail or post where the broker has such an address, because a form has
    no field for a letter; else through the form.

    Args:
        broker: the recipient as the registry has it now.
        request: what the letter follows.
        events: its history; a way that bounced or was pointed away from is not taken again.
        channel: the way that the person wants.
        has_mailbox: answers can go to a mailbox; without one no e-mail is written.

    Raises:
        InvalidInput: when the broker has no such way.
        Refused: when it has none at all.
    """
    ways = {procedure.channel: procedure
            for procedure in reversed(tuple(_usable(broker, request)))}
    if channel is not None:
        if channel not in ways:
            raise InvalidInput(
                f"{broker.name} has no such way.", field="channel",
                remedy=f"Choose one of: {', '.join(ways)}." if ways else
                "Correct its entry, or withdraw the request.")
        return ways[channel]
    failed = request.channel if _has_failed(events) else None
    order = [request.channel] if request.channel in LETTERS else []
    order += [*_BEST_FIRST, *ways]
    for one in dict.fromkeys(order):
        if one in ways and one is not failed and (has_mailbox or one is not Channel.EMAIL):
            return ways[one]
    raise Refused(f"The registry has no other way to reach {broker.name}.",
                  remedy="Correct its entry, or withdraw the request and make a new one.")


def _usable(broker: Broker, request: Request) -> Iterator[Procedure]:
    """The ways that a letter can take, first those listed from the request's own on."""
    dead = {contact.value for contact in broker.dead_contacts}
    procedures = (*broker.procedures[request.procedure_index:], *broker.procedures)
    for procedure in procedures:
        needed = {Channel.EMAIL: procedure.email, Channel.POSTAL_MAIL: procedure.address}
        if (procedure.channel not in _NEVER and needed.get(procedure.channel, True)
                and not dead & {procedure.email, procedure.url}):
            yield procedure


def _has_failed(events: Sequence[RequestEvent]) -> bool:
    """Whether the last sending came back, or they pointed to another way."""
    kinds = [event.event for event in effective(events)
             if event.event in _FAILED or event.event is Event.MARK_SENT]
    return bool(kinds) and kinds[-1] in _FAILED
