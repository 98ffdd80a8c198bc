"""The print page: the letters of a person that go by post, as one file, with labels and lists."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.document import MadeFile
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.request import Request
from optout.domain.words import Channel, Standing
from optout.services import batches, bulk_jobs, listing, people, requests
from optout.services.pile_later import later_pile
from optout.services.print_jobs import PrintWish, start_printing
from optout.web import preparing
from optout.web.downloads import attachment
from optout.web.forms.printing import PrintForm
from optout.web.forms.setup import BareForm
from optout.web.i18n import text as _
from optout.web.paper_labels import PURPOSES
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
    ready = [one.id for one in _by_post(person_id) if one.standing is Standing.READY]
    later = [one.document_id for one in later_pile(desk(), person_id).letters]
    if not (ready or later):
        return redirect(url_for("printing.show", person_id=person_id), 303)  # all left meanwhile
    form = PrintForm(ready=[*ready, *later])
    if not form.validate_on_submit():
        return _page(person_id, form), 422
    try:
        chosen = tuple(form.letters.data or ())
        asked, about = (tuple(one for one in chosen if one in kind) for kind in (ready, later))
        if len(chosen) > preparing.MANY:
            job = start_printing(desk(), person_id, asked, form.wish, later_ids=about)
            return redirect(url_for("jobs.show", job_id=job), 303)
        pile = batches.pile_of(desk(), person_id, asked, later_ids=about)
        made = _made(person_id, pile, form.wish, request.form.get("act", ""))
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
    people.get_person(desk(), person_id)
    waiting = listing.unsent_of(desk(), person_id, Standing.DRAFT, most=listing.MOST_AT_ONCE)
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


def _made(person_id: str, pile: batches.Pile, wish: PrintWish, act: str) -> MadeFile:
    if act == "labels":
        return batches.label_sheet(desk(), person_id, sheet=wish.sheet, skip=wish.skip, pile=pile)
    if act == "list":
        return batches.mail_list(desk(), person_id, pile=pile)
    if act == "manifest":
        return batches.manifest(desk(), person_id, duplex=wish.duplex, pile=pile)
    return batches.batch_pdf(desk(), person_id, duplex=wish.duplex, page=wish.page, pile=pile)


def _page(person_id: str, form: PrintForm | None = None) -> str:
    person, job = people.get_person(desk(), person_id), bulk_jobs.at_hand(desk(), person_id)
    posted, later = _by_post(person_id), later_pile(desk(), person_id)
    names = {one.id: (broker_name(one.broker_id), one.id)
             for one in posted if one.standing is Standing.READY}
    names |= {one.document_id: (one.name, f"{one.reference} · {PURPOSES[one.purpose]}")
              for one in later.letters}
    return render_template(
        "pages/printing/show.html", person=person, names=names,
        many=len(names) > preparing.MANY, bare=BareForm(), job=job,
        job_runs=bool(job) and not bulk_jobs.state_of(job).finished,
        form=form or PrintForm(ready=list(names)), left_out=later.left_out,
        drafts=[one for one in posted if one.standing is Standing.DRAFT])


def _by_post(person_id: str) -> list[Request]:
    """The requests that go by post; a draft for counsel never is among them."""
    return [one for one in requests.handled_together(desk(), person_id)
            if one.channel is Channel.POSTAL_MAIL]
