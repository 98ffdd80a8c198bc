"""What the words of the domain are called on a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from optout.domain.document_words import DocumentKind
from optout.domain.outcome_words import Claim, LookResult, NoLook
from optout.domain.words import (
    ActingAs,
    ActionKind,
    BasisKind,
    BrokerStatus,
    Channel,
    ChoiceKind,
    Confidence,
    Effort,
    Fact,
    FollowUpKind,
    FollowUpState,
    GateLevel,
    NameKind,
    Presence,
    Right,
    Role,
    Sensitivity,
    Trust,
    Verification,
)
from optout.web.i18n import lazy as _

CHANNELS: dict[Channel, Any] = {
    Channel.EMAIL: _("E-mail"),
    Channel.WEB_FORM: _("Web form"),
    Channel.POSTAL_MAIL: _("Letter by post"),
    Channel.PHONE: _("Phone call"),
    Channel.FAX: _("Fax"),
    Channel.ACCOUNT: _("Signing in to an account"),
    Channel.PLATFORM: _("State platform"),
    Channel.PORTAL: _("Company portal"),
}

RIGHTS: dict[Right, Any] = {
    Right.ACCESS: _("See what they hold"),
    Right.DELETE: _("Delete"),
    Right.CORRECT: _("Correct"),
    Right.PORTABILITY: _("Get a copy to take along"),
    Right.LIST_THIRD_PARTIES: _("Name who received the data"),
    Right.OPT_OUT_OF_SALE: _("Stop selling"),
    Right.OPT_OUT_OF_TARGETED_ADS: _("Stop targeted advertising"),
    Right.OPT_OUT_OF_PROFILING: _("Stop profiling"),
    Right.LIMIT_SENSITIVE: _("Limit the use of sensitive data"),
    Right.WITHDRAW_CONSENT: _("Withdraw consent"),
    Right.OBJECT: _("Object"),
    Right.OBJECT_DIRECT_MARKETING: _("Object to direct marketing"),
    Right.RESTRICT: _("Restrict the use"),
    Right.DISPUTE: _("Dispute what is wrong"),
    Right.FREEZE: _("Freeze the file"),
    Right.UNFREEZE: _("Lift a freeze"),
    Right.BLOCK: _("Block what comes from identity theft"),
    Right.OPT_OUT_PRESCREEN: _("Stop prescreened offers"),
    Right.SUPPRESS_PUBLICATION: _("Do not publish home address and phone"),
    Right.COMPLAIN_TO_CONTROLLER: _("Complain to the company"),
    Right.FRAUD_ALERT: _("Set a fraud alert"),
    Right.OPT_OUT_AFFILIATE_MARKETING: _("Stop marketing by affiliates"),
    Right.DEMAND_WRITTEN_POLICY: _("Ask for the written policy"),
    Right.NO_SALE: _("Do not sell"),
    Right.REVIEW_OF_REFUSAL: _("Have a refusal reviewed"),
    Right.SUBSTITUTE_ADDRESS: _("Use the substitute address"),
    Right.CEASE_DISSEMINATION: _("Stop passing it on"),
    Right.VOLUNTARY: _("A polite request; no law that this program holds applies"),
}

FACTS: dict[Fact, Any] = {
    Fact.FULL_NAME: _("Full name"),
    Fact.ALIASES: _("Other names"),
    Fact.EMAIL: _("E-mail address"),
    Fact.PHONE: _("Phone number"),
    Fact.CITY_STATE: _("City and state"),
    Fact.POSTAL_CODE: _("Postal code"),
    Fact.CURRENT_ADDRESS: _("Current address"),
    Fact.PREVIOUS_ADDRESS: _("Earlier address"),
    Fact.STATE_OF_RESIDENCE: _("State where you live"),
    Fact.LISTING_URL: _("Link of your listing"),
    Fact.RECORD_SELECTION: _("Picking your record from a list"),
    Fact.DATE_OF_BIRTH: _("Date of birth"),
    Fact.AGE: _("Age"),
    Fact.ACCOUNT: _("An account with them"),
    Fact.ADVERTISING_ID: _("Advertising id of a phone"),
    Fact.VEHICLE_ID: _("Vehicle number"),
    Fact.LICENSE_PLATE: _("Licence plate"),
    Fact.RELATIONSHIP: _("How you know them"),
    Fact.EMPLOYER: _("Employer"),
    Fact.REASON: _("Your reason"),
    Fact.PROOF_OF_RISK: _("Proof of danger"),
    Fact.PHOTO: _("A photo of you"),
    Fact.GOVERNMENT_ID: _("Identity document"),
    Fact.SSN: _("Social Security number"),
    Fact.REPLY_EMAIL: _("E-mail address for answers"),
    Fact.REPLY_ADDRESS: _("Postal address for answers"),
    Fact.INTERNET_ADDRESS: _("Internet address of your connection"),
}

VERIFICATIONS: dict[Verification, Any] = {
    Verification.NONE: _("No check known"),
    Verification.EMAIL_CODE: _("A code sent by e-mail"),
    Verification.EMAIL_LINK: _("A link sent by e-mail"),
    Verification.EMAIL_REPLY: _("An e-mail that must be answered"),
    Verification.CAPTCHA: _("A picture puzzle"),
    Verification.PHONE_CALL: _("A phone call"),
    Verification.RECORD_MATCH: _("A match with their records"),
    Verification.KNOWLEDGE_QUESTIONS: _("Questions about your life"),
    Verification.ID_UPLOAD: _("A copy of an identity document"),
    Verification.ACCOUNT_LOGIN: _("Signing in"),
    Verification.PHOTO_MATCH: _("A photo of your face"),
    Verification.SIGNED_AUTHORITY: _("A signed permission"),
}

CLAIMS: dict[Claim, Any] = {
    Claim.REMOVED: _("They say it is removed"),
    Claim.SUPPRESSED: _("They say it is hidden, not deleted"),
    Claim.NO_RECORD: _("They say they hold nothing"),
    Claim.PARTLY: _("They say it is done in part"),
    Claim.REFUSED: _("They refuse"),
}

LOOKS: dict[LookResult, Any] = {
    LookResult.LISTED: _("You looked: still listed"),
    LookResult.NOT_FOUND: _("You looked: not found"),
    LookResult.COULD_NOT_LOOK: _("You could not look"),
}

NO_LOOKS: dict[NoLook, Any] = {
    NoLook.BLOCKED: _("the page did not load, or it kept you out"),
    NoLook.CAPTCHA: _("it wanted proof that you are no robot"),
    NoLook.SIGN_IN: _("it wanted you to sign in"),
    NoLook.PAYMENT: _("it wanted money first"),
    NoLook.DEAD_LINK: _("it said “not found” or showed an error"),
    NoLook.UNSURE: _("you could not tell whether it is you"),
    NoLook.OTHER: _("something else"),
}

FOLLOW_UPS: dict[FollowUpKind, Any] = {
    FollowUpKind.PREPARED_NOT_SENT: _("Waiting to be sent"),
    FollowUpKind.ACKNOWLEDGE_DUE: _("They should confirm receipt"),
    FollowUpKind.CONFIRMATION_EXPIRES: _("Confirm by the link they sent"),
    FollowUpKind.ANSWER_IDENTITY: _("They ask who you are"),
    FollowUpKind.RESPOND_DUE: _("Their answer is due"),
    FollowUpKind.EXTENSION_DUE: _("Their extra time is over"),
    FollowUpKind.PLATFORM_REPORT_DUE: _("Look at the platform’s report"),
    FollowUpKind.CONFIRM_REMOVAL: _("Look whether it is gone"),
    FollowUpKind.RECHECK: _("Look again"),
    FollowUpKind.APPEAL_BY: _("Last day to appeal"),
    FollowUpKind.APPEAL_ANSWER_DUE: _("Their answer to the appeal is due"),
    FollowUpKind.ESCALATE: _("Take the next step"),
    FollowUpKind.AUTHORIZATION_EXPIRING: _("The permission to act ends"),
    FollowUpKind.OWN_REMINDER: _("Your reminder"),
}

STATES: dict[FollowUpState, Any] = {
    FollowUpState.WAITING: _("waiting"),
    FollowUpState.RAISED: _("due"),
    FollowUpState.DONE: _("off the list"),  # an event took it off, too: nobody need have done it
    FollowUpState.NOT_NEEDED: _("set aside by you"),
    FollowUpState.CANCELLED: _("no longer needed"),
}

LEVELS: dict[GateLevel, Any] = {
    GateLevel.BLOCK: _("Stop"),
    GateLevel.CONFIRM: _("Please answer first"),
    GateLevel.WARN: _("Take care"),
    GateLevel.INFORM: _("Good to know"),
}

ACTIONS: dict[ActionKind, Any] = {
    ActionKind.PLATFORM: _("One request for many"),
    ActionKind.NETWORK: _("One request for a whole network"),
    ActionKind.JOINT: _("One request for several"),
    ActionKind.REQUEST: _("Request"),
    ActionKind.LOOK: _("Look for yourself"),
    ActionKind.HYGIENE: _("A setting to change"),
}

EFFORTS: dict[Effort, Any] = {
    Effort.ONE_CLICK: _("One click"),
    Effort.FORM: _("A form"),
    Effort.STAMP: _("A stamp"),
    Effort.PHONE_CALL: _("A phone call"),
    Effort.OWN_HAND: _("By your own hand"),
}

PRESENCES: dict[Presence, Any] = {
    Presence.LISTED: _("You are listed there"),
    Presence.NOT_FOUND: _("You looked and found nothing"),
    Presence.NOT_LOOKED: _("Nobody has looked there yet"),
    Presence.UNKNOWN: _("Nothing shows whether they have you"),
}

CHOICES: dict[ChoiceKind, Any] = {
    ChoiceKind.ASK: _("To be asked in any case"),
    ChoiceKind.SKIP: _("Left out by you"),
    ChoiceKind.POSTPONE: _("Put off by you"),
}

NAME_KINDS: dict[NameKind, Any] = {
    NameKind.LEGAL: _("Legal name"),
    NameKind.ALIAS: _("Also known as"),
    NameKind.FORMER: _("Former name"),
    NameKind.DO_NOT_USE: _("Never use (kept on this computer only)"),
}

SENSITIVITIES: dict[Sensitivity, Any] = {
    Sensitivity.NORMAL: _("May be sent where needed"),
    Sensitivity.ASK: _("Ask me each time"),
    Sensitivity.NEVER_SEND: _("Never send"),
}

DOCUMENTS: dict[DocumentKind, Any] = {
    DocumentKind.LETTER: _("Letter (PDF)"),
    DocumentKind.EMAIL: _("E-mail draft (.eml)"),
    DocumentKind.FORM_SHEET: _("Form sheet"),
    DocumentKind.COUNSEL_DRAFT: _("Draft for counsel (PDF)"),
}

TRUST: dict[Trust, Any] = {
    Trust.VERIFIED: _("verified"),
    Trust.CORROBORATED: _("agreed by several sources"),
    Trust.UNVERIFIED: _("not verified"),
}

STATUSES: dict[BrokerStatus, Any] = {
    BrokerStatus.ACTIVE: _("active"),
    BrokerStatus.UNCLEAR: _("unclear whether still active"),
    BrokerStatus.DEFUNCT: _("gone"),
}

ROLES: dict[Role, Any] = {
    Role.BROKER: _("Data broker"),
    Role.CONSUMER_REPORTING_AGENCY: _("Consumer reporting agency"),
    Role.PROCESSOR: _("Works on behalf of others"),
    Role.TOOL_VENDOR: _("Sells tools to agencies or companies"),
    Role.GOVERNMENT_SYSTEM: _("System of a public agency"),
    Role.FACE_SEARCH: _("Face search"),
    Role.PUBLIC_RECORD_SOURCE: _("Source of public records"),
    Role.PRACTICE: _("A practice, not a company"),
    Role.PROGRAM: _("A programme that helps"),
    Role.PLATFORM: _("One request for many"),
}

BASES: dict[BasisKind, Any] = {
    BasisKind.DELIVERED_MAIL: _("mail to it was delivered"),
    BasisKind.REPLY: _("they replied"),
    BasisKind.OWN_LOOK: _("somebody looked"),
    BasisKind.STATE_FILING: _("their own filing with a state"),
    BasisKind.PRIVACY_POLICY: _("a page of their own"),
    BasisKind.INDEPENDENT_LISTS: _("a list by others"),
}

CONFIDENCES: dict[Confidence, Any] = {
    Confidence.HIGH: _("sure"),
    Confidence.MEDIUM: _("fairly sure"),
    Confidence.LOW: _("not sure"),
}

ACTING: dict[ActingAs, Any] = {
    ActingAs.SELF: _("For yourself"),
    ActingAs.AGENT: _("As an agent"),
    ActingAs.ATTORNEY_IN_FACT: _("With a power of attorney"),
    ActingAs.GUARDIAN: _("As a guardian"),
}

TABLES: dict[type[StrEnum], dict[Any, Any]] = {
    Channel: CHANNELS, Right: RIGHTS, Fact: FACTS, Verification: VERIFICATIONS, Claim: CLAIMS,
    LookResult: LOOKS, NoLook: NO_LOOKS, FollowUpKind: FOLLOW_UPS, FollowUpState: STATES,
    GateLevel: LEVELS, ActionKind: ACTIONS, NameKind: NAME_KINDS, Sensitivity: SENSITIVITIES,
    DocumentKind: DOCUMENTS, Trust: TRUST, BrokerStatus: STATUSES, ActingAs: ACTING,
    Role: ROLES, BasisKind: BASES, Confidence: CONFIDENCES, Effort: EFFORTS,
    Presence: PRESENCES, ChoiceKind: CHOICES,
}


def label(value: StrEnum) -> str:
    """What a word of the domain is called on a page."""
    return str(TABLES[type(value)][value])
