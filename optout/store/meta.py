"""Settings of this instance, as text by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from optout.store.models import MetaRow

RETURNS = "returns:"
"""Begins the keys of what re-checks learned of a broker; the broker’s id follows."""


def get(session: Session, key: str) -> str | None:
    """The value; None when it was never set."""
    return session.scalar(sa.select(MetaRow.value).where(MetaRow.key == key))


def some(session: Session, keys: Collection[str]) -> Mapping[str, str]:
    """The values of those of these keys that were set; few, as they are named in one statement."""
    rows = session.execute(
        sa.select(MetaRow.key, MetaRow.value).where(MetaRow.key.in_(list(keys))))
    return {row.key: row.value for row in rows}


def put(session: Session, key: str, value: str) -> None:
    """Set a value."""
    statement = insert(MetaRow).values(key=key, value=value)
    session.execute(statement.on_conflict_do_update(
        index_elements=[MetaRow.key], set_={"value": statement.excluded.value}))


def forget(session: Session, key: str) -> None:
    """Delete a setting; one that is not there stays so."""
    session.execute(sa.delete(MetaRow).where(MetaRow.key == key))


def forget_all(session: Session, start: str) -> None:
    """Delete every setting whose key begins so."""
    session.execute(sa.delete(MetaRow).where(MetaRow.key.startswith(start, autoescape=True)))
