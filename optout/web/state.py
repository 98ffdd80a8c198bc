"""What the running web app knows: the instance, the sessions, the start token, the idle lock."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from flask import Flask, current_app, session

from optout.clock import Clock
from optout.domain.errors import InstanceMissing, Locked
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.services.people import instance_at_risk
from optout.settings import Settings
from optout.web.sessions import ServerSession, SessionStore

KEY = "optout"


@dataclass
class WebState:
    """One running web app.

    Args:
        start_token: opens the first page once, then is dead (None).
        opened_here: a page opened the data; what the environment opened is not locked when idle.
        turn: held while a click is written down, so that the second of a double click sees it.
    """

    instance: Instance
    settings: Settings
    clock: Clock
    sessions: SessionStore
    start_token: str | None = field(
        default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    opened_here: bool = False
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _timer: threading.Timer | None = field(default=None, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def exchange(self, token: str) -> bool:
        """Whether this is the living start token; it is dead after the first right use."""
        with self._guard:
            known = self.start_token
            if known is None or not secrets.compare_digest(known.encode(), token.encode()):
                return False
            self.start_token = None
            return True

    def lock(self) -> None:
        """Drop the keys, forget every session, stop watching."""
        with self._guard:
            self.opened_here = False
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        self.sessions.end_all()
        self.instance.lock()

    def lock_if_idle(self) -> bool:
        """Lock if pages opened the data and no session that did so is living any more."""
        if not (self.opened_here and self.instance.is_open):
            return False
        if any(True for _ in self.sessions.unlocked()):
            return False
        self.lock()
        return True

    def watch(self) -> None:
        """Look again after the idle time whether anyone is still there."""
        with self._guard:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(self.sessions.idle.total_seconds() + 1, self._look)
            self._timer.daemon = True
            self._timer.start()

    def _look(self) -> None:
        if not self.lock_if_idle() and self.instance.is_open:
            self.watch()


def make_state(instance: Instance, settings: Settings, clock: Clock) -> WebState:
    """The state of a new web app."""
    idle = timedelta(minutes=settings.idle_lock_minutes)
    return WebState(instance, settings, clock, SessionStore(clock, idle))


def state_of(app: Flask) -> WebState:
    """The state that belongs to an app."""
    return cast("WebState", app.extensions[KEY])


def state() -> WebState:
    """The state of the current app."""
    return state_of(current_app)


def browser_session() -> ServerSession:
    """The session of the browser that asks."""
    return cast("ServerSession", session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 (werkzeug's way to the object behind its proxy)


def is_unlocked() -> bool:
    """Whether this browser may see personal data now."""
    return bool(session.get("open")) and state().instance.is_open


def desk() -> Desk:
    """The open desk.

    Raises:
        Locked: when this browser has not unlocked the data.
        InstanceMissing: when there is nothing to unlock yet.
    """
    if not state().instance.exists():
        raise InstanceMissing
    if not is_unlocked():
        raise Locked
    return state().instance.desk


def open_session() -> None:
    """Let this browser in, under a new session id, and remember how careful pages must be."""
    mine = browser_session()
    mine.renew()
    mine.clear()
    mine["open"] = True
    remember_risk(value=instance_at_risk(state().instance.desk))
    state().opened_here = True
    state().watch()


def forget_session() -> None:
    """Empty this browser's session; its id and cookie go with the answer."""
    browser_session().clear()


def remember_risk(*, value: bool) -> None:
    """Keep the answer to the first question for this session, so that every page knows it."""
    session["at_risk"] = value


def at_risk() -> bool | None:
    """What the person answered to the first question; None while it cannot be known."""
    answer = session.get("at_risk")
    return None if answer is None else bool(answer)
