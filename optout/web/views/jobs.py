"""Long work in the background: how far it is, stopping it, and what came of it."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from optout.domain.errors import NotFound
from optout.services import bulk_jobs, people
from optout.services.bulk_jobs import BulkState
from optout.web.downloads import attachment
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs/<job_id>")
def show(job_id: str) -> ResponseReturnValue:
    """How far it is; the page comes again by itself until the work is over."""
    state = bulk_jobs.state_of(job_id)
    person = people.get_person(desk(), bulk_jobs.person_of(job_id))
    return render_template("pages/jobs/show.html", job_id=job_id, state=state, person=person,
                           words=_words(state), files=bulk_jobs.files_of(job_id))


@blueprint.get("/jobs/<job_id>/files/<int:number>")
def download(job_id: str, number: int) -> ResponseReturnValue:
    """One of the files that the work made; they are kept until the data is locked."""
    desk()
    files = bulk_jobs.files_of(job_id)
    if not 1 <= number <= len(files):
        raise NotFound("This file is not kept any more.", remedy="Make it anew.")
    made = files[number - 1]
    return attachment(made.content, made.file_name, made.media_type)


@blueprint.get("/jobs/<job_id>/state")
def state(job_id: str) -> ResponseReturnValue:
    """The same for the script of the page."""
    desk()
    now = bulk_jobs.state_of(job_id)
    return jsonify(done=now.done, total=now.total, over=now.finished, words=_words(now))


@blueprint.post("/jobs/<job_id>/cancel")
def cancel(job_id: str) -> ResponseReturnValue:
    """Stop it after the document that is being written; what is whole stays."""
    desk()
    bulk_jobs.cancel(job_id)
    return redirect(url_for("jobs.show", job_id=job_id), 303)


def _words(now: BulkState) -> str:
    if not now.total:
        return _("Looking at what is to be made …")
    return _("%(done)d of %(total)d pieces are done.", done=now.done, total=now.total)
