"""Choose the companies: search, filter, select several."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.broker import Broker
from optout.registry.filters import Filters
from optout.services import brokers, people
from optout.web.forms.setup import BareForm
from optout.web.i18n import lazy
from optout.web.i18n import text as _
from optout.web.registry_index import LONGEST_SEARCH, options_of
from optout.web.registry_page import ago
from optout.web.selection import choose, chosen, drop
from optout.web.state import desk

blueprint = Blueprint("brokers", __name__)

FILTERS = {"category": lazy("Kind"), "channel": lazy("Way to ask"),
           "told": lazy("Told California that it")}
"""The filters of the page; the registry’s own page has more."""

PRIORITIES = ("crucial", "high", "normal")
"""In this order companies are shown to who has not searched for a name."""

ONLY_FILED = "registered_broker"
"""Of these no more is known than that they filed with a state."""

MOST_SHOWN = 150
"""More than a page can carry with ease; a search finds the rest."""


@blueprint.get("/people/<person_id>/companies")
def choose_brokers(person_id: str) -> ResponseReturnValue:
    """The registry with a search, and what is selected so far."""
    person = people.get_person(desk(), person_id)
    text = request.args.get("q", "")[:LONGEST_SEARCH]
    library = desk().library
    options = options_of(library)
    asked = {name: request.args[name] for name in FILTERS
             if request.args.get(name) in {one.value for one in options[name]}}
    everyone = brokers.search_brokers(library).brokers
    found = brokers.search_brokers(
        library, text, filters=Filters(**asked)).brokers  # type: ignore[arg-type]  # texts all
    if not text.strip():
        homes = {home.country for home in person.residences}
        found = tuple(sorted(found, key=lambda broker: _first(broker, homes)))
    by_id = {broker.id: broker for broker in everyone}
    return render_template(
        "pages/brokers/choose.html", person=person, form=BareForm(), text=text,
        asked=asked, options=options, filters=FILTERS, checked=library.registry.checked,
        ago=ago((desk().day(None) - library.registry.checked).days),
        found=found[:MOST_SHOWN], total=len(found), important=len(_important(everyone)),
        selected=[by_id[i] for i in chosen(person_id) if i in by_id])


@blueprint.post("/people/<person_id>/companies")
def change_selection(person_id: str) -> ResponseReturnValue:
    """Add to the selection, take from it, or go on to the plan."""
    people.get_person(desk(), person_id)
    known = {broker.id for broker in brokers.search_brokers(desk().library).brokers}
    ticked = [i for i in request.form.getlist("broker") if i in known]
    unticked = set(request.form.getlist("shown")) - set(ticked)
    if "drop" in request.form:
        drop(person_id, [request.form["drop"]])
    elif "drop_all" in request.form:
        drop(person_id, chosen(person_id))
    else:
        drop(person_id, unticked)
        choose(person_id, ticked)
    if "important" in request.form:
        choose(person_id, _important(brokers.search_brokers(desk().library).brokers))
    if "plan" in request.form and chosen(person_id):
        return redirect(url_for("plan.plan", person_id=person_id), 303)
    if "plan" in request.form:
        flash(_("Select at least one company first."), "error")
    asked: dict[str, Any] = {name: request.form.get(name, "")[:LONGEST_SEARCH] or None
                             for name in ("q", *FILTERS)}
    return redirect(url_for(
        "brokers.choose_brokers", person_id=person_id, _anchor="selection", **asked), 303)


def _first(broker: Broker, homes: set[str]) -> tuple[int, bool, bool]:
    """What matters most comes first; then what is near, and what is known to deal in people."""
    far = broker.country not in homes and not homes.intersection(broker.active_in)
    return (PRIORITIES.index(broker.priority), far, broker.category == ONLY_FILED)


def _important(everyone: tuple[Broker, ...]) -> list[str]:
    """The ids of those that most people should ask first."""
    return [broker.id for broker in everyone if broker.priority in PRIORITIES[:2]]
