"""What a law says of the reason that a recipient gives for a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from optout.domain.footing import VOLUNTARY, Footing
from optout.domain.outcome_words import RefusalReason
from optout.domain.words import ActingAs, Right, Role
from optout.law.acting import Capacity, leave_for
from optout.law.model import Law
from optout.law.refusal_table import TABLE, Verdict
from optout.law.sections import doubts_section
from optout.law.words import AgentScope

R = RefusalReason


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, and what is known of it without the law.

    Args:
        day: on which they refused.
        capacity: in which the request was made.
        role: what the registry says that the recipient is.
    """

    reason: RefusalReason
    day: date
    capacity: Capacity
    role: Role = Role.BROKER


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the facts let one say of a reason, for one right of one law.

    Args:
        why: one or two plain sentences.
        citation: empty where the facts give none.
        source: where it was read, an address; empty where nothing was.
        checked: on which day; None likewise.
    """

    law: str
    right: Right
    verdict: Verdict
    why: str
    citation: str = ""
    source: str = ""
    checked: date | None = None


Said = tuple[Verdict, str, str]
"""A verdict, the sentence, the citation."""

_LIMITS: Mapping[RefusalReason, tuple[str, ...]] = {
    R.PUBLIC_RECORD: ("publicly_available",),
    R.REGULATED_DATA: ("other_law_governs", "glba_entity", "exempt_entity", "agency_or_bank",
                       "hipaa_entity", "exempt_use", "exempt_system", "covered_information"),
    R.TOO_SMALL: ("size_threshold", "small_firm_without_sale"),
    R.FREE_SPEECH: ("national_exception", "public_concern", "own_publication"),
    R.LEGAL_DUTY: ("must_keep", "art_17_ground"),
    R.LEGAL_CLAIMS: ("must_keep", "art_17_ground"),
    R.SECURITY: ("must_keep", "art_17_ground"),
}
"""The conditions under which a right was claimed that a reason disputes, by their keys."""

_SAY_WHO_NOT = frozenset({AgentScope.NOT_PROVIDED_FOR, AgentScope.OPT_OUT_ONLY})
"""Laws of which it is known that others than the person cannot ask for everything."""

_ASK = "Ask them on which provision of this law they rely."


def judge(law: Law | None, footing: Footing, refused: Refused) -> Judgement:
    """What the law says of a reason; `unknown` wherever the facts do not say more.

    Args:
        law: as it stood on the day of the refusal; None where none is known.
        footing: the right that was asserted.
        refused: the refusal.
    """
    if footing.law == VOLUNTARY.law:
        return Judgement(footing.law, footing.right, Verdict.LAWFUL,
                         "No law that this program knows obliges them, so they may say no.")
    doubtful = law is not None and law.is_low(f"rights.{footing.right}")
    for row in TABLE:
        if row.speaks_of(footing.law, footing.right, refused.reason, refused.day):
            if doubtful and row.verdict is Verdict.UNLAWFUL:
                break
            return Judgement(footing.law, footing.right, row.verdict, row.why, row.citation,
                             row.source, row.checked)
    if law is None:
        return Judgement(footing.law, footing.right, Verdict.UNKNOWN,
                         "This law is no longer in the law book. Ask them for their reasons.")
    rule = _RULES.get(refused.reason, _by_condition)
    verdict, why, citation = rule(law, footing, refused)
    if doubtful and verdict is Verdict.UNLAWFUL:
        verdict, why, citation = _unknown(f"What this law says of this right is not certain "
                                          f"here. {_ASK}")
    known = verdict is not Verdict.UNKNOWN
    return Judgement(footing.law, footing.right, verdict, why, citation,
                     law.sources[0] if known and law.sources else "",
                     law.checked if known else None)


def _unknown(why: str) -> Said:
    return Verdict.UNKNOWN, why, ""


def _depends(why: str, citation: str = "") -> Said:
    return Verdict.DEPENDS, why, citation


def _unlawful(why: str, citation: str) -> Said:
    return Verdict.UNLAWFUL, why, citation


def _by_condition(_: Law, footing: Footing, refused: Refused) -> Said:
    """By a condition that the request itself named, because nobody can check it from here."""
    keys = _LIMITS.get(refused.reason, ())
    found = [limit for limit in footing.limits if limit.key in keys]
    if not found:
        return _unknown(f"We know of no rule of this law about that. {_ASK}")
    said = " ".join(limit.why for limit in found if limit.why)
    return _depends(f"{said} Ask them to say how that is so with your data.".strip())


def _law_denied(_: Law, footing: Footing, __: Refused) -> Said:
    if not footing.limits:
        return _unknown(f"They say that this law does not bind them. {_ASK}")
    return _depends("The right was claimed under conditions that cannot be checked from "
                    "here. Ask them which of these they deny, and why.")


def _residence(law: Law, _: Footing, __: Refused) -> Said:
    if law.is_low("who_may_invoke") or not law.people.text:
        return _unknown(f"Whom this law protects is not certain here. {_ASK}")
    return _depends(f"This law is there for: {law.people.text} If that is you, tell them "
                    "where you live; more than the state or the country is not needed for that.")


def _identity(law: Law, footing: Footing, _: Refused) -> Said:
    if footing.no_proof_section:
        return _unlawful("This law asks for no proof of who you are when you opt out. "
                         "They may still ask for what it takes to find your record.",
                         footing.no_proof_section)
    doubts = doubts_section(law, footing.right)
    if doubts:
        return _depends("They may ask for more only where they have reasonable doubts "
                        "about who you are.", doubts)
    if law.is_low("identity_verification") or not law.verification.rule:
        return _unknown(f"How far they may check who you are is not certain here. {_ASK}")
    return _depends(f"What this law says of it: {law.verification.rule}")


def _agent(law: Law, footing: Footing, refused: Refused) -> Said:
    if refused.capacity.acting_as is ActingAs.SELF:
        return _depends("You asked for yourself, so they took you for somebody who acts "
                        "for another. Tell them that the request is your own.")
    if law.is_low("agent"):
        return _unknown(f"What this law lets an agent do is not certain here. {_ASK}")
    section = "" if law.is_low("agent.section") else law.agent.section
    leave = leave_for(law, footing.right, refused.capacity)
    if leave.refusal and law.agent.allowed not in _SAY_WHO_NOT:
        return _unknown(f"What this law lets an agent do is not known here. {_ASK}")
    if leave.refusal:
        return Verdict.LAWFUL, leave.refusal, section
    proof = f" {law.agent.proof}" if law.agent.proof else ""
    return _depends(f"This law lets an agent ask for that. What counts is the proof that "
                    f"you may act.{proof}", section)


def _source_of_data(law: Law, footing: Footing, _: Refused) -> Said:
    rule = law.third_party_deletion
    if footing.right is not Right.DELETE:
        if footing.reaches_third_party_data:
            return _unlawful("This right reaches what they got from others, too.",
                             footing.citation)
        return _unknown(f"Whether this right reaches what they got from others is not "
                        f"known here. {_ASK}")
    if rule.covered != "yes" or law.is_low("deletion_of_third_party_data"):
        return _unknown(f"Whether this law reaches what they got from others is not "
                        f"known here for certain. {_ASK}")
    if law.is_low("deletion_of_third_party_data.suppression_option"):
        return _depends(f"{rule.text} What they may keep all the same is not certain here.",
                        footing.citation)
    if rule.suppression_option:
        return _depends(f"{rule.text} {rule.suppression_option}", footing.citation)
    return _unlawful(rule.text, footing.citation)


def _costs(law: Law, _: Footing, refused: Refused) -> Said:
    if not law.free_requests or law.is_low("free_requests"):
        return _unknown(f"What this law says of costs is not known here. {_ASK}")
    about = f"What this law says of costs: {law.free_requests}"
    if refused.reason is R.WANTS_PAYMENT:
        return _depends(f"{about} Compare it with what you asked them so far.")
    return _unknown(f"{about} {_ASK}")


def _works_for_others(_: Law, __: Footing, refused: Refused) -> Said:
    ask = "Ask them for whom they hold your data; the request then goes to that firm."
    if refused.role is Role.PROCESSOR:
        return _depends(f"The registry, too, lists them as a firm that works for others. {ask}")
    return _unknown(f"That cannot be seen from here. {ask}")


def _no_reason(law: Law, _: Footing, __: Refused) -> Said:
    if law.refusal is not None and law.refusal.reasons and not law.is_low("refusal"):
        return _unlawful("Who refuses under this law owes you the reasons.", law.refusal.section)
    return _unknown("They gave no reason, so nothing can be said about it. Ask for it.")


_RULES: Mapping[RefusalReason, Callable[[Law, Footing, Refused], Said]] = {
    R.LAW_DOES_NOT_APPLY: _law_denied, R.NOT_A_RESIDENT: _residence, R.NOT_VERIFIED: _identity,
    R.WANTS_ID: _identity, R.AGENT_NOT_ACCEPTED: _agent, R.FROM_OTHERS: _source_of_data,
    R.WANTS_PAYMENT: _costs, R.TOO_MANY_REQUESTS: _costs, R.PROCESSOR_ONLY: _works_for_others,
    R.NONE_GIVEN: _no_reason,
}
