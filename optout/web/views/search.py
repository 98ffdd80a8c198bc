"""The search over everything: asked by POST, so that no name stands in an address."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from optout.services import finding
from optout.web.forms.listing import SearchForm
from optout.web.state import desk

blueprint = Blueprint("search", __name__)


@blueprint.route("/search", methods=["GET", "POST"])
def search() -> ResponseReturnValue:
    """The field, and what was found."""
    form = SearchForm()
    asked = form.validate_on_submit() and bool((form.words.data or "").strip())
    only = "people" in request.values.get("only", "")
    found = finding.find(desk(), form.words.data or "", people_only=only) if asked else ()
    groups = [(kind, list(finds)) for kind, finds in groupby(found, lambda find: find.kind)]
    return render_template("pages/search/search.html", form=form, asked=asked, groups=groups,
                           most=finding.MOST, only=only), 422 if form.errors else 200
