"""What all channels share: a hand-over's shape, and the receipt with the law's first day."""

from __future__ import annotations

from datetime import date

from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver, Receipt
from optout.domain.words import Channel
from optout.law.clock_start import counts_from

MARK_SENT = "Come back here and mark the request as sent: that starts the legal dates."


def hand_over_of(
    channel: Channel, document: Document, title: str, steps: tuple[str, ...], link: str = ""
) -> HandOver:
    """Instructions with the document that they are about; the last step is always the same."""
    return HandOver(channel=channel, title=title, steps=(*steps, MARK_SENT), link=link,
                    document_id=document.id)


def receipt_of(
    channel: Channel, request_id: str, *, sent_on: date, received_on: date | None = None,
    proof: str = "",
) -> Receipt:
    """The trace of a delivery, with the day from which the law counts.

    Raises:
        InvalidInput: when the request is said to have arrived before it was sent.
    """
    start, estimated = counts_from(channel, sent_on, received_on)
    return Receipt(request_id=request_id, channel=channel, sent_on=sent_on, counts_from=start,
                   estimated=estimated, proof=proof.strip())


def web_link(procedure: Procedure) -> str:
    """The procedure's page, if it is a web address."""
    return procedure.url if procedure.url.startswith(("https://", "http://")) else ""
