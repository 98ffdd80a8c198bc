"""Who may ask for what: hosts, origins, unlocked sessions, form tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, SecurityError
from werkzeug.wrappers import Response

from optout.services.new_day import sweep_on_new_day
from optout.web.i18n import text as _
from optout.web.origins import SAFE_METHODS, is_foreign
from optout.web.state import is_unlocked, state

TRUSTED_HOSTS = ["127.0.0.1", "localhost"]

View = TypeVar("View", bound=Callable[..., object])


def open_page(view: View) -> View:
    """Mark a view that needs no passphrase: it shows no personal data."""
    view.open_page = True  # type: ignore[attr-defined]  # a mark on the function, read by the guard
    return view


def may_send(most_bytes: int) -> Callable[[View], View]:
    """Mark a view that takes a longer body than others.

    Args:
        most_bytes: of the body as it is sent.
    """
    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]  # a mark, read by the guard
        return view
    return mark


class ForeignPage(Forbidden):
    """Another site or another local program asked for this page."""


def check_host() -> None:
    """Refuse a Host with another port than the one that was reached (names: TRUSTED_HOSTS).

    Raises:
        SecurityError: for a port that is not ours.
    """
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception
    port = urlsplit(f"//{request.host}").port or 80
    if str(port) != request.environ.get("SERVER_PORT"):
        raise SecurityError


def check_origin() -> None:
    """Refuse what another origin started, whatever cookies came with it.

    Raises:
        ForeignPage: when a page of another origin caused the request.
    """
    if request.endpoint == "static":
        return  # the browser keeps others out by Cross-Origin-Resource-Policy
    if is_foreign(request):
        raise ForeignPage


def check_unlocked() -> Response | None:
    """Send a browser without an unlocked session to the page where it can get one."""
    state().lock_if_idle()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "open_page", False):
        return None
    if is_unlocked():
        return None
    if request.method not in SAFE_METHODS:
        flash(_("It was locked meanwhile, so what you sent just now was not kept. "
                "Unlock, then do it once more."), "error")
    here = "lock.unlock" if state().instance.exists() else "welcome.welcome"
    return redirect(url_for(here), 303)


def begin_day() -> None:
    """Let the first page of a new day find what is due raised, even after a month asleep."""
    if request.endpoint != "static":
        sweep_on_new_day(state().instance)


def allow_length() -> None:
    """Let a marked view have its longer body, before anything reads it."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", None)
    if most is not None:
        request.max_content_length = request.max_form_memory_size = most


def setup_guard(app: Flask, csrf: CSRFProtect) -> None:
    """Put the checks before every request, the CSRF token's last."""
    app.config["TRUSTED_HOSTS"] = TRUSTED_HOSTS
    app.before_request(check_host)
    app.before_request(check_origin)
    app.before_request(check_unlocked)
    app.before_request(begin_day)
    app.before_request(allow_length)
    csrf.init_app(app)
