"""After how many days listings came back, by broker: what re-checks learn from."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optout.store import meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_KEPT = 10
"""Newest returns that are remembered; a habit that a broker gave up long ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Returns:
    """The returns that were seen at one broker, of everyone in this data folder.

    Numbers only, and read by one key: a clinic learns from all of its clients without reading
    any of them, and nothing here tells whose listing it was.

    Args:
        days: from the first clean look to the one that saw it again, oldest return first.
    """

    days: tuple[int, ...] = ()

    @property
    def soonest(self) -> int | None:
        """The fewest days; None if nothing came back."""
        return min(self.days, default=None)


def returns_at(session: Session, broker_id: str) -> Returns:
    """The returns seen at a broker."""
    return returns_of(session, [broker_id])[broker_id]


def returns_of(session: Session, broker_ids: Collection[str]) -> Mapping[str, Returns]:
    """The returns seen at several brokers, by their ids; few, as of a page."""
    kept = meta.some(session, [_key(broker_id) for broker_id in broker_ids])
    return {broker_id: Returns(tuple(json.loads(kept[_key(broker_id)])["days"]))
            if kept.get(_key(broker_id)) else Returns() for broker_id in broker_ids}


def remember(session: Session, broker_id: str, days: int | None) -> None:
    """Add a return; None adds nothing."""
    if days is not None:
        _put(session, broker_id, (*returns_at(session, broker_id).days, days)[-MOST_KEPT:])


def forget(session: Session, broker_id: str, days: int | None) -> None:
    """Take back a return that was entered by mistake; one that is not there is no mistake."""
    kept = list(returns_at(session, broker_id).days)
    if days is not None and days in kept:
        kept.reverse()
        kept.remove(days)
        kept.reverse()
        _put(session, broker_id, tuple(kept))


def _put(session: Session, broker_id: str, days: tuple[int, ...]) -> None:
    meta.put(session, _key(broker_id), json.dumps({"days": days}))


def _key(broker_id: str) -> str:
    return f"{meta.RETURNS}{broker_id}"
