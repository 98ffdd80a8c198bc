"""The laws: what they give a person or a place, all of them, and one whole.

What a page asks of the person (a place, an office) comes in the body of a form and goes into
the page that answers it: nothing is kept, and nothing stands in an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from optout.domain.errors import InvalidInput
from optout.domain.person import Person
from optout.domain.places import Residence
from optout.domain.words import ActingAs
from optout.services import people, rights
from optout.services.law_state import state_on, upcoming, upcoming_of
from optout.web.law_pages import (
    ACTINGS,
    WORDS,
    asked_acting,
    good_until,
    jurisdictions,
    past_changes,
)
from optout.web.places import residences
from optout.web.request_list import people_to_choose
from optout.web.state import desk

blueprint = Blueprint("laws", __name__)


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What the pages of this room call the words of the law."""
    return dict(WORDS)


@blueprint.get("/rights")
def choose() -> ResponseReturnValue:
    """Choose for whom, or where."""
    return _choose_page(wrong=False)


@blueprint.post("/rights")
def of_place() -> ResponseReturnValue:
    """What the law gives someone who lives there, person or none."""
    code = request.form.get("place", "")
    if code not in {code for _group, some in residences() for code, _name in some}:
        return _choose_page(wrong=True), 422
    return _rights_page([Residence(code)], None)


@blueprint.route("/people/<person_id>/rights", methods=["GET", "POST"])
def of_person(person_id: str) -> ResponseReturnValue:
    """What the law gives this person today; an answer that is posted holds for this view."""
    person = people.get_person(desk(), person_id)
    return _rights_page(person.residences, person)


@blueprint.get("/laws")
def index() -> ResponseReturnValue:
    """All laws, or those of one place, with what changes when."""
    today, place = desk().clock.today(), request.args.get("place", "")
    try:
        laws = rights.laws_list(desk().library, today, place=place)
    except InvalidInput:
        laws, place = rights.laws_list(desk().library, today), ""
    shown = {law.id for law in laws}
    return render_template(
        "pages/laws/index.html", lines=[(law, state_on(law, today)) for law in laws],
        changes=[one for one in upcoming(desk().laws, today) if one.law.id in shown],
        places=jurisdictions(desk().laws), place=place, checked=desk().laws.checked)


@blueprint.get("/laws/<law_id>")
def show(law_id: str) -> ResponseReturnValue:
    """One law whole."""
    sheet = rights.law_sheet(desk().library, law_id, desk().clock.today())
    return render_template(
        "pages/laws/show.html", sheet=sheet, coming=upcoming_of(sheet.law, sheet.day),
        past=past_changes(sheet.law, sheet.day), good_until=good_until(sheet.law))


def _choose_page(*, wrong: bool) -> str:
    return render_template(
        "pages/laws/choose.html", people=people_to_choose(), wrong=wrong,
        search=people.any_person(desk()),
        places=residences())


def _rights_page(residences: Sequence[Residence], person: Person | None) -> str:
    """The page of rights; what was ticked is read out of the form, used, and forgotten."""
    acting = asked_acting(request.form.get("acting_as", ""))
    today = desk().clock.today()
    found = rights.rights_of(
        desk().library, residences, today, acting,
        holds_power_of_attorney=acting is ActingAs.ATTORNEY_IN_FACT,
        declared=request.form.getlist("declared"))
    return render_template(
        "pages/laws/rights.html", found=found, person=person, today=today, actings=ACTINGS,
        acting=acting.value, asked_place=request.form.get("place", ""))
