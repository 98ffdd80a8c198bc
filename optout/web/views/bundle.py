"""The file of a request as one PDF: the redacted copy, or the complete one after a question."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.services import case_bundle, drafts, evidence, letters, merging, people, requests
from optout.services.later_files import later_documents_of
from optout.services.later_unsent import has_left
from optout.web.downloads import attachment
from optout.web.forms.setup import BareForm
from optout.web.request_page import broker_name
from optout.web.state import desk

blueprint = Blueprint("bundle", __name__)


@blueprint.get("/requests/<request_id>/file")
def show(request_id: str) -> ResponseReturnValue:
    """What the file holds, what the copy for others leaves out, and both copies."""
    file = requests.get_request(desk(), request_id)
    asked = file.request
    return render_template(
        "pages/bundle/show.html", asked=asked, file=file, broker=broker_name(asked.broker_id),
        person=people.get_person(desk(), asked.person_id), bare=BareForm(),
        is_draft=drafts.is_draft(desk(), asked),
        documents=(*letters.documents_of(desk(), asked.id),
                   *(one for one in later_documents_of(desk(), asked.id)
                     if has_left(one, file.events))),
        proofs=evidence.evidence_of(desk(), asked.id),
        merged=[one.request.id for one in merging.merged_into(desk(), asked.id)],
        gates=case_bundle.complete_copy_gates(desk(), asked.id))


@blueprint.post("/requests/<request_id>/file")
def make(request_id: str) -> ResponseReturnValue:
    """Make the file; redacted unless the complete one is asked for in so many words."""
    made = case_bundle.case_bundle(
        desk(), request_id, redacted=request.form.get("copy") != "complete", actor=OWNER)
    return attachment(made.content, made.file_name, made.media_type)


@blueprint.post("/requests/<request_id>/file/answers")
def answer(request_id: str) -> ResponseReturnValue:
    """Answer the question before the complete copy; the answer counts for this request alone."""
    case_bundle.allow_complete_copy(desk(), request_id,
                                    accepted=request.form.get("answer") == "yes", actor=OWNER)
    return redirect(url_for("bundle.show", request_id=request_id, _anchor="complete"), 303)
