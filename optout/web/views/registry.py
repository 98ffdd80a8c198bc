"""The registry to look through: find companies, see all that is known of one, choose it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.planning.reasons import MATCHES, OPTIONAL
from optout.services import people
from optout.web.i18n import text as _
from optout.web.registry_index import FILTERS, SORTS, read_index
from optout.web.registry_page import ago, bases, entry_page, why
from optout.web.selection import choose, chosen
from optout.web.state import desk

blueprint = Blueprint("registry", __name__, url_prefix="/registry")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """The companies that the query string asks for, page by page."""
    checked = desk().registry.checked
    return render_template(
        "pages/registry/index.html", index=read_index(desk().library, request.args),
        filters=FILTERS, sorts=SORTS, checked=checked,
        ago=ago((desk().day(None) - checked).days))


@blueprint.get("/companies/<broker_id>")
def show(broker_id: str) -> ResponseReturnValue:
    """All that is known of one company."""
    entry = entry_page(desk().library, broker_id, desk().day(None))
    return render_template(
        "pages/registry/show.html", entry=entry, people=people.list_people(desk()),
        chosen=chosen, bases=bases, why=why, why_more=MATCHES, why_empty=OPTIONAL)


@blueprint.post("/companies/<broker_id>/select")
def select(broker_id: str) -> ResponseReturnValue:
    """Add it to the companies of a person."""
    broker = desk().registry.get(broker_id)
    person = people.get_person(desk(), request.form.get("person", ""))
    choose(person.id, [broker.id])
    flash(_("%(company)s is among the selected companies now.", company=broker.name))
    return redirect(url_for("registry.show", broker_id=broker.id), 303)
