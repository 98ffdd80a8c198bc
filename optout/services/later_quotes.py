"""The recipient's words as a later letter may quote them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optout.domain.later import LaterDetails
from optout.services.case_private import private_values
from optout.services.later_ordering import LEFT_OUT, Following

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def quotable(session: Session, follow: Following, details: LaterDetails) -> LaterDetails:
    """What the person adds, their words without private values however these are written."""
    from optout.documents.redaction import Redactor

    if not details.their_words.strip():
        return details
    values = private_values(follow.desk, session, follow.person, follow.at.request,
                            day=follow.at.day)
    clean = Redactor(values, mark=lambda _: LEFT_OUT)
    return replace(details, their_words=clean.redacted(details.their_words, foreign=True))
