"""The facts about a person as a sentence names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from optout.domain.words import Fact

FACT_WORDS: Mapping[Fact, str] = MappingProxyType({
    Fact.FULL_NAME: "your name",
    Fact.ALIASES: "your other names",
    Fact.EMAIL: "your e-mail address",
    Fact.PHONE: "your phone number",
    Fact.CITY_STATE: "your city",
    Fact.POSTAL_CODE: "your postal code",
    Fact.CURRENT_ADDRESS: "your home address",
    Fact.PREVIOUS_ADDRESS: "an earlier address",
    Fact.STATE_OF_RESIDENCE: "your state",
    Fact.LISTING_URL: "the link of your listing",
    Fact.RECORD_SELECTION: "the choice of your record",
    Fact.DATE_OF_BIRTH: "your date of birth",
    Fact.AGE: "your age",
    Fact.ACCOUNT: "an account there",
    Fact.ADVERTISING_ID: "your phone’s advertising id",
    Fact.VEHICLE_ID: "the number of your vehicle",
    Fact.LICENSE_PLATE: "your licence plate",
    Fact.RELATIONSHIP: "whom you speak for",
    Fact.EMPLOYER: "your employer",
    Fact.REASON: "your reason",
    Fact.PROOF_OF_RISK: "a proof of your risk",
    Fact.PHOTO: "a photo of you",
    Fact.GOVERNMENT_ID: "an identity document",
    Fact.SSN: "your social security number",
    Fact.REPLY_EMAIL: "a mailbox for answers",
    Fact.REPLY_ADDRESS: "an address for answers",
    Fact.INTERNET_ADDRESS: "your internet address",
})
