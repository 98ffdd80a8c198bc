"""In an account's settings: the person's own hand, with a sheet beside it."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of, web_link
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """Where to go, what to enter, what to keep."""
    return hand_over_of(Channel.ACCOUNT, document, f"Account settings at {broker_name}", (
        f"Follow the sheet “{document.file_name}” after signing in.",
        "If you have no account there, do not open one for this.",
        "Save a picture of the confirmation.",
    ), web_link(procedure))
