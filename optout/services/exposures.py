"""Listings of a person that were seen at a broker."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from optout.domain.errors import InvalidInput
from optout.domain.exposure import Exposure
from optout.services.desk import Desk
from optout.services.watching import renew_watch
from optout.store import audit, people
from optout.store import exposures as rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_URL = 2_000


def add_exposure(
    desk: Desk, person_id: str, broker_id: str, url: str, *, on: date | None = None, actor: str
) -> Exposure:
    """Keep the address of a listing; requests that need it will carry it.

    Args:
        desk: the opened data.
        person_id: whose listing it is.
        broker_id: where it stands.
        url: as copied from the browser; personal data.
        on: the day it was seen; default: today.
        actor: who enters it.

    Raises:
        NotFound: when person or broker is unknown.
        InvalidInput: when it is no web address.
    """
    desk.registry.get(broker_id)
    exposure = Exposure(person_id=person_id, broker_id=broker_id, url=checked_url(url),
                        seen_on=desk.day(on))
    with desk.store.writing() as session:
        people.get(session, person_id)
        kept = keep(desk, session, exposure, actor=actor)
        renew_watch(desk, session, person_id, broker_id)
    return kept


def keep(desk: Desk, session: Session, exposure: Exposure, *, actor: str) -> Exposure:
    """Keep a listing within the caller's transaction; one that is known is left as it is.

    The caller sees to the next look there: `watching.renew_watch`.
    """
    known = rows.of_person(session, exposure.person_id, exposure.broker_id)
    same = next((e for e in known if e.url == exposure.url), None)
    if same is not None:
        return same
    kept = rows.add(session, exposure)
    audit.write(session, actor, "add_exposure", kept.id, desk.clock.now())
    return kept


def list_exposures(desk: Desk, person_id: str) -> tuple[Exposure, ...]:
    """The listings known of a person, oldest first."""
    with desk.store.reading() as session:
        return rows.of_person(session, person_id)


def checked_url(url: str) -> str:
    """The address without the spaces around it.

    Raises:
        InvalidInput: when it is no web address.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or len(url) > LONGEST_URL or any(c.isspace() for c in url):
        raise InvalidInput("This is not the web address of a listing.", field="url",
                           remedy="Copy it from the browser’s address bar; it begins with https://.")
    return url
