"""After a bounce or a redirection: the next-best way of the same broker, and going over to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.broker import Broker, Procedure
from optout.domain.errors import Refused
from optout.domain.fact_words import FACT_WORDS
from optout.domain.plan import Action
from optout.domain.request import Request, RequestEvent, RequestFile
from optout.domain.words import Channel, Event, Role, Standing
from optout.lifecycle.life import effective
from optout.services import plans, preparing
from optout.services.checked import Checked
from optout.services.counsel_only import is_for_counsel
from optout.services.desk import Desk
from optout.services.history import file_of
from optout.services.marking import Happening
from optout.services.people import careful_person
from optout.services.progress_bar import UNWATCHED
from optout.services.rerouted import Tried, trace_of, tried_before
from optout.services.signatures import signature_within
from optout.services.typed import request_named
from optout.store import documents
from optout.store import requests as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CALLS_FOR_ANOTHER = frozenset({Standing.UNDELIVERED, Standing.REDIRECTED})
"""Standings in which a request is to go another way."""


@dataclass(frozen=True, slots=True)
class NextWay:
    """Another way of the broker that today's plan would take.

    Args:
        contact: the address that the registry has for it.
        needs: how many facts it would carry.
        questions: what has to be answered first; nothing goes this way before.
    """

    channel: Channel
    contact: str
    needs: int
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextWays:
    """What is left after one way failed.

    Args:
        tried: the ways that did not go through, the latest last.
        ways: those that are left, the best first: open ones, then by the plan's own order.
        remains: what can still be done where none is left; empty where one is.
    """

    tried: tuple[Tried, ...]
    ways: tuple[NextWay, ...]
    remains: str = ""


def next_ways(desk: Desk, request_id: str) -> NextWays | None:
    """The ways that are left for a request that came back or was sent elsewhere.

    None for a request that stands otherwise, one to a platform, and a draft for counsel.

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        if not _may_be_rerouted(desk, session, request):
            return None
        events = rows.events(session, request.id)
        around = plans.circumstances_of(session, careful_person(session, request.person_id))
    broker = desk.registry.brokers.get(request.broker_id)
    tried = _tried(broker, request, events)
    found = () if broker is None else tuple(
        _way(action) for action in _actions(desk, around, request, broker, tried))
    ways = tuple(sorted(found, key=lambda way: bool(way.questions)))  # else the plan's order
    return NextWays(tried, ways, "" if ways else _what_remains(broker))


def reroute(
    desk: Desk, request_id: str, *, channel: Channel | None = None, actor: str,
) -> RequestFile:
    """Prepare a request that came back anew, for another way of the same broker.

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.
        channel: one of those that are left; default: the best.
        actor: who does it.

    Raises:
        NotFound: when there is no such request.
        Refused: when it stands otherwise, when no way is left, or when that channel is none of
            them; says what is left.
        Everything that preparing a document raises, such as `GateClosed`.
    """
    left = next_ways(desk, request_id)
    if left is None:
        raise Refused("Only a request that came back, or was sent elsewhere, goes another way.",
                      remedy="Record first what came back.")
    if not left.ways:
        raise Refused("No other way to them is known.", remedy=left.remains)
    chosen = next((way for way in left.ways if channel in {None, way.channel}), None)
    if chosen is None:
        raise Refused(f"“{channel}” is not among the ways that are left.", remedy=(
            f"Left are: {', '.join(way.channel for way in left.ways)}."))
    day, now = desk.clock.today(), desk.clock.now()
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        around = plans.circumstances_of(session, careful_person(session, request.person_id))
        around = replace(around, signature=signature_within(desk, session, request.person_id))
        filled, order = preparing.ordered(
            desk, around, replace(request, channel=chosen.channel), day)
        piece = preparing.Piece(filled, order=order,
                                number=len(documents.of_request(session, request.id)) + 1)
    checked = Checked.now(desk, around)
    preparing.check(desk, around, [piece], UNWATCHED, checked=checked)
    preparing.make(desk, around.person, [piece], Happening(
        Event.PREPARE, day, now, actor, detail=trace_of(chosen.channel, left.tried[-1])),
        UNWATCHED, checked=checked)
    with desk.store.reading() as session:
        return file_of(session, rows.get(session, request.id), day)


def _may_be_rerouted(desk: Desk, session: Session, request: Request) -> bool:
    return (request.standing in CALLS_FOR_ANOTHER and request.channel is not Channel.PLATFORM
            and not is_for_counsel(desk, session, request))


def _tried(
    broker: Broker | None, request: Request, events: Sequence[RequestEvent]
) -> tuple[Tried, ...]:
    """The ways that failed: those that the history names, and the present one."""
    procedures = broker.procedures if broker is not None else ()
    # As in handing over: its place in the registry, or wherever that way stands by now.
    used = (*procedures[request.procedure_index:request.procedure_index + 1], *procedures)
    contact = next((contact_of(p) for p in used if p.channel is request.channel), "")
    return (*tried_before(effective(events)), Tried(request.channel, contact))


def contact_of(procedure: Procedure) -> str:
    """The address of a way: what is written on the envelope, or typed in."""
    to = procedure.address
    place = ", ".join((*to.lines, to.city_line)) if to is not None else ""
    return procedure.email or procedure.url or procedure.phone or place


def _actions(
    desk: Desk, around: plans.Circumstances, request: Request, broker: Broker,
    tried: Sequence[Tried],
) -> Iterator[Action]:
    """What today's plan would do over every other channel of the broker, in the plan's order."""
    around = replace(around, asked=(), choices={})
    best = _planned(desk, around, request, broker, None)
    order = (best.procedure, *best.other_procedures) if best is not None else ()
    known = {(one.channel, one.contact) for one in tried}
    channels = dict.fromkeys(p.channel for p in (*order, *broker.procedures))
    for channel in channels:
        action = _planned(desk, around, request, broker, channel)
        if (action is not None and action.channel is channel
                and channel is not Channel.PLATFORM
                and (channel, contact_of(action.procedure)) not in known):
            yield action


def _planned(
    desk: Desk, around: plans.Circumstances, request: Request, broker: Broker,
    channel: Channel | None,
) -> Action | None:
    day: date = desk.clock.today()
    plan = plans.plan_of(desk, around, [broker], day=day, acting_as=request.acting_as,
                         channel=channel, setting_aside=request.id, looking_first=False)
    return next((a for a in plan.actions if a.broker.id == broker.id), None)


def _way(action: Action) -> NextWay:
    shut = tuple(gate.question for gate in action.gates if gate.holds)
    lacking = tuple(f"They want {FACT_WORDS[one.fact]}. {one.remedy}" for one in action.missing)
    return NextWay(action.channel, contact_of(action.procedure), len(action.needs),
                   (*shut, *lacking))


def _what_remains(broker: Broker | None) -> str:
    if broker is None:
        return "The registry no longer has this company. Withdraw the request."
    if broker.role is Role.GOVERNMENT_SYSTEM:
        return "This is for your lawyer."
    by_post = any(p.channel is Channel.POSTAL_MAIL for p in broker.procedures)
    search = ("Look on their own pages for an address, and enter it as a correction of the "
              "registry")
    return (f"No other way to them is known. {search}"
            + ("" if by_post else "; a letter by post reaches most firms")
            + ". Keep what came back: it shows that you tried.")
