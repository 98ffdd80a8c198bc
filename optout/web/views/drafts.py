"""Drafts for counsel: one at a time, from a page of their own, after what it says was read."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, Refused
from optout.domain.listing import SortBy, Wanted
from optout.domain.plan import Action
from optout.planning.government import is_draft_only
from optout.services import counsel, drafts, listing, people, plans
from optout.web.forms.counsel import CounselForm, FiledForm
from optout.web.forms.setup import BareForm
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/people/<person_id>/drafts/<broker_id>")
def show(person_id: str, broker_id: str) -> ResponseReturnValue:
    """What a draft for this system would be, and every question before it."""
    person, system = people.get_person(desk(), person_id), desk().registry.get(broker_id)
    if not is_draft_only(system):
        return redirect(url_for("systems.show", broker_id=system.id), 303)
    action, reason = _planned(person_id, broker_id)
    return render_template(
        "pages/drafts/show.html", person=person, system=system, action=action, reason=reason,
        form=BareForm(), counsel=counsel.counsel_of(desk(), person_id),
        made=[row.request for row in listing.list_page(
            desk(), Wanted(person_id=person_id, broker_id=broker_id), sort=SortBy.OLDEST).rows])


@blueprint.post("/people/<person_id>/drafts/<broker_id>/answers")
def answer(person_id: str, broker_id: str) -> ResponseReturnValue:
    """Answer a safety question here, and stay here."""
    plans.answer_gate(
        desk(), person_id, request.form.get("gate", ""), scope=request.form.get("scope", ""),
        accepted=request.form.get("answer") == "yes", actor=OWNER)
    return redirect(url_for("drafts.show", person_id=person_id, broker_id=broker_id,
                            _anchor="questions"), 303)


@blueprint.post("/people/<person_id>/drafts/<broker_id>")
def make(person_id: str, broker_id: str) -> ResponseReturnValue:
    """Make this one draft, once its page was read."""
    if request.form.get("read") != "yes":
        flash(_("Nothing was made: tick that you have read what stands here."), "error")
        return redirect(url_for("drafts.show", person_id=person_id, broker_id=broker_id,
                                _anchor="make"), 303)
    file = drafts.make_draft(desk(), person_id, broker_id, actor=OWNER)
    flash(_("The draft is ready to be given to your lawyer. Nothing was sent."))
    return redirect(url_for("requests.show", request_id=file.request.id), 303)


@blueprint.post("/drafts/<request_id>/filed")
def filed(request_id: str) -> ResponseReturnValue:
    """Counsel filed it."""
    form = FiledForm()
    if not form.validate_on_submit():
        flash(_("Enter the day as a date, and a number of at most 200 characters."), "error")
        return redirect(url_for("requests.show", request_id=request_id, _anchor="filed"), 303)
    try:
        drafts.filed(desk(), request_id, on=form.on.data, number=form.number.data or "",
                     actor=OWNER)
    except (InvalidInput, Refused) as error:
        flash(str(error), "error")
    else:
        flash(_("Written down: counsel filed it. The dates below are running now."))
    return redirect(url_for("requests.show", request_id=request_id), 303)


@blueprint.route("/people/<person_id>/counsel", methods=["GET", "POST"])
def name_counsel(person_id: str) -> ResponseReturnValue:
    """Who the person's lawyer is, and what they confirmed."""
    person, known = people.get_person(desk(), person_id), counsel.counsel_of(desk(), person_id)
    form = CounselForm(data=None if request.form or known is None else {
        "name": known.name, "organisation": known.organisation,
        "may_show_home": known.may_show_home, "office": {
            "street": known.address.lines[0], "extra": ", ".join(known.address.lines[1:]),
            "city": known.address.city, "region": known.address.region,
            "postal_code": known.address.postal_code, "country": known.address.country}})
    if form.validate_on_submit() and (office := form.office_entered()) is not None:
        try:
            counsel.set_counsel(desk(), person_id, office, actor=OWNER)
        except InvalidInput as error:
            form.blame(error)
        else:
            flash(_("Saved. A draft that was made before is made anew before it is handed out."))
            return redirect(url_for("people.show", person_id=person_id), 303)
    page = render_template("pages/drafts/counsel.html", person=person, form=form, known=known)
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/people/<person_id>/counsel/remove")
def remove_counsel(person_id: str) -> ResponseReturnValue:
    """Forget the lawyer, and what they confirmed."""
    counsel.remove_counsel(desk(), person_id, actor=OWNER)
    flash(_("No lawyer is named any more. No new draft carries a home address."))
    return redirect(url_for("people.show", person_id=person_id), 303)


def _planned(person_id: str, broker_id: str) -> tuple[Action | None, str]:
    """What the plan has for the system, or why it has nothing."""
    try:
        return drafts.planned_draft(desk(), person_id, broker_id), ""
    except Refused as error:
        return None, str(error)
