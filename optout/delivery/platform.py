"""Through a state's platform: one request to every registered broker."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of, web_link
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """Where to go, what to enter, what to keep."""
    return hand_over_of(Channel.PLATFORM, document, f"State platform: {broker_name}", (
        f"Follow the sheet “{document.file_name}” beside the platform.",
        "Enter what you want the brokers to match; the platform passes it on in scrambled form.",
        "Write down the number that the platform gives you: it shows later what each broker did.",
    ), web_link(procedure))
