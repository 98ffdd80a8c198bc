"""The plan: what would be sent to whom on which footing, the questions first, then the requests."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.domain.words import Channel
from optout.services import exposures, letters, people, plans
from optout.web.forms.base import add_error
from optout.web.forms.requests import ListingForm
from optout.web.forms.setup import BareForm
from optout.web.i18n import counted
from optout.web.i18n import text as _
from optout.web.plan_summary import summary_of, waits_for
from optout.web.planned import (
    broker_gates,
    can_be_written,
    create,
    may_use_listing,
    plan_page,
    waits_for_person,
    wants_listing,
)
from optout.web.selection import choose_channel
from optout.web.state import desk

blueprint = Blueprint("plan", __name__)


@blueprint.get("/people/<person_id>/plan")
def plan(person_id: str) -> ResponseReturnValue:
    """The plan for the selected companies."""
    return _page(person_id)


@blueprint.post("/people/<person_id>/plan/answers")
def answer(person_id: str) -> ResponseReturnValue:
    """Answer a safety question."""
    gate, scope = request.form.get("gate", ""), request.form.get("scope", "")
    accepted = request.form.get("answer") == "yes"
    plans.answer_gate(desk(), person_id, gate, scope=scope, accepted=accepted, actor=OWNER)
    return _back_to(person_id, scope) if scope else _back(person_id, "questions")


@blueprint.post("/people/<person_id>/plan/channels")
def change_channel(person_id: str) -> ResponseReturnValue:
    """Ask one company another way than the plan proposes."""
    broker, wanted = request.form.get("broker", ""), request.form.get("channel", "")
    channel: Channel | None = None
    with suppress(ValueError):  # anything else goes back to the plan's own choice
        channel = Channel(wanted)
    people.get_person(desk(), person_id)
    choose_channel(person_id, desk().registry.get(broker).id, channel)
    return _back_to(person_id, broker)


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
            return _back_to(person_id, broker)
    return _page(person_id, form), 422


@blueprint.post("/people/<person_id>/requests")
def create_requests(person_id: str) -> ResponseReturnValue:
    """Make the requests and their documents."""
    try:
        made = create(desk(), person_id, request.form.getlist("broker"), OWNER)
    except Refused as error:
        flash(str(error), "error")
        return _back(person_id, "create")
    if not made:
        flash(_("Nothing was made: tick at least one company that is ready."), "error")
        return _back(person_id, "create")
    letters.generate(desk(), person_id, request_ids=made, actor=OWNER)
    flash(counted("%(num)d request is ready to send.", "%(num)d requests are ready to send.",
                   len(made)))
    return redirect(url_for("requests.every", person=person_id), 303)


def _page(person_id: str, listing: ListingForm | None = None) -> str:
    person = people.get_person(desk(), person_id)
    names: dict[str, str] = {}
    planned = plan_page(desk(), person_id)
    for action in planned.actions:
        for covered in action.covers:
            with suppress(NotFound):
                names[covered] = desk().registry.get(covered).name
    for left in planned.uncovered:
        with suppress(NotFound):
            names[left.broker] = desk().registry.get(left.broker).name
    return render_template(
        "pages/plan/plan.html", person=person, planned=planned, names=names, form=BareForm(),
        listing=listing, overview=summary_of(planned.actions), waits_for=waits_for,
        opened=listing.broker.data if listing else session.pop("opened", ""),
        can_be_written=can_be_written, broker_gates=broker_gates,
        wants_listing=wants_listing,
        may_use_listing=may_use_listing, waits_for_person=waits_for_person)


def _back(person_id: str, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("plan.plan", person_id=person_id, _anchor=anchor), 303)


def _back_to(person_id: str, broker: str) -> ResponseReturnValue:
    """Back to one company, unfolded."""
    session["opened"] = broker
    return _back(person_id, f"company-{broker}")
