"""Looking again: one place after the other, by keyboard, until nothing is due."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, Refused
from optout.domain.outcome_words import LookResult, NoLook
from optout.services import intake, looks, people, recheck_session, requests
from optout.services.recheck import PRIVATE_WINDOW
from optout.services.recheck_session import Walk
from optout.web.forms.proofs import MOST_BYTES
from optout.web.forms.recheck import LookForm
from optout.web.forms.setup import BareForm
from optout.web.guard import may_send
from optout.web.preparing import prepared
from optout.web.state import desk, state

blueprint = Blueprint("recheck", __name__)

REASONS = tuple(NoLook)
"""In the order of their keys, 1 to 7."""


@blueprint.get("/recheck")
def everyone() -> ResponseReturnValue:
    """Everyone who has looks to make, person by person."""
    return render_template("pages/recheck/everyone.html",
                           waiting=recheck_session.waiting_people(desk()),
                           most=recheck_session.MOST_PEOPLE)


@blueprint.get("/people/<person_id>/recheck")
def session(person_id: str) -> ResponseReturnValue:
    """The place to look at now, or what came of the session when all are through.

    A task leads here with its own place, which then comes first, due already or not.
    """
    walk, asked = _walk(person_id), request.args.get("place", "")
    place = asked if asked in desk().registry.brokers else ""
    if walk is None or (place and not walk.current):
        walk = recheck_session.begin(desk(), person_id)
    if place and place != walk.current:
        walk = walk.at(place)
    _keep(person_id, walk)
    return _back(person_id) if asked else _page(person_id, walk)


@blueprint.post("/people/<person_id>/recheck")
def begin(person_id: str) -> ResponseReturnValue:
    """Begin anew, with what is due or with every place that is known."""
    _keep(person_id, recheck_session.begin(
        desk(), person_id, everything=request.form.get("what") == "everything"))
    return _back(person_id)


@blueprint.post("/people/<person_id>/recheck/look")
@may_send(MOST_BYTES)
def look(person_id: str) -> ResponseReturnValue:
    """What the page showed; or skip it, or go back to the last one."""
    with state().turn:
        walk = _walk(person_id)
        if walk is None or request.form.get("at") != str(len(walk.done)):
            return _back(person_id)  # the second of a double click, or a page from before
        word = request.form.get("do", "")
        if word == "back":
            return _one_back(person_id, walk)
        if not walk.current:
            return _back(person_id)
        if word == "skip":
            _keep(person_id, walk.skipped())
            return _back(person_id)
        return _looked(person_id, walk, word)


@blueprint.post("/people/<person_id>/recheck/forget")
def forget(person_id: str) -> ResponseReturnValue:
    """Forget the link of a listing that was entered by mistake."""
    try:
        intake.forget_exposure(desk(), person_id, request.form.get("listing", ""), actor=OWNER)
    except Refused as error:
        flash(str(error), "error")
    return _back(person_id)


@blueprint.post("/people/<person_id>/recheck/ask")
def ask(person_id: str) -> ResponseReturnValue:
    """Make the request to a company where a listing was found, or the one that succeeds the old."""
    broker = request.form.get("broker", "")
    try:
        made = requests.create_requests(desk(), person_id, [broker], actor=OWNER)
        (asked,) = (file.request.id for file in made)
        return prepared(person_id, (asked,), url_for("requests.show", request_id=asked))
    except Refused as error:
        flash(str(error), "error")
        return _back(person_id)


def _looked(person_id: str, walk: Walk, word: str) -> ResponseReturnValue:
    form = LookForm()
    answer = _answer(word)
    if answer is None or not form.validate_on_submit():
        return _page(person_id, walk, form), 422
    result, reason = answer
    try:
        made = looks.record_look(
            desk(), person_id, walk.current, result, reason=reason, url=form.link(),
            proof=form.proof(), corrects=walk.taken_back.get(walk.current, ""), actor=OWNER)
    except InvalidInput as error:
        form.blame(error)
        return _page(person_id, walk, form), 422
    _keep(person_id, walk.looked(made.id))
    return _back(person_id)


def _one_back(person_id: str, walk: Walk) -> ResponseReturnValue:
    if walk.done:
        try:
            if walk.done[-1].look_id:
                looks.take_back_look(desk(), walk.done[-1].look_id, actor=OWNER)
        except Refused as error:
            flash(str(error), "error")
        else:
            _keep(person_id, walk.back())
    return _back(person_id)


def _answer(word: str) -> tuple[LookResult, NoLook | None] | None:
    """What a button says; None for a word that no button has."""
    if word in {LookResult.LISTED, LookResult.NOT_FOUND}:
        return LookResult(word), None
    return (LookResult.COULD_NOT_LOOK, NoLook(word)) if word in REASONS else None


def _page(person_id: str, walk: Walk, form: LookForm | None = None) -> str:
    person = people.get_person(desk(), person_id)
    careful = person.at_risk or people.instance_at_risk(desk())
    before = recheck_session.outcomes(desk(), person_id, walk.done[-1:])
    if not walk.current:
        return render_template(
            "pages/recheck/end.html", person=person, walk=walk, form=BareForm(),
            outcomes=recheck_session.outcomes(desk(), person_id, walk.done))
    return render_template(
        "pages/recheck/place.html", person=person, walk=walk, form=form or LookForm(),
        place=recheck_session.view_of(desk(), person_id, walk.current), reasons=REASONS,
        before=before[0] if before else None, advice=PRIVATE_WINDOW if careful else "")


def _walk(person_id: str) -> Walk | None:
    """The session that this browser has begun; None without one."""
    return cast("Walk | None", browser.get(_key(person_id)))


def _keep(person_id: str, walk: Walk) -> None:
    browser[_key(person_id)] = walk


def _key(person_id: str) -> str:
    return f"recheck:{person_id}"


def _back(person_id: str) -> ResponseReturnValue:
    return redirect(url_for("recheck.session", person_id=person_id), 303)
