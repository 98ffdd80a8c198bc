"""What the person does with a later letter, step by step."""

from __future__ import annotations

from dataclasses import replace

from optout.delivery.channels import hand_over
from optout.domain.broker import Procedure
from optout.domain.document import HandOver
from optout.domain.document_words import DocumentKind, Purpose
from optout.domain.errors import InvalidInput
from optout.domain.later import EVENT_OF_PURPOSE
from optout.domain.words import Channel, Event
from optout.services.desk import Desk
from optout.services.later_unsent import CHANNEL_OF_KIND
from optout.services.stored import Shelf
from optout.store import requests

_MARK = {
    Event.REMIND: "Come back here and mark that you wrote again: the next date follows from it.",
    Event.ANSWER_IDENTITY: "Come back here and mark that you answered their question.",
    Event.APPEAL: "Come back here and mark the appeal: the date for its answer follows from it.",
    Event.COMPLAIN: "Come back here and mark the complaint.",
}
"""The last step of each: nothing is marked by itself."""

_EXHIBITS = ("The exhibits that it names are in the case file of {reference}. Take the copy for "
             "others, which leaves private details out: complaints can become public.")

_TRANSLATE = ("If the authority works in another language than this letter, have somebody you "
              "trust translate it, or ask them whether they take it as it is.")

_SHEET = (
    "Open “{name}” in a browser. It has the link, what to enter, and the text to paste.",
    "Do what it says, step by step.",
    "Save a picture of the confirmation, or note its number.",
)


def hand_over_later(desk: Desk, document_id: str) -> HandOver:
    """What the person does now to get a later letter out of the house.

    Raises:
        NotFound: when there is no such document.
        InvalidInput: when it is the request itself.
        Tampered: when its file was changed or lost.
        Refused: when it has not left yet and does not fit any more.
    """
    from optout.services.later_rendering import recipient_of_mail

    document = Shelf(desk).read(document_id)
    if document.purpose is Purpose.REQUEST:
        raise InvalidInput("This is the request itself, not a letter after it.",
                           field="document", remedy="Ask for the request’s own steps.")
    with desk.store.reading() as session:
        request = requests.get(session, document.request_id)
    broker = desk.registry.brokers.get(request.broker_id)
    name = "the authority" if document.purpose is Purpose.COMPLAINT else (
        broker.name if broker else request.broker_id)
    mark = _MARK[EVENT_OF_PURPOSE[document.purpose]]
    channel = CHANNEL_OF_KIND[document.kind]
    if document.kind is DocumentKind.FORM_SHEET:
        steps = (*(step.format(name=document.file_name) for step in _SHEET), mark)
        return HandOver(Channel.WEB_FORM, f"Form of {name}", steps, document_id=document.id)
    to = recipient_of_mail(document.content) if document.kind is DocumentKind.EMAIL else ""
    made = hand_over(channel, document, Procedure(channel, email=to), name)
    first = ([_EXHIBITS.format(reference=document.request_id), _TRANSLATE]
             if document.purpose is Purpose.COMPLAINT else [])
    return replace(made, steps=(*first, *made.steps[:-1], mark))
