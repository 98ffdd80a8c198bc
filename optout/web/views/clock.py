"""What to do about a computer whose date went back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from optout.web.i18n import text as _
from optout.web.state import desk, state

blueprint = Blueprint("clock", __name__)


@blueprint.post("/clock/believe")
def believe() -> ResponseReturnValue:
    """The person says that the date is right now; a later day that was here is forgotten."""
    desk()
    state().instance.believe_clock()
    flash(_("Thank you. Deadlines are counted by today’s date."))
    return redirect(url_for("welcome.home"), 303)
