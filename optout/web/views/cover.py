"""What should be covered: everything relevant, a kind, what companies told of themselves."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.services import people, wishes
from optout.web.cover_offers import Offers, offers_for, wanted_from
from optout.web.forms.setup import BareForm
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("cover", __name__)


@blueprint.get("/people/<person_id>/cover")
def choose(person_id: str) -> ResponseReturnValue:
    """What can be covered, and what is wished so far."""
    person = people.get_person(desk(), person_id)
    return render_template("pages/cover/cover.html", person=person, form=BareForm(),
                           offers=_offers(person_id))


@blueprint.post("/people/<person_id>/cover")
def keep(person_id: str) -> ResponseReturnValue:
    """Keep the wish, and go on to the plan."""
    before = wishes.wish_of(desk(), person_id).wanted
    wanted = wanted_from(request.form, _offers(person_id), before)
    if wanted.is_empty:
        wishes.forget_wanted(desk(), person_id, actor=OWNER)
        flash(_("Nothing is ticked, so there is nothing to plan. Tick at least one box, or choose "
                "companies by hand."), "error")
        return redirect(url_for("cover.choose", person_id=person_id), 303)
    wishes.set_wanted(desk(), person_id, wanted, actor=OWNER)
    return redirect(url_for("plan.plan", person_id=person_id), 303)


def _offers(person_id: str) -> Offers:
    wish = wishes.wish_of(desk(), person_id)
    return offers_for(people.get_person(desk(), person_id), desk().registry.brokers, wish.wanted,
                      suggest=wish.set_on is None)
