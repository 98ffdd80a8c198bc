"""The citations that stand behind the sentences of a letter, beside that of the right itself."""

from __future__ import annotations

from dataclasses import replace

from optout.domain.footing import Footing
from optout.domain.words import Right
from optout.law.model import Law, RightRule
from optout.law.words import Recipients

_OPT_OUTS = frozenset({
    Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS, Right.OPT_OUT_OF_PROFILING})


def with_sections(footing: Footing, law: Law, rule: RightRule) -> Footing:
    """The footing with what its letter cites besides the right; what is not certain stays out."""
    return replace(
        footing,
        clock_starts=rule.deadline.starts_at.value if rule.deadline else footing.clock_starts,
        refusal_section=_refusal(law), appeal_section=_appeal(law, rule),
        suppression_section=_suppression(law) if rule.right is Right.DELETE else "",
        no_proof_section=_no_proof(law) if rule.right in _OPT_OUTS else "")


def _refusal(law: Law) -> str:
    """Where the law says what a refusal must say."""
    return "" if law.refusal is None or law.is_low("refusal") else law.refusal.section


def _appeal(law: Law, rule: RightRule) -> str:
    """Where the law gives an appeal to the recipient itself.

    A right without a clock stands outside the answers that appeals are made against, and what
    follows the answer of a consumer reporting agency is a new dispute, not an appeal.
    """
    appeal = law.appeal
    if (not appeal.available or rule.deadline is None or law.is_low("appeal")
            or law.is_low("appeal.section")
            or law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES):
        return ""
    return appeal.section


def _suppression(law: Law) -> str:
    """Where the law lets the recipient keep what keeps the person deleted."""
    where = "deletion_of_third_party_data"
    if law.is_low(f"{where}.suppression_option") or law.is_low(f"{where}.suppression_section"):
        return ""
    return law.third_party_deletion.suppression_section


def _no_proof(law: Law) -> str:
    """Where the law says that an opt-out needs no proof of identity."""
    check = law.verification
    if check.opt_out_needs_authentication is not False or law.is_low(
            "identity_verification.opt_out_section") or law.is_low(
            "identity_verification.opt_out_needs_authentication"):
        return ""
    return check.opt_out_section


_ON_DOUBTS = frozenset({"eu-gdpr", "gb-uk-gdpr"})
"""Laws that let a recipient ask for more about identity on reasonable doubts only (Art. 12(6))."""

_PUBLIC_COUNTS = frozenset({"eu-gdpr"})
"""Laws that say, for certain, that what is public or stands in a public register is covered."""


def doubts_section(law: Law, right: Right) -> str:
    """Where the law lets the recipient ask who is asking on reasonable doubts only.

    Empty where it does not, and where that is not certain. A complaint to the firm is none of the
    requests that the rule speaks of.
    """
    if (law.id not in _ON_DOUBTS or right is Right.COMPLAIN_TO_CONTROLLER
            or law.is_low("identity_verification")
            or law.is_low("identity_verification.opt_out_section")):
        return ""
    return law.verification.opt_out_section


def covers_public_data(law: Law) -> bool:
    """Whether it is certain that public data, too, fall under the law."""
    return law.id in _PUBLIC_COUNTS and not law.is_low("exemptions")
