"""The words for documents: what they are, why they were written, what they prove."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is to the person who holds it."""

    LETTER = "letter"
    EMAIL = "email"
    FORM_SHEET = "form_sheet"
    COUNSEL_DRAFT = "counsel_draft"


class Purpose(StrEnum):
    """Why a document of a request was written: to ask, or to insist later."""

    REQUEST = "request"
    REMINDER = "reminder"
    IDENTITY_ANSWER = "identity_answer"
    REFUSAL_ANSWER = "refusal_answer"
    APPEAL = "appeal"
    COMPLAINT = "complaint"


class PaperKind(StrEnum):
    """A paper for the person or their helper; made on the spot, never sent from here."""

    AUTHORIZATION = "authorization"
    AUTHORIZATION_US_CA = "authorization_us_ca"
    REVOCATION = "revocation"
    COVER_LETTER = "cover_letter"
    WHAT_WE_DO = "what_we_do"
    SAFETY = "safety"
    PROGRESS = "progress"


class EvidenceKind(StrEnum):
    """What a kept file is to prove."""

    SENDING = "sending"
    LOOK = "look"
    ANSWER = "answer"
    OTHER = "other"


class LabelSheet(StrEnum):
    """A sheet of address labels, by the maker's number."""

    AVERY_5160 = "avery-5160"
    L7160 = "l7160"
