"""By telephone: a script to read out, and what to write down."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """Whom to call, what to read out, what to keep."""
    return hand_over_of(Channel.PHONE, document, f"Call to {broker_name}", (
        f"Open “{document.file_name}” and have it before you.",
        f"Call {procedure.phone}. Withhold your number if you can.",
        "Read out the statement. Give only the values on the sheet.",
        "Write down the day and hour, the name of the person, and the number of the case.",
    ))
