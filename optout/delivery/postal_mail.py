"""By post: print, sign, fold, and write down what proves it."""

from __future__ import annotations

from optout.delivery.steps import hand_over_of
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel


def hand_over(document: Document, procedure: Procedure, broker_name: str) -> HandOver:
    """How to post the letter, and what to keep."""
    del procedure  # the address stands on the letter
    return hand_over_of(Channel.POSTAL_MAIL, document, f"Letter to {broker_name}", (
        f"Print “{document.file_name}” at its full size (100 %, not “fit to page”).",
        "Sign it above your name. Add what the letter says is enclosed.",
        ("Fold it at the two short marks for a window envelope (US Letter: #10, A4: DL), and "
         "check that only the address shows."),
        "Write no sender on the envelope, or your reply address only.",
        ("Post it. With certified or registered mail, write down the number on the slip: it "
         "proves the day of delivery, from which the law counts."),
    ))
