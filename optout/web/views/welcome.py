"""The first run: what this is, the first question, the passphrase; and the way in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from optout.domain.errors import InstanceExists, InvalidInput
from optout.services import people
from optout.web.errors import page
from optout.web.forms.setup import PassphraseForm, SafetyForm
from optout.web.guard import open_page
from optout.web.i18n import text as _
from optout.web.state import browser_session, desk, is_unlocked, open_session, remember_risk, state

blueprint = Blueprint("welcome", __name__)


@blueprint.get("/start/<token>")
@open_page
def start(token: str) -> ResponseReturnValue:
    """Exchange the start token for a session, then leave its address at once."""
    if request.method == "HEAD" or not state().exchange(token):
        return page(403, _("Link used up"), _("This start link was used already."),
                    _("Continue in the window where you opened it. If that is gone, stop the "
                      "program and start it again."))
    browser_session().renew()
    session["started"] = True
    if state().instance.is_open:
        open_session()  # unlocked by its passphrase file or keyring when the program started
    return redirect(url_for("welcome.home"), 303)


@blueprint.get("/")
@open_page
def home() -> ResponseReturnValue:
    """The page that comes next for this person."""
    if not state().instance.exists():
        return redirect(url_for("welcome.welcome"), 303)
    if not is_unlocked():
        return redirect(url_for("lock.unlock"), 303)
    if not people.any_person(desk()):
        return redirect(url_for("people.new"), 303)
    return redirect(url_for("due.due"), 303)


@blueprint.get("/welcome")
@open_page
def welcome() -> ResponseReturnValue:
    """What this is and what it will never do."""
    return _only_once() or render_template("pages/welcome/welcome.html")


@blueprint.route("/welcome/safety", methods=["GET", "POST"])
@open_page
def safety() -> ResponseReturnValue:
    """The first question, before any identity."""
    turned_away = _only_once()
    if turned_away is not None:
        return turned_away
    form = SafetyForm()
    if form.validate_on_submit():
        remember_risk(value=form.at_risk.data == "yes")
        return redirect(url_for("welcome.passphrase"), 303)
    return render_template("pages/welcome/safety.html", form=form), 422 if form.errors else 200


@blueprint.route("/welcome/passphrase", methods=["GET", "POST"])
@open_page
def passphrase() -> ResponseReturnValue:
    """The passphrase, twice; then the encrypted store is made."""
    turned_away = _only_once()
    if turned_away is not None:
        return turned_away
    if "at_risk" not in session:
        return redirect(url_for("welcome.safety"), 303)
    form = PassphraseForm()
    if form.validate_on_submit():
        try:
            state().instance.create(str(form.passphrase.data), at_risk=bool(session["at_risk"]))
        except InstanceExists:
            return redirect(url_for("lock.unlock"), 303)
        except InvalidInput as error:
            form.blame(error)
        else:
            open_session()
            return redirect(url_for("people.new"), 303)
    return (render_template("pages/welcome/passphrase.html", form=form),
            422 if form.errors else 200)


def _only_once() -> ResponseReturnValue | None:
    """Turn away who has no business here: the folder exists, or this browser has no token."""
    if state().instance.exists():
        return redirect(url_for("welcome.home"), 303)
    if not session.get("started"):
        return page(403, _("Open the start link"),
                    _("This program has not been set up, and only its owner may do that."),
                    _("Use the link that it printed when it started. If you do not have it, stop "
                      "the program and start it again: it opens the right page by itself."))
    return None
