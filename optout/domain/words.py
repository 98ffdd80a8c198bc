"""The words of the field, each an enum whose values are what is stored and printed."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a request reaches its recipient."""

    EMAIL = "email"
    WEB_FORM = "web_form"
    POSTAL_MAIL = "postal_mail"
    PHONE = "phone"
    FAX = "fax"
    ACCOUNT = "account"
    PLATFORM = "platform"
    PORTAL = "portal"


class Right(StrEnum):
    """What a request asks for; `VOLUNTARY` where no law gives a right."""

    ACCESS = "access"
    DELETE = "delete"
    CORRECT = "correct"
    PORTABILITY = "portability"
    LIST_THIRD_PARTIES = "list_third_parties"
    OPT_OUT_OF_SALE = "opt_out_of_sale"
    OPT_OUT_OF_TARGETED_ADS = "opt_out_of_targeted_ads"
    OPT_OUT_OF_PROFILING = "opt_out_of_profiling"
    LIMIT_SENSITIVE = "limit_sensitive"
    WITHDRAW_CONSENT = "withdraw_consent"
    OBJECT = "object"
    OBJECT_DIRECT_MARKETING = "object_direct_marketing"
    RESTRICT = "restrict"
    DISPUTE = "dispute"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    BLOCK = "block"
    OPT_OUT_PRESCREEN = "opt_out_prescreen"
    SUPPRESS_PUBLICATION = "suppress_publication"
    COMPLAIN_TO_CONTROLLER = "complain_to_controller"
    FRAUD_ALERT = "fraud_alert"
    OPT_OUT_AFFILIATE_MARKETING = "opt_out_affiliate_marketing"
    DEMAND_WRITTEN_POLICY = "demand_written_policy"
    NO_SALE = "no_sale"
    REVIEW_OF_REFUSAL = "review_of_refusal"
    SUBSTITUTE_ADDRESS = "substitute_address"
    CEASE_DISSEMINATION = "cease_dissemination"
    VOLUNTARY = "voluntary"


class ActingAs(StrEnum):
    """In which capacity the person (or their helper) makes the request."""

    SELF = "self"
    AGENT = "agent"
    ATTORNEY_IN_FACT = "attorney_in_fact"
    GUARDIAN = "guardian"


class Role(StrEnum):
    """What a recipient is."""

    BROKER = "broker"
    CONSUMER_REPORTING_AGENCY = "consumer_reporting_agency"
    PROCESSOR = "processor"
    TOOL_VENDOR = "tool_vendor"
    GOVERNMENT_SYSTEM = "government_system"
    FACE_SEARCH = "face_search"
    PUBLIC_RECORD_SOURCE = "public_record_source"
    PRACTICE = "practice"
    PROGRAM = "program"
    PLATFORM = "platform"


class BrokerStatus(StrEnum):
    """Whether a recipient is known to be alive."""

    ACTIVE = "active"
    UNCLEAR = "unclear"
    DEFUNCT = "defunct"


class BasisKind(StrEnum):
    """How a fact about a recipient is known."""

    DELIVERED_MAIL = "delivered_mail"
    REPLY = "reply"
    OWN_LOOK = "own_look"
    STATE_FILING = "state_filing"
    PRIVACY_POLICY = "privacy_policy"
    INDEPENDENT_LISTS = "independent_lists"


class Trust(StrEnum):
    """How far a fact may be trusted; derived from its bases, never entered."""

    VERIFIED = "verified"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"


class Verification(StrEnum):
    """How a recipient checks that the request is genuine."""

    NONE = "none"
    EMAIL_CODE = "email_code"
    EMAIL_LINK = "email_link"
    EMAIL_REPLY = "email_reply"
    CAPTCHA = "captcha"
    PHONE_CALL = "phone_call"
    RECORD_MATCH = "record_match"
    KNOWLEDGE_QUESTIONS = "knowledge_questions"
    ID_UPLOAD = "id_upload"
    ACCOUNT_LOGIN = "account_login"
    PHOTO_MATCH = "photo_match"
    SIGNED_AUTHORITY = "signed_authority"


class Fact(StrEnum):
    """A kind of fact about a person, by name; the ledger records these, never values."""

    FULL_NAME = "full_name"
    ALIASES = "aliases"
    EMAIL = "email"
    PHONE = "phone"
    CITY_STATE = "city_state"
    POSTAL_CODE = "postal_code"
    CURRENT_ADDRESS = "current_address"
    PREVIOUS_ADDRESS = "previous_address"
    STATE_OF_RESIDENCE = "state_of_residence"
    LISTING_URL = "listing_url"
    RECORD_SELECTION = "record_selection"
    DATE_OF_BIRTH = "date_of_birth"
    AGE = "age"
    ACCOUNT = "account"
    ADVERTISING_ID = "advertising_id"
    VEHICLE_ID = "vehicle_id"
    LICENSE_PLATE = "license_plate"
    RELATIONSHIP = "relationship"
    EMPLOYER = "employer"
    REASON = "reason"
    PROOF_OF_RISK = "proof_of_risk"
    PHOTO = "photo"
    GOVERNMENT_ID = "government_id"
    SSN = "ssn"
    REPLY_EMAIL = "reply_email"
    REPLY_ADDRESS = "reply_address"
    INTERNET_ADDRESS = "internet_address"


NEVER_BY_DEFAULT = frozenset({Fact.DATE_OF_BIRTH, Fact.PHOTO, Fact.GOVERNMENT_ID, Fact.SSN})
"""Facts that no document carries unless the person put them there by an explicit act."""


class NameKind(StrEnum):
    """What a name of a person is to them; `DO_NOT_USE` never leaves the machine."""

    LEGAL = "legal"
    ALIAS = "alias"
    FORMER = "former"
    DO_NOT_USE = "do_not_use"


class Sensitivity(StrEnum):
    """Whether a fact may be sent."""

    NORMAL = "normal"
    ASK = "ask"
    NEVER_SEND = "never_send"


class GateLevel(StrEnum):
    """How strongly a safety gate holds an act back.

    `BLOCK` stops the act until the cause is mended, `CONFIRM` until the person says yes,
    `WARN` shows before the act, `INFORM` shows once.
    """

    BLOCK = "block"
    CONFIRM = "confirm"
    WARN = "warn"
    INFORM = "inform"


class ActionKind(StrEnum):
    """What a plan asks the person to do."""

    PLATFORM = "platform"
    NETWORK = "network"
    JOINT = "joint"
    REQUEST = "request"
    LOOK = "look"
    HYGIENE = "hygiene"


class Presence(StrEnum):
    """What is known of whether a broker lists the person.

    `LISTED`: a listing was seen. `NOT_FOUND`: a look found none. `NOT_LOOKED`: one could look,
    and nobody has. `UNKNOWN`: a look would tell more than a name, or could not tell.
    """

    LISTED = "listed"
    NOT_FOUND = "not_found"
    NOT_LOOKED = "not_looked"
    UNKNOWN = "unknown"


class Effort(StrEnum):
    """What a step costs the person, in the words of a plan's groups."""

    ONE_CLICK = "one_click"
    FORM = "form"
    STAMP = "stamp"
    PHONE_CALL = "phone_call"
    OWN_HAND = "own_hand"


class ChoiceKind(StrEnum):
    """What a person chose about one broker of the plan."""

    ASK = "ask"
    SKIP = "skip"
    POSTPONE = "postpone"


class Standing(StrEnum):
    """Where a request stands. "Overdue" is no standing: it is computed from dates and today."""

    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    CONFIRMATION_NEEDED = "confirmation_needed"
    ACKNOWLEDGED = "acknowledged"
    IDENTITY_REQUESTED = "identity_requested"
    REDIRECTED = "redirected"
    EXTENDED = "extended"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What moves a request."""

    PREPARE = "prepare"
    MARK_SENT = "mark_sent"
    BOUNCE = "bounce"
    NEEDS_CONFIRMATION = "needs_confirmation"
    CONFIRM_LINK_USED = "confirm_link_used"
    ACKNOWLEDGE = "acknowledge"
    DEMAND_IDENTITY = "demand_identity"
    ANSWER_IDENTITY = "answer_identity"
    REDIRECT = "redirect"
    EXTEND = "extend"
    CLAIM_REMOVED = "claim_removed"
    CLAIM_SUPPRESSED = "claim_suppressed"
    CLAIM_NO_RECORD = "claim_no_record"
    CLAIM_PARTLY = "claim_partly"
    REFUSE = "refuse"
    LOOK_LISTED = "look_listed"
    LOOK_NOT_FOUND = "look_not_found"
    LOOK_FAILED = "look_failed"
    REMIND = "remind"
    APPEAL = "appeal"
    COMPLAIN = "complain"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    UNDO = "undo"


class FollowUpKind(StrEnum):
    """A dated task that the law or the registry calls for."""

    PREPARED_NOT_SENT = "prepared_not_sent"
    ACKNOWLEDGE_DUE = "acknowledge_due"
    CONFIRMATION_EXPIRES = "confirmation_expires"
    ANSWER_IDENTITY = "answer_identity"
    RESPOND_DUE = "respond_due"
    EXTENSION_DUE = "extension_due"
    PLATFORM_REPORT_DUE = "platform_report_due"
    CONFIRM_REMOVAL = "confirm_removal"
    RECHECK = "recheck"
    APPEAL_BY = "appeal_by"
    APPEAL_ANSWER_DUE = "appeal_answer_due"
    ESCALATE = "escalate"
    AUTHORIZATION_EXPIRING = "authorization_expiring"
    OWN_REMINDER = "own_reminder"


class FollowUpState(StrEnum):
    """`WAITING` until its day, `RAISED` once a sweep has shown it; then one of the other three.

    `DONE`: the person did it, or what happened did. `NOT_NEEDED`: the person said so, and why.
    `CANCELLED`: what called for it is gone.
    """

    WAITING = "waiting"
    RAISED = "raised"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    CANCELLED = "cancelled"


class PeriodUnit(StrEnum):
    """How a law counts; the four are different things and are never converted."""

    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"
    HOURS = "hours"


class Confidence(StrEnum):
    """How sure the facts behind a statement are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
