"""The requests: the list, one with its dates and history, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, Refused
from optout.domain.words import Event
from optout.planning.government import HELD
from optout.services import answers, drafts, letters, requests
from optout.services.proofs import mark_with_proof
from optout.web.forms.base import add_error
from optout.web.forms.proofs import MOST_BYTES
from optout.web.forms.requests import AnswerForm, EventForm, SentForm
from optout.web.guard import may_send
from optout.web.i18n import text as _
from optout.web.request_back import back_to_request
from optout.web.request_list import request_list
from optout.web.request_page import others_of, request_page
from optout.web.state import desk, state

blueprint = Blueprint("requests", __name__)

View = Callable[[str], ResponseReturnValue]


def _once(view: View) -> View:
    """Do what a form asks only while the history is as long as the form's page showed it.

    The second of a double click, and a page left open while something happened elsewhere, find
    a longer history: they change nothing and show what is there.
    """
    @wraps(view)
    def guarded(request_id: str) -> ResponseReturnValue:
        with state().turn:
            seen = request.form.get("seen")
            events = requests.get_request(desk(), request_id).events
            if seen is not None and seen != str(len(events)):
                return back_to_request(request_id, _(
                    "Something was written down meanwhile. This is how it stands now; nothing was "
                    "written twice."))
            return view(request_id)
    return guarded


@blueprint.get("/requests")
def every() -> ResponseReturnValue:
    """The list of requests, as its address filters and sorts it."""
    return request_list()


@blueprint.get("/requests/<request_id>")
def show(request_id: str) -> ResponseReturnValue:
    """One request with everything that belongs to it."""
    return request_page(requests.get_request(desk(), request_id))


@blueprint.post("/requests/<request_id>/prepare")
def prepare(request_id: str) -> ResponseReturnValue:
    """Make the documents of a draft."""
    file = requests.get_request(desk(), request_id)
    letters.generate(desk(), file.request.person_id, request_ids=(request_id,), actor=OWNER)
    return back_to_request(request_id, _("The document is ready."))


@blueprint.post("/requests/<request_id>/sent")
@may_send(MOST_BYTES)
@_once
def mark_sent(request_id: str) -> ResponseReturnValue:
    """The person sent it."""
    file = requests.get_request(desk(), request_id)
    if drafts.is_draft(desk(), file.request):
        return back_to_request(request_id, HELD["counsel-files"])
    form = SentForm(today=desk().clock.today(), channel=file.request.channel)
    if not form.validate_on_submit():
        return request_page(file, sent=form), 422
    received = form.received_on.data if "received_on" in form else None
    try:
        mark_with_proof(desk(), request_id, Event.MARK_SENT, proof=form.file.file,
                        on=form.on.data, detail=form.proof.data or "", received_on=received,
                        before_making=bool(form.before_making.data), actor=OWNER)
    except InvalidInput as error:
        form.blame(error, detail="proof")
        return request_page(file, sent=form), 422
    return back_to_request(request_id, _("Marked as sent. The dates below are running now."))


@blueprint.post("/requests/<request_id>/answer")
@_once
def record_answer(request_id: str) -> ResponseReturnValue:
    """Something came back."""
    file = requests.get_request(desk(), request_id)
    form = AnswerForm(today=desk().clock.today())
    if form.validate_on_submit():
        try:
            answers.record_answer(desk(), request_id, form.chosen(), on=form.on.data,
                                  words=form.words.data or "", until=form.until.data,
                                  reason=form.given_reason(), actor=OWNER)
        except InvalidInput as error:
            form.blame(error, detail="words")
        except Refused as error:
            add_error(form.reading, str(error))
        else:
            return back_to_request(request_id, _("The answer is recorded."))
    return request_page(file, answer=form), 422


@blueprint.post("/requests/<request_id>/events")
@_once
def record_event(request_id: str) -> ResponseReturnValue:
    """Something else happened."""
    file = requests.get_request(desk(), request_id)
    form = EventForm(today=desk().clock.today(), allowed=others_of(file))
    if form.validate_on_submit():
        try:
            requests.mark(desk(), request_id, str(form.event.data), on=form.on.data,
                          detail=form.detail.data or "", until=form.until.data, actor=OWNER)
        except InvalidInput as error:
            form.blame(error)
        except Refused as error:
            add_error(form.event, str(error))
        else:
            return back_to_request(request_id, _("Added to the history."))
    return request_page(file, event=form), 422


@blueprint.post("/requests/<request_id>/undo")
@_once
def undo(request_id: str) -> ResponseReturnValue:
    """Take back the latest entry; the history keeps both."""
    requests.mark(desk(), request_id, Event.UNDO, actor=OWNER)
    return back_to_request(request_id, _("The last entry is undone. The history keeps both."))
