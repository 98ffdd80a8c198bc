"""The people whose requests these are: list, add, change, and what each company was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput
from optout.domain.gate import GatePlace
from optout.domain.listing import Wanted
from optout.domain.person import Person
from optout.domain.request import Disclosure
from optout.domain.words import Fact
from optout.services import counsel, ledger, listing, people, safety
from optout.web.forms.listing import SearchForm
from optout.web.forms.person import PersonForm
from optout.web.forms.person_values import form_data, person_from
from optout.web.i18n import text as _
from optout.web.state import at_risk, desk
from optout.web.views.papers import progress_form

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
def every() -> ResponseReturnValue:
    """Everybody, a page at a time, in the order of their names."""
    page = people.people_page(desk(), request.args.get("after", ""), most=people.PAGE + 1)
    shown = page[:people.PAGE]
    return render_template(
        "pages/people/list.html", people=shown, form=SearchForm(),
        more=shown[-1].id if len(page) > people.PAGE else "")


@blueprint.route("/people/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a person."""
    form = PersonForm(data=None if request.form else {"at_risk": at_risk()})
    person = _submitted(form, None)
    if person is None:
        return _form_page(form, None)
    saved = people.add_person(desk(), person, actor=OWNER)
    flash(_("Saved. Now say what should be covered."))
    return redirect(url_for("cover.choose", person_id=saved.id), 303)


@blueprint.get("/people/<person_id>")
def show(person_id: str) -> ResponseReturnValue:
    """One person, and what was handed to whom."""
    person = people.get_person(desk(), person_id)
    told = _together(ledger.disclosures(desk(), person_id))
    names = {broker.id: broker.name for broker in desk().registry.all()}
    return render_template("pages/people/show.html", person=person, told=told, names=names,
                           counsel=counsel.counsel_of(desk(), person_id),
                           progress=progress_form(person),
                           number=listing.count(desk(), Wanted(person_id=person_id)))


@blueprint.route("/people/<person_id>/edit", methods=["GET", "POST"])
def edit(person_id: str) -> ResponseReturnValue:
    """Change what is known about a person."""
    before = people.get_person(desk(), person_id)
    form = PersonForm(data=None if request.form else form_data(before))
    person = _submitted(form, before)
    if person is None:
        return _form_page(form, before)
    people.update_person(desk(), person, actor=OWNER)
    flash(_("Saved. Documents already made stay as they are."))
    return redirect(url_for("people.show", person_id=person_id), 303)


@dataclass(frozen=True, slots=True)
class Told:
    """What one company was told on one day by one request."""

    on: date
    broker_id: str
    request_id: str
    facts: tuple[Fact, ...]


def _together(ledger_lines: tuple[Disclosure, ...]) -> list[Told]:
    """The ledger with the facts of one occasion on one line, each once."""
    def occasion(line: Disclosure) -> tuple[date, str, str]:
        return line.on, line.broker_id, line.request_id

    return [Told(*key, tuple(dict.fromkeys(line.fact for line in lines)))
            for key, lines in groupby(ledger_lines, occasion)]


def _submitted(form: PersonForm, before: Person | None) -> Person | None:
    """The person of a complete and sound form, else None."""
    if request.method != "POST" or "add" in request.form:
        return None
    if not form.validate_on_submit():
        return None
    try:
        return person_from(form, before)
    except InvalidInput as error:
        form.blame(error)
        return None


def _form_page(form: PersonForm, before: Person | None) -> ResponseReturnValue:
    added = request.form.get("add", "")
    if added:
        form.add_row(added)
    wrong = request.method == "POST" and not added
    page = render_template("pages/people/form.html", form=form, person=before, added=added,
                           told=safety.gates_on_page(
                               desk(), GatePlace.PERSON, before.id if before else ""),
                           first=not people.any_person(desk()))
    return page, 422 if wrong else 200
