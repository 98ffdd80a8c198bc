"""What is due: late, today, this week."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from optout.domain.actor import OWNER
from optout.domain.words import FollowUpKind
from optout.services import followups, people, requests
from optout.web.forms.setup import BareForm
from optout.web.i18n import text as _
from optout.web.state import desk

blueprint = Blueprint("due", __name__)

WEEK = 7
MOST_LATER = 12
"""What lies further ahead is shown up to here; the calendar file has everything."""


@blueprint.get("/due")
def due() -> ResponseReturnValue:
    """The first page of every day."""
    today = desk().clock.today()
    week_end = today + timedelta(days=WEEK)
    tasks = followups.due(desk(), within_days=WEEK)
    unsent = [i for i in tasks if i.follow_up.kind is FollowUpKind.PREPARED_NOT_SENT]
    items = [i for i in tasks if i.follow_up.kind is not FollowUpKind.PREPARED_NOT_SENT]
    everyone = {person.id: person.main_name.full for person in people.list_people(desk())}
    files = requests.list_requests(desk())
    return render_template(
        "pages/due/due.html", today=today, form=BareForm(), unsent=unsent,
        late=[i for i in items if i.follow_up.due_on < today],
        now=[i for i in items if i.follow_up.due_on == today],
        soon=[i for i in items if i.follow_up.due_on > today],
        later=[i for i in followups.upcoming(desk()) if i.follow_up.due_on > week_end][:MOST_LATER],
        week_end=week_end, people=list(everyone), has_requests=bool(files),
        whose={f.request.id: everyone[f.request.person_id] for f in files} if len(everyone) > 1
        else {})


@blueprint.post("/follow-ups/<follow_up_id>/done")
def done(follow_up_id: str) -> ResponseReturnValue:
    """A task is done."""
    followups.finish(desk(), follow_up_id, actor=OWNER)
    flash(_("Done. It is off the list."))
    return redirect(url_for("due.due"), 303)
