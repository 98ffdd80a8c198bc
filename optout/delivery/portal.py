"""Through a request portal: the person's own hand, with a sheet beside it."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of, web_link
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """Where to go, what to enter, what to keep."""
    return hand_over_of(Channel.PORTAL, document, f"Request portal of {broker_name}", (
        f"Follow the sheet “{document.file_name}” beside the portal.",
        "Enter only what the sheet lists.",
        "Write down the number of the request: answers often appear only in the portal.",
    ), web_link(procedure))
