"""Choose the companies: search, filter, select several."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.broker import Broker
from optout.services import brokers, people
from optout.web.forms.setup import BareForm
from optout.web.i18n import text as _
from optout.web.selection import choose, chosen, drop
from optout.web.state import desk

blueprint = Blueprint("brokers", __name__)

LONGEST_SEARCH = 100
PRIORITIES = ("crucial", "high", "normal")
"""In this order companies are shown to who has not searched for a name."""

MOST_SHOWN = 300
"""More than a page can carry with ease; a search finds the rest."""


@blueprint.get("/people/<person_id>/companies")
def choose_brokers(person_id: str) -> ResponseReturnValue:
    """The registry with a search, and what is selected so far."""
    person = people.get_person(desk(), person_id)
    text = request.args.get("q", "")[:LONGEST_SEARCH]
    category = request.args.get("category", "")[:LONGEST_SEARCH]
    library = desk().library
    everyone = brokers.search_brokers(library).brokers
    found = brokers.search_brokers(library, text, category=category).brokers
    if not text.strip():
        found = tuple(sorted(found, key=lambda broker: PRIORITIES.index(broker.priority)))
    by_id = {broker.id: broker for broker in everyone}
    return render_template(
        "pages/brokers/choose.html", person=person, form=BareForm(), text=text,
        category=category, categories=_categories(everyone),
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
    return redirect(url_for(
        "brokers.choose_brokers", person_id=person_id, _anchor="selection",
        q=request.form.get("q", "")[:LONGEST_SEARCH] or None,
        category=request.form.get("category", "")[:LONGEST_SEARCH] or None), 303)


def _important(everyone: tuple[Broker, ...]) -> list[str]:
    """The ids of those that most people should ask first."""
    return [broker.id for broker in everyone if broker.priority in PRIORITIES[:2]]


def _categories(everyone: tuple[Broker, ...]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for broker in everyone:
        counts[broker.category] = counts.get(broker.category, 0) + 1
    return sorted(counts.items())
