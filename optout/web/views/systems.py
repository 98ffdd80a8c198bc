"""The systems that agencies use: which can be asked, which cannot, and what helps instead."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from optout.web.state import desk
from optout.web.systems_page import KINDS, systems

blueprint = Blueprint("systems", __name__, url_prefix="/systems")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """All of them, by kind."""
    return render_template("pages/systems/index.html", kinds=KINDS,
                           groups=systems(desk().registry.brokers))


@blueprint.get("/<broker_id>")
def show(broker_id: str) -> ResponseReturnValue:
    """Why one of them can be asked or cannot: told on the page of its entry."""
    broker = desk().registry.get(broker_id)
    return redirect(url_for("registry.show", broker_id=broker.id, _anchor="route"), 303)
