"""Requests: made through the plan and never around it, listed, shown, marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.errors import InvalidInput, Refused
from optout.domain.plan import Action
from optout.domain.request import Request, RequestFile
from optout.domain.words import ActingAs, ActionKind, Channel, Right, Standing
from optout.services import plans
from optout.services.authority import require_authority
from optout.services.content import with_content
from optout.services.counsel_only import is_for_counsel, require_apart
from optout.services.desk import Desk
from optout.services.history import file_of, new_file
from optout.services.marking import close_for_successor, mark
from optout.services.open_requests import to_continue
from optout.services.people import careful_person
from optout.services.safety import require_may_go_on
from optout.services.typed import request_named
from optout.store import audit, matters
from optout.store import people as person_rows
from optout.store import requests as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["create_requests", "get_request", "handled_together", "mark"]

_MAKES_A_REQUEST = frozenset(
    {ActionKind.PLATFORM, ActionKind.NETWORK, ActionKind.JOINT, ActionKind.REQUEST})


def create_requests(
    desk: Desk, person_id: str, broker_ids: Sequence[str], *, right: Right | None = None,
    channel: Channel | None = None, acting_as: ActingAs = ActingAs.SELF, actor: str,
    on: date | None = None, for_counsel: bool = False,
    channels: Mapping[str, Channel] | None = None, continues: str = "",
) -> tuple[RequestFile, ...]:
    """Make the requests that the plan has for these brokers: all of them, or none.

    Brokers that one request serves together get one. A broker whose listing came back after
    it was confirmed gone gets a successor, tied to the old request.

    Args:
        desk: the opened data.
        person_id: for whom.
        broker_ids: whom to ask.
        right: ask for this right only; default: what the plan chose.
        channel: use this channel where the broker has it.
        acting_as: in which capacity; anything but `SELF` needs a living authorization.
        actor: who makes them.
        on: the day of the requests; default: today.
        for_counsel: make a draft for counsel: the only way in which a system of a public
            agency gets anything, alone and never among others.
        channels: by broker, the channel that the person prefers there.
        continues: the id of an earlier request of theirs that the new one takes further, although
            nothing came back; see `successors`.

    Raises:
        InvalidInput: when no broker is named.
        NotFound: when the person or a broker is unknown.
        Refused: when no request can be made to one of them, such as while one is open.
        GateClosed: when a safety question must be answered first; names the gates.
        MissingFact: when a procedure needs a fact that the person has not given.
    """
    if not broker_ids:
        raise InvalidInput("No broker is chosen.", field="brokers",
                           remedy="Choose at least one broker.")
    day, now = desk.day(on), desk.clock.now()
    plans.check_known(desk, broker_ids)
    targets = [desk.registry.get(broker_id) for broker_id in dict.fromkeys(broker_ids)]
    with desk.store.writing() as session:
        person = careful_person(session, person_id)
        around = plans.circumstances_of(session, person)
        earlier = dict(to_continue(session, person.id))
        if continues:
            old = rows.get(session, continues)
            earlier[old.broker_id] = old
            around = _apart_from(around, old)
        require_authority(around.authorizations, acting_as, day)
        plan = plans.plan_of(desk, around, targets, day=day, acting_as=acting_as,
                             channel=channel, right=right, channels=channels,
                             looking_first=False)
        actions = _each_once(plans.action_for(plan, broker.id) for broker in targets)
        require_apart(actions, for_counsel=for_counsel)
        require_may_go_on(person, actions)
        made = _made(session, around, actions, acting_as, day, earlier=earlier)
        rows.add_many(session, made)
        for request in made:
            audit.write(session, actor, "create_request", request.id, now)
            if request.predecessor_id:
                close_for_successor(desk, session, request, actor=actor, on=day, at=now)
    return tuple(new_file(request) for request in made)


def handled_together(desk: Desk, person_id: str) -> tuple[Request, ...]:
    """A person's requests without what hangs on them, oldest first; drafts for counsel left out.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        person_rows.get(session, person_id)
        return tuple(request for request in rows.every(session, person_id)
                     if not is_for_counsel(desk, session, request))


def get_request(desk: Desk, request_id: str) -> RequestFile:
    """One request with its history, dates and follow-ups.

    A draft asks for what it would ask for if it were prepared today. Letter case of the id and
    spaces around it are forgiven.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        if request.standing is Standing.DRAFT:
            request = _as_of_today(desk, session, request)
        return file_of(session, request, desk.clock.today())


def _as_of_today(desk: Desk, session: Session, request: Request) -> Request:
    around = plans.circumstances_of(session, careful_person(session, request.person_id))
    action = plans.action_again(desk, around, request, desk.clock.today())
    return request if action is None else with_content(request, action)


def _apart_from(around: plans.Circumstances, old: Request) -> plans.Circumstances:
    """The circumstances as if that request stood in nobody's way."""
    return replace(
        around, asked=tuple(request for request in around.asked if request.id != old.id),
        settled={broker_id: why for broker_id, why in around.settled.items()
                 if broker_id not in {old.broker_id, *old.covers}})


def _each_once(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions without repetition: one opt-out may serve several of the brokers."""
    return tuple({action.broker.id: action for action in actions}.values())


def _made(
    session: Session, around: plans.Circumstances, actions: Sequence[Action],
    acting_as: ActingAs, day: date, *, earlier: Mapping[str, Request],
) -> list[Request]:
    person = around.person
    matter = matters.current(session, person.id, day)
    asked = {(request.broker_id, footing.law, footing.right): request.id
             for request in around.asked for footing in request.footings}
    made: list[Request] = []
    for action in actions:
        _require_new(action, asked)
        old = _continued(action, earlier)
        request_id = rows.free_id(session, besides={request.id for request in made})
        made.append(with_content(Request(
            id=request_id, person_id=person.id, matter_id=matter.id, broker_id=action.broker.id,
            footings=action.footings, channel=action.channel, acting_as=acting_as,
            standing=Standing.DRAFT, created_on=day, predecessor_id=old.id if old else ""),
            action))
    return made


def _continued(action: Action, earlier: Mapping[str, Request]) -> Request | None:
    """The relisted request that an action continues: at its broker, or at one that it serves."""
    served = (action.broker.id, *action.covers)
    return next((earlier[broker_id] for broker_id in served if broker_id in earlier), None)


def _require_new(action: Action, asked: dict[tuple[str, str, Right], str]) -> None:
    """Refuse what is no request at all, and a second one on the same footing."""
    name = action.broker.name
    if action.kind not in _MAKES_A_REQUEST:
        raise Refused(f"There is no request to make to {name}. {action.note}".strip(),
                      remedy="Follow the steps of the plan instead.")
    for footing in action.footings:
        known = asked.get((action.broker.id, footing.law, footing.right))
        if known:
            raise Refused(f"{name} has been asked already: {known} is still open.",
                          remedy="Carry on with that request, or withdraw it first.")
