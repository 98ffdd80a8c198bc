"""What proves something about a request: added, seen, taken away again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput
from optout.services import evidence, requests
from optout.web.downloads import attachment
from optout.web.forms.proofs import MOST_BYTES, ProofForm
from optout.web.guard import may_send
from optout.web.i18n import text as _
from optout.web.request_page import request_page
from optout.web.state import desk

blueprint = Blueprint("evidence", __name__)


@blueprint.post("/requests/<request_id>/evidence")
@may_send(MOST_BYTES)
def add(request_id: str) -> ResponseReturnValue:
    """Keep one more file; the same file for the same thing is kept once."""
    file = requests.get_request(desk(), request_id)
    form = ProofForm(events=file.events)
    if form.validate_on_submit() and (chosen := form.chosen()) is not None:
        try:
            evidence.add_evidence(
                desk(), request_id, chosen.content, name=chosen.name, kind=form.kind_chosen(),
                event_seq=int(form.event.data), actor=OWNER)
        except InvalidInput as error:
            form.blame(error, event_seq="event")
        else:
            flash(_("Kept, encrypted, with this request."))
            return _back(request_id)
    return request_page(file, proof=form), 422


@blueprint.get("/evidence/<evidence_id>")
def download(evidence_id: str) -> ResponseReturnValue:
    """A piece of evidence as it was handed over, to be saved."""
    kept, content = evidence.read_evidence(desk(), evidence_id)
    return attachment(content, f"{kept.id}{ENDINGS.get(kept.media_type, '')}", kept.media_type)


@blueprint.get("/evidence/<evidence_id>/shown")
def shown(evidence_id: str) -> ResponseReturnValue:
    """A piece of evidence made anew: nothing in it can act, or tell more than it shows."""
    made = evidence.shown_evidence(desk(), evidence_id)
    return attachment(made.content, made.file_name, made.media_type)


@blueprint.post("/requests/<request_id>/evidence/<evidence_id>/remove")
def remove(request_id: str, evidence_id: str) -> ResponseReturnValue:
    """Forget a piece of evidence of this request; one that is gone already is no mistake."""
    if evidence_id in {one.id for one in evidence.evidence_of(desk(), request_id)}:
        evidence.remove_evidence(desk(), evidence_id, actor=OWNER)
        flash(_("Removed from this computer."))
    return _back(request_id)


@blueprint.post("/people/<person_id>/recheck/evidence/<evidence_id>/remove")
def remove_of_look(person_id: str, evidence_id: str) -> ResponseReturnValue:
    """Forget what proves a look of this person; the look itself stays."""
    if evidence_id in {kept.evidence.id for kept in evidence.kept_of(desk(), person_id)
                       if kept.looked_on is not None}:
        evidence.remove_evidence(desk(), evidence_id, actor=OWNER)
        flash(_("Removed from this computer. That you looked stays written down."))
    return redirect(url_for("recheck.session", person_id=person_id), 303)


ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp",
           "application/pdf": ".pdf", "message/rfc822": ".eml", "text/plain": ".txt"}
"""What a saved file is called; its own name may be personal data, and stays on the page."""


def _back(request_id: str) -> ResponseReturnValue:
    return redirect(url_for("requests.show", request_id=request_id, _anchor="evidence"), 303)
