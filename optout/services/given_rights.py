"""What the law gives people where they live: each place, each law, each right, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.footing import Applicable, Footing, Limit, Withheld
from optout.domain.places import Residence
from optout.domain.words import ActingAs, Confidence
from optout.law.acting import Capacity, leave_for
from optout.law.applicable import applicable
from optout.law.model import Law, LawBook, RightRule
from optout.law.parts import PersonClass, Recipients
from optout.law.reach import FEDERAL, lives_under
from optout.planning.asks import REMOVING
from optout.services.complaints import Hearing, authorities_for
from optout.services.desk import Library
from optout.services.law_state import DatedChange, LawState, state_on, upcoming_of

SEVERAL_STATES = "US states"
"""The jurisdiction of entries that point to laws which differ from state to state."""

FOR_SOME = frozenset({
    PersonClass.COVERED_PERSONS, PersonClass.ENROLLED_PARTICIPANTS,
    PersonClass.CITIZENS_AND_PERMANENT_RESIDENTS, PersonClass.CITIZENS_OF_DESIGNATED_COUNTRIES})
"""Classes that a residence does not tell; only the person knows."""


@dataclass(frozen=True, slots=True)
class Given:
    """One right that may be asserted, with its rule and its limits."""

    rule: RightRule
    footing: Footing


@dataclass(frozen=True, slots=True)
class LawRights:
    """What one law gives.

    Args:
        given: best first.
        withheld: what it does not offer, and why.
        hearings: who hears a complaint.
        changes: what changes about it later.
    """

    law: Law
    given: tuple[Given, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    changes: tuple[DatedChange, ...] = ()

    @property
    def shared_limits(self) -> tuple[Limit, ...]:
        """The limits of every right that it gives."""
        kept = [{limit.key for limit in one.footing.limits} for one in self.given]
        common = set.intersection(*kept) if kept else set()
        return tuple(limit for one in self.given[:1] for limit in one.footing.limits
                     if limit.key in common)

    def own_limits(self, given: Given) -> tuple[Limit, ...]:
        """The limits of one right that not all share."""
        shared = {limit.key for limit in self.shared_limits}
        return tuple(limit for limit in given.footing.limits if limit.key not in shared)


@dataclass(frozen=True, slots=True)
class Silent:
    """A law of the place that gives nothing here, and why."""

    law: Law
    reason: str


@dataclass(frozen=True, slots=True)
class ForSome:
    """A law for certain people only.

    Args:
        declared: the person says, for this view, to be one of them.
        reason: why it gives nothing even to them; empty if it does.
    """

    rights: LawRights
    declared: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRights:
    """What the laws of one place give.

    Args:
        code: ISO 3166, or `FEDERAL`.
        left_on: the last day of living there, where the person has left.
        laws: those that give something.
        silent: those that give nothing, and why.
        parts: laws of parts of the country, for those who live there.
    """

    code: str
    laws: tuple[LawRights, ...]
    silent: tuple[Silent, ...] = ()
    left_on: date | None = None
    parts: tuple[Law, ...] = ()

    @property
    def only_shows(self) -> bool:
        """Whether its laws let one look, but not demand to be taken out."""
        rights = {one.rule.right for law in self.laws for one in law.given}
        return bool(rights) and not rights & set(REMOVING)

    @property
    def is_federal(self) -> bool:
        """Whether it stands for the whole United States."""
        return self.code == FEDERAL


@dataclass(frozen=True, slots=True)
class PersonRights:
    """All of it.

    Args:
        places: where the person lives, then federal law, then places left.
        for_some: laws for certain people only.
        beyond: laws of other places that bind firms there toward people anywhere.
    """

    places: tuple[PlaceRights, ...]
    for_some: tuple[ForSome, ...]
    beyond: tuple[Law, ...]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What does not change while one person's rights are gone through."""

    library: Library
    day: date
    acting_as: ActingAs
    holds_power_of_attorney: bool
    declared: frozenset[str]

    @property
    def book(self) -> LawBook:
        return self.library.laws

    def found(self, homes: Sequence[str], former: Sequence[str] = (),
              declared: Collection[str] = ()) -> Applicable:
        return applicable(
            self.book, homes, None, self.day, self.acting_as, former=former,
            holds_power_of_attorney=self.holds_power_of_attorney, declared=declared)

    def law_rights(self, law: Law, found: Applicable, residence: str) -> LawRights:
        return LawRights(
            law, tuple(Given(law.rights[one.right], one) for one in found.offered
                       if one.law == law.id),
            tuple(one for one in found.withheld if one.law == law.id and one.right is not None),
            authorities_for(self.library, law, residence), upcoming_of(law, self.day))


def rights_of(
    library: Library, residences: Sequence[Residence], day: date,
    acting_as: ActingAs = ActingAs.SELF, *, holds_power_of_attorney: bool = False,
    declared: Collection[str] = (),
) -> PersonRights:
    """What the law gives someone who lives there, place by place.

    Args:
        library: laws and authorities.
        residences: with their dates; those left already come last.
        day: the day on which the rights are used.
        acting_as: in which capacity.
        holds_power_of_attorney: an agent's permission is one.
        declared: ids of laws for certain people of whom the person says, at this moment, to be
            one; the answer is used for this call and kept nowhere.
    """
    asking = _Asking(library, day, acting_as, holds_power_of_attorney, frozenset(declared))
    now = [home for home in residences if home.holds_on(day)]
    codes = list(dict.fromkeys(home.code for home in now))
    left = {home.code: home.valid_to for home in residences
            if home.code not in codes and home.valid_to is not None and home.valid_to < day}
    places = [_place(asking, code) for code in codes]
    if any(home.country == "US" for home in now):
        places.append(_federal(asking, codes))
    places += [_left(asking, code, until) for code, until in left.items()]
    return PersonRights(tuple(places), tuple(_for_some(asking, now)),
                        tuple(_beyond(asking, now)))


def _place(asking: _Asking, code: str) -> PlaceRights:
    found = asking.found([code])
    laws = [law for law in asking.book.all_on(asking.day)
            if law.jurisdiction != FEDERAL and lives_under(law, Residence(code))]
    parts = (law for law in asking.book.all_on(asking.day)
             if law.jurisdiction.startswith(f"{code}-") and "-" not in code)
    return PlaceRights(code, _giving(asking, laws, found, code),
                       tuple(_silent(laws, found)), parts=tuple(parts))


def _federal(asking: _Asking, codes: Sequence[str]) -> PlaceRights:
    american = [code for code in codes if code.startswith("US-")]
    found = asking.found(american)
    laws = [law for law in asking.book.all_on(asking.day) if law.jurisdiction == FEDERAL]
    records = [law for law in laws if law.recipients is Recipients.GOVERNMENT
               and law.people.people not in FOR_SOME and law.in_force_on(asking.day)]
    others = [law for law in laws if law not in records]
    given = (*_giving(asking, others, found, american[0]),
             *(rights for law in records if (rights := _records(asking, law)).given))
    return PlaceRights(FEDERAL, given, tuple(_silent(others, found)))


def _left(asking: _Asking, code: str, until: date | None) -> PlaceRights:
    found = asking.found([], [code])
    laws = [law for law in asking.book.all_on(asking.day)
            if law.jurisdiction != FEDERAL and lives_under(law, Residence(code))]
    return PlaceRights(code, _giving(asking, laws, found, code), left_on=until)


def _giving(
    asking: _Asking, laws: Sequence[Law], found: Applicable, residence: str
) -> tuple[LawRights, ...]:
    """The laws that give something: a platform, one request for all, comes first."""
    rights = [asking.law_rights(law, found, residence) for law in laws]
    giving = [one for one in rights if one.given and one.law.people.people not in FOR_SOME]
    return tuple(sorted(giving, key=lambda one: one.law.platform is None))


def _silent(laws: Sequence[Law], found: Applicable) -> Iterator[Silent]:
    offering = {one.law for one in found.offered}
    for law in laws:
        if law.id not in offering and law.people.people not in FOR_SOME:
            yield Silent(law, _why_nothing(law, found))


def _why_nothing(law: Law, found: Applicable) -> str:
    reasons = dict.fromkeys(one.reason for one in found.withheld if one.law == law.id)
    return " ".join(reasons)


def _for_some(asking: _Asking, homes: Sequence[Residence]) -> Iterator[ForSome]:
    codes = [home.code for home in homes]
    for law in asking.book.all_on(asking.day):
        if law.people.people not in FOR_SOME or not _is_near(law, homes):
            continue
        found = asking.found(codes, declared=[law.id])
        records = law.recipients is Recipients.GOVERNMENT and _is_known(law, asking.day)
        rights = (_records(asking, law) if records
                  else asking.law_rights(law, found, codes[0]))
        reason = "" if rights.given else (_why_nothing(law, found) or law.effective_note)
        yield ForSome(rights, bool(rights.given) and law.id in asking.declared, reason)


def _is_near(law: Law, homes: Sequence[Residence]) -> bool:
    """Whether someone who lives there may live under it; a pointer is near to all of a country."""
    if law.jurisdiction == SEVERAL_STATES:
        return any(home.country == "US" for home in homes)
    return any(lives_under(law, home) for home in homes)


def _is_known(law: Law, day: date) -> bool:
    """Whether it can be relied on at all, whoever asks."""
    return (state_on(law, day) in {LawState.IN_FORCE, LawState.PARTLY_IN_FORCE}
            and law.confidence is not Confidence.LOW and not law.is_low("rights"))


def _records(asking: _Asking, law: Law) -> LawRights:
    """What a law gives against the agencies whose records it opens; it binds no broker."""
    known = _is_known(law, asking.day) and not law.not_relied_on
    capacity = Capacity(asking.acting_as, asking.holds_power_of_attorney)
    leave = {right: leave_for(law, right, capacity) for right in law.rights}
    given = [
        Given(rule, Footing(
            law.id, right, law.name, rule.section,
            limits=(*(item.limit for item in law.limit_rules(right)), *leave[right].limits),
            source=law.sources[0], checked=law.checked))
        for right, rule in law.rights.items()
        if known and not rule.not_offered and rule.confidence is not Confidence.LOW
        and not law.is_low(f"rights.{right}") and not leave[right].refusal]
    withheld = [Withheld(law.id, right, rule.not_offered or leave[right].refusal)
                for right, rule in law.rights.items()
                if rule.not_offered or leave[right].refusal]
    return LawRights(law, tuple(given), tuple(withheld), authorities_for(asking.library, law, ""),
                     upcoming_of(law, asking.day))


def _beyond(asking: _Asking, homes: Sequence[Residence]) -> Iterator[Law]:
    """Laws of other places that bind those established there toward people anywhere."""
    for law in asking.book.all_on(asking.day):
        agencies = law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES
        if (law.reach.through_establishment or agencies) and law.in_force_on(asking.day) and (
                not law.not_relied_on) and not any(lives_under(law, home) for home in homes):
            yield law
