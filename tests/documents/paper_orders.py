"""Papers of every kind, as they are ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from optout.documents.paper_words import PaperWords
from optout.documents.papers import PermissionOrder, compose_permission
from optout.documents.papers_client import CoverOrder, compose_cover_letter, compose_safety
from optout.documents.papers_progress import ProgressOrder, compose_progress, compose_what_we_do
from optout.domain.document import Sheet
from optout.domain.document_words import PaperKind
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.papers import AskedOf, NextDate
from optout.domain.progress import PLOTS, Measure, Progress, Stretch, Tally
from optout.domain.words import Channel, FollowUpKind, Right, Standing

DAY = date(2026, 11, 23)
LANGUAGES = ("en", "es")
ENGLISH, SPANISH = PaperWords("en", "US"), PaperWords("es", "US")
PERMISSION = PermissionOrder("Avery Sample", "Sample Legal Clinic", DAY, date(2027, 11, 22))
CALIFORNIAN = replace(
    PERMISSION, law="us-ca-ccpa", citation="Cal. Civ. Code § 1798.100 et seq.",
    rights=((Right.ACCESS, "Cal. Civ. Code § 1798.110"), (Right.DELETE, ""),
            (Right.CORRECT, "Cal. Civ. Code § 1798.106"),
            (Right.OPT_OUT_OF_SALE, "Cal. Civ. Code §§ 1798.120, 1798.135"),
            (Right.OPT_OUT_OF_TARGETED_ADS, "Cal. Civ. Code § 1798.140(ah)"),
            (Right.LIMIT_SENSITIVE, "Cal. Civ. Code § 1798.121")))
ASKED = AskedOf("OPT-7K3M9Q", "Sample Finder", (Right.DELETE, Right.OPT_OUT_OF_SALE),
                Channel.POSTAL_MAIL, Standing.ANSWERED, others=12, sent_on=date(2026, 10, 5),
                claim=Claim.REMOVED, last_look=LookResult.LISTED, last_look_on=DAY,
                next_date=NextDate(FollowUpKind.RECHECK, date(2027, 1, 4)))
UNASKED = AskedOf("OPT-2A2A2A", "People Example", (Right.VOLUNTARY,), Channel.WEB_FORM,
                  Standing.READY)
LATE = AskedOf("OPT-3B3B3B", "Slow Example", (Right.ACCESS,), Channel.EMAIL, Standing.SENT,
               others=1, sent_on=date(2026, 9, 1), overdue_days=12,
               last_look=LookResult.NOT_FOUND, last_look_on=DAY,
               next_date=NextDate(FollowUpKind.RESPOND_DUE, date(2026, 11, 11)))
PROGRESS = ProgressOrder(DAY, (ASKED, UNASKED, LATE), "Avery Sample")

MONTHS = [DAY - timedelta(days=30 * back) for back in range(40, -1, -1)]
OVER_TIME = Progress(Stretch.MONTH, tuple(
    Tally(day, day, {one: (number + 40) // (place + 2) for place, one in enumerate(Measure)
                     if number > 5 or one in PLOTS["asked"]}, {})
    for number, day in enumerate(MONTHS)))
COVER = CoverOrder(DAY, "Avery Sample", (PaperKind.AUTHORIZATION,
                                         PaperKind.AUTHORIZATION_US_CA, PaperKind.WHAT_WE_DO),
                   ("Sample Finder", "People Example"), discreet=False)

Maker = Callable[[PaperWords], Sheet]
MADE: dict[str, Maker] = {
    "authorization": lambda w: compose_permission(PaperKind.AUTHORIZATION, PERMISSION, w),
    "blank": lambda w: compose_permission(
        PaperKind.AUTHORIZATION, PermissionOrder("Avery Sample"), w),
    "california": lambda w: compose_permission(PaperKind.AUTHORIZATION_US_CA, CALIFORNIAN, w),
    "revocation": lambda w: compose_permission(
        PaperKind.REVOCATION, replace(PERMISSION, signed_on=DAY, reply="a@example.com"), w),
    "cover": lambda w: compose_cover_letter(COVER, w),
    "discreet": lambda w: compose_cover_letter(replace(COVER, discreet=True), w),
    "what we do": lambda w: compose_what_we_do(PROGRESS, w),
    "nothing yet": lambda w: compose_what_we_do(replace(PROGRESS, asked=()), w),
    "safety": compose_safety,
    "progress": lambda w: compose_progress(replace(PROGRESS, drafts=1), w),
    "progress over time": lambda w: compose_progress(replace(PROGRESS, over_time=OVER_TIME), w),
    "no progress": lambda w: compose_progress(replace(PROGRESS, asked=(), drafts=2), w),
}


def text_of(sheet: Sheet) -> str:
    return "\n".join((sheet.title, *sheet.paragraphs))
