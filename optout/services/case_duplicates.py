"""The papers of duplicates, in the case file of the request that they were merged into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from optout.domain.document_words import Purpose
from optout.domain.request import Request, RequestFile
from optout.services.case_exhibits import Material, material_of
from optout.services.history import file_of
from optout.store import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def duplicates_of(session: Session, request_id: str, day: date) -> tuple[RequestFile, ...]:
    """The requests that were merged into one, with their histories up to a day."""
    return tuple(file_of(session, one, day) for one in requests.merged_into(session, request_id))


def papers_of(session: Session, duplicate: RequestFile) -> Material:
    """What is on file about a duplicate; one that never left has written to nobody."""
    material = replace(material_of(session, duplicate.request, duplicate.events),
                       duplicate=duplicate.request.id)
    if duplicate.request.sent_on is not None:
        return material
    return replace(material, documents=tuple(
        one for one in material.documents if one.document.purpose is not Purpose.REQUEST))


def together(request: Request, duplicates: Iterable[RequestFile]) -> Request:
    """One request that began with the first of them and reaches whom any of them reached."""
    all_of_them: Sequence[Request] = [request, *(one.request for one in duplicates)]
    return replace(
        request, created_on=min(one.created_on for one in all_of_them),
        covers=tuple(dict.fromkeys(broker for one in all_of_them for broker in one.covers)),
        footings=tuple(dict.fromkeys(f for one in all_of_them for f in one.footings)))
