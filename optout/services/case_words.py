"""What the file of a case calls things: for a reader who does not know the program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from optout.domain.document_words import DocumentKind, EvidenceKind, Purpose
from optout.domain.outcome_words import Claim, LookResult, Reading, RefusalReason
from optout.domain.words import Channel, Event, Right, Standing

CHANNELS: Mapping[Channel, str] = MappingProxyType({
    Channel.EMAIL: "E-mail", Channel.WEB_FORM: "Web form", Channel.POSTAL_MAIL: "Letter by post",
    Channel.PHONE: "Phone call", Channel.FAX: "Fax", Channel.ACCOUNT: "An account of the person",
    Channel.PLATFORM: "The platform of a state", Channel.PORTAL: "The recipient’s portal"})

RIGHTS: Mapping[Right, str] = MappingProxyType({
    Right.ACCESS: "Show what is held", Right.DELETE: "Delete", Right.CORRECT: "Correct",
    Right.PORTABILITY: "Hand over a copy to take along",
    Right.LIST_THIRD_PARTIES: "Name who received the data",
    Right.OPT_OUT_OF_SALE: "Stop selling and sharing",
    Right.OPT_OUT_OF_TARGETED_ADS: "Stop targeted advertising",
    Right.OPT_OUT_OF_PROFILING: "Stop profiling",
    Right.LIMIT_SENSITIVE: "Limit the use of sensitive data",
    Right.WITHDRAW_CONSENT: "Consent is withdrawn", Right.OBJECT: "Objection to the processing",
    Right.OBJECT_DIRECT_MARKETING: "Objection to direct marketing",
    Right.RESTRICT: "Restrict the processing", Right.DISPUTE: "Check what is disputed as wrong",
    Right.FREEZE: "Freeze the file", Right.UNFREEZE: "Lift a freeze",
    Right.BLOCK: "Block what comes from identity theft",
    Right.OPT_OUT_PRESCREEN: "Stop prescreened offers",
    Right.SUPPRESS_PUBLICATION: "Do not publish home address and phone",
    Right.COMPLAIN_TO_CONTROLLER: "Complaint to the recipient itself",
    Right.FRAUD_ALERT: "Set a fraud alert",
    Right.OPT_OUT_AFFILIATE_MARKETING: "Stop marketing by affiliates",
    Right.DEMAND_WRITTEN_POLICY: "Send the written policy", Right.NO_SALE: "Do not sell",
    Right.REVIEW_OF_REFUSAL: "Review the refusal",
    Right.SUBSTITUTE_ADDRESS: "Use the substitute address",
    Right.CEASE_DISSEMINATION: "Stop passing it on",
    Right.VOLUNTARY: "A request that rests on no law"})

STANDINGS: Mapping[Standing, str] = MappingProxyType({
    Standing.DRAFT: "Nothing has been written yet.",
    Standing.READY: "It is written and has not left.",
    Standing.SENT: "It left. The recipient has handed nothing back.",
    Standing.UNDELIVERED: "It came back undelivered.",
    Standing.CONFIRMATION_NEEDED: "The recipient wants a confirmation first.",
    Standing.ACKNOWLEDGED: "The recipient confirmed that it arrived.",
    Standing.IDENTITY_REQUESTED: "The recipient asks for proof of identity first.",
    Standing.REDIRECTED: "The recipient pointed to another way or place.",
    Standing.EXTENDED: "The recipient announced that it needs more time.",
    Standing.ANSWERED: "The recipient answered.",
    Standing.ESCALATED: "The person reminded, appealed or complained.",
    Standing.CLOSED: "The person closed it.", Standing.WITHDRAWN: "The person took it back."})

CLAIMS: Mapping[Claim, str] = MappingProxyType({
    Claim.REMOVED: "That the data is removed.", Claim.SUPPRESSED: "That the data is hidden.",
    Claim.NO_RECORD: "That it holds no data.", Claim.PARTLY: "That it was done in part.",
    Claim.REFUSED: "That it refuses."})

LOOKS: Mapping[LookResult, str] = MappingProxyType({
    LookResult.LISTED: "The person is still listed.",
    LookResult.NOT_FOUND: "No listing was found.",
    LookResult.COULD_NOT_LOOK: "It was not possible to look; that says nothing."})

EVENTS: Mapping[Event, str] = MappingProxyType({
    Event.PREPARE: "The document was made", Event.MARK_SENT: "It left",
    Event.BOUNCE: "It came back undelivered",
    Event.NEEDS_CONFIRMATION: "The recipient asked for a confirmation",
    Event.CONFIRM_LINK_USED: "The person confirmed",
    Event.ACKNOWLEDGE: "The recipient confirmed receipt",
    Event.DEMAND_IDENTITY: "The recipient asked for proof of identity",
    Event.ANSWER_IDENTITY: "The person answered the question of identity",
    Event.REDIRECT: "The recipient pointed to another way or place",
    Event.EXTEND: "The recipient announced that it needs more time",
    Event.CLAIM_REMOVED: "The recipient says that the data is removed",
    Event.CLAIM_SUPPRESSED: "The recipient says that the data is hidden",
    Event.CLAIM_NO_RECORD: "The recipient says that it holds nothing",
    Event.CLAIM_PARTLY: "The recipient says that it was done in part",
    Event.REFUSE: "The recipient refused",
    Event.LOOK_LISTED: "A look: the person is listed",
    Event.LOOK_NOT_FOUND: "A look: no listing was found",
    Event.LOOK_FAILED: "It was not possible to look", Event.REMIND: "The person reminded",
    Event.APPEAL: "The person appealed to the recipient",
    Event.COMPLAIN: "The person complained to an authority", Event.CLOSE: "The person closed it",
    Event.WITHDRAW: "The person took it back", Event.UNDO: "The entry before was taken back"})

REASONS: Mapping[RefusalReason, str] = MappingProxyType({
    RefusalReason.NOT_VERIFIED: "it says that it cannot tell who is asking",
    RefusalReason.WANTS_ID: "it wants a copy of identity papers",
    RefusalReason.WANTS_ACCOUNT: "it wants an account to be opened",
    RefusalReason.WANTS_PAYMENT: "it wants money",
    RefusalReason.WANTS_THEIR_FORM: "it wants its own form",
    RefusalReason.AGENT_NOT_ACCEPTED: "it does not accept that someone acts for another",
    RefusalReason.PUBLIC_RECORD: "it calls the data public",
    RefusalReason.FROM_OTHERS: "it did not get the data from the person",
    RefusalReason.REGULATED_DATA: "it says that another law governs the data",
    RefusalReason.LAW_DOES_NOT_APPLY: "it says that the law does not bind it",
    RefusalReason.NOT_A_RESIDENT: "it says that the law does not protect the person",
    RefusalReason.TOO_SMALL: "it says that it is too small for the law",
    RefusalReason.PROCESSOR_ONLY: "it says that it only works for other firms",
    RefusalReason.LEGAL_DUTY: "it says that a law makes it keep the data",
    RefusalReason.LEGAL_CLAIMS: "it needs the data for a legal dispute",
    RefusalReason.SECURITY: "it needs the data for security, or against fraud",
    RefusalReason.FREE_SPEECH: "it calls it journalism, research or free speech",
    RefusalReason.TOO_MANY_REQUESTS: "it says that too much is asked, or without ground",
    RefusalReason.POLICY: "it points to its own rules",
    RefusalReason.NONE_GIVEN: "no reason was given", RefusalReason.OTHER: "for another reason"})
"""Why it refused, as the person wrote it down."""

THEIR_WORDS = frozenset({
    Event.ACKNOWLEDGE, Event.DEMAND_IDENTITY, Event.REDIRECT, Event.EXTEND, Event.CLAIM_REMOVED,
    Event.CLAIM_SUPPRESSED, Event.CLAIM_NO_RECORD, Event.CLAIM_PARTLY, Event.REFUSE,
    Event.NEEDS_CONFIRMATION})
"""Events whose note is what the recipient wrote."""

PURPOSES: Mapping[Purpose, str] = MappingProxyType({
    Purpose.REQUEST: "The request", Purpose.REMINDER: "Reminder",
    Purpose.IDENTITY_ANSWER: "Answer to the question of identity",
    Purpose.REFUSAL_ANSWER: "Answer to the refusal", Purpose.APPEAL: "Appeal",
    Purpose.COMPLAINT: "Complaint to an authority"})

DOCUMENTS: Mapping[DocumentKind, str] = MappingProxyType({
    DocumentKind.LETTER: "Letter, PDF", DocumentKind.EMAIL: "E-mail",
    DocumentKind.FORM_SHEET: "What was entered in a form",
    DocumentKind.COUNSEL_DRAFT: "Draft for counsel, PDF"})

EVIDENCE: Mapping[EvidenceKind, str] = MappingProxyType({
    EvidenceKind.SENDING: "Proof that it left", EvidenceKind.LOOK: "Proof of a look",
    EvidenceKind.ANSWER: "Answer of the recipient", EvidenceKind.OTHER: "Further evidence"})

FILES: Mapping[str, str] = MappingProxyType({
    "image/png": "Picture", "image/jpeg": "Picture", "image/webp": "Picture",
    "application/pdf": "PDF", "message/rfc822": "E-mail", "text/plain": "Text"})

READINGS: Mapping[Reading, str] = MappingProxyType({
    Reading.ACKNOWLEDGED: "Receipt is confirmed", Reading.IDENTITY_REQUESTED: "Identity is asked",
    Reading.CONFIRMATION_NEEDED: "A confirmation is wanted",
    Reading.EXTENDED: "More time is announced", Reading.REMOVED: "Said to be removed",
    Reading.SUPPRESSED: "Said to be hidden", Reading.PARTLY: "Said to be done in part",
    Reading.REFUSED: "Refused", Reading.NO_RECORD: "Nothing is said to be held",
    Reading.REDIRECTED: "Another way is pointed to", Reading.ANSWER_NEEDED: "An answer is wanted",
    Reading.AUTO_REPLY: "An automatic reply", Reading.BOUNCED: "Returned as undelivered",
    Reading.PHONE_REQUESTED: "A phone call is wanted", Reading.OTHER: "Not read by the program"})

SENT_IS_NOT_DONE = (
    "“It left” says only that: not that it arrived, and not that anything was done. What the "
    "recipient says and what was seen in a look are told apart on purpose.")
WHERE_FROM = (
    "The history holds what the person wrote down on the days given, and the documents are those "
    "that the program kept, unchanged since; entries that were taken back are left out. None of "
    "it was checked with the recipient.")
NO_ADVICE = (
    "Days under “What the law sets” are computed from the words of the law and the day on which "
    "its clock started, as far as the file shows it. This file is no legal advice.")
REDACTED = (
    "In this copy addresses, phone numbers, private mailboxes, the date of birth and links to "
    "listings are replaced by a description in brackets, and what others sent or showed is "
    "described only. It was searched for those values when it was made; still, read it yourself "
    "before you give it to somebody: a program cannot know every name.")
COMPLETE = (
    "This copy is complete: it shows private details of the person, and perhaps of others. "
    "Complaints and their exhibits may become public records: ask whoever receives it how it is "
    "kept before you hand it over.")
MARK_REDACTED = "Copy for others: private details are left out"
MARK_COMPLETE = "Complete copy: shows private details"


def day_in(day: date, country: str) -> str:
    """A day as the file of a case writes it."""
    from optout.documents.words import date_words

    return date_words(day, "en", country)
