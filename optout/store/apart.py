"""A piece of a transaction that is done wholly or not at all, while the others are kept."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

_OF_THIS_PIECE = (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError)


def apart(session: Session, work: Callable[[], object]) -> Exception | None:
    """Do a piece of work within the caller's transaction; undo what it wrote if it fails.

    Args:
        session: of a writing transaction.
        work: reads and writes by that session alone.

    Returns:
        What kept it from being done; None when it was done.

    Raises:
        DatabaseError: for what would keep the other pieces from being done as well, like a full
            disk; the whole transaction is lost then.
    """
    try:
        with session.begin_nested():
            work()
    except Exception as error:
        if isinstance(error, sa.exc.DatabaseError) and not isinstance(error, _OF_THIS_PIECE):
            raise
        return error
    return None
