"""A page for every error: a person's mistake is explained, ours gets a reference number."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus
from pathlib import Path

from flask import Flask, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from optout.domain import errors
from optout.domain.reference import new_id
from optout.web.guard import ForeignPage
from optout.web.i18n import text as _
from optout.web.state import is_unlocked, state

log = logging.getLogger("optout.web")

STATUS: tuple[tuple[type[errors.OptoutError], int], ...] = (
    (errors.NotFound, 404),
    (errors.InvalidInput, 400),
    (errors.InvalidFile, 500),
    (errors.UnknownEvent, 400),
    (errors.WrongPassphrase, 403),
    (errors.Refused, 409),
    (errors.InstanceUnusable, 500),
    (errors.Tampered, 500),
    (errors.DriverMissing, 500),
    (errors.DiskFull, 507),
)
"""Which status an error of the program answers with; the first class that fits counts."""

MOST_PROBLEMS = 20
"""How many lines of a file a page names; the rest are counted."""

Answer = tuple[str, int] | Response


def words_for(status: int) -> tuple[str, str, str]:
    """Heading, sentence and remedy of an HTTP error."""
    known = {
        400: (_("Not understood"), _("This request could not be read."),
              _("Go back, load the page again and try once more. Nothing was changed.")),
        403: (_("Not allowed"), _("This page cannot be opened this way."),
              _("Start again from the first page.")),
        404: (_("Not found"), _("There is nothing at this address."),
              _("Check the address, or start again from the first page.")),
        405: (_("Not possible"), _("This address does not take this kind of request."),
              _("Go back and use the buttons of the page.")),
        413: (_("Too large"), _("What was sent is larger than this program accepts."),
              _("Send less at once. Nothing was changed.")),
        429: (_("Too many tries"), _("Too many tries in a short time."),
              _("Wait a minute, then try again.")),
    }
    return known.get(status, (
        _("Not possible"), _("This cannot be done."), _("Go back and try another way.")))


def page(status: int, heading: str, sentence: str, remedy: str = "",
         template: str = "errors/explained.html", **more: object) -> Answer:
    """An error page that needs nothing but words."""
    words = {"problems": (), "others": 0, **more}
    return render_template(template, heading=heading, sentence=sentence, remedy=remedy,
                           **words), status


def setup_errors(app: Flask) -> None:
    """Give each kind of error its page."""
    app.register_error_handler(SecurityError, wrong_host)
    app.register_error_handler(ForeignPage, foreign_page)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(errors.Locked, locked)
    app.register_error_handler(errors.InstanceMissing, locked)
    app.register_error_handler(errors.OptoutError, explained)
    app.register_error_handler(Exception, our_mistake)


def wrong_host(_error: SecurityError) -> Answer:
    """A Host header that is not ours: the page carries no link and no name."""
    return page(400, _("Wrong address"), _("This program answers at one address only."),
                _("Open it at the address that it printed when it started: it begins with "
                  "http://127.0.0.1"), template="errors/bare.html")


def foreign_page(_error: ForeignPage) -> Answer:
    """Another site or program caused the request; say so, and show nothing else."""
    return page(403, _("Opened from elsewhere"),
                _("Another page tried to open this one, so it was not shown."),
                _("If this was you, continue from the first page. Otherwise close this window: "
                  "nothing was changed."))


def stale_form(_error: CSRFError) -> Answer:
    """The form's token is missing or belongs to a session that is over."""
    if request.endpoint == "lock.lock" and not is_unlocked():
        return redirect(url_for("lock.unlock"), 303)  # it is locked, as was asked
    return page(400, _("Form out of date"),
                _("This form was open for too long, or did not come from this program."),
                _("Go back, load the page again and send the form once more. "
                  "Nothing was changed."))


def http_error(error: HTTPException) -> Answer:
    """Any other HTTP error, in our words."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # a redirect to the canonical address
    if isinstance(error, InternalServerError):
        return our_mistake(error.original_exception or error)
    return page(status, *words_for(status))


def locked(_error: errors.OptoutError) -> Answer:
    """The data was locked meanwhile, or is not set up yet."""
    here = "lock.unlock" if state().instance.exists() else "welcome.welcome"
    return redirect(url_for(here), 303)


def explained(error: errors.OptoutError) -> Answer:
    """A mistake that the program understands, with its remedy."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 400)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s at %s", type(error), request.endpoint)
    problems = error.problems if isinstance(error, errors.InvalidFile) else ()
    return page(status, heading_for(error), error.message, error.remedy,
                problems=problems[:MOST_PROBLEMS], others=len(problems[MOST_PROBLEMS:]))


def heading_for(error: errors.OptoutError) -> str:
    """A short heading that holds no data."""
    if isinstance(error, errors.NotFound):
        return _("Not found")
    if isinstance(error, errors.GateClosed):
        return _("A question first")
    if isinstance(error, errors.MissingFact):
        return _("Something is missing")
    if isinstance(error, errors.InvalidInput | errors.UnknownEvent):
        return _("Not understood")
    return _("Not possible")


def our_mistake(error: BaseException) -> Answer:
    """A bug: a reference number for the person, the place in the code for the log.

    The exception's own text may hold personal data, so it is neither shown nor logged.
    """
    reference = new_id("E")
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = [part for f in frames for part in (Path(f.filename).name, f.lineno)]
    log.error("%s %s at %s: %s", reference, type(error), request.endpoint, places)
    return page(500, _("Our mistake"), _("The program made a mistake. Your data is safe."),
                _("Try once more. If it happens again, report it with the number below; it "
                  "carries nothing about you."),
                template="errors/our_mistake.html", reference=reference)
