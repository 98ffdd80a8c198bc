"""By e-mail: a draft that the person's own mail program sends."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """How to send the draft; the link opens it in a mail program where it is short enough."""
    return hand_over_of(Channel.EMAIL, document, f"E-mail to {broker_name}", (
        f"Open “{document.file_name}” in your mail program. It opens as a draft.",
        f"Look at the address it goes to: {procedure.email}.",
        ("Look at the address it comes from. It must be your reply address; choose that account "
         "before you send."),
        "If the letter says that something is enclosed, attach it.",
        "Send it. Keep it in your Sent folder: it is your proof of the day.",
    ), document.mailto)
