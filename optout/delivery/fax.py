"""By fax: the letter, and the report that proves it."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """How to fax the letter, and what to keep."""
    return hand_over_of(Channel.FAX, document, f"Fax to {broker_name}", (
        f"Print “{document.file_name}” and sign it above your name.",
        (f"Fax it to {procedure.phone}. A copy shop or a library can do it; do not use a free "
         "website, which would read it."),
        "Keep the transmission report. Write down its day and hour.",
    ))
