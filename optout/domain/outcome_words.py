"""The words for what came of a request: what they say, why they refuse, what a look showed."""

from __future__ import annotations

from enum import StrEnum


class Claim(StrEnum):
    """What the broker (or a platform) says happened."""

    REMOVED = "removed"
    SUPPRESSED = "suppressed"
    NO_RECORD = "no_record"
    PARTLY = "partly"
    REFUSED = "refused"


class LookResult(StrEnum):
    """What one inspection of a listing showed; a 404 is not an absence."""

    LISTED = "listed"
    NOT_FOUND = "not_found"
    COULD_NOT_LOOK = "could_not_look"


class NoLook(StrEnum):
    """Why a look could not tell; none of these is an absence."""

    BLOCKED = "blocked"
    CAPTCHA = "captcha"
    SIGN_IN = "sign_in"
    PAYMENT = "payment"
    DEAD_LINK = "dead_link"
    UNSURE = "unsure"
    OTHER = "other"


class RefusalReason(StrEnum):
    """Why a recipient says that it does not do what was asked, or a part of it."""

    NOT_VERIFIED = "not_verified"
    LAW_DOES_NOT_APPLY = "law_does_not_apply"
    NOT_A_RESIDENT = "not_a_resident"
    TOO_SMALL = "too_small"
    PUBLIC_RECORD = "public_record"
    REGULATED_DATA = "regulated_data"
    LEGAL_DUTY = "legal_duty"
    LEGAL_CLAIMS = "legal_claims"
    SECURITY = "security"
    FREE_SPEECH = "free_speech"
    PROCESSOR_ONLY = "processor_only"
    FROM_OTHERS = "from_others"
    TOO_MANY_REQUESTS = "too_many_requests"
    AGENT_NOT_ACCEPTED = "agent_not_accepted"
    WANTS_ID = "wants_id"
    WANTS_ACCOUNT = "wants_account"
    WANTS_PAYMENT = "wants_payment"
    WANTS_THEIR_FORM = "wants_their_form"
    POLICY = "policy"
    NONE_GIVEN = "none_given"
    OTHER = "other"


class Reading(StrEnum):
    """What a reply says."""

    ACKNOWLEDGED = "acknowledged"
    IDENTITY_REQUESTED = "identity_requested"
    CONFIRMATION_NEEDED = "confirmation_needed"
    EXTENDED = "extended"
    REMOVED = "removed"
    SUPPRESSED = "suppressed"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_RECORD = "no_record"
    REDIRECTED = "redirected"
    ANSWER_NEEDED = "answer_needed"
    AUTO_REPLY = "auto_reply"
    BOUNCED = "bounced"
    PHONE_REQUESTED = "phone_requested"
    OTHER = "other"
