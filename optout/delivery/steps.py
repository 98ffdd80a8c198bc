"""What all channels share: a hand-over's shape, and its last step."""

from __future__ import annotations

from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel

MARK_SENT = "Come back here and mark the request as sent: that starts the legal dates."


def hand_over_of(
    channel: Channel, document: Document, title: str, steps: tuple[str, ...], link: str = ""
) -> HandOver:
    """Instructions with the document that they are about; the last step is always the same."""
    return HandOver(channel=channel, title=title, steps=(*steps, MARK_SENT), link=link,
                    document_id=document.id)


def web_link(procedure: Procedure) -> str:
    """The procedure's page, if it is a web address."""
    return procedure.url if procedure.url.startswith(("https://", "http://")) else ""
