"""Permissions to act for a person."""

from __future__ import annotations

from dataclasses import asdict, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.person import Authorization
from optout.domain.reference import new_id
from optout.store.models import AuthorizationRow


def save(session: Session, authorization: Authorization) -> Authorization:
    """Store a permission, new or known; one without an id gets one."""
    row = session.get(AuthorizationRow, authorization.id) if authorization.id else None
    if row is None:
        authorization = authorization if authorization.id else replace(
            authorization, id=new_id("A"))
        session.add(AuthorizationRow(**asdict(authorization)))
    else:
        for name, value in asdict(authorization).items():
            setattr(row, name, value)
    session.flush()
    return authorization


def of_person(session: Session, person_id: str) -> tuple[Authorization, ...]:
    """A person's permissions, oldest first, ended and revoked ones too."""
    rows = session.execute(
        sa.select(AuthorizationRow.__table__).where(AuthorizationRow.person_id == person_id)
        .order_by(AuthorizationRow.signed_on, AuthorizationRow.id))
    return tuple(
        Authorization(row.id, row.person_id, row.agent_name, row.signed_on, row.ends_on,
                      row.revoked_on, row.power_of_attorney)
        for row in rows)
