"""Links that open a mail program at the right address."""

from __future__ import annotations

from urllib.parse import quote

from optout.domain.broker import Broker
from optout.domain.request import Request
from optout.domain.words import Channel


def short_mailto(broker: Broker, request: Request, subject: str) -> str:
    """A link with address and subject only, for letters whose text is too long for a link.

    Empty for a request that does not go by e-mail.
    """
    if request.channel is not Channel.EMAIL:
        return ""
    ways = (*broker.procedures[request.procedure_index:], *broker.procedures)
    to = next((way.email for way in ways if way.channel is Channel.EMAIL and way.email), "")
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}" if to else ""
