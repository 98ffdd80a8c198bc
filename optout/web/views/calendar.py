"""The months with their tasks, the calendar file, and the private address for other programs."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.errors import Locked
from optout.services import calendar as calendars
from optout.services import discretion as speech
from optout.services import feed as feeds
from optout.services import month as months
from optout.services.typed import as_stored
from optout.web.downloads import attachment
from optout.web.forms.calendar import CalendarDiscretionForm
from optout.web.forms.setup import BareForm
from optout.web.guard import open_page
from optout.web.i18n import text as _
from optout.web.request_list import people_to_choose
from optout.web.state import desk, state

blueprint = Blueprint("calendar", __name__)

MEDIA_TYPE = "text/calendar; charset=utf-8"
TRY_AGAIN_SECONDS = 600

HIGHEST = 2**63 - 1
"""The greatest number that a task can have."""


@blueprint.get("/calendar")
def month() -> ResponseReturnValue:
    """One month, each day with its first tasks."""
    today = desk().clock.today()
    shown = _month(request.args.get("month", ""), today)
    person_id = as_stored(request.args.get("person", ""))
    page = months.month(desk(), shown, person_id=person_id)
    return render_template("pages/calendar/month.html", page=page, today=today,
                           person_id=person_id, most=months.MOST_COUNTED,
                           people=people_to_choose(person_id) if page.several else [])


@blueprint.get("/calendar/<day>")
def one_day(day: str) -> ResponseReturnValue:
    """Every task of one day, a page at a time."""
    shown = _date(day)
    person_id = as_stored(request.args.get("person", ""))
    after = min(max(0, request.args.get("after", 0, type=int)), HIGHEST)
    page = months.one_day(desk(), shown, person_id=person_id, after=after)
    return render_template("pages/calendar/day.html", page=page, person_id=person_id, after=after)


@blueprint.get("/calendar.ics")
def file() -> ResponseReturnValue:
    """The tasks as a calendar file, with no more words than were chosen for calendars."""
    return attachment(calendars.calendar_file(desk()), "calendar.ics", MEDIA_TYPE)


@blueprint.get("/feed/<token>.ics")
@open_page
def feed(token: str) -> ResponseReturnValue:
    """The tasks for a program that subscribed: the address is the key, nobody is signed in.

    It unlocks nothing and keeps nothing open (`web.sessions`): somebody who is away must not
    seem to be there because a calendar program asks for news.
    """
    instance = state().instance
    if not instance.exists():
        abort(404)
    try:
        if not feeds.opens(instance.desk, token):
            abort(404)
        found = calendars.feed(instance.desk)
    except Locked:
        return Response(status=503, headers={"Retry-After": str(TRY_AGAIN_SECONDS)},
                        mimetype="text/plain")
    answer = Response(found.content, content_type=MEDIA_TYPE)
    answer.set_etag(found.etag)
    return answer.make_conditional(request)


@blueprint.route("/calendar/programs", methods=["GET", "POST"])
def programs() -> ResponseReturnValue:
    """The private address, and how much calendars say."""
    with desk().store.reading() as session:
        now = speech.discretion_of(session, Medium.CALENDAR)
    form = CalendarDiscretionForm(discretion=now.value)
    gate = None
    if form.validate_on_submit():
        level = Discretion(str(form.discretion.data))
        gate = speech.question(desk(), Medium.CALENDAR, level)
        if gate is None or not gate.holds or form.accepted.data:
            speech.choose(desk(), Medium.CALENDAR, level, actor=OWNER,
                          accepted=bool(form.accepted.data))
            flash(_("Kept. Calendar programs take it up when they next ask."))
            return redirect(url_for("calendar.programs"), 303)
    living = feeds.address(desk())
    port = int(request.environ["SERVER_PORT"])
    return render_template(
        "pages/calendar/programs.html", form=form, bare=BareForm(), gate=gate, now=now,
        living=living, address=living.on_port(port) if living else "",
        usual=desk().settings.port, here=port), 422 if form.errors or gate else 200


@blueprint.post("/calendar/programs/on")
def switch_on() -> ResponseReturnValue:
    """Make the private address."""
    feeds.switch_on(desk(), actor=OWNER)
    flash(_("The address works from now on."))
    return redirect(url_for("calendar.programs"), 303)


@blueprint.post("/calendar/programs/renew")
def renew() -> ResponseReturnValue:
    """Put another address in its place."""
    feeds.renew(desk(), actor=OWNER)
    flash(_("This is the new address. The old one opens nothing any more."))
    return redirect(url_for("calendar.programs"), 303)


@blueprint.post("/calendar/programs/off")
def switch_off() -> ResponseReturnValue:
    """Take the private address back."""
    feeds.switch_off(desk(), actor=OWNER)
    flash(_("The address is off and opens nothing any more."))
    return redirect(url_for("calendar.programs"), 303)


def _month(text: str, today: date) -> date:
    """The first day of the month that was asked for; of this one, if it says none."""
    if not text:
        return today.replace(day=1)
    return _date(f"{text}-01")


def _date(text: str) -> date:
    """A day within the years that calendars can turn over."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if not months.FIRST <= found <= months.LAST:
        abort(404)
    return found


@blueprint.app_template_filter()
def month_before(first: date) -> str:
    """The month before, as the address names it."""
    return f"{first - timedelta(days=1):%Y-%m}"


@blueprint.app_template_filter()
def month_after(first: date) -> str:
    """The month after, as the address names it."""
    return f"{first + timedelta(days=31):%Y-%m}"


@blueprint.app_template_filter()
def month_name(first: date) -> str:
    """A month as people write it: `November 2026`."""
    return str(format_date(first, "LLLL yyyy"))


@blueprint.app_template_filter()
def weekday(day: date) -> str:
    """The name of a weekday."""
    return str(format_date(day, "cccc"))


@blueprint.app_template_filter()
def weekday_short(day: date) -> str:
    """The same in a narrow column: `Mon`."""
    return str(format_date(day, "ccc"))
