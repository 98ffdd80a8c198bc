"""What belongs to the list of requests: setting its filters, and taking it along as a table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.listing import Wanted
from optout.services import csv_export, listing
from optout.web.downloads import attachment
from optout.web.forms.listing import ExportForm
from optout.web.i18n import text as _
from optout.web.list_query import query, sort_of, wanted_of
from optout.web.request_list import filter_form
from optout.web.state import desk

blueprint = Blueprint("listing", __name__)


@blueprint.post("/requests/filter")
def choose() -> ResponseReturnValue:
    """Turn what was chosen into an address that holds ids and words only."""
    form = filter_form(Wanted(), "made")
    if not form.validate_on_submit():
        flash(_("A filter has a day that does not exist. Enter it like 2026-11-23."), "error")
        return redirect(url_for("requests.every"), 303)
    words: dict[str, Any] = {
        field.short_name: "1" if field.data is True else str(field.data)
        for field in form if field.data and field.short_name not in ("csrf_token", "company")}
    company = (form.company.data or "").strip()
    if company:
        found = desk().registry.search(company)
        if not found:
            flash(_("No company of that name is known here. All companies are shown."), "error")
        else:
            words["broker"] = found[0][0].id
    said = {name: value for name, value in words.items() if (name, value) != ("sort", "made")}
    return redirect(url_for("requests.every", **said), 303)


@blueprint.route("/requests/export", methods=["GET", "POST"])
def export() -> ResponseReturnValue:
    """Say what the table is, then hand it over."""
    wanted, sort = wanted_of(request.args, desk().clock.today()), sort_of(request.args)
    form = ExportForm()
    if form.validate_on_submit():
        return attachment(
            csv_export.table_of(desk(), wanted, sort=sort, names=not form.without_names.data),
            csv_export.FILE_NAME, "text/csv; charset=utf-8")
    return render_template(
        "pages/requests/export.html", form=form, query=query(wanted, sort),
        number=listing.count(desk(), wanted), columns=csv_export.COLUMNS,
        warning=csv_export.WARNING)
