"""A piece of a transaction that fails is undone; a full disk ends them all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.errors import DiskFull
from optout.store import meta
from optout.store.apart import apart
from optout.store.store import Store


def kept(store: Store) -> dict[str, str]:
    with store.reading() as session:
        return dict(meta.some(session, ["a", "b", "c"]))


def put(session: Session, key: str, error: Exception | None = None) -> None:
    meta.put(session, key, "x")
    if error is not None:
        raise error


@pytest.mark.parametrize("error", [
    RuntimeError("x"), sa.exc.IntegrityError("x", None, ValueError())])
def test_what_fails_is_undone_and_the_others_are_kept(store: Store, error: Exception) -> None:
    with store.writing() as session:
        assert apart(session, lambda: put(session, "a")) is None
        assert apart(session, lambda: put(session, "b", error)) is error
        assert apart(session, lambda: put(session, "c")) is None
    assert kept(store) == {"a": "x", "c": "x"}


def test_what_concerns_every_piece_ends_the_transaction(store: Store) -> None:
    full = sa.exc.OperationalError("x", None, ValueError("database or disk is full"))

    def two() -> None:
        with store.writing() as session:
            apart(session, lambda: put(session, "a"))
            apart(session, lambda: put(session, "b", full))

    with pytest.raises(DiskFull):
        two()
    assert kept(store) == {}
