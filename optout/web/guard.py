"""Who may ask for what: hosts, fetch metadata, origins, unlocked sessions.

Browsers share cookies between the ports of 127.0.0.1, so `SameSite` does not tell our own pages
from those of another local program; `Sec-Fetch-Site` does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, SecurityError
from werkzeug.wrappers import Response

from optout.web.state import is_unlocked, state

TRUSTED_HOSTS = ["127.0.0.1", "localhost"]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_DOING = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site for our own pages and for what the person did by hand."""

View = TypeVar("View", bound=Callable[..., object])


def open_page(view: View) -> View:
    """Mark a view that needs no passphrase: it shows no personal data."""
    view.open_page = True  # type: ignore[attr-defined]  # a mark on the function, read by the guard
    return view


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
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in OWN_DOING:
            raise ForeignPage
        return
    origin = request.headers.get("Origin")
    if request.method not in SAFE_METHODS and origin is not None and (
            origin != request.host_url.rstrip("/")):
        raise ForeignPage


def check_unlocked() -> Response | None:
    """Send a browser without an unlocked session to the page where it can get one."""
    state().lock_if_idle()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "open_page", False):
        return None
    if is_unlocked():
        return None
    here = "lock.unlock" if state().instance.exists() else "welcome.welcome"
    return redirect(url_for(here), 303)


def setup_guard(app: Flask, csrf: CSRFProtect) -> None:
    """Put the checks before every request, the CSRF token's last."""
    app.config["TRUSTED_HOSTS"] = TRUSTED_HOSTS
    app.before_request(check_host)
    app.before_request(check_origin)
    app.before_request(check_unlocked)
    csrf.init_app(app)
