"""The rights that this person may assert against this broker on this day, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from types import MappingProxyType

from optout.domain.broker import Broker
from optout.domain.footing import Applicable, Footing, Limit, Withheld
from optout.domain.places import Residence
from optout.domain.words import ActingAs, Right, Role
from optout.law.acting import Capacity, Leave, leave_for
from optout.law.drafts import Draft, drafts_of
from optout.law.limits import FCRA_FILE, NATIONWIDE
from optout.law.model import Law, LawBook
from optout.law.parts import LimitRule
from optout.law.reach import Reached, Whereabouts, reaching, territory
from optout.law.recipients import UNREACHED_ROLES, is_agency, is_known_agency
from optout.law.words import Recipients

BEST_FIRST = (
    Right.DELETE, Right.SUPPRESS_PUBLICATION, Right.OPT_OUT_OF_SALE, Right.OBJECT,
    Right.OBJECT_DIRECT_MARKETING, Right.WITHDRAW_CONSENT, Right.CEASE_DISSEMINATION,
    Right.OPT_OUT_OF_TARGETED_ADS,
    Right.OPT_OUT_OF_PROFILING, Right.LIMIT_SENSITIVE, Right.RESTRICT, Right.ACCESS,
    Right.LIST_THIRD_PARTIES, Right.FREEZE, Right.DISPUTE, Right.OPT_OUT_PRESCREEN,
    Right.BLOCK, Right.CORRECT, Right.PORTABILITY, Right.UNFREEZE, Right.REVIEW_OF_REFUSAL,
    Right.COMPLAIN_TO_CONTROLLER,
)
"""What removes most comes first; in a consumer file one looks before one freezes or disputes."""

_Rank = tuple[bool, bool, int, bool, bool]
_PLACES = {right: place for place, right in enumerate(BEST_FIRST)}

OUTSIDE_AGENCIES = "fcra_agency"
"""Key of the limit of a law that leaves consumer reporting agencies out, whatever they hold."""

_BOUND: Mapping[str, str] = MappingProxyType({
    "fcra_nationwide": "a nationwide agency",
    "fcra_specialty_nationwide": "a nationwide specialty agency",
    "foia": "a federal agency",
})
"""Whom a right binds, as a sentence calls them."""


def applicable(
    book: LawBook, residences: Sequence[str], broker: Broker | None, day: date,
    acting_as: ActingAs = ActingAs.SELF, *, holds_power_of_attorney: bool = False,
    declared: Collection[str] = (), former: Sequence[str] = (),
) -> Applicable:
    """What may be asserted, and what not and why.

    Args:
        book: the laws.
        residences: ISO 3166 codes of where the person lives; several may each count.
        broker: the recipient; None stands for any firm established at the residence, a
            platform of its law and consumer reporting agencies included.
        day: the day of the assertion; laws and their changes switch by it.
        acting_as: who makes the request.
        holds_power_of_attorney: the agent holds one.
        declared: ids of laws on certain people (officials, citizens) of whom the person says,
            at this moment, to be one; the answer is never stored.
        former: where the person lived within the look-back; offered with that doubt, and last.

    Returns:
        Footings, best first: against a consumer reporting agency those of the FCRA, then by
        what removes most (the FCRA comes last against a firm that has but some data under it).
        Where nothing is offered the caller may use `VOLUNTARY`.

    Raises:
        InvalidInput: for a residence code that is not one.
    """
    if broker is not None and broker.role in UNREACHED_ROLES:
        return Applicable((), (Withheld("", None, UNREACHED_ROLES[broker.role]),))
    capacity = Capacity(acting_as, holds_power_of_attorney)
    homes = tuple(Residence(code) for code in dict.fromkeys(residences))
    left = tuple(Residence(code) for code in dict.fromkeys(former) if code not in residences)
    reached, withheld = reaching(
        book, Whereabouts(homes, left, frozenset(declared), capacity.who), broker, day)
    against_agency = broker is not None and is_known_agency(broker)
    firm = "" if broker is None else broker.country
    offered: list[tuple[_Rank, Footing]] = []
    refused: list[Withheld] = []
    for one in reached:
        for draft in drafts_of(book, one.law.id, day):
            right = draft.rule.right
            leave = leave_for(one.law, right, capacity)
            reason = draft.refusal or next(_why_not(one.law, draft, broker), leave.refusal)
            if reason:
                refused.append(Withheld(one.law.id, right, reason))
            else:
                offered.append((_rank(one, right, firm, against_agency=against_agency),
                                _footing(one, draft, broker, day, leave)))
    offered.sort(key=itemgetter(0))  # those of one rank stay in the order of the book
    return Applicable(tuple(footing for _, footing in offered), (*withheld, *refused))


def _rank(one: Reached, right: Right, firm: str, *, against_agency: bool) -> _Rank:
    """The place of a footing: agency law first against agencies and last otherwise.

    Of two laws with the same right that of the firm's own country comes first: it binds the firm
    without a doubt, while that of a home elsewhere may not reach it, or not one of its size.
    """
    for_agencies = one.law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES
    return (one.by_former_home, for_agencies is not against_agency,
            _PLACES.get(right, len(_PLACES)),
            one.law.recipients is not Recipients.PLATFORM, firm not in territory(one.law))


def _why_not(law: Law, draft: Draft, broker: Broker | None) -> Iterator[str]:
    """Why a right is not offered against this recipient; nothing if it is."""
    if broker is None:
        return
    rule = draft.rule
    if rule.binds and not set(rule.binds) & set(broker.regulated_as):
        whom = " or ".join(_BOUND.get(name, name) for name in rule.binds)
        yield (f"{broker.name} is not known to be {whom}, and this right binds no other. It may "
               "still agree: see its own page.")
    if is_known_agency(broker) and any(
            one.limit.key == OUTSIDE_AGENCIES for one in draft.limits):
        yield f"The {law.short_name} leaves consumer reporting agencies out as a whole."
    if (rule.right is Right.DELETE and broker.role is Role.CONSUMER_REPORTING_AGENCY
            and _leaves_files_out(law)):
        yield (f"The {law.short_name} leaves out what the FCRA governs. A consumer report file is "
               "shown, corrected and frozen, not erased.")


def _leaves_files_out(law: Law) -> bool:
    """Whether it is a state law on businesses: all of them leave consumer report files out."""
    return law.recipients is Recipients.BUSINESSES and law.jurisdiction.startswith("US-")


def _footing(
    one: Reached, draft: Draft, broker: Broker | None, day: date, leave: Leave
) -> Footing:
    limits = (*_limits_of(one.law, draft, broker, day), *one.limits, *leave.limits)
    return replace(
        draft.footing, reason=one.reason + draft.second_hand,
        limits=tuple({limit.key: limit for limit in limits}.values()))


def _limits_of(
    law: Law, draft: Draft, broker: Broker | None, day: date
) -> tuple[Limit, ...]:
    """The limits of the law's text that this broker's own filings do not lift."""
    limits = [item.limit for item in draft.limits
              if not (item.unless_registered_in and _lifted(item, broker, day))]
    if "fcra_nationwide" in draft.rule.binds and broker is None:
        limits.append(NATIONWIDE)
    if broker is not None and _leaves_files_out(law) and is_agency(broker):
        limits.append(FCRA_FILE)
    return tuple(limits)


def _lifted(rule: LimitRule, broker: Broker | None, day: date) -> bool:
    """Whether a filing that still stands states what the limit doubts."""
    return broker is not None and any(
        broker.registered_on(registry, day) for registry in rule.unless_registered_in)
