"""The words of the table: rights, periods and days."""

from __future__ import annotations

from optout.domain.words import PeriodUnit, Right
from optout.law.parts import Extension, Period

RIGHTS = {
    Right.ACCESS: "see what they hold", Right.DELETE: "delete", Right.CORRECT: "correct",
    Right.PORTABILITY: "copy to take along", Right.LIST_THIRD_PARTIES: "who got it",
    Right.OPT_OUT_OF_SALE: "no sale", Right.OPT_OUT_OF_TARGETED_ADS: "no targeted ads",
    Right.OPT_OUT_OF_PROFILING: "no profiling", Right.LIMIT_SENSITIVE: "limit sensitive data",
    Right.WITHDRAW_CONSENT: "take consent back", Right.OBJECT: "object",
    Right.OBJECT_DIRECT_MARKETING: "no marketing", Right.RESTRICT: "restrict",
    Right.DISPUTE: "dispute", Right.FREEZE: "freeze", Right.UNFREEZE: "lift a freeze",
    Right.BLOCK: "block what a thief caused", Right.OPT_OUT_PRESCREEN: "no prescreened offers",
    Right.SUPPRESS_PUBLICATION: "stop publishing (officials)",
    Right.COMPLAIN_TO_CONTROLLER: "complain to the firm", Right.FRAUD_ALERT: "fraud alert",
    Right.OPT_OUT_AFFILIATE_MARKETING: "no affiliate marketing",
    Right.DEMAND_WRITTEN_POLICY: "see the written policy", Right.NO_SALE: "ban on sale",
    Right.REVIEW_OF_REFUSAL: "review of a refusal",
    Right.SUBSTITUTE_ADDRESS: "substitute address", Right.CEASE_DISSEMINATION: "stop spreading",
}
"""Each right in a few words."""

SHORT = {
    Right.ACCESS: "see", Right.PORTABILITY: "copy", Right.OPT_OUT_OF_TARGETED_ADS: "no ads",
    Right.LIMIT_SENSITIVE: "limit", Right.OPT_OUT_PRESCREEN: "no offers", Right.BLOCK: "block",
    Right.UNFREEZE: "lift freeze", Right.WITHDRAW_CONSENT: "no consent",
    Right.COMPLAIN_TO_CONTROLLER: "complain"}
"""Where a cell of the overview wants fewer words still."""

_UNITS = {PeriodUnit.CALENDAR_DAYS: "day", PeriodUnit.BUSINESS_DAYS: "business day",
          PeriodUnit.MONTHS: "month", PeriodUnit.HOURS: "hour"}


def right_name(right: Right | None) -> str:
    """A right in a few words; empty for None, which stands for all of a law."""
    return RIGHTS[right] if right is not None else ""


def period_words(period: Period | Extension) -> str:
    """`45 days`, `1 month`; empty where the law sets no number."""
    if period.number is None:
        return ""
    return f"{period.number} {_UNITS[period.unit]}{'' if period.number == 1 else 's'}"
