"""A person's progress over time, as plots with their tables."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from optout.services import people, person_progress
from optout.web.progress_page import parts
from optout.web.state import desk

blueprint = Blueprint("progress", __name__)


@blueprint.get("/people/<person_id>/progress")
def show(person_id: str) -> ResponseReturnValue:
    """How it went since the first listing or request."""
    person = people.get_person(desk(), person_id)
    found = person_progress.progress_of(desk(), person_id)
    return render_template("pages/progress/show.html", person=person, progress=found,
                           parts=parts(found) if found.tallies else ())
