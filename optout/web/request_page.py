"""The page of one request: what is to be done now, and everything that belongs to it."""

from __future__ import annotations

from flask import render_template

from optout.domain.document import HandOver
from optout.domain.errors import NotFound, Outdated, Refused
from optout.domain.request import RequestEvent, RequestFile
from optout.domain.words import Event, Standing
from optout.lifecycle.life import effective
from optout.lifecycle.outcome import confirmed_gone, relisted
from optout.services import (
    counsel,
    drafts,
    evidence,
    later_letters,
    letters,
    listing,
    people,
)
from optout.services.later_files import later_documents_of
from optout.services.next_way import CALLS_FOR_ANOTHER
from optout.services.not_asserted import not_asserted
from optout.web.basis import bases_of
from optout.web.forms.counsel import FiledForm
from optout.web.forms.proofs import ProofForm
from optout.web.forms.requests import AnswerForm, EventForm, SentForm
from optout.web.forms.setup import BareForm
from optout.web.request_turns import PURPOSE_OF_STEP, turns_of
from optout.web.state import desk
from optout.web.timeline import clocks

BY_BUTTON = frozenset({Event.PREPARE, Event.MARK_SENT, Event.UNDO})
"""Events that have a button or form of their own."""

UNSENT = frozenset({Standing.DRAFT, Standing.READY})

_RETURNS = frozenset({Event.BOUNCE, Event.REDIRECT})


def request_page(
    file: RequestFile, *, sent: SentForm | None = None, answer: AnswerForm | None = None,
    event: EventForm | None = None, proof: ProofForm | None = None,
) -> str:
    """The page, with a form of it that has errors where one has."""
    asked, today = file.request, desk().clock.today()
    others = [] if asked.merged_into else others_of(file)
    ready = _ready_besides(file)
    hand_over, outdated = _hand_over(file)
    is_draft = drafts.is_draft(desk(), asked)
    return render_template(
        "pages/requests/show.html", file=file, asked=asked, today=today,
        broker=broker_name(asked.broker_id), person=people.get_person(desk(), asked.person_id),
        documents=letters.documents_of(desk(), asked.id), hand_over=hand_over,
        outdated=outdated, came_back=came_back(file), is_draft=is_draft,
        filed=FiledForm(data={"on": today}),
        counsel=counsel.counsel_of(desk(), asked.person_id) if is_draft else None,
        covered=[broker_name(broker) for broker in asked.covers if broker != asked.broker_id],
        sendable=Event.MARK_SENT in file.allowed, bare=BareForm(),
        next_ready=ready[0] if ready else "", ready_count=len(ready),
        offers=() if asked.standing in UNSENT or asked.merged_into
        else later_letters.offers_of(desk(), asked.id),
        later_made=later_documents_of(desk(), asked.id),
        proofs=evidence.evidence_of(desk(), asked.id),
        proof=proof or ProofForm(events=file.events),
        gone=confirmed_gone(file.events), back=relisted(file.events),
        answered=asked.standing not in UNSENT, clocks=clocks(file, desk().laws, today),
        bases=bases_of(asked.footings), withheld=not_asserted(desk(), asked),
        law_names={law.id: law.name for law in desk().laws.all_on(today)},
        sent=sent or SentForm(today=today, channel=asked.channel),
        answer=answer or AnswerForm(today=today),
        turns=turns_of(asked), step_letters=PURPOSE_OF_STEP,
        event=(event or EventForm(today=today, allowed=others)) if others else None)


def came_back(file: RequestFile) -> RequestEvent | None:
    """What says that another way is called for; None while nothing does."""
    if file.request.standing not in CALLS_FOR_ANOTHER:
        return None
    return next(event for event in reversed(effective(file.events)) if event.event in _RETURNS)


def _ready_besides(file: RequestFile) -> list[str]:
    """The ids of the person's other requests that can be sent now, once this one has left."""
    if file.request.standing in UNSENT:
        return []
    return list(listing.unsent_of(desk(), file.request.person_id, Standing.READY,
                                  most=listing.MOST_WAITING))


def others_of(file: RequestFile) -> list[Event]:
    """The events that are possible now and have no button of their own."""
    return [event for event in file.allowed if event not in BY_BUTTON]


def _hand_over(file: RequestFile) -> tuple[HandOver | None, str]:
    """How to send it, and why its document is not to be sent any more.

    None once it left, where it came back, or where the registry lost its way since.
    """
    if Event.MARK_SENT not in file.allowed or came_back(file) is not None:
        return None, ""
    try:
        return letters.hand_over(desk(), file.request.id), ""
    except Outdated as error:
        return None, str(error)
    except (NotFound, Refused):
        return None, ""


def broker_name(broker_id: str) -> str:
    """The name, or the id where the registry lost the entry since."""
    try:
        return desk().registry.get(broker_id).name
    except NotFound:
        return broker_id
