"""Requests whose dates could not be counted anew: kept by their ids, and tried again."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from optout.store import meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNCOUNTED = "recount_failed"
"""Key of their ids, the one that was tried longest ago first."""

MOST = 1_000
"""Where more fail than so many, it is not they that are broken."""


def uncounted(session: Session) -> tuple[str, ...]:
    """Ids of the requests whose dates could not be counted anew, those to be tried first first."""
    try:
        return tuple(str(one) for one in json.loads(meta.get(session, UNCOUNTED) or "[]"))
    except (TypeError, ValueError):
        return ()


def keep(session: Session, ids: Collection[str]) -> None:
    """Keep these ids, in their order, in place of those that are kept."""
    if ids:
        meta.put(session, UNCOUNTED, json.dumps(list(ids)))
    else:
        meta.forget(session, UNCOUNTED)
