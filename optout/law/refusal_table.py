"""What the laws say of single reasons, where no rule of theirs that is data already says it.

Each row was written by hand from the researched facts about that law, and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from optout.domain.outcome_words import RefusalReason
from optout.domain.words import Right

R = RefusalReason

_CHECKED = date(2026, 11, 23)
_GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
_UK = "https://www.legislation.gov.uk/ukpga/2025/18/contents"
_CCPA = ("https://leginfo.legislature.ca.gov/faces/codes_displayText.xhtml"
         "?lawCode=CIV&division=3.&title=1.81.5.&part=4.&chapter=&article=")
_DELETE_ACT = ("https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml"
               "?lawCode=CIV&sectionNum=1798.99.86")
_MHMDA = "https://app.leg.wa.gov/RCW/default.aspx?cite=19.373.040"
_DANIEL = "https://www.njcourts.gov/system/files/court-opinions/2026/a_8_25.pdf"
_LGPD = "https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2018/lei/l13709.htm"


class Verdict(StrEnum):
    """What the law says of a reason, as far as the facts here go; never more than they say."""

    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One judgement.

    Args:
        reasons: the reasons that it speaks of.
        rights: the rights; empty means all of the law.
        but_not: rights that it does not speak of.
        source: where it was read.
        until: from this day on it says nothing any more; None where no end is known.
    """

    laws: tuple[str, ...]
    reasons: tuple[RefusalReason, ...]
    verdict: Verdict
    why: str
    source: str
    rights: tuple[Right, ...] = ()
    but_not: tuple[Right, ...] = ()
    citation: str = ""
    checked: date = _CHECKED
    until: date | None = None

    def speaks_of(self, law: str, right: Right, reason: RefusalReason, day: date) -> bool:
        """Whether it judges this reason, given on a day, for a right of a law."""
        return (law in self.laws and reason in self.reasons
                and (not self.rights or right in self.rights) and right not in self.but_not
                and (self.until is None or day < self.until))


_KEPT = (R.LEGAL_DUTY, R.LEGAL_CLAIMS, R.SECURITY)
_EVEN_SO = "It may be right only where the request was plainly unfounded or excessive."

TABLE: tuple[Row, ...] = (
    Row(("eu-gdpr",), (R.TOO_SMALL,), Verdict.UNLAWFUL,
        "This law binds controllers of any size.", _GDPR),
    Row(("gb-uk-gdpr",), (R.TOO_SMALL,), Verdict.UNLAWFUL,
        "This law binds controllers of any size.", _UK),
    Row(("br-lgpd",), (R.TOO_SMALL,), Verdict.UNLAWFUL,
        "This law binds controllers of any size; small ones only have more time.", _LGPD),
    Row(("us-wa-mhmda",), (R.TOO_SMALL,), Verdict.UNLAWFUL,
        "This law binds firms of any size that decide how health data are handled.", _MHMDA),
    Row(("eu-gdpr",), (R.PUBLIC_RECORD,), Verdict.UNLAWFUL,
        "Public data are not left out of this law; copying public registers is covered.", _GDPR,
        but_not=(Right.PORTABILITY,)),
    Row(("eu-gdpr",), (R.FROM_OTHERS,), Verdict.UNLAWFUL,
        "Where they got the data does not matter under this law.", _GDPR,
        but_not=(Right.PORTABILITY,)),
    Row(("gb-uk-gdpr",), (R.FROM_OTHERS,), Verdict.UNLAWFUL,
        "Where they got the data does not matter under this law.", _UK),
    Row(("us-ca-delete-act",), (R.FROM_OTHERS,), Verdict.UNLAWFUL,
        "This law is about data from others: all that a broker holds on you, whatever the source.",
        _DELETE_ACT, citation="Civ. Code § 1798.99.86", rights=(Right.DELETE,)),
    Row(("us-ca-ccpa",), (R.FROM_OTHERS,), Verdict.LAWFUL,
        "Until the end of 2026 this law lets you ask for the deletion only of what they collected "
        "from you. What they bought from others is deleted through California’s platform DROP, "
        "and your opt-out of sale holds all the same.",
        _CCPA, citation="Civ. Code § 1798.105(a)", rights=(Right.DELETE,),
        until=date(2027, 1, 1)),
    Row(("eu-gdpr",), (R.WANTS_PAYMENT, R.TOO_MANY_REQUESTS), Verdict.DEPENDS,
        f"Asking is free. {_EVEN_SO}", _GDPR, citation="GDPR Art. 12(5)"),
    Row(("gb-uk-gdpr",), (R.WANTS_PAYMENT, R.TOO_MANY_REQUESTS), Verdict.DEPENDS,
        f"Asking is free. {_EVEN_SO}", _UK),
    Row(("us-ca-ccpa",), (R.WANTS_PAYMENT,), Verdict.UNLAWFUL,
        "Under this law these requests are free.", _CCPA, but_not=(Right.ACCESS,)),
    Row(("us-ca-ccpa",), (R.WANTS_PAYMENT,), Verdict.DEPENDS,
        "Access is free twice in 12 months.", _CCPA, rights=(Right.ACCESS,)),
    Row(("br-lgpd",), (R.WANTS_PAYMENT,), Verdict.UNLAWFUL,
        "Under this law access is free.", _LGPD, rights=(Right.ACCESS,)),
    Row(("us-ca-delete-act",), (R.WANTS_ID, R.WANTS_ACCOUNT), Verdict.UNLAWFUL,
        "The state’s platform checks who you are, once; the broker may not ask you for more.",
        _DELETE_ACT, citation="Civ. Code § 1798.99.86(c)(1)"),
    Row(("us-ca-delete-act",), (R.NOT_VERIFIED,), Verdict.DEPENDS,
        "What a broker cannot verify it still has to treat as an opt-out of sale and sharing.",
        _DELETE_ACT, citation="Civ. Code § 1798.99.86(c)(1)"),
    Row(("us-ca-ccpa",), _KEPT, Verdict.DEPENDS,
        "This law lets a business keep some things, such as what another section or another law "
        "makes it keep. Ask them which provision they rely on, and for which of your data.",
        _DELETE_ACT, citation="Civ. Code §§ 1798.105(d), 1798.145", rights=(Right.DELETE,)),
    Row(("eu-gdpr",), (*_KEPT, R.POLICY), Verdict.UNLAWFUL,
        "The objection to direct marketing is absolute: nothing is weighed against it.", _GDPR,
        citation="GDPR Art. 21(2)–(3)", rights=(Right.OBJECT_DIRECT_MARKETING,)),
    Row(("gb-uk-gdpr",), (*_KEPT, R.POLICY), Verdict.UNLAWFUL,
        "The objection to direct marketing is absolute: nothing is weighed against it.", _UK,
        citation="UK GDPR Art. 21(2)–(3)", rights=(Right.OBJECT_DIRECT_MARKETING,)),
    Row(("us-nj-daniels-law",), (R.FROM_OTHERS,), Verdict.UNLAWFUL,
        "This law covers the home address and the unpublished number whatever the source.",
        _DANIEL, citation="N.J.S.A. 56:8-166.1", rights=(Right.SUPPRESS_PUBLICATION,)),
    Row(("us-nj-daniels-law",), (R.PUBLIC_RECORD,), Verdict.DEPENDS,
        "This law covers the home address and the unpublished number whatever the source, public "
        "records included; but amendments leave out some records. Ask them which of these they "
        "rely on.", _DANIEL, citation="N.J.S.A. 56:8-166.1",
        rights=(Right.SUPPRESS_PUBLICATION,)),
)
"""The rows; the first that speaks of a case decides it."""
