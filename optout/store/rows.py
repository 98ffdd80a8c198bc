"""What the queries share: choosing by person, grouping by request, counting changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.store.models import RequestRow

Value = TypeVar("Value")


def of_person(table: sa.Table, person_id: str) -> sa.Select[Any]:
    """A person's rows of a table that hangs on requests."""
    return sa.select(table).join(RequestRow, RequestRow.id == table.c.request_id).where(
        RequestRow.person_id == person_id)


def person_of(request_id: str) -> sa.ScalarSelect[str]:
    """Whose request it is, asked within another statement."""
    return sa.select(RequestRow.person_id).where(RequestRow.id == request_id).scalar_subquery()


def broker_of(request_id: str) -> sa.ScalarSelect[str]:
    """At which broker it is, likewise."""
    return sa.select(RequestRow.broker_id).where(RequestRow.id == request_id).scalar_subquery()


def grouped(pairs: Iterable[tuple[str, Value]]) -> Mapping[str, tuple[Value, ...]]:
    """The values by their key, in the order in which they come."""
    groups: defaultdict[str, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def changed(session: Session, statement: sa.Executable) -> int:
    """Run a statement that writes; how many rows it wrote."""
    return cast("sa.CursorResult[Any]", session.execute(statement)).rowcount
