"""Acting for someone else: no act without a living permission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from optout.domain.errors import GateClosed, InvalidInput, Refused
from optout.domain.person import Authorization
from optout.domain.words import ActingAs
from optout.law.calendar import plain
from optout.services import authority_tasks
from optout.services.desk import Desk
from optout.services.typed import as_stored
from optout.store import audit, people
from optout.store import authorizations as rows

NEEDS_PERMISSION = "no-living-authorization"
"""The gate that keeps anyone from acting for a person without a living permission."""


def add_authorization(desk: Desk, authorization: Authorization, *, actor: str) -> Authorization:
    """Keep a signed permission to act for a person, and see that its end does not surprise.

    Raises:
        InvalidInput: when it ends before it was signed, or names no agent.
        NotFound: when no such person is stored.
    """
    if not authorization.agent_name.strip():
        raise InvalidInput("The authorization names no agent.", field="agent_name",
                           remedy="Enter the name of the person or office that acts.")
    if authorization.ends_on is not None and authorization.ends_on < authorization.signed_on:
        raise InvalidInput("The authorization ends before it was signed.", field="ends_on",
                           remedy="Check both dates.")
    with desk.store.writing() as session:
        people.get(session, authorization.person_id)
        kept = rows.save(session, authorization)
        now = desk.clock.now()
        audit.write(session, actor, "add_authorization", kept.id, now)
        authority_tasks.follow(session, kept.person_id, desk.clock.today(), actor=actor, at=now)
    return kept


def authorizations_of(desk: Desk, person_id: str) -> tuple[Authorization, ...]:
    """A person's permissions, oldest first, ended and revoked ones too.

    Raises:
        NotFound: when no such person is stored.
    """
    with desk.store.reading() as session:
        people.get(session, person_id)
        return rows.of_person(session, person_id)


def revoke_authorization(
    desk: Desk, authorization_id: str, *, on: date | None = None, actor: str
) -> Authorization:
    """Write down that a permission was taken back. From that day nobody acts on it.

    What was sent before stays as it is. What waits to be sent in the agent's name can no longer
    be opened or sent; tasks about the end of the permission are over.

    Args:
        desk: the opened data.
        authorization_id: letter case and spaces around it are forgiven.
        on: the first day on which it no longer holds; default: today.
        actor: who writes it down.

    Raises:
        NotFound: when there is no such permission.
        InvalidInput: for a day before it was signed.
        Refused: when it was taken back before.
    """
    day = desk.day(on)
    with desk.store.writing() as session:
        permission = rows.get(session, as_stored(authorization_id))
        if permission.revoked_on is not None:
            raise Refused(f"This authorization is taken back since {plain(permission.revoked_on)}.")
        if day < permission.signed_on:
            raise InvalidInput("The authorization was signed later than that.", field="on",
                               remedy="Check the day.")
        revoked = rows.save(session, replace(permission, revoked_on=day))
        now = desk.clock.now()
        authority_tasks.follow(session, permission.person_id, desk.clock.today(), actor=actor,
                               at=now)
        audit.write(session, actor, "revoke_authorization", revoked.id, now)
    return revoked


def living_authorization(
    authorizations: Sequence[Authorization], day: date
) -> Authorization | None:
    """The permission that covers an act on this day; a power of attorney before any other."""
    living = [a for a in authorizations if a.living_on(day)]
    return max(living, key=lambda a: (a.power_of_attorney, a.signed_on), default=None)


def require_authority(
    authorizations: Sequence[Authorization], acting_as: ActingAs, day: date
) -> Authorization | None:
    """Make sure that whoever acts for a person may.

    Returns:
        The permission; None where the person acts for themselves.

    Raises:
        GateClosed: without a living permission, or without the power of attorney claimed.
    """
    if acting_as is ActingAs.SELF:
        return None
    found = living_authorization(authorizations, day)
    if found is None:
        raise GateClosed("There is no living authorization to act for this person.",
                         gates=(NEEDS_PERMISSION,), remedy="Have one signed and record it first.")
    if acting_as is ActingAs.ATTORNEY_IN_FACT and not found.power_of_attorney:
        raise GateClosed("The authorization is no power of attorney.", gates=(NEEDS_PERMISSION,),
                         remedy="Act as agent, or record the power of attorney first.")
    return found
