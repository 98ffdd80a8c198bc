"""The private address under which calendar programs on this machine read the tasks.

Whoever knows the address can read the list, without the passphrase, while the data is open. So it
is off until the person switches it on, cannot be guessed, and can be replaced or taken back.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from optout.domain.errors import Refused
from optout.services.desk import Desk
from optout.store import audit, meta

KEY = "calendar_feed"

TOKEN_BYTES = 32

MARK = "_"
"""Begins every token: what begins so is shown by no log, whatever follows (`optout.logs`)."""


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """The living address.

    Args:
        token: its secret part.
        made_at: the instant at which it was made, UTC.
    """

    token: str = field(repr=False)
    made_at: datetime

    def on_port(self, port: int) -> str:
        """The whole address, as calendar programs want it."""
        return f"http://127.0.0.1:{port}/feed/{self.token}.ics"


def address(desk: Desk) -> FeedAddress | None:
    """The living address; None while there is none."""
    with desk.store.reading() as session:
        text = meta.get(session, KEY)
    return _read(text)


def switch_on(desk: Desk, *, actor: str) -> FeedAddress:
    """Make an address; one that lives already stays."""
    return address(desk) or _make(desk, actor, "switch_on_feed")


def renew(desk: Desk, *, actor: str) -> FeedAddress:
    """Make another address; the old one is dead at once.

    Raises:
        Refused: when there is none.
    """
    if address(desk) is None:
        raise Refused("The calendar address is off.", remedy="Switch it on first.")
    return _make(desk, actor, "renew_feed")


def switch_off(desk: Desk, *, actor: str) -> None:
    """Let no address live any more."""
    with desk.store.writing() as session:
        meta.put(session, KEY, "")
        audit.write(session, actor, "switch_off_feed", "", desk.clock.now())


def opens(desk: Desk, token: str) -> bool:
    """Whether this is the living token; how long the answer takes does not depend on it."""
    living = address(desk)
    known = living.token if living else secrets.token_urlsafe(TOKEN_BYTES)
    return secrets.compare_digest(known.encode(), token.encode()) and living is not None


def _make(desk: Desk, actor: str, act: str) -> FeedAddress:
    now = desk.clock.now()
    made = FeedAddress(MARK + secrets.token_urlsafe(TOKEN_BYTES), now)
    with desk.store.writing() as session:
        meta.put(session, KEY, json.dumps({"token": made.token, "made_at": now.isoformat()}))
        audit.write(session, actor, act, "", now)
    return made


def _read(text: str | None) -> FeedAddress | None:
    if not text:
        return None
    kept = json.loads(text)
    return FeedAddress(kept["token"], datetime.fromisoformat(kept["made_at"]))
