"""The rights that this person may assert against this broker on this day, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from optout.domain.broker import Broker
from optout.domain.footing import Applicable, Footing, Limit, Withheld
from optout.domain.places import Residence
from optout.domain.words import ActingAs, Confidence, Right, Role
from optout.law.acting import Capacity, Leave, leave_for
from optout.law.calendar import plain
from optout.law.limits import FCRA_FILE, NATIONWIDE
from optout.law.model import Law, LawBook, RightRule
from optout.law.reach import (
    UNREACHED_ROLES,
    Reached,
    Whereabouts,
    is_agency,
    is_known_agency,
    reaching,
)
from optout.law.sections import with_sections
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
    offered: list[tuple[Reached, Footing]] = []
    refused: list[Withheld] = []
    for one in reached:
        for rule in one.law.rights.values():
            leave = leave_for(one.law, rule.right, capacity)
            reason = next(_why_not(one.law, rule, broker, day), leave.refusal)
            if reason:
                refused.append(Withheld(one.law.id, rule.right, reason))
            else:
                offered.append((one, _footing(one, rule, broker, day, leave)))
    order = {law_id: place for place, law_id in enumerate(book.histories)}
    offered.sort(key=lambda pair: (
        *_rank(pair[0], pair[1].right, broker), order[pair[0].law.id]))
    return Applicable(tuple(footing for _, footing in offered), (*withheld, *refused))


def _rank(one: Reached, right: Right, broker: Broker | None) -> tuple[bool, bool, int, bool]:
    """The place of a footing: agency law first against agencies and last otherwise."""
    law = one.law
    for_agencies = law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES
    against_agency = broker is not None and is_known_agency(broker)
    place = BEST_FIRST.index(right) if right in BEST_FIRST else len(BEST_FIRST)
    return (one.by_former_home, for_agencies is not against_agency, place,
            law.recipients is not Recipients.PLATFORM)


def _why_not(
    law: Law, rule: RightRule, broker: Broker | None, day: date
) -> Iterator[str]:
    """Why a right of a law that reaches is not offered; nothing if it is."""
    if rule.not_offered:
        yield rule.not_offered
    if rule.confidence is Confidence.LOW or law.is_low(f"rights.{rule.right}"):
        yield "What we know about this right is not certain enough to assert it."
    if rule.available_from is not None and rule.available_from > day:
        yield f"This right can be used only from {plain(rule.available_from)} on."
    if not rule.reaches_third_party_data:
        yield rule.note or ("This right covers only what you gave the firm yourself, and brokers "
                            "got theirs from others.")
    if broker is None:
        return
    if rule.binds and not set(rule.binds) & set(broker.regulated_as):
        whom = " or ".join(_BOUND.get(name, name) for name in rule.binds)
        yield (f"{broker.name} is not known to be {whom}, and this right binds no other. It may "
               "still agree: see its own page.")
    if is_known_agency(broker) and any(
            one.limit.key == OUTSIDE_AGENCIES for one in law.limit_rules(rule.right)):
        yield f"The {law.short_name} leaves consumer reporting agencies out as a whole."
    if (rule.right is Right.DELETE and broker.role is Role.CONSUMER_REPORTING_AGENCY
            and _leaves_files_out(law)):
        yield (f"The {law.short_name} leaves out what the FCRA governs. A consumer report file is "
               "shown, corrected and frozen, not erased.")


def _leaves_files_out(law: Law) -> bool:
    """Whether it is a state law on businesses: all of them leave consumer report files out."""
    return law.recipients is Recipients.BUSINESSES and law.jurisdiction.startswith("US-")


def _footing(
    one: Reached, rule: RightRule, broker: Broker | None, day: date, leave: Leave
) -> Footing:
    law = one.law
    change = law.change_behind(rule.right, day)
    reason = one.reason
    if change is not None and change.confidence is not Confidence.HIGH:
        what = "Its periods rest" if change.touches_every_right else "This rests"
        reason += (f" {what} on a change of {plain(change.on)} ({change.name or 'a new law'}) that "
                   "we know second-hand; we have not read its final text.")
    limits = (*_limits_of(law, rule, broker, day), *one.limits, *leave.limits)
    return with_sections(Footing(
        law=law.id, right=rule.right, law_name=law.name, citation=rule.section,
        reaches_third_party_data=rule.reaches_third_party_data,
        limits=tuple({limit.key: limit for limit in limits}.values()),
        reason=reason, source=law.sources[0], checked=law.checked), law, rule)


def _limits_of(
    law: Law, rule: RightRule, broker: Broker | None, day: date
) -> tuple[Limit, ...]:
    """The limits of the law's text that this broker's own filings do not lift."""
    limits = [item.limit for item in law.limit_rules(rule.right)
              if not _lifted(item.unless_registered_in, broker, day)]
    if "fcra_nationwide" in rule.binds and broker is None:
        limits.append(NATIONWIDE)
    if broker is not None and is_agency(broker) and _leaves_files_out(law):
        limits.append(FCRA_FILE)
    return tuple(limits)


def _lifted(registries: tuple[str, ...], broker: Broker | None, day: date) -> bool:
    """Whether a filing that still stands states what the limit doubts.

    Brokers file anew by the end of January; until then the filing of the year before stands.
    """
    years = (day.year, day.year - 1) if day.month == 1 else (day.year,)
    return broker is not None and any(
        broker.registered_with(registry, year) for registry in registries for year in years)
