"""The registry to look through: find companies, see all that is known of one, choose it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.gate import Gate, GatePlace
from optout.domain.person import Person
from optout.domain.words import GateLevel
from optout.planning.reasons import MATCHES, OPTIONAL
from optout.registry.sites import site_of
from optout.services import people, safety
from optout.services.broker_record import FEW, record_of
from optout.web.forms.registry import MatchForm
from optout.web.i18n import text as _
from optout.web.registry_index import FILTERS, SORTS, read_index
from optout.web.registry_own import own_part
from optout.web.registry_page import ago, bases, entry_page, why
from optout.web.selection import choose, chosen
from optout.web.state import desk
from optout.web.systems_page import feeds, route_of, sells_to_agencies

blueprint = Blueprint("registry", __name__, url_prefix="/registry")

MOST_PEOPLE = 10
"""People for whom a company can be chosen on its page; for others it is done in their plan."""


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
    everyone = people.people_page(desk(), most=MOST_PEOPLE + 1)[:MOST_PEOPLE]
    return render_template(
        "pages/registry/show.html", entry=entry, own=own_part(desk().library, broker_id),
        people=everyone, gates=_told(broker_id, everyone), chosen=chosen, bases=bases, why=why,
        why_more=MATCHES, why_empty=OPTIONAL, route=route_of(entry.broker),
        record=record_of(desk(), entry.broker.id), hint_below=FEW,
        feeds=feeds(entry.broker, desk().registry.brokers),
        sells_to_agencies=sells_to_agencies(entry.broker))


def _told(broker_id: str, everyone: Sequence[Person]) -> list[Gate]:
    """What the safety rules tell on this page, once; what they ask is asked where it is done."""
    told = {gate.id: gate for person in everyone for gate in safety.gates_on_page(
        desk(), GatePlace.BROKER_PAGE, person.id, broker_id=broker_id)
        if gate.level is not GateLevel.CONFIRM}
    return sorted(told.values(), key=lambda gate: list(GateLevel).index(gate.level))


@blueprint.post("/companies/<broker_id>/select")
def select(broker_id: str) -> ResponseReturnValue:
    """Add it to the companies of a person."""
    broker = desk().registry.get(broker_id)
    person = people.get_person(desk(), request.form.get("person", ""))
    choose(person.id, [broker.id])
    flash(_("%(company)s is among the selected companies now.", company=broker.name))
    return redirect(url_for("registry.show", broker_id=broker.id), 303)


@blueprint.route("/match", methods=["GET", "POST"])
def match() -> ResponseReturnValue:
    """Whose listing is this: the link is sent in the body, looked at, and forgotten."""
    form = MatchForm()
    if not form.is_submitted():
        return render_template("pages/registry/match.html", form=form, found=None, site="")
    if not form.validate():
        return render_template("pages/registry/match.html", form=form, found=None, site=""), 422
    link = str(form.link.data).strip()
    return render_template("pages/registry/match.html", form=form,
                           found=desk().registry.match(link), site=site_of(link))
