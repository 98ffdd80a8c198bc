"""The papers page of a person: papers to print, permissions to act, a scanned signature."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.document import MadeFile
from optout.domain.document_words import PaperKind
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.person import Authorization, Person
from optout.services import authority, papers, people, signatures
from optout.web.downloads import attachment
from optout.web.forms.base import add_error
from optout.web.forms.papers import AuthorizationForm, PaperForm, SignatureForm
from optout.web.forms.proofs import MOST_BYTES
from optout.web.forms.setup import BareForm
from optout.web.guard import may_send
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("papers", __name__)


@blueprint.get("/people/<person_id>/papers")
def every(person_id: str) -> ResponseReturnValue:
    """Everything that can be printed for a person."""
    return _page(people.get_person(desk(), person_id))


@blueprint.post("/people/<person_id>/papers/<kind>")
def make(person_id: str, kind: str) -> ResponseReturnValue:
    """One paper, made on the spot; nothing is kept."""
    person, wanted = people.get_person(desk(), person_id), _kind(kind)
    form = PaperForm(prefix=wanted, language=person.language, kind=wanted)
    if not form.validate_on_submit():
        return _page(person, paper=form), 422
    return _download(papers.paper_for(
        desk(), person_id, wanted, language=str(form.language.data), planned=form.planned,
        discreet=form.is_discreet))


@blueprint.post("/people/<person_id>/authorizations")
def add_authorization(person_id: str) -> ResponseReturnValue:
    """Write down what the person has signed."""
    person = people.get_person(desk(), person_id)
    form = AuthorizationForm(today=desk().clock.today())
    if form.validate_on_submit():
        entered = form.entered(person_id)
        if entered in _without_ids(authority.authorizations_of(desk(), person_id)):
            return _back(person_id, "authorizations")  # a second click
        try:
            authority.add_authorization(desk(), entered, actor=OWNER)
        except InvalidInput as error:
            form.blame(error)
        else:
            flash(_("Written down."))
            return _back(person_id, "authorizations")
    return _page(person, signed=form), 422


@blueprint.post("/people/<person_id>/authorizations/<authorization_id>/<paper>")
def print_authorization(
    person_id: str, authorization_id: str, paper: str
) -> ResponseReturnValue:
    """A permission to be signed, or the letter that takes it back."""
    person, wanted = people.get_person(desk(), person_id), _kind(paper)
    form = PaperForm(prefix=authorization_id, language=person.language)
    if not form.validate_on_submit():
        return _page(person), 422
    return _download(papers.paper_for(
        desk(), person_id, wanted, language=str(form.language.data),
        authorization_id=authorization_id))


@blueprint.post("/people/<person_id>/authorizations/<authorization_id>/revoke")
def revoke(person_id: str, authorization_id: str) -> ResponseReturnValue:
    """From today on nobody acts on it."""
    known = {one.id: one for one in authority.authorizations_of(desk(), person_id)}
    if authorization_id not in known:
        raise NotFound("This person has no such authorization.")
    try:
        authority.revoke_authorization(desk(), authorization_id, actor=OWNER)
    except (InvalidInput, Refused) as error:
        flash(str(error), "error")
    else:
        flash(_("Taken back from today. Print the letter that tells them."))
    return _back(person_id, "authorizations")


@blueprint.post("/people/<person_id>/signature")
@may_send(MOST_BYTES)
def keep_signature(person_id: str) -> ResponseReturnValue:
    """Keep a scanned signature, cleaned of all but the strokes."""
    person, form = people.get_person(desk(), person_id), SignatureForm()
    chosen = form.file.file
    if chosen is None:
        add_error(form.file, _("Choose a picture, paste one, or drop one here."))
        return _page(person, signature=form), 422
    try:
        signatures.keep_signature(desk(), person_id, chosen.content, actor=OWNER)
    except InvalidInput as error:
        form.blame(error)
    else:
        flash(_("Kept, encrypted. Look at it: this is how it will be printed."))
        return _back(person_id, "signature")
    return _page(person, signature=form), 422


@blueprint.get("/people/<person_id>/signature.png")
def signature(person_id: str) -> ResponseReturnValue:
    """The signature as it is printed."""
    people.get_person(desk(), person_id)
    content = signatures.signature_of(desk(), person_id)
    if not content:
        raise NotFound("No signature is kept for this person.")
    return attachment(content, "signature.png", "image/png")


@blueprint.post("/people/<person_id>/signature/forget")
def forget_signature(person_id: str) -> ResponseReturnValue:
    """Forget the signature; one that is gone already is no mistake."""
    people.get_person(desk(), person_id)
    if signatures.signature_of(desk(), person_id):
        signatures.forget_signature(desk(), person_id, actor=OWNER)
        flash(_("Forgotten. Letters made before keep it; new ones are signed by hand."))
    return _back(person_id, "signature")


def progress_form(person: Person) -> PaperForm:
    """The form of the progress report, for the person's own page."""
    return PaperForm(prefix=PaperKind.PROGRESS, language=person.language,
                     kind=PaperKind.PROGRESS)


def _page(person: Person, *, paper: PaperForm | None = None,
          signed: AuthorizationForm | None = None,
          signature: SignatureForm | None = None) -> str:
    today = desk().clock.today()
    forms = {kind: PaperForm(prefix=kind, language=person.language, kind=kind)
             for kind in PaperKind}
    if paper is not None:
        forms[PaperKind(request.view_args["kind"])] = paper  # type: ignore[index]  # set on this route
    permissions = authority.authorizations_of(desk(), person.id)
    return render_template(
        "pages/papers/papers.html", person=person, today=today, forms=forms,
        offers=papers.papers_of(desk(), person.id), permissions=permissions,
        printing={one.id: PaperForm(prefix=one.id, language=person.language)
                  for one in permissions},
        signed=signed or AuthorizationForm(today=today), bare=BareForm(),
        signature=signature or SignatureForm(),
        has_signature=bool(signatures.signature_of(desk(), person.id)), wrong=paper)


def _kind(value: str) -> PaperKind:
    try:
        return PaperKind(value)
    except ValueError:
        raise NotFound("There is no such paper.") from None


def _without_ids(known: tuple[Authorization, ...]) -> list[Authorization]:
    return [Authorization("", one.person_id, one.agent_name, one.signed_on, one.ends_on,
                          one.revoked_on, one.power_of_attorney) for one in known]


def _download(made: MadeFile) -> ResponseReturnValue:
    return attachment(made.content, made.file_name, made.media_type)


def _back(person_id: str, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("papers.every", person_id=person_id, _anchor=anchor), 303)
