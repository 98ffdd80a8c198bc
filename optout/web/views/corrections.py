"""The person's own part of the registry: report, correct, add, and take back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.errors import InvalidFile, OptoutError
from optout.domain.listing import Wanted
from optout.services import corrections, listing
from optout.web.forms.base import add_error
from optout.web.forms.registry import AddForm, CorrectForm
from optout.web.i18n import text as _
from optout.web.registry_changes import (
    blame_fields,
    changes,
    contact_of,
    new_entry,
    shown,
    version_of,
)
from optout.web.state import desk

blueprint = Blueprint("corrections", __name__, url_prefix="/registry")


@blueprint.post("/companies/<broker_id>/outdated")
def report(broker_id: str) -> ResponseReturnValue:
    """Write down that a way out is old: before its next use, a look is asked for."""
    wanted = request.form.get("way", "")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 4 else -1  # noqa: PLR2004 - more digits than an entry has ways
    corrections.report_outdated(desk().library, broker_id, [number], today=desk().day(None))
    flash(_("Written down: before this way is used again, you will be asked to look first. "
            "If you know how it is now, correct it."))
    return _to(broker_id)


@blueprint.route("/companies/<broker_id>/correct", methods=["GET", "POST"])
def correct(broker_id: str) -> ResponseReturnValue:
    """Correct what is known of a company."""
    library = desk().library
    broker = desk().registry.get(broker_id)
    fields = corrections.fields(library, broker_id)
    form = CorrectForm(data=None if request.method == "POST" else shown(fields))
    if form.validate_on_submit():
        if form.version.data != version_of(fields) or [
                entry.form.channel.data for entry in form.procedures.entries] != [
                way["channel"] for way in fields.get("procedures", [])]:
            form.form_errors.append(_("This entry changed meanwhile. Open the form again."))
        else:
            try:
                corrections.correct(
                    library, broker_id, changes(form, fields, desk().day(None)))
            except InvalidFile as error:
                blame_fields(form, error)
            else:
                flash(_("Your correction is kept on this computer, and in force."))
                return _to(broker_id)
    page = render_template("pages/registry/correct.html", form=form, broker=broker,
                           contact_of=contact_of)
    return (page, 422) if form.is_submitted() else page


@blueprint.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a company that the registry does not have."""
    begun = request.method == "GET" or "begin" in request.form
    form = AddForm(formdata=None, data={"domain": request.form.get("domain", "")}) if begun \
        else AddForm()
    if begun:
        return render_template("pages/registry/add.html", form=form)
    if form.validate():
        known = desk().registry.match(str(form.domain.data))
        if known is not None:
            add_error(form.domain, _("This site belongs to “%(name)s”, which is here already: "
                                     "correct that entry.", name=known.name))
        else:
            try:
                broker = corrections.add_broker(
                    desk().library, new_entry(form, desk().day(None)))
            except InvalidFile as error:
                blame_fields(form, error)
            except OptoutError as error:
                add_error(form.name, str(error))
            else:
                flash(_("%(name)s is in your registry now.", name=broker.name))
                return _to(broker.id)
    return render_template("pages/registry/add.html", form=form), 422


@blueprint.post("/companies/<broker_id>/keep")
def keep(broker_id: str) -> ResponseReturnValue:
    """Both were looked at: the person's own values stay."""
    corrections.keep_own(desk().library, broker_id)
    flash(_("Your own words stay in force."))
    return _to(broker_id)


@blueprint.post("/companies/<broker_id>/undo")
def undo(broker_id: str) -> ResponseReturnValue:
    """Take the person's own part back."""
    library = desk().library
    packaged = broker_id not in {one.id for one in corrections.differences(library, broker_id)
                                 if one.kind == "new"}
    if not packaged and listing.count(desk(), Wanted(broker_id=broker_id)).number:
        flash(_("You have requests to this company, so it stays."), "error")
        return _to(broker_id)
    try:
        corrections.undo(library, broker_id)
    except InvalidFile:
        flash(_("Something else that you added needs this entry. Take that back first."), "error")
        return _to(broker_id)
    flash(_("Taken back."))
    return _to(broker_id) if packaged else redirect(url_for("registry.index"), 303)


def _to(broker_id: str) -> ResponseReturnValue:
    return redirect(url_for("registry.show", broker_id=broker_id), 303)
