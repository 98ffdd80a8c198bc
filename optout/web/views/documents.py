"""The documents: one by one, all of them, and the sheet beside a web form."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.document import CounselDraft, FormSheet
from optout.domain.document_words import Purpose
from optout.domain.errors import InvalidInput, NotFound, Outdated
from optout.domain.request import RequestFile
from optout.domain.words import Event, Standing
from optout.services import enclosing, letters, people, requests
from optout.web.downloads import attachment
from optout.web.forms.requests import SentForm
from optout.web.i18n import text as _
from optout.web.mail_links import short_mailto
from optout.web.state import desk

blueprint = Blueprint("documents", __name__)

ZIP_NAME = "requests.zip"


@blueprint.get("/documents/<document_id>")
def download(document_id: str) -> ResponseReturnValue:
    """One document, exactly as it was made."""
    document = letters.read_document(desk(), document_id)
    return attachment(document.content, document.file_name, document.media_type)


@blueprint.post("/documents/<document_id>/files")
def with_files(document_id: str) -> ResponseReturnValue:
    """An e-mail with the files that were ticked; none is ticked beforehand."""
    try:
        made = enclosing.draft_with_files(
            desk(), document_id, request.form.getlist("evidence"), actor=OWNER)
    except (InvalidInput, NotFound) as error:
        document = letters.read_document(desk(), document_id)
        flash(str(error), "error")
        if document.purpose is not Purpose.REQUEST:
            return redirect(url_for("later.send", document_id=document_id), 303)
        return redirect(url_for("documents.words", request_id=document.request_id), 303)
    return attachment(made.content, made.file_name, made.media_type)


@blueprint.get("/people/<person_id>/documents.zip")
def bundle(person_id: str) -> ResponseReturnValue:
    """Every document of a person's requests, or of the requests that are named."""
    people.get_person(desk(), person_id)
    named = set(request.args.getlist("request"))
    ids = [one.id for one in requests.handled_together(desk(), person_id)
           if (not named or one.id in named) and letters.documents_of(desk(), one.id)]
    if not ids:
        raise NotFound("There is no document to pack yet.", remedy="Make a request first.")
    try:
        return attachment(letters.zip_of(desk(), ids), ZIP_NAME, "application/zip")
    except Outdated as error:
        flash(error.message, "error")
        return redirect(url_for("requests.every", person=person_id, outdated=1), 303)


@blueprint.post("/people/<person_id>/documents")
def renew(person_id: str) -> ResponseReturnValue:
    """Prepare anew what waits to be sent while its law changed."""
    ready = [one.id for one in requests.handled_together(desk(), person_id)
             if one.standing is Standing.READY]
    letters.generate(desk(), person_id, request_ids=ready, actor=OWNER)
    flash(_("What waits to be sent says what the law gives today."))
    return redirect(url_for("requests.every", person=person_id), 303)


@blueprint.get("/requests/<request_id>/words")
def words(request_id: str) -> ResponseReturnValue:
    """What the request says, to read here; for web forms the values to copy."""
    file = requests.get_request(desk(), request_id)
    broker = desk().registry.get(file.request.broker_id)
    composed = letters.compose(desk(), request_id)
    documents = letters.documents_of(desk(), request_id)
    if isinstance(composed, CounselDraft):
        return render_template("pages/documents/counsel_draft.html", file=file, broker=broker,
                               composed=composed, documents=documents)
    if isinstance(composed, FormSheet):
        return render_template("pages/documents/form_sheet.html", file=file, broker=broker,
                               composed=composed, documents=documents, sent=_sent_form(file))
    return render_template(
        "pages/documents/letter.html", file=file, broker=broker, composed=composed,
        plain=letters.plain_words(desk(), request_id), documents=documents,
        enclosable=enclosing.enclosable(desk(), request_id),
        mailto=short_mailto(broker, file.request, composed.subject))


def _sent_form(file: RequestFile) -> SentForm | None:
    """The form that says that it left, while that can be said."""
    if Event.MARK_SENT not in file.allowed:
        return None
    return SentForm(today=desk().clock.today(), channel=file.request.channel)
