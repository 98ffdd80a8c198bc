"""Short ids that nobody has yet: drawn again where one is taken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from optout.domain.reference import new_id


def fresh_id(
    session: Session, column: InstrumentedAttribute[Any], prefix: str, length: int = 6, *,
    besides: Collection[str] = (),
) -> str:
    """An id that no row has; among a million requests one in four hundred draws is taken.

    Args:
        session: of a writing transaction, so that nobody else can take it meanwhile.
        column: where the ids stand.
        prefix: of the id, such as `OPT`.
        length: characters after it.
        besides: ids that are about to be stored.
    """
    while True:
        drawn = new_id(prefix, length)
        if drawn not in besides and session.execute(
                sa.select(sa.exists().where(column == drawn))).scalar_one() is False:
            return drawn
