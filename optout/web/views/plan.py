"""The plan: this week's part, the rest by effort, one step on its own page; then the requests."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, Refused
from optout.domain.words import Channel
from optout.services import exposures, people, plans, wishes
from optout.web.forms.base import add_error
from optout.web.forms.plan import PaceForm
from optout.web.forms.requests import ListingForm
from optout.web.i18n import text as _
from optout.web.plan_back import back, back_to, is_own_page
from optout.web.plan_page import action_page, plan_view
from optout.web.plan_summary import part_of
from optout.web.planned import create, create_all
from optout.web.preparing import prepared
from optout.web.selection import choose_channel
from optout.web.state import desk

blueprint = Blueprint("plan", __name__)


@blueprint.get("/people/<person_id>/plan")
def plan(person_id: str) -> ResponseReturnValue:
    """The plan for what should be covered."""
    return _page(person_id)


@blueprint.get("/people/<person_id>/plan/part/<name>")
def part(person_id: str, name: str) -> ResponseReturnValue:
    """All steps of one part of the plan."""
    view = plan_view(desk(), person_id)
    found = part_of(view.overview, name)
    if found is None:
        return back(person_id, "")  # the last of them was done meanwhile
    return render_template("pages/plan/part.html", **view.words("part"), part=found)


@blueprint.get("/people/<person_id>/plan/<broker_id>")
def show(person_id: str, broker_id: str) -> ResponseReturnValue:
    """Everything about one company of the plan."""
    return render_template("pages/plan/show.html", **action_page(desk(), person_id, broker_id))


@blueprint.post("/people/<person_id>/plan/answers")
def answer(person_id: str) -> ResponseReturnValue:
    """Answer a safety question."""
    gate, scope = request.form.get("gate", ""), request.form.get("scope", "")
    accepted = request.form.get("answer") == "yes"
    plans.answer_gate(desk(), person_id, gate, scope=scope, accepted=accepted, actor=OWNER)
    return back_to(person_id, scope) if scope else back(person_id, "questions")


@blueprint.post("/people/<person_id>/plan/channels")
def change_channel(person_id: str) -> ResponseReturnValue:
    """Ask one company another way than the plan proposes."""
    broker, wanted = request.form.get("broker", ""), request.form.get("channel", "")
    channel: Channel | None = None
    with suppress(ValueError):  # anything else goes back to the plan's own choice
        channel = Channel(wanted)
    people.get_person(desk(), person_id)
    choose_channel(person_id, desk().registry.get(broker).id, channel)
    return back_to(person_id, broker)


@blueprint.post("/people/<person_id>/plan/listings")
def add_listing(person_id: str) -> ResponseReturnValue:
    """Keep the link of a listing that a company needs."""
    form = ListingForm()
    broker = str(form.broker.data or "")
    if form.validate_on_submit():
        try:
            exposures.add_exposure(
                desk(), person_id, broker, str(form.url.data), actor=OWNER)
        except InvalidInput as error:
            add_error(form.url, str(error))
        else:
            return back_to(person_id, broker)
    if is_own_page():
        return render_template("pages/plan/show.html", **action_page(
            desk(), person_id, broker, listing=form)), 422
    return _page(person_id, listing=form), 422


@blueprint.post("/people/<person_id>/plan/pace")
def set_pace(person_id: str) -> ResponseReturnValue:
    """Keep how much time the person gives to it."""
    form = PaceForm()
    if not form.validate_on_submit():
        return _page(person_id, pace=form), 422
    wishes.set_pace(desk(), person_id, form.pace(), actor=OWNER)
    return back(person_id, "week")


@blueprint.post("/people/<person_id>/plan/week")
def prepare_week(person_id: str) -> ResponseReturnValue:
    """Make every request of this week's part that the page showed as ready, or none."""
    try:
        made = create_all(desk(), person_id, request.form.getlist("broker"), OWNER)
    except Refused as error:
        flash(str(error), "error")
        return back(person_id, "week")
    return _prepared(person_id, made, "week")


@blueprint.post("/people/<person_id>/requests")
def create_requests(person_id: str) -> ResponseReturnValue:
    """Make the requests and their documents."""
    try:
        made = create(desk(), person_id, request.form.getlist("broker"), OWNER)
    except Refused as error:
        flash(str(error), "error")
        return back(person_id, "create")
    return _prepared(person_id, made, "create")


def _prepared(person_id: str, made: tuple[str, ...], anchor: str) -> ResponseReturnValue:
    if not made:
        flash(_("Nothing was made: tick at least one company that is ready."), "error")
        return back(person_id, anchor)
    try:
        return prepared(person_id, made, url_for("requests.every", person=person_id))
    except Refused as error:
        flash(str(error), "error")  # the requests are there, and can be prepared from their list
        return redirect(url_for("requests.every", person=person_id), 303)


def _page(person_id: str, *, listing: ListingForm | None = None,
          pace: PaceForm | None = None) -> str:
    view = plan_view(desk(), person_id)
    return render_template("pages/plan/plan.html", **view.words("plan", listing=listing),
                           pace=pace or PaceForm.of(view.planned.wish.pace))
