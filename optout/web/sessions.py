"""Server-side sessions in memory: the cookie holds a random id and nothing else."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import flask
from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from optout.clock import Clock
from optout.web.origins import is_foreign

ID_BYTES = 32
ABSOLUTE = timedelta(hours=12)
"""After this time a session ends, however busy it is."""

FEEDS = "/feed/"
"""What lies below is read by programs and never by somebody at the screen."""

MOST = 200
"""Sessions kept at once (a stranger cannot fill memory); see `_makes_room`."""


class ServerSession(dict[str, Any], SessionMixin):
    """What is remembered about one browser while the program runs; never written to disk.

    Attributes:
        passing: made for a request that is refused; neither kept nor told to the browser.
    """

    accessed = True

    def __init__(self, values: dict[str, Any] | None = None, sid: str = "") -> None:
        super().__init__(values or {})
        self.sid = sid
        self.old_sid = ""
        self.modified = True
        self.passing = False

    def renew(self) -> None:
        """Ask for a new id, so that an id known before a sign-in is worth nothing after it."""
        self.old_sid, self.sid = self.sid, ""


@dataclass
class _Kept:
    values: dict[str, Any]
    begun: datetime
    seen: datetime


@dataclass
class SessionStore:
    """The sessions of one running program, found by the hash of their ids."""

    clock: Clock
    idle: timedelta
    _kept: dict[str, _Kept] = field(default_factory=dict, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def find(self, sid: str) -> dict[str, Any] | None:
        """The values of a living session, or None; finding it counts as use."""
        now = self.clock.now()
        with self._lock:
            kept = self._kept.get(_key(sid))
            if kept is None:
                return None
            if not self._living(kept, now):
                del self._kept[_key(sid)]
                return None
            kept.seen = now
            return dict(kept.values)

    def keep(self, session: ServerSession) -> str:
        """Store a session, under a new id if it has none.

        Returns:
            The id; empty if the session was ended meanwhile (a lock in another window).
        """
        now = self.clock.now()
        with self._lock:
            before = self._kept.pop(_key(session.old_sid or session.sid), None)
            if before is None and (session.old_sid or session.sid):
                return ""
            session.sid = session.sid or secrets.token_urlsafe(ID_BYTES)
            session.old_sid = ""
            begun = before.begun if before else now
            self._kept[_key(session.sid)] = _Kept(dict(session), begun, now)
            while len(self._kept) > MOST:
                del self._kept[min(self._kept, key=self._makes_room)]
            return session.sid

    def end(self, session: ServerSession) -> None:
        """Forget one session."""
        with self._lock:
            self._kept.pop(_key(session.old_sid or session.sid), None)

    def end_all(self) -> None:
        """Forget every session (the data was locked)."""
        with self._lock:
            self._kept.clear()

    def unlocked(self) -> Iterator[datetime]:
        """When each living session that holds the data open was last used."""
        now = self.clock.now()
        with self._lock:
            kept = list(self._kept.values())
        return (k.seen for k in kept if k.values.get("open") and self._living(k, now))

    def _makes_room(self, key: str) -> tuple[bool, datetime]:
        """Order of leaving: strangers first, so that they push nobody out who was let in."""
        kept = self._kept[key]
        return bool(kept.values.get("open") or kept.values.get("started")), kept.seen

    def _living(self, kept: _Kept, now: datetime) -> bool:
        return now - kept.seen < self.idle and now - kept.begun < ABSOLUTE


class ServerSessions(SessionInterface):
    """Flask's way to our store."""

    session_class = ServerSession

    def __init__(self, store: SessionStore) -> None:
        self.store = store

    def open_session(self, app: Flask, request: Request) -> ServerSession:  # noqa: ARG002 (Flask's signature)
        """The browser's session, or a new and empty one.

        What another page caused gets a passing one: it must not keep a session alive, and the
        new cookie of a refusal would take the place of the living one. So does a calendar program
        that asks for news: nobody is there because of it.
        """
        if is_foreign(request) or request.path.startswith(FEEDS):
            stranger = ServerSession()
            stranger.passing = True
            return stranger
        sid = request.cookies.get(cookie_name(request), "")
        values = self.store.find(sid) if sid else None
        return ServerSession(values, sid) if values is not None else ServerSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002 (Flask's signature)
        """Keep the session and hand out its id; an empty session leaves no trace."""
        assert isinstance(session, ServerSession)
        if session.passing:
            return
        name = cookie_name(flask.request)
        before = session.sid or session.old_sid
        if not (session or before):
            return
        if not session:
            self.store.end(session)
        sid = self.store.keep(session) if session else ""
        if not sid:
            response.delete_cookie(name, httponly=True, samesite="Strict")
        elif sid != before:
            response.set_cookie(name, sid, httponly=True, samesite="Strict")


def cookie_name(request: Request) -> str:
    """The cookie's name carries the port: browsers share cookies between ports of 127.0.0.1."""
    return f"optout-{request.environ.get('SERVER_PORT', '')}"


def _key(sid: str) -> str:
    return hashlib.sha256(sid.encode()).hexdigest()
