"""The board: every request by where it stands, the most urgent first."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from optout.services import board as services
from optout.services import people
from optout.web.list_query import query
from optout.web.request_list import name_of, people_to_choose
from optout.web.state import desk

blueprint = Blueprint("board", __name__)


@blueprint.get("/board")
def show() -> ResponseReturnValue:
    """Everybody's requests, or one person's."""
    person_id = request.args.get("person", "")
    columns = services.board(desk(), person_id)
    only = people.only_person(desk())
    return render_template(
        "pages/board/show.html", columns=columns, person_id=person_id, several=not only,
        person_name=name_of(person_id), people=[] if only else people_to_choose(person_id),
        number=sum(column.number for column in columns), whom=person_id or only, query=query)
