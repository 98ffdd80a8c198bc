"""Help and safety: what to know, whom to ask, and the first question again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.services import people
from optout.web.forms.setup import SafetyForm
from optout.web.guard import open_page
from optout.web.i18n import text as _
from optout.web.state import at_risk, desk, is_unlocked, remember_risk

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@open_page
def safety() -> ResponseReturnValue:
    """How to stay safe while using this; open to everyone."""
    form = None
    if is_unlocked():
        form = SafetyForm(data={"at_risk": "yes" if at_risk() else "no"})
    return render_template("pages/help/safety.html", form=form)


@blueprint.post("/help")
def change_risk() -> ResponseReturnValue:
    """Answer the first question anew."""
    form = SafetyForm()
    if not form.validate_on_submit():
        return render_template("pages/help/safety.html", form=form), 422
    value = form.at_risk.data == "yes"
    people.set_instance_at_risk(desk(), value, actor=OWNER)
    remember_risk(value=value)
    flash(_("Your answer is kept."))
    return redirect(url_for("help.safety"), 303)
