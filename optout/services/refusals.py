"""A refusal with its reason: what the law says of it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from optout.domain.document_words import Purpose
from optout.domain.errors import NotFound
from optout.domain.outcome_words import RefusalReason
from optout.domain.request import Request, RequestEvent
from optout.domain.words import ActingAs, Event, Role
from optout.law.acting import Capacity
from optout.law.refusal_table import Verdict
from optout.law.refusals import Judgement, Refused, judge
from optout.lifecycle.life import effective
from optout.lifecycle.table import OPEN
from optout.services.desk import Desk
from optout.services.later_letters import offers_of
from optout.services.marking_effects import REFUSALS
from optout.services.typed import request_named
from optout.store import requests as rows

if TYPE_CHECKING:
    from datetime import date

    from optout.law.model import Law

_LETTERS = (Purpose.REFUSAL_ANSWER, Purpose.APPEAL, Purpose.COMPLAINT)

_ASKS_WHO = frozenset({RefusalReason.WANTS_ID, RefusalReason.NOT_VERIFIED})


class NextStep(StrEnum):
    """What to do about a refusal."""

    ANSWER = "answer"
    SHOW_WHO = "show_who"
    APPEAL = "appeal"
    COMPLAIN = "complain"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class JudgedRefusal:
    """The refusal that stands, and what is known about it.

    Args:
        event: the entry of the history that records it.
        judgements: one for each right that was asserted, in the order of the request; none where
            no reason is recorded.
        steps: what can be done, the best first.
        letters: the letters that may be written today about it.
    """

    event: RequestEvent
    judgements: tuple[Judgement, ...]
    steps: tuple[NextStep, ...]
    letters: tuple[Purpose, ...] = ()

    @property
    def reason(self) -> RefusalReason | None:
        """The reason that is recorded; None where none is."""
        return self.event.reason


def refusal_of(desk: Desk, request_id: str) -> JudgedRefusal | None:
    """The last refusal of a request, of all or a part of it; None where none stands.

    Args:
        desk: the opened data.
        request_id: letter case and spaces around it are forgiven.

    Raises:
        NotFound: when there is no such request.
    """
    with desk.store.reading() as session:
        request = request_named(session, request_id)
        event = standing_refusal(rows.events(session, request.id))
    if event is None:
        return None
    judgements = judged(desk, request, event.reason, event.on) if event.reason else ()
    letters = tuple(offer.purpose for offer in offers_of(desk, request.id)
                    if offer.purpose in _LETTERS and not offer.unmet)
    open_still = request.standing in OPEN
    return JudgedRefusal(event, judgements,
                         _steps(judgements, event.reason, letters) if open_still else (),
                         letters if open_still else ())


def standing_refusal(events: Sequence[RequestEvent]) -> RequestEvent | None:
    """The entry of the refusal that still stands: a later answer, or another asking, ends it."""
    for event in reversed(effective(events)):
        if event.event in REFUSALS:
            return event
        if event.event in {Event.CLAIM_REMOVED, Event.CLAIM_SUPPRESSED, Event.CLAIM_NO_RECORD,
                           Event.PREPARE, Event.MARK_SENT}:
            return None
    return None


def judged(
    desk: Desk, request: Request, reason: RefusalReason, day: date
) -> tuple[Judgement, ...]:
    """What the laws of a request say of a reason that is given on a day, right by right."""
    broker = desk.registry.brokers.get(request.broker_id)
    refused = Refused(
        reason, day,
        # An agent's power of attorney is not asked for again here: without it the law allows
        # less, so nothing is said in the person's favour that may not hold.
        Capacity(request.acting_as, request.acting_as is ActingAs.ATTORNEY_IN_FACT),
        broker.role if broker is not None else Role.BROKER)
    return tuple(judge(_law(desk, footing.law, day), footing, refused)
                 for footing in request.footings)


def _law(desk: Desk, law_id: str, day: date) -> Law | None:
    try:
        return desk.laws.law(law_id, day)
    except NotFound:
        return None


def _steps(
    judgements: Sequence[Judgement], reason: RefusalReason | None, letters: Sequence[Purpose]
) -> tuple[NextStep, ...]:
    """What can be done, the best first: what the law holds against them leads to insisting."""
    verdicts = {one.verdict for one in judgements}
    insist = [step for purpose, step in (
        (Purpose.REFUSAL_ANSWER, NextStep.ANSWER), (Purpose.APPEAL, NextStep.APPEAL),
        (Purpose.COMPLAINT, NextStep.COMPLAIN)) if purpose in letters]
    if verdicts == {Verdict.LAWFUL}:
        return NextStep.ACCEPT, *insist
    show = [NextStep.SHOW_WHO] if reason in _ASKS_WHO and Verdict.DEPENDS in verdicts else []
    return *show, *insist, NextStep.ACCEPT
