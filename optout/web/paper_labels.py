"""What documents are for, papers and proofs are called on a page."""

from __future__ import annotations

from typing import Any

from optout.domain.document_words import EvidenceKind, LabelSheet, PaperKind, Purpose
from optout.web.i18n import lazy as _
from optout.web.labels import TABLES

PURPOSES: dict[Purpose, Any] = {
    Purpose.REQUEST: _("The request itself"),
    Purpose.REMINDER: _("Reminder"),
    Purpose.IDENTITY_ANSWER: _("Answer to their demand for proof of identity"),
    Purpose.REFUSAL_ANSWER: _("Answer to their refusal"),
    Purpose.APPEAL: _("Appeal"),
    Purpose.COMPLAINT: _("Complaint to an authority"),
}

PAPERS: dict[PaperKind, Any] = {
    PaperKind.AUTHORIZATION: _("Permission to act for you"),
    PaperKind.AUTHORIZATION_US_CA: _("Signed permission for California"),
    PaperKind.REVOCATION: _("Taking a permission back"),
    PaperKind.COVER_LETTER: _("Cover letter"),
    PaperKind.WHAT_WE_DO: _("What is being done for you"),
    PaperKind.SAFETY: _("Safety sheet"),
    PaperKind.PROGRESS: _("Progress report"),
}

PROOFS: dict[EvidenceKind, Any] = {
    EvidenceKind.SENDING: _("That it was sent"),
    EvidenceKind.LOOK: _("What you saw there"),
    EvidenceKind.ANSWER: _("What they answered"),
    EvidenceKind.OTHER: _("Something else"),
}

ABOUT: dict[Purpose | PaperKind, Any] = {
    Purpose.REQUEST: _("What you ask for, and the law that gives it, if one does."),
    Purpose.REMINDER: _(
        "No answer came. It asks again, and names the day and the law where a time of the law is "
        "over."),
    Purpose.IDENTITY_ANSWER: _(
        "They ask who you are. It gives them nothing new: it says what they can compare, and asks "
        "for the least that will do."),
    Purpose.REFUSAL_ANSWER: _(
        "They said no. It asks for their reasons, or for another look where no law was asserted."),
    Purpose.APPEAL: _(
        "Where a law gives one: the company must look at its refusal again, or hear your "
        "complaint."),
    Purpose.COMPLAINT: _(
        "You tell the authority that watches over this law what happened. It may become a public "
        "record."),
    PaperKind.AUTHORIZATION: _(
        "Says that somebody may ask in your name: whom, for what, until when. You sign it."),
    PaperKind.AUTHORIZATION_US_CA: _(
        "The signed permission that California’s law knows for whoever asks in your name."),
    PaperKind.REVOCATION: _("Tells the one who acted for you that they may no longer."),
    PaperKind.COVER_LETTER: _(
        "One page on top of what you hand to this person: what to read, and what to sign."),
    PaperKind.WHAT_WE_DO: _("In plain words: what is asked, what is not, and what comes next."),
    PaperKind.SAFETY: _("How to stay safe while letters and answers travel."),
    PaperKind.PROGRESS: _("Where every request stands today: what they say, and what was seen."),
}

LABEL_SHEETS: dict[LabelSheet, Any] = {
    LabelSheet.AVERY_5160: _("Avery 5160 (US Letter, 30 labels)"),
    LabelSheet.L7160: _("Avery L7160 (A4, 21 labels)"),
}

LANGUAGES: dict[str, Any] = {"en": _("English"), "es": _("Spanish (español)")}
"""The languages that papers for people are written in."""

TABLES.update({Purpose: PURPOSES, PaperKind: PAPERS, EvidenceKind: PROOFS,
               LabelSheet: LABEL_SHEETS})


def about(value: Purpose | PaperKind) -> str:
    """What a letter or a paper is for, in one sentence or two."""
    return str(ABOUT[value])
