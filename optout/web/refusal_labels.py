"""What the reasons of a refusal, and what the law says of them, are called on a page."""

from __future__ import annotations

from typing import Any

from optout.domain.outcome_words import RefusalReason
from optout.law.refusal_table import Verdict
from optout.services.refusals import NextStep
from optout.web.i18n import lazy as _
from optout.web.labels import TABLES

R = RefusalReason

REASONS: dict[RefusalReason, Any] = {
    R.NOT_VERIFIED: _("They say they cannot tell that I am who I say"),
    R.WANTS_ID: _("They want a copy of my identity papers"),
    R.WANTS_ACCOUNT: _("They want me to open an account"),
    R.WANTS_PAYMENT: _("They want money"),
    R.WANTS_THEIR_FORM: _("They want their own form"),
    R.AGENT_NOT_ACCEPTED: _("They do not accept that someone acts for another"),
    R.PUBLIC_RECORD: _("They call the data public"),
    R.FROM_OTHERS: _("They did not get the data from me"),
    R.REGULATED_DATA: _("They say another law governs the data, such as on credit reports"),
    R.LAW_DOES_NOT_APPLY: _("They say the law does not bind them"),
    R.NOT_A_RESIDENT: _("They say the law does not protect me, or not where I live"),
    R.TOO_SMALL: _("They say they are too small for the law"),
    R.PROCESSOR_ONLY: _("They say they only work for other firms"),
    R.LEGAL_DUTY: _("They say a law makes them keep the data"),
    R.LEGAL_CLAIMS: _("They need the data for a legal dispute"),
    R.SECURITY: _("They need the data for security, or against fraud"),
    R.FREE_SPEECH: _("They call it journalism, research or free speech"),
    R.TOO_MANY_REQUESTS: _("They say I ask too often, or without ground"),
    R.POLICY: _("They point to their own rules"),
    R.NONE_GIVEN: _("They give no reason"),
    R.OTHER: _("Another reason"),
}

VERDICTS: dict[Verdict, Any] = {
    Verdict.LAWFUL: _("They may"),
    Verdict.UNLAWFUL: _("They may not"),
    Verdict.DEPENDS: _("It depends"),
    Verdict.UNKNOWN: _("Not known here"),
}

STEPS: dict[NextStep, Any] = {
    NextStep.ANSWER: _("Answer their refusal"),
    NextStep.SHOW_WHO: _("Show who you are, with no more than they hold already"),
    NextStep.APPEAL: _("Appeal to the company"),
    NextStep.COMPLAIN: _("Complain to the authority"),
    NextStep.ACCEPT: _("Accept it, and close the request"),
}

TABLES.update({RefusalReason: REASONS, Verdict: VERDICTS, NextStep: STEPS})
