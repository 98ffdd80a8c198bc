"""The words of least disclosure: why a fact is needed, what to do without it, why it stays home."""

from __future__ import annotations

from collections.abc import Mapping

from optout.domain.words import Fact

REASONS: Mapping[Fact, str] = {
    Fact.FULL_NAME: "They look for your record by name.",
    Fact.ALIASES: "They ask for other names under which a record may stand.",
    Fact.EMAIL: "They find your record by your e-mail address.",
    Fact.PHONE: "They find your record by your phone number.",
    Fact.CITY_STATE: "It tells you apart from others of the same name.",
    Fact.POSTAL_CODE: "It tells you apart from others of the same name.",
    Fact.CURRENT_ADDRESS: "They find your record by your address.",
    Fact.PREVIOUS_ADDRESS: "They find your record by an earlier address.",
    Fact.STATE_OF_RESIDENCE: "The law that gives you the right is the law of where you live.",
    Fact.LISTING_URL: "They want the link of the listing that should go.",
    Fact.RECORD_SELECTION: "They let you choose your own record.",
    Fact.DATE_OF_BIRTH: "They ask when you were born.",
    Fact.AGE: "Your age tells you apart from others of the same name.",
    Fact.ACCOUNT: "It works only from inside your account there.",
    Fact.ADVERTISING_ID: "They keep data by the phone’s advertising id, not by name.",
    Fact.VEHICLE_ID: "They keep data by vehicle.",
    Fact.LICENSE_PLATE: "They keep data by licence plate.",
    Fact.RELATIONSHIP: "They ask whether you speak for yourself.",
    Fact.EMPLOYER: "They find your record by your employer.",
    Fact.REASON: "They ask why.",
    Fact.PROOF_OF_RISK: "They hide records of people at risk against proof.",
    Fact.PHOTO: "They find pictures of you by a picture.",
    Fact.GOVERNMENT_ID: "They ask for an identity document.",
    Fact.SSN: "They ask for the social security number.",
    Fact.REPLY_EMAIL: "They answer, or send a link to click, to this mailbox.",
    Fact.REPLY_ADDRESS: "They answer by post to this address.",
    Fact.INTERNET_ADDRESS: "Every visit to a website shows it.",
}
"""Why a procedure needs a fact."""

REMEDIES: Mapping[Fact, str] = {
    Fact.FULL_NAME: "Enter a name that requests may carry.",
    Fact.ALIASES: "Enter other names you go by, or choose another way.",
    Fact.EMAIL: "Enter the e-mail address that they may know, or choose another way.",
    Fact.PHONE: "Enter the phone number that they may know, or choose another way.",
    Fact.CITY_STATE: "Enter an address with its city and state.",
    Fact.POSTAL_CODE: "Enter an address with its postal code.",
    Fact.CURRENT_ADDRESS: "Enter the address that they may know, or choose another way.",
    Fact.PREVIOUS_ADDRESS: "Enter an earlier address, or choose another way.",
    Fact.STATE_OF_RESIDENCE: "Enter where the person lives, such as US-CA.",
    Fact.LISTING_URL: "Look for your listing there, and enter its link.",
    Fact.AGE: "Enter the date of birth (only the age is used), or choose another way.",
    Fact.ADVERTISING_ID: "Look the advertising id up in the phone’s settings, and enter it.",
    Fact.VEHICLE_ID: "Letters cannot carry it yet. Choose another way.",
    Fact.LICENSE_PLATE: "Letters cannot carry it yet. Choose another way.",
    Fact.EMPLOYER: "Letters cannot carry it yet. Choose another way.",
    Fact.REPLY_EMAIL: "Make a mailbox only for these requests, and enter it as the reply mailbox.",
    Fact.REPLY_ADDRESS: "Enter a postal address for answers, such as a PO box, or a reply mailbox.",
}
"""What to do about a fact that is missing."""

A_LOOK_SHOWS = "Whoever searches there shows it."
"""Why a look hands something over."""

MATCHES = "They find your records by it. Enter only what brokers hold already."

MATCHES_BY_HAND = ("They find records by it. Nothing is filled in while you are at risk: enter it "
                   "by hand only if brokers list it already, never a new number or address.")

OPTIONAL = "They ask for it but work without it. Leave it empty."

NEVER_FILLED: Mapping[Fact, str] = {
    Fact.DATE_OF_BIRTH: "Never filled in for you. If they refuse without it, decide yourself and "
                        "enter it by hand.",
    Fact.SSN: "Never filled in for you. Give it only inside the form of a credit bureau or "
              "consumer reporting agency, by your own hand.",
    Fact.GOVERNMENT_ID: "Never attached for you. If they refuse without it, cover everything on "
                        "the copy but name and address, and add it by hand.",
    Fact.PHOTO: "Never attached for you. If you decide to, choose a photo that is public already.",
}
"""Facts that only the person's own hand may hand over."""

BY_HAND: Mapping[Fact, str] = {
    Fact.RECORD_SELECTION: "You choose your own record on their page.",
    Fact.ACCOUNT: "You sign in there yourself.",
    Fact.REASON: "The request itself says why. If a field insists, write: privacy.",
    Fact.RELATIONSHIP: "The request itself says who you are. If a field asks, tell the truth.",
    Fact.PROOF_OF_RISK: "You choose the proof yourself and cover what it need not show.",
    Fact.INTERNET_ADDRESS: "Nothing to enter: every visit shows it.",
}
"""What is done or said there, and is no value that a document carries."""

TYPED_IN_FORMS: Mapping[Fact, str] = {
    Fact.VEHICLE_ID: "Not kept here. You enter it yourself.",
    Fact.LICENSE_PLATE: "Not kept here. You enter it yourself.",
    Fact.EMPLOYER: "Not kept here. Enter it yourself, and only one that they know already.",
}
"""What is not kept here; a form takes it by hand, a letter cannot carry it."""

ALONE: Mapping[Fact, str] = {
    Fact.ADVERTISING_ID: "The phone’s id and your name must not meet in one request: together "
                         "they would tell them whose movements they hold.",
    Fact.LICENSE_PLATE: "The plate and your name must not meet in one request: together they "
                        "would tell them whose movements they hold.",
}
"""Keys that travel alone, and why the name stays out beside them."""
