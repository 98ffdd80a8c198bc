"""The person's own minutes for a procedure: a table, with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optout.domain.broker import Procedure
from optout.domain.words import Channel, Fact, Verification


@dataclass(frozen=True, slots=True)
class Cost:
    """Minutes of the person's own time, and what they are spent on."""

    minutes: int
    reason: str


BY_CHANNEL: Mapping[Channel, Cost] = {
    Channel.EMAIL: Cost(2, "read the draft once and send it"),
    Channel.WEB_FORM: Cost(5, "open the form and enter the values from the sheet"),
    Channel.POSTAL_MAIL: Cost(10, "print, sign, fold, stamp, and take it to the post"),
    Channel.FAX: Cost(8, "print, sign, and find a fax"),
    Channel.PHONE: Cost(15, "call, wait in the queue, and write down what was said"),
    Channel.ACCOUNT: Cost(8, "sign in and find the setting"),
    Channel.PLATFORM: Cost(20, "prove where you live and enter your details once for all brokers"),
    Channel.PORTAL: Cost(10, "find the request in their portal and fill it in"),
}

BY_VERIFICATION: Mapping[Verification, Cost] = {
    Verification.NONE: Cost(0, "nothing to prove"),
    Verification.EMAIL_CODE: Cost(2, "fetch a code from the reply mailbox"),
    Verification.EMAIL_LINK: Cost(2, "click the link that they send to the reply mailbox"),
    Verification.EMAIL_REPLY: Cost(3, "answer the message that they send"),
    Verification.CAPTCHA: Cost(1, "solve a picture puzzle"),
    Verification.PHONE_CALL: Cost(5, "take a call or a spoken code"),
    Verification.RECORD_MATCH: Cost(2, "find your own record among the results"),
    Verification.KNOWLEDGE_QUESTIONS: Cost(5, "answer questions about your past"),
    Verification.ID_UPLOAD: Cost(8, "copy an identity document and cover what is not needed"),
    Verification.ACCOUNT_LOGIN: Cost(5, "make or find the account"),
    Verification.PHOTO_MATCH: Cost(5, "choose a photo that is public already"),
    Verification.SIGNED_AUTHORITY: Cost(10, "have the authority signed and enclosed"),
}

BY_FACT: Mapping[Fact, Cost] = {
    Fact.LISTING_URL: Cost(2, "find the listing and copy its link"),
    Fact.RECORD_SELECTION: Cost(2, "choose your own record on their page"),
    Fact.ADVERTISING_ID: Cost(3, "look the advertising id up in the phone’s settings"),
}

LOOK = Cost(2, "open the link, look for your own record, and note what was seen")
"""One look at what a broker shows. Our estimate, like every figure here."""

OWN_STEPS: Mapping[str, Cost] = {
    "protective_programs": Cost(45, "call, speak with an advocate, and fill in the application"),
    "location": Cost(10, "write the advertising id down and change the settings of each phone"),
}
"""Steps without a letter that no procedure measures, by the category of their entry.

Our estimates: nobody promises these figures, and a programme with a visit in person takes longer.
"""

def costs(procedure: Procedure) -> Iterator[Cost]:
    """Everything that a procedure costs the person, each with its reason."""
    yield BY_CHANNEL[procedure.channel]
    for step in dict.fromkeys(procedure.verification):
        if step is not Verification.NONE:
            yield BY_VERIFICATION[step]
    for fact in dict.fromkeys(procedure.needs):
        if fact in BY_FACT:
            yield BY_FACT[fact]


def minutes_for(procedure: Procedure) -> int:
    """The minutes that a procedure costs the person, waiting for answers not counted."""
    return sum(cost.minutes for cost in costs(procedure))
