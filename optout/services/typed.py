"""An id as a person typed it, and the request that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optout.domain.request import Request
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def as_stored(typed_id: str) -> str:
    """The id as it is stored; letter case and spaces around it are forgiven."""
    return typed_id.strip().upper()


def request_named(session: Session, typed_id: str) -> Request:
    """The request that a typed id names.

    Raises:
        NotFound: when there is no such request.
    """
    return requests.get(session, as_stored(typed_id))
