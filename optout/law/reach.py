"""Which laws reach this person and this broker on this day, and why others do not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from optout.domain.broker import Broker
from optout.domain.footing import VOLUNTARY, Limit, Withheld
from optout.domain.places import Residence
from optout.domain.words import Right, Role
from optout.law.calendar import plain
from optout.law.limits import AGENCY, still_resident
from optout.law.model import Law, LawBook
from optout.law.recipients import GOVERNMENT, is_agency, is_bound, is_government, is_known_agency
from optout.law.words import PersonClass, Recipients, Status

FEDERAL = "US federal"
EUROPEAN = "EU"
EEA = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    "IS", "LI", "NO"})
"""The 27 member states of the Union, and Iceland, Liechtenstein and Norway."""

_ORDINARY = frozenset({
    PersonClass.RESIDENTS, PersonClass.RESIDENTS_OR_DATA_COLLECTED_THERE,
    PersonClass.ANY_CONSUMER, PersonClass.ANY_PERSON, PersonClass.DATA_SUBJECTS,
    PersonClass.INDIVIDUALS})
DECLARED = frozenset({
    PersonClass.COVERED_PERSONS, PersonClass.CITIZENS_AND_PERMANENT_RESIDENTS,
    PersonClass.CITIZENS_OF_DESIGNATED_COUNTRIES, PersonClass.ENROLLED_PARTICIPANTS})
"""Classes that only the person can tell, and tells at the moment of use."""
NEVER_ASKED = frozenset({
    PersonClass.CITIZENS_AND_PERMANENT_RESIDENTS, PersonClass.CITIZENS_OF_DESIGNATED_COUNTRIES})
"""Those of them that nothing ever asks about: an answer would tell a nationality. The laws say
what they give such people; counsel says who is one."""

@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the person says about themselves at this moment; none of it is kept here.

    Args:
        homes: where the person lives.
        former: where the person lived until lately.
        declared: ids of laws whose protected people the person belongs to, as they say now.
        who: how sentences call the person: `("You", "live")`, `("The person", "lives")`.
    """

    homes: tuple[Residence, ...]
    former: tuple[Residence, ...] = ()
    declared: Collection[str] = frozenset()
    who: tuple[str, str] = ("You", "live")


@dataclass(frozen=True, slots=True)
class Reached:
    """A law that reaches, the sentence that says why, and what cannot be checked from here."""

    law: Law
    reason: str
    limits: tuple[Limit, ...] = ()
    by_former_home: bool = False


def territory(law: Law) -> frozenset[str]:
    """The countries whose establishments the law calls its own; empty for a part of one."""
    return _territory(law.jurisdiction)


@cache
def _territory(jurisdiction: str) -> frozenset[str]:
    if jurisdiction == FEDERAL:
        return frozenset({"US"})
    if jurisdiction == EUROPEAN:
        return EEA
    return frozenset({jurisdiction}) if "-" not in jurisdiction else frozenset()


def lives_under(law: Law, residence: Residence) -> bool:
    """Whether someone who lives there lives under that law."""
    if law.jurisdiction in {FEDERAL, EUROPEAN}:
        return residence.country in territory(law)
    return law.jurisdiction in residence.containing()


def reaching(
    book: LawBook, person: Whereabouts, broker: Broker | None, day: date,
) -> tuple[tuple[Reached, ...], tuple[Withheld, ...]]:
    """The laws that reach, and why laws of the residence do not.

    Args:
        book: the laws.
        person: where the person lives, and what they say about themselves.
        broker: the recipient; None stands for any firm established there.
        day: the day on which the right is asserted.
    """
    reached: list[Reached] = []
    withheld: list[Withheld] = []
    if is_government(broker):
        withheld.append(Withheld("", None, GOVERNMENT))
    for one in _candidates(book, day, person.homes, person.former):
        law = one.law
        if broker is not None and is_government(broker) is not _binds_government(law):
            continue
        if not (one.at_home or one.formerly or _reaches_anyone(law, broker)):
            continue
        reason = one.silence or next(_why_not(law, broker, person.declared), "")
        if reason:
            right = Right.DELETE if law.recipients is Recipients.PLATFORM else None
            withheld.append(Withheld(law.id, right, reason))
        else:
            reached.append(_reached(one, broker, person))
    if not is_government(broker):
        withheld += _without_law(book, day, person)
    return tuple(reached), tuple(withheld)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A law that may reach someone of certain homes, and what is the same for every recipient.

    Args:
        silence: why it gives nobody anything on that day; empty if it may.
    """

    law: Law
    at_home: bool
    formerly: bool
    silence: str


@lru_cache(maxsize=256)
def _candidates(
    book: LawBook, day: date, homes: tuple[Residence, ...], former: tuple[Residence, ...] = ()
) -> tuple[_Candidate, ...]:
    """The laws of these homes and those that may reach anyone, in the order of the book.

    Of fifty laws a person needs a handful; a plan asks for each of a thousand brokers.
    """
    found = []
    for law in book.all_on(day):
        at_home = any(lives_under(law, home) for home in homes)
        formerly = not at_home and _counts_former(law, former)
        if at_home or formerly or law.reach.through_establishment or law.jurisdiction == FEDERAL:
            found.append(_Candidate(law, at_home, formerly, next(_silence(law, day), "")))
    return tuple(found)


def _binds_government(law: Law) -> bool:
    return law.recipients is Recipients.GOVERNMENT


def _counts_former(law: Law, former: Sequence[Residence]) -> bool:
    """Whether a home that the person left lately may still count: for laws on residents only."""
    return (law.people.people is PersonClass.RESIDENTS
            and any(lives_under(law, home) for home in former))


def _reaches_anyone(law: Law, broker: Broker | None) -> bool:
    """Whether a law reaches a broker wherever the person lives.

    By establishment (GDPR Art. 3(1)); the FCRA protects everyone on whom an agency keeps a
    file; the records of a federal agency are open to anyone (5 U.S.C. § 552(a)(3)).
    """
    if broker is None or broker.country not in territory(law):
        return False
    if _binds_government(law):
        return True
    if law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES:
        return is_agency(broker)
    return law.reach.through_establishment


def _reached(one: _Candidate, broker: Broker | None, person: Whereabouts) -> Reached:
    law = one.law
    if law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES:
        return _reached_agency(law, broker)
    if _binds_government(law) and broker is not None:
        return Reached(law, f"{broker.name} is run by a federal agency, and the {law.short_name} "
                            "opens what such an agency holds.")
    name, lives = person.who
    if one.formerly:
        lived = f"{name} lived in {law.people.of} until lately."
        return Reached(law, lived, (still_resident(law.people.of),), by_former_home=True)
    if not one.at_home and broker is not None:
        return Reached(law, (
            f"{broker.name} is established in {law.people.of} ({broker.country}); the "
            f"{law.short_name} then protects people wherever they live."),
            _given(law.reach.establishment))
    there = broker is None or broker.country in territory(law)
    return Reached(law, f"{name} {lives} in {law.people.of}.",
                   () if there else _given(law.reach.elsewhere))


def _reached_agency(law: Law, broker: Broker | None) -> Reached:
    if broker is None:
        return Reached(law, f"The {law.short_name} protects everyone on whom a consumer "
                            "reporting agency keeps a file.", (AGENCY,))
    if not is_known_agency(broker):
        return Reached(law, f"{broker.name} told California that the {law.short_name} governs "
                            "some of its data.", (AGENCY,))
    return Reached(law, f"{broker.name} is a consumer reporting agency; the {law.short_name} "
                        "protects everyone on whom it keeps a file.")


def _given(limit: Limit | None) -> tuple[Limit, ...]:
    return () if limit is None else (limit,)


def _why_not(law: Law, broker: Broker | None, declared: Collection[str]) -> Iterator[str]:
    """Why a law that speaks gives nothing to this person or against this recipient."""
    yield from _wrong_people(law, declared)
    if broker is not None:
        yield from _wrong_recipient(law, broker)
    elif _binds_government(law):
        yield f"The {law.name} opens the records of agencies; it does not bind firms."


def _silence(law: Law, day: date) -> Iterator[str]:
    """Why a law gives nobody anything on a day; nothing if it may."""
    if law.status is Status.STRUCK_DOWN:
        yield f"A court struck the {law.name} down. It cannot be relied on."
    if law.effective is None:
        yield f"The {law.name} has no single date of its own here, so it is not relied on."
    elif law.effective > day:
        yield f"The {law.name} is enacted, but holds only from {plain(law.effective)} on."
    if not law.is_certain:
        yield f"What we know about the {law.name} is not certain enough to assert it."
    if law.not_relied_on:
        yield law.not_relied_on


def _wrong_people(law: Law, declared: Collection[str]) -> Iterator[str]:
    if not law.gives_a_right:
        yield f"The {law.name} gives no right to send a request."
    if law.people.people in _ORDINARY or (
            law.people.people in DECLARED and law.id in declared):
        return
    yield f"The {law.name} protects certain people only: {law.people.text}"


def _wrong_recipient(law: Law, broker: Broker) -> Iterator[str]:
    if law.recipients is Recipients.PLATFORM:
        platform = law.platform
        if platform is None or broker.id != platform.broker:
            yield (f"Under the {law.name} deletion is asked for once, through "
                   f"{platform.name if platform else 'its platform'}. A letter to one broker "
                   "does not start it.")
    elif broker.role is Role.PLATFORM:
        yield f"{broker.name} takes no requests under the {law.short_name}."
    elif law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES and not is_bound(broker):
        yield (f"{broker.name} is not known to be a consumer reporting agency in the United "
               f"States, and the {law.short_name} binds no other firm.")


def _without_law(book: LawBook, day: date, person: Whereabouts) -> Iterator[Withheld]:
    """Says of each home that no law of that place is held here at all."""
    name, lives = person.who
    for home in person.homes:
        if not any(one.at_home and one.law.jurisdiction != FEDERAL
                   for one in _candidates(book, day, (home,))):
            yield Withheld(VOLUNTARY.law, None, (
                f"{name} {lives} in {home.code}, and no privacy law of that place that gives a "
                "right against brokers is among those that this program holds. There may be one. "
                "A courteous request under the broker’s own rules is worth sending in any case."))
