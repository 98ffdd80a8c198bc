"""What the life of a request is called on a page: standings, events, answers."""

from __future__ import annotations

from typing import Any

from optout.domain.outcome_words import Reading
from optout.domain.words import Event, Standing
from optout.web.i18n import lazy as _
from optout.web.labels import TABLES

STANDINGS: dict[Standing, Any] = {
    Standing.DRAFT: _("Draft"),
    Standing.READY: _("Ready to send"),
    Standing.SENT: _("Sent, no answer yet"),
    Standing.UNDELIVERED: _("Came back undelivered"),
    Standing.CONFIRMATION_NEEDED: _("Waiting for your confirmation"),
    Standing.ACKNOWLEDGED: _("Receipt confirmed"),
    Standing.IDENTITY_REQUESTED: _("They ask who you are"),
    Standing.REDIRECTED: _("Sent elsewhere"),
    Standing.EXTENDED: _("They took more time"),
    Standing.ANSWERED: _("Answered"),
    Standing.ESCALATED: _("Escalated"),
    Standing.CLOSED: _("Closed"),
    Standing.WITHDRAWN: _("Withdrawn"),
}

SENTENCES: dict[Standing, Any] = {
    Standing.DRAFT: _("Nothing is written yet."),
    Standing.READY: _("The document is ready. It has not left this computer."),
    Standing.SENT: _("It left. They have not reacted, so nothing is done yet."),
    Standing.UNDELIVERED: _("It did not arrive. It counts as never sent."),
    Standing.CONFIRMATION_NEEDED: _(
        "They sent you a link. Until you use it, they will do nothing."),
    Standing.ACKNOWLEDGED: _("They confirmed that it arrived. Nothing is removed yet."),
    Standing.IDENTITY_REQUESTED: _("They want to know who you are before they act."),
    Standing.REDIRECTED: _("They want the request by another way or at another place."),
    Standing.EXTENDED: _("They told you that they need more time."),
    Standing.ANSWERED: _("They answered. Look for yourself whether it is true."),
    Standing.ESCALATED: _("You took the next step: a reminder, an appeal or a complaint."),
    Standing.CLOSED: _("Nothing more is to be done here."),
    Standing.WITHDRAWN: _("You took the request back."),
}

EVENTS: dict[Event, Any] = {
    Event.PREPARE: _("Prepared"),
    Event.MARK_SENT: _("Sent"),
    Event.BOUNCE: _("It came back undelivered"),
    Event.NEEDS_CONFIRMATION: _("They want a confirmation by link"),
    Event.CONFIRM_LINK_USED: _("I used their confirmation link"),
    Event.ACKNOWLEDGE: _("They confirmed receipt"),
    Event.DEMAND_IDENTITY: _("They ask for proof of identity"),
    Event.ANSWER_IDENTITY: _("I answered who I am"),
    Event.REDIRECT: _("They sent me elsewhere"),
    Event.EXTEND: _("They need more time"),
    Event.CLAIM_REMOVED: _("They say it is removed"),
    Event.CLAIM_SUPPRESSED: _("They say it is hidden"),
    Event.CLAIM_NO_RECORD: _("They say they hold nothing"),
    Event.CLAIM_PARTLY: _("They say it is done in part"),
    Event.REFUSE: _("They refused"),
    Event.LOOK_LISTED: _("I looked: still listed"),
    Event.LOOK_NOT_FOUND: _("I looked: not found"),
    Event.LOOK_FAILED: _("I could not look"),
    Event.REMIND: _("I reminded them"),
    Event.APPEAL: _("I appealed"),
    Event.COMPLAIN: _("I complained to an authority"),
    Event.CLOSE: _("Closed: nothing more is to be done"),
    Event.WITHDRAW: _("Request taken back"),
    Event.UNDO: _("The last entry was undone"),
}

READINGS: dict[Reading, Any] = {
    Reading.REMOVED: _("It is removed"),
    Reading.SUPPRESSED: _("It is hidden or suppressed"),
    Reading.NO_RECORD: _("They hold nothing about me"),
    Reading.PARTLY: _("Done in part"),
    Reading.REFUSED: _("They refuse"),
    Reading.ACKNOWLEDGED: _("They received it and will act"),
    Reading.CONFIRMATION_NEEDED: _("I must use a link to confirm"),
    Reading.ANSWER_NEEDED: _("I must answer their e-mail to confirm"),
    Reading.IDENTITY_REQUESTED: _("They want proof of who I am"),
    Reading.EXTENDED: _("They need more time"),
    Reading.REDIRECTED: _("I must ask another way or elsewhere"),
    Reading.PHONE_REQUESTED: _("They want me to call"),
    Reading.AUTO_REPLY: _("An automatic reply that says nothing"),
    Reading.BOUNCED: _("It came back undelivered"),
    Reading.OTHER: _("Something else"),
}

TABLES.update({Standing: STANDINGS, Event: EVENTS, Reading: READINGS})


def sentence(standing: Standing) -> str:
    """What a standing means for the person, in one sentence."""
    return str(SENTENCES[standing])
