"""What is due: late, today, this week, later; and what the person does about each task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.errors import InvalidInput, NotFound, Refused
from optout.services import due_list, followups, people, reopening, requests
from optout.web.due_page import Shown, due_page, filters
from optout.web.forms.due import ReminderForm
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("due", __name__)

View = Callable[[str], str]


@blueprint.get("/due")
def due() -> ResponseReturnValue:
    """The first page of every day."""
    shown = Shown.asked(request.args)
    found = due_list.due_list(desk(), shown.filter)
    return due_page(found, shown, undo=request.args.get("undo", ""))


@blueprint.get("/due/<group>")
def group(group: str) -> ResponseReturnValue:
    """One group, a page at a time."""
    shown = Shown.asked(request.args)
    found = due_list.one_group(desk(), group, shown.filter, after=shown.after)
    return due_page(found, shown, whole=group)


@blueprint.app_template_global()
def reopenable(request_id: str) -> frozenset[str]:
    """The tasks of a request that can be opened again, for its page."""
    return reopening.reopenable(desk(), request_id)


def _act(view: View) -> Callable[[str], ResponseReturnValue]:
    """Do something about a task, say what came of it, and go back to the list as it was.

    What cannot be done is said on the list too: the second of a double click changes nothing.
    """
    @wraps(view)
    def done(follow_up_id: str) -> ResponseReturnValue:
        kept = filters(request.args)
        try:
            undo = view(follow_up_id)
        except (InvalidInput, Refused) as error:
            flash(f"{error} {error.remedy}".strip(), "error")
            undo = ""
        if asked := request.args.get("request"):
            return redirect(url_for("requests.show", request_id=asked, _anchor="dates"), 303)
        return redirect(url_for("due.due", undo=undo or None, **kept), 303)
    return done


@blueprint.post("/follow-ups/<follow_up_id>/done")
@_act
def done(follow_up_id: str) -> str:
    """A task is done."""
    return followups.finish(desk(), follow_up_id, actor=OWNER).id


@blueprint.post("/follow-ups/<follow_up_id>/snooze")
@_act
def snooze(follow_up_id: str) -> str:
    """A task is put off: to a day that a button carries, or to the one that was typed."""
    typed = request.form.get("until") or request.form.get("day", "")
    try:
        until = date.fromisoformat(typed)
    except ValueError:
        raise InvalidInput(_("This is no day."), field="until",
                           remedy=_("Enter the day, like 2026-11-23.")) from None
    return followups.snooze(desk(), follow_up_id, until, actor=OWNER).id


@blueprint.post("/follow-ups/<follow_up_id>/not-needed")
@_act
def not_needed(follow_up_id: str) -> str:
    """A task is not needed, and why."""
    return followups.not_needed(
        desk(), follow_up_id, request.form.get("reason", ""), actor=OWNER).id


@blueprint.post("/follow-ups/<follow_up_id>/undo")
@_act
def undo(follow_up_id: str) -> str:
    """What was done last about a task was a mistake."""
    followups.take_back(desk(), follow_up_id, actor=OWNER)
    flash(_("Taken back. It is on the list again."))
    return ""


@blueprint.route("/requests/<request_id>/remind", methods=["GET", "POST"])
def remind_of_request(request_id: str) -> ResponseReturnValue:
    """A reminder about one request."""
    asked = requests.get_request(desk(), request_id).request
    back = url_for("requests.show", request_id=asked.id)
    return _remind({"request_id": asked.id}, back, asked.id)


@blueprint.route("/people/<person_id>/remind", methods=["GET", "POST"])
def remind_of_person(person_id: str) -> ResponseReturnValue:
    """A reminder about nothing in particular."""
    person = people.get_person(desk(), person_id)
    return _remind({"person_id": person.id}, url_for("due.due"), person.main_name.full)


def _remind(about: dict[str, str], back: str, whom: str) -> ResponseReturnValue:
    form = ReminderForm()
    if form.validate_on_submit() and form.on.data is not None:
        try:
            followups.remind_me(desk(), on=form.on.data, words=form.words.data or "",
                                actor=OWNER, **about)
        except (InvalidInput, NotFound) as error:
            form.blame(error)
        else:
            flash(_("Kept. It is on the list on that day."))
            return redirect(back, 303)
    page = render_template("pages/due/remind.html", form=form, back=back, whom=whom,
                           here=request.path, today=desk().clock.today())
    return page, 422 if form.is_submitted() else 200
