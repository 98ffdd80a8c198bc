"""Permissions to act for a person."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.errors import NotFound
from optout.domain.person import Authorization
from optout.store.ids import fresh_id
from optout.store.models import AuthorizationRow


def save(session: Session, authorization: Authorization) -> Authorization:
    """Store a permission, new or known; one without an id gets one."""
    row = session.get(AuthorizationRow, authorization.id) if authorization.id else None
    if row is None:
        authorization = authorization if authorization.id else replace(
            authorization, id=fresh_id(session, AuthorizationRow.id, "A"))
        session.add(AuthorizationRow(**asdict(authorization)))
    else:
        for name, value in asdict(authorization).items():
            setattr(row, name, value)
    session.flush()
    return authorization


def get(session: Session, authorization_id: str) -> Authorization:
    """One permission.

    Raises:
        NotFound: when there is no such permission.
    """
    row = session.get(AuthorizationRow, authorization_id)
    if row is None:
        raise NotFound("There is no such authorization.",
                       remedy="List the authorizations of the person to find its id.")
    return _authorization(row)


def of_person(session: Session, person_id: str) -> tuple[Authorization, ...]:
    """A person's permissions, oldest first, ended and revoked ones too."""
    rows = session.execute(
        sa.select(AuthorizationRow.__table__).where(AuthorizationRow.person_id == person_id)
        .order_by(AuthorizationRow.signed_on, AuthorizationRow.id))
    return tuple(map(_authorization, rows))


def people_with_ends(session: Session, since: date, until: date) -> tuple[str, ...]:
    """Ids of the people one of whose permissions, not taken back, ends within these days."""
    return tuple(session.scalars(
        sa.select(AuthorizationRow.person_id).where(
            AuthorizationRow.ends_on.between(since, until), AuthorizationRow.revoked_on.is_(None))
        .distinct().order_by(AuthorizationRow.person_id)))


def _authorization(row: Any) -> Authorization:
    return Authorization(row.id, row.person_id, row.agent_name, row.signed_on, row.ends_on,
                         row.revoked_on, row.power_of_attorney)
