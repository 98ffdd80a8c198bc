"""The print page: the letters of a person that go by post, as one file, with labels and lists."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.document import MadeFile
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.request import RequestFile
from optout.domain.words import Channel, Standing
from optout.services import batches, drafts, people, requests
from optout.services.print_jobs import start_printing
from optout.web import preparing
from optout.web.downloads import attachment
from optout.web.forms.printing import PrintForm
from optout.web.forms.setup import BareForm
from optout.web.i18n import text as _
from optout.web.request_page import broker_name
from optout.web.state import desk

blueprint = Blueprint("printing", __name__)


@blueprint.get("/people/<person_id>/print")
def show(person_id: str) -> ResponseReturnValue:
    """What waits to be printed."""
    return _page(person_id)


@blueprint.post("/people/<person_id>/print")
def make(person_id: str) -> ResponseReturnValue:
    """One of the files, of the letters that are kept; all of them in the background for many."""
    ready = [file.request.id for file in _by_post(person_id, Standing.READY)]
    if not ready:
        return redirect(url_for("printing.show", person_id=person_id), 303)  # all left meanwhile
    form = PrintForm(ready=ready)
    if not form.validate_on_submit():
        return _page(person_id, form), 422
    try:
        chosen = tuple(form.letters.data or ())
        if len(chosen) > preparing.MANY:
            job = start_printing(desk(), person_id, chosen, form.wish)
            return redirect(url_for("jobs.show", job_id=job), 303)
        made = _made(person_id, form, request.form.get("act", ""))
    except InvalidInput as error:
        form.blame(error)
        return _page(person_id, form), 422
    except (NotFound, Refused) as error:
        form.form_errors.append(str(error))
        return _page(person_id, form), 409
    return attachment(made.content, made.file_name, made.media_type)


@blueprint.post("/people/<person_id>/prepare")
def prepare(person_id: str) -> ResponseReturnValue:
    """Write the documents of every request that is still a draft."""
    waiting = [file.request.id for file in requests.list_requests(desk(), person_id)
               if file.request.standing is Standing.DRAFT
               and not drafts.is_draft(desk(), file.request)]
    back = (url_for("printing.show", person_id=person_id) if request.form.get("to") == "print"
            else url_for("requests.every", person=person_id))
    if not waiting:
        flash(_("Everything is written already."))
        return redirect(back, 303)
    try:
        return preparing.prepared(person_id, waiting, back)
    except Refused as error:
        flash(str(error), "error")
        return redirect(back, 303)


def _made(person_id: str, form: PrintForm, act: str) -> MadeFile:
    chosen, wish = tuple(form.letters.data or ()), form.wish
    if act == "labels":
        return batches.label_sheet(desk(), person_id, chosen, sheet=wish.sheet, skip=wish.skip)
    if act == "list":
        return batches.mail_list(desk(), person_id, chosen)
    if act == "manifest":
        return batches.manifest(desk(), person_id, chosen, duplex=wish.duplex)
    return batches.batch_pdf(desk(), person_id, chosen, duplex=wish.duplex, page=wish.page)


def _page(person_id: str, form: PrintForm | None = None) -> str:
    ready = _by_post(person_id, Standing.READY)
    return render_template(
        "pages/printing/show.html", person=people.get_person(desk(), person_id), ready=ready,
        many=len(ready) > preparing.MANY, bare=BareForm(),
        form=form or PrintForm(ready=[file.request.id for file in ready]),
        drafts=_by_post(person_id, Standing.DRAFT),
        names={file.request.id: broker_name(file.request.broker_id) for file in ready})


def _by_post(person_id: str, standing: Standing) -> list[RequestFile]:
    """The requests that go by post and stand so; a draft for counsel never is among them."""
    return [file for file in requests.list_requests(desk(), person_id)
            if file.request.standing is standing
            and file.request.channel is Channel.POSTAL_MAIL
            and not drafts.is_draft(desk(), file.request)]
