"""What the law gives people where they live: each place, each law, each right, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.footing import Applicable
from optout.domain.places import Residence
from optout.domain.words import ActingAs, BrokerStatus, Role
from optout.law.applicable import applicable
from optout.law.model import Law, LawBook
from optout.law.reach import DECLARED, FEDERAL, NEVER_ASKED, lives_under
from optout.law.words import PersonClass, Recipients
from optout.services.complaints import authorities_for
from optout.services.desk import Library
from optout.services.law_state import upcoming_of
from optout.services.rights_values import (
    ForSome,
    Given,
    LawRights,
    PersonRights,
    PlaceRights,
    Silent,
)

SEVERAL_STATES = "US states"
"""The jurisdiction of entries that point to laws which differ from state to state."""

FOR_COUNSEL = (
    "Counsel (your lawyer) says whether it applies to you. Nothing here asks, so that nothing here "
    "can tell.")
"""Said of a law that turns on a citizenship."""

LATELY = timedelta(days=366)
"""A home that was left longer ago is not told of."""

AN_AGENCY = Broker(
    id="agency", name="The system that you ask about", role=Role.GOVERNMENT_SYSTEM,
    category="government", status=BrokerStatus.ACTIVE, sources=(), country="US",
    regulated_as=("foia",))
"""Stands for any federal agency, whose records some laws open: they bind no firm."""


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
              declared: Collection[str] = (), against: Broker | None = None) -> Applicable:
        return applicable(
            self.book, homes, against, self.day, self.acting_as, former=former,
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
        residences: with their dates; those left lately come last.
        day: the day on which the rights are used.
        acting_as: in which capacity.
        holds_power_of_attorney: an agent's permission is one.
        declared: ids of laws for certain people of whom the person says, at this moment, to be
            one; the answer is used for this call and kept nowhere. What turns on a citizenship
            is not taken.
    """
    asking = _Asking(library, day, acting_as, holds_power_of_attorney, frozenset(declared))
    now = [home for home in residences if home.holds_on(day)]
    codes = list(dict.fromkeys(home.code for home in now))
    left = {home.code: home.valid_to for home in residences
            if home.code not in codes and home.valid_to is not None
            and day - LATELY <= home.valid_to < day}
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
    records = [law for law in laws if law.recipients is Recipients.GOVERNMENT]
    firms = [law for law in laws if law not in records]
    opened = asking.found(american, against=AN_AGENCY)
    return PlaceRights(
        FEDERAL, (*_giving(asking, firms, found, american[0]),
                  *_giving(asking, records, opened, american[0])),
        (*_silent(firms, found), *_silent(records, opened)))


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
    giving = [one for one in rights if one.given and one.law.people.people not in DECLARED]
    return tuple(sorted(giving, key=lambda one: one.law.platform is None))


def _silent(laws: Sequence[Law], found: Applicable) -> Iterator[Silent]:
    offering = {one.law for one in found.offered}
    for law in laws:
        if law.id not in offering and law.people.people not in DECLARED:
            yield Silent(law, _why_nothing(law, found))


def _why_nothing(law: Law, found: Applicable) -> str:
    reasons = dict.fromkeys(one.reason for one in found.withheld if one.law == law.id)
    return " ".join(reasons)


def _for_some(asking: _Asking, homes: Sequence[Residence]) -> Iterator[ForSome]:
    codes = [home.code for home in homes]
    for law in asking.book.all_on(asking.day):
        if law.people.people not in DECLARED or not _is_near(law, homes):
            continue
        records = law.recipients is Recipients.GOVERNMENT
        found = asking.found(codes, declared=[law.id], against=AN_AGENCY if records else None)
        rights = asking.law_rights(law, found, codes[0])
        reason = "" if rights.given else (_why_nothing(law, found) or law.effective_note)
        if not reason and law.people.people in NEVER_ASKED:
            reason = FOR_COUNSEL
        yield ForSome(rights, not reason and law.id in asking.declared, reason)


def _is_near(law: Law, homes: Sequence[Residence]) -> bool:
    """Whether someone who lives there may live under it; a pointer is near to all of a country."""
    if law.jurisdiction == SEVERAL_STATES:
        return any(home.country == "US" for home in homes)
    return any(lives_under(law, home) for home in homes)


def _beyond(asking: _Asking, homes: Sequence[Residence]) -> Iterator[Law]:
    """Laws of other places that bind those established there toward people anywhere.

    The records of federal agencies are among it: anyone may ask for them.
    """
    for law in asking.book.all_on(asking.day):
        agencies = law.recipients is Recipients.CONSUMER_REPORTING_AGENCIES
        records = (law.recipients is Recipients.GOVERNMENT
                   and law.people.people is PersonClass.ANY_PERSON)
        holds = law.in_force_on(asking.day) and not law.not_relied_on
        reaches = law.reach.through_establishment or agencies or records
        if holds and reaches and not any(lives_under(law, home) for home in homes):
            yield law
