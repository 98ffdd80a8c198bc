"""Letters about a request: read first, then made, handed over, and written down as sent."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.document import Document, FormSheet, Letter
from optout.domain.document_words import Purpose
from optout.domain.errors import GateClosed, InvalidInput, NotFound, Outdated, Refused
from optout.domain.later import EVENT_OF_PURPOSE, LATER_PURPOSES
from optout.domain.request import RequestFile
from optout.services import (
    enclosing,
    later_files,
    later_letters,
    letters,
    people,
    plans,
    requests,
)
from optout.services.later_hand_over import hand_over_later
from optout.web.forms.base import add_error
from optout.web.forms.later import LaterForm
from optout.web.forms.proofs import MOST_BYTES
from optout.web.forms.requests import LaterSentForm
from optout.web.guard import may_send
from optout.web.i18n import text as _
from optout.web.request_back import back_to_request
from optout.web.request_page import broker_name
from optout.web.state import desk, state

blueprint = Blueprint("later", __name__)


@blueprint.route("/requests/<request_id>/letters/<purpose>", methods=["GET", "POST"])
def write(request_id: str, purpose: str) -> ResponseReturnValue:
    """What the letter needs from the person, and how it reads; then it is made."""
    file, wanted = requests.get_request(desk(), request_id), _purpose(purpose)
    unmet = _unmet(file, wanted)
    form = _form(request_id, wanted, unmet=unmet)
    if unmet or _held(request_id, wanted):
        return _page(file, wanted, form, unmet=unmet), 409 if request.method == "POST" else 200
    if request.method == "POST" and not form.validate():
        return _page(file, wanted, form), 422
    try:
        if request.form.get("act") == "make":
            return _make(file, wanted, form)
        letter = later_letters.compose_later(desk(), request_id, wanted, details=form.details())
        plain = _plain(file, wanted, form, letter)
    except InvalidInput as error:
        form.blame(error)
        return _page(file, wanted, form), 422
    except Refused as error:
        return _page(file, wanted, form, unmet=str(error)), 409
    return _page(file, wanted, form, letter=letter, plain=plain)


@blueprint.post("/requests/<request_id>/letters/<purpose>/answers")
def answer(request_id: str, purpose: str) -> ResponseReturnValue:
    """Answer the safety question before a letter."""
    file, wanted = requests.get_request(desk(), request_id), _purpose(purpose)
    plans.answer_gate(
        desk(), file.request.person_id, request.form.get("gate", ""),
        scope=request.form.get("scope", ""), accepted=request.form.get("answer") == "yes",
        actor=OWNER)
    return redirect(url_for("later.write", request_id=file.request.id, purpose=wanted), 303)


@blueprint.get("/letters/<document_id>")
def send(document_id: str) -> ResponseReturnValue:
    """How a letter that was made leaves the house, and where to say that it left.

    One that may not be handed out any more may have left before: that is never lost.
    """
    try:
        return _sending_page(document_id)
    except (GateClosed, Outdated) as error:
        written = later_files.later_document(desk(), document_id)
        return back_to_request(written.request_id, f"{error} " + _(
            "If it has left already, do not send it again: write that down on this page, under "
            "“Something else happened”."))


@blueprint.post("/letters/<document_id>/sent")
@may_send(MOST_BYTES)
def sent(document_id: str) -> ResponseReturnValue:
    """The person sent it: the history gets the event of its purpose, with the proof."""
    document = _letter(document_id)
    form = LaterSentForm(today=desk().clock.today())
    with state().turn:
        events = requests.get_request(desk(), document.request_id).events
        if request.form.get("seen", str(len(events))) != str(len(events)):
            return back_to_request(document.request_id, _(
                "Something was written down meanwhile. This is how it stands now; nothing was "
                "written twice."))
        if form.validate_on_submit():
            try:
                later_files.mark_later(desk(), document_id, proof=form.file.file,
                                       on=form.on.data, detail=form.proof.data or "", actor=OWNER)
            except InvalidInput as error:
                form.blame(error, detail="proof")
            except Refused as error:
                add_error(form.on, str(error))
            else:
                return back_to_request(document.request_id, _(
                    "Written down. The dates below count it in."))
    return _sending_page(document_id, form), 422


def _make(file: RequestFile, purpose: Purpose, form: LaterForm) -> ResponseReturnValue:
    """Make the letter once for each time that its page was shown."""
    with state().turn:
        made = later_files.later_documents_of(desk(), file.request.id)
        if request.form.get("made") != str(len(made)):
            same = [one for one in made if one.purpose is purpose]
            if same:
                return redirect(url_for("later.send", document_id=same[-1].id), 303)
        document = later_letters.write_later(
            desk(), file.request.id, purpose, details=form.details(), actor=OWNER)
    flash(_("It is written. It has not left this computer."))
    return redirect(url_for("later.send", document_id=document.id), 303)


def _form(request_id: str, purpose: Purpose, *, unmet: str) -> LaterForm:
    if purpose is not Purpose.COMPLAINT or unmet:
        return LaterForm(purpose)
    theirs = later_letters.authorities_of(desk(), request_id, theirs=True)
    return LaterForm(purpose, authorities=later_letters.authorities_of(desk(), request_id),
                     meant=theirs[0] if theirs else "")


def _page(file: RequestFile, purpose: Purpose, form: LaterForm, *, unmet: str = "",
          letter: Letter | FormSheet | None = None, plain: Letter | None = None) -> str:
    asked = file.request
    return render_template(
        "pages/later/write.html", asked=asked, purpose=purpose, form=form, unmet=unmet,
        letter=letter if isinstance(letter, Letter) else None, plain=plain,
        sheet=letter if isinstance(letter, FormSheet) else None,
        broker=broker_name(asked.broker_id), person=people.get_person(desk(), asked.person_id),
        gates=later_letters.gates_of(desk(), asked.id, purpose),
        made=len(later_files.later_documents_of(desk(), asked.id)))


def _sending_page(document_id: str, form: LaterSentForm | None = None) -> str:
    document = _letter(document_id)
    file = requests.get_request(desk(), document.request_id)
    event = EVENT_OF_PURPOSE[document.purpose]
    return render_template(
        "pages/later/send.html", document=document, asked=file.request, file=file,
        broker=broker_name(file.request.broker_id),
        hand_over=hand_over_later(desk(), document_id),
        unmet=_unmet(file, document.purpose),
        noted=[one for one in file.events
               if one.event is event and one.on >= document.made_on],
        may_be_sent=event in file.allowed,
        enclosable=enclosing.enclosable(desk(), document.request_id),
        sent=form or LaterSentForm(today=desk().clock.today()))


def _plain(
    file: RequestFile, purpose: Purpose, form: LaterForm, letter: Letter | FormSheet
) -> Letter | None:
    """The letter in English, where it is in a language that the person may not read."""
    spoken = people.get_person(desk(), file.request.person_id).language.partition("-")[0]
    if not isinstance(letter, Letter) or letter.language in {"en", spoken}:
        return None
    plain = later_letters.compose_later(desk(), file.request.id, purpose, details=form.details(),
                                        in_english=True)
    return plain if isinstance(plain, Letter) else None


def _unmet(file: RequestFile, purpose: Purpose) -> str:
    """The condition of a letter that is not met today; empty when all are."""
    return next(offer.unmet for offer in later_letters.offers_of(desk(), file.request.id)
                if offer.purpose is purpose)


def _letter(document_id: str) -> Document:
    document = letters.read_document(desk(), document_id)
    if document.purpose is Purpose.REQUEST:
        raise NotFound("There is no such letter.")
    return document


def _held(request_id: str, purpose: Purpose) -> bool:
    return any(gate.holds for gate in later_letters.gates_of(desk(), request_id, purpose))


def _purpose(value: str) -> Purpose:
    if value not in LATER_PURPOSES:
        raise NotFound("There is no such letter.")
    return Purpose(value)
