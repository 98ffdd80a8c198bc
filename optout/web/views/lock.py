"""Unlock, lock, and leave in a hurry."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from optout.domain.errors import WrongPassphrase
from optout.web.forms.base import add_error
from optout.web.forms.setup import UnlockForm
from optout.web.guard import open_page
from optout.web.state import forget_session, is_unlocked, open_session, state

blueprint = Blueprint("lock", __name__)


@blueprint.route("/unlock", methods=["GET", "POST"])
@open_page
def unlock() -> ResponseReturnValue:
    """Ask for the passphrase."""
    if not state().instance.exists():
        return redirect(url_for("welcome.welcome"), 303)
    if is_unlocked():
        return redirect(url_for("welcome.home"), 303)
    form = UnlockForm()
    if form.validate_on_submit():
        try:
            state().instance.unlock(str(form.passphrase.data))
        except WrongPassphrase as error:
            add_error(form.passphrase, str(error))
        else:
            open_session()
            return redirect(url_for("welcome.home"), 303)
    return render_template("pages/lock/unlock.html", form=form), 422 if form.errors else 200


@blueprint.post("/lock")
@open_page
def lock() -> ResponseReturnValue:
    """Drop the keys, end every session; a stranger's click does nothing."""
    if is_unlocked():
        state().lock()
    forget_session()
    return redirect(url_for("lock.unlock"), 303)


@blueprint.post("/leave")
@open_page
def leave() -> ResponseReturnValue:
    """Lock and show a page that says nothing about this program.

    It asks for no token: a page left open since an earlier session must still lead out, and
    what another page starts is refused before.
    """
    if is_unlocked():
        state().lock()
    forget_session()
    return redirect(url_for("lock.measures"), 303)


@blueprint.get("/measures")
@open_page
def measures() -> ResponseReturnValue:
    """A page about kitchen measures: what others see after the quick exit."""
    return render_template("pages/lock/measures.html")
