"""By web form: the person's own hand, with a sheet beside it."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of, web_link
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """Where to go, what to enter, what to keep."""
    return hand_over_of(Channel.WEB_FORM, document, f"Web form of {broker_name}", (
        f"Follow the sheet “{document.file_name}” beside the form.",
        "Enter only what the sheet lists.",
        "Write down the confirmation number, or save a picture of the last page.",
    ), web_link(procedure))
