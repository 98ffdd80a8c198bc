"""Drafts for counsel: each made alone, after its questions; written down once counsel filed it."""

from __future__ import annotations

from datetime import date

from optout.domain.errors import Refused
from optout.domain.plan import Action
from optout.domain.request import Request, RequestFile
from optout.domain.words import Event
from optout.planning.government import is_draft_only
from optout.services import letters, plans, requests
from optout.services.counsel_only import NO_SYSTEM, is_for_counsel
from optout.services.desk import Desk


def is_draft(desk: Desk, request: Request) -> bool:
    """Whether a request is a draft for counsel."""
    with desk.store.reading() as session:
        return is_for_counsel(desk, session, request)


def planned_draft(
    desk: Desk, person_id: str, broker_id: str, *, on: date | None = None
) -> Action:
    """What a draft for a system would ask and carry, with every question before it.

    Raises:
        NotFound: when the person or the system is unknown.
        Refused: with the reason when there is no draft to make, such as while one is open.
    """
    if not is_draft_only(desk.registry.get(broker_id)):
        raise Refused(NO_SYSTEM, remedy="Make a request of the plan instead.")
    plan = plans.plan_for(desk, person_id, brokers=(broker_id,), on=on)
    return plans.action_for(plan, broker_id)


def make_draft(
    desk: Desk, person_id: str, broker_id: str, *, actor: str, on: date | None = None
) -> RequestFile:
    """Make the draft for one system, with its document.

    Raises:
        NotFound: when the person or the system is unknown.
        Refused: when the broker is no system of an agency, or its draft is there already.
        GateClosed: when a safety question must be answered first.
        MissingFact: when no name may be shown.
    """
    (file,) = requests.create_requests(
        desk, person_id, (broker_id,), actor=actor, on=on, for_counsel=True)
    letters.generate(desk, person_id, request_ids=(file.request.id,), actor=actor, on=on)
    return requests.get_request(desk, file.request.id)


def filed(
    desk: Desk, request_id: str, *, on: date | None = None, number: str = "", actor: str
) -> RequestFile:
    """Write down that counsel filed a draft; the law's clocks start.

    Args:
        desk: the opened data.
        request_id: which draft.
        on: the day on which counsel filed it; default: today.
        number: the number that the agency gave it.
        actor: who writes it down.

    Raises:
        Refused: when no counsel is named.
        Everything that `requests.mark` raises.
    """
    return requests.mark(desk, request_id, Event.MARK_SENT.value, on=on, detail=number,
                         by_counsel=True, actor=actor)
