"""What a look at a company showed: listed, nothing found, or no look possible."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput
from optout.domain.outcome_words import LookResult, NoLook
from optout.services import looks
from optout.web.forms.base import add_error
from optout.web.forms.plan import FoundForm
from optout.web.i18n import text as _
from optout.web.plan_back import back_to
from optout.web.plan_page import action_page
from optout.web.state import desk

blueprint = Blueprint("looks", __name__)


@blueprint.post("/people/<person_id>/plan/looks/listed")
def listed(person_id: str) -> ResponseReturnValue:
    """The person is listed there; the link of the listing, if given, is kept."""
    form = FoundForm()
    broker = desk().registry.get(str(form.broker.data or ""))
    if not form.validate_on_submit():
        return _again(person_id, broker.id, form)
    try:
        looks.record_look(desk(), person_id, broker.id, LookResult.LISTED,
                          url=str(form.url.data or "").strip(), actor=OWNER)
    except InvalidInput as error:
        add_error(form.url, str(error))
        return _again(person_id, broker.id, form)
    flash(_("Kept. The plan now has a request to %(company)s.", company=broker.name))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/looks")
def record(person_id: str) -> ResponseReturnValue:
    """The search worked, and found nothing."""
    broker = desk().registry.get(request.form.get("broker", ""))
    looks.record_look(desk(), person_id, broker.id, LookResult.NOT_FOUND, actor=OWNER)
    flash(_("Kept. Nobody is told about you where nothing shows you."))
    return back_to(person_id, broker.id)


@blueprint.post("/people/<person_id>/plan/looks/none")
def could_not(person_id: str) -> ResponseReturnValue:
    """No look was possible, or it could not tell; anything unknown counts as another reason."""
    broker = desk().registry.get(request.form.get("broker", ""))
    word = request.form.get("reason", "")
    reason = NoLook(word) if word in set(NoLook) else NoLook.OTHER
    looks.record_look(desk(), person_id, broker.id, LookResult.COULD_NOT_LOOK, reason=reason,
                      actor=OWNER)
    flash(_("Kept. You can look again later, or ask without looking."))
    return back_to(person_id, broker.id)


def _again(person_id: str, broker_id: str, form: FoundForm) -> ResponseReturnValue:
    """The company's own page, with what is wrong."""
    return render_template("pages/plan/show.html", **action_page(
        desk(), person_id, broker_id, wrong=form)), 422
