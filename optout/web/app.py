"""The app factory."""

from __future__ import annotations

import secrets

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from optout.clock import Clock, SystemClock
from optout.services.instance import Instance
from optout.settings import Settings, resource
from optout.web import views
from optout.web.errors import setup_errors
from optout.web.filters import setup_filters
from optout.web.guard import setup_guard
from optout.web.headers import setup_headers
from optout.web.i18n import setup_i18n
from optout.web.sessions import ServerSessions
from optout.web.state import KEY, make_state, state_of
from optout.web.uploads import InMemoryRequest
from optout.web.views import lock

MOST_BYTES = 1024 * 1024
MOST_FORM_PARTS = 2_000


def create_app(instance: Instance, settings: Settings, *, clock: Clock | None = None) -> Flask:
    """The web app over one data folder.

    Args:
        instance: the data folder; it may be missing, locked or open.
        settings: the choices of this run.
        clock: for the time-outs of sessions; the system's by default.
    """
    app = Flask("optout.web", static_folder="static",
                template_folder=str(resource("templates")))
    app.request_class = InMemoryRequest
    _setup_config(app)
    _setup_state(app, instance, settings, clock or SystemClock())
    setup_i18n(app)
    _setup_templates(app)
    csrf = CSRFProtect()
    csrf.exempt(lock.leave)  # who must leave from a page of an earlier session leaves all the same
    setup_guard(app, csrf)
    setup_headers(app)
    setup_errors(app)
    _setup_blueprints(app)
    return app


def start_path(app: Flask) -> str:
    """The path that lets the first browser in, once; empty when it was used already."""
    token = state_of(app).start_token
    return f"/start/{token}" if token else ""


def _setup_config(app: Flask) -> None:
    app.secret_key = secrets.token_bytes(32)  # signs CSRF tokens for as long as we run
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        TRAP_HTTP_EXCEPTIONS=False,
    )


def _setup_state(app: Flask, instance: Instance, settings: Settings, clock: Clock) -> None:
    state = make_state(instance, settings, clock)
    app.extensions[KEY] = state
    app.session_interface = ServerSessions(state.sessions)


def _setup_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    setup_filters(app)


def _setup_blueprints(app: Flask) -> None:
    for blueprint in views.blueprints():
        app.register_blueprint(blueprint)
