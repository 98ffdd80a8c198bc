"""The table of channels: one module each, the same function for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from optout.delivery import account, email, fax, phone, platform, portal, postal_mail, web_form
from optout.domain.broker import Procedure
from optout.domain.document import Document, HandOver
from optout.domain.words import Channel

HandOverFunction = Callable[[Document, Procedure, str], HandOver]

CHANNELS: Mapping[Channel, HandOverFunction] = MappingProxyType({
    Channel.EMAIL: email.hand_over,
    Channel.WEB_FORM: web_form.hand_over,
    Channel.POSTAL_MAIL: postal_mail.hand_over,
    Channel.PHONE: phone.hand_over,
    Channel.FAX: fax.hand_over,
    Channel.ACCOUNT: account.hand_over,
    Channel.PLATFORM: platform.hand_over,
    Channel.PORTAL: portal.hand_over,
})
"""How each channel leaves the house; adding one is a module and a line."""


def hand_over(
    channel: Channel, document: Document, procedure: Procedure, broker_name: str
) -> HandOver:
    """What the person does now with a document, step by step.

    Args:
        channel: the way that the document was made for.
        document: as stored; its content is not needed.
        procedure: with the address, number or page.
        broker_name: as shown to the person.
    """
    return CHANNELS[channel](document, procedure, broker_name)
