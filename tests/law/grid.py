"""Every place, recipient, capacity and day, walked: the product beside the second reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from optout.domain.broker import Broker, Registration
from optout.domain.footing import Footing, Limit
from optout.domain.regions import US_STATES
from optout.domain.words import ActingAs, BrokerStatus, Role
from optout.law.applicable import applicable
from optout.law.model import LawBook
from tests.law.oracle import Facts
from tests.law.oracle_places import EEA
from tests.law.oracle_verdict import Asker, Recipient, Verdict

DAYS = tuple(date.fromisoformat(day) for day in (
    "2026-11-27", "2026-12-31", "2027-01-01", "2027-05-01", "2027-07-01", "2028-02-01",
    "2029-01-01"))

CAPACITY_DAYS = frozenset(date.fromisoformat(day) for day in (
    "2026-11-27", "2026-12-31", "2027-01-01", "2028-02-01"))
"""On these every capacity is walked; who asks for themselves, on all."""

STATES = tuple(f"US-{state}" for state in US_STATES)
EUROPE = (*sorted(EEA), "GB", "CH")
ELSEWHERE = ("CA-ON", "CA-QC", "CA-AB", "CA-BC", "CA", "BR", "AU", "JP", "IN", "MX", "IM", "JE")
PLACES = (*STATES, *EUROPE, *ELSEWHERE)

REGISTRIES = ("us-ca", "us-tx", "us-or", "us-vt")
REGULATED = ("fcra", "fcra_nationwide", "fcra_specialty_nationwide", "glba", "hipaa", "foia")
COUNTRIES = ("DE", "GB", "CH", "CA", "BR", "")
DECLARABLE = ("covered_persons", "enrolled_participants", "citizens_and_permanent_residents",
              "citizens_of_designated_countries", "aggrieved_person")

ORDINARY = Broker(id="acme", name="Acme", role=Role.BROKER, category="people_search",
                  status=BrokerStatus.ACTIVE, sources=(), country="US")
DROP = replace(ORDINARY, id="california-drop", name="DROP", role=Role.PLATFORM)
ROLES = tuple(DROP if role is Role.PLATFORM else replace(ORDINARY, id=f"acme-{role}", role=role)
              for role in Role)

LIMIT_WORDS = {
    "agency": "consumer reporting agency",
    "capacity": "commercial|employment|business contact",
    "change": "as amended",
    "collected_there": "collected in|processed in",
    "fcra": "fcra|fair credit|consumer report",
    "federal_agency": "federal agency|executive agency",
    "glba": "glba|gramm",
    "guardian": "guardian",
    "hipaa": "hipaa|health",
    "identity_theft": "identity theft",
    "link": "offer goods|target|establish|business in|link to|effect in|carry on",
    "money": "for money",
    "nationwide": "nationwide",
    "online": "online|website",
    "power": "power of attorney",
    "province": "qu[eé]bec|alberta|british columbia|provinc",
    "public": "public",
    "size": "size_threshold|small business|small firm",
    "subject": "health data|biometric",
}
"""By which words a limit of the product is known to be of the kind that the reading wants."""


def brokers() -> Iterator[Broker]:
    """A recipient of every kind."""
    yield from ROLES
    yield replace(DROP, id="another-platform")
    for registry, year in (*((registry, 2026) for registry in REGISTRIES),
                           ("us-ca", 2027), ("us-ca", 2028)):
        yield replace(ORDINARY, registered_in=(Registration(registry, year),))
    for mark in REGULATED:
        yield replace(ORDINARY, regulated_as=(mark,))
        yield replace(ORDINARY, role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=(mark,))
    yield replace(ORDINARY, regulated_as=("fcra", "glba"))
    yield replace(ORDINARY, role=Role.GOVERNMENT_SYSTEM, regulated_as=("foia",))
    for country in COUNTRIES:
        yield replace(ORDINARY, country=country)
    for country in ("DE", ""):
        yield replace(ORDINARY, country=country, role=Role.FACE_SEARCH)
        yield replace(ORDINARY, country=country, role=Role.CONSUMER_REPORTING_AGENCY)
    yield replace(ORDINARY, country="DE", regulated_as=("fcra", "glba"))
    yield replace(ORDINARY, country="DE", role=Role.PROCESSOR)


FEW = (*ROLES, replace(ORDINARY, country="DE"), replace(ORDINARY, country=""),
       replace(ORDINARY, role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=("fcra_nationwide",)),
       replace(ORDINARY, role=Role.GOVERNMENT_SYSTEM, regulated_as=("foia",)))
"""Every role, and what else decides between laws: enough to walk each capacity over."""


def askers(residence: str, facts: Facts) -> Iterator[tuple[Asker, Sequence[Broker]]]:
    """Every capacity, with the recipients that it is walked over."""
    everything = frozenset(name for name, law in facts.laws.items()
                           if law["who_may_invoke"]["class"] in DECLARABLE)
    yield Asker(residence), tuple(brokers())
    yield Asker(residence, declared=everything), FEW
    for acting_as in ActingAs:
        if acting_as is not ActingAs.SELF:
            yield Asker(residence, acting_as), FEW
    yield Asker(residence, ActingAs.AGENT, power=True), FEW
    yield Asker(residence, ActingAs.AGENT, power=True, declared=everything), FEW[:1]


@dataclass(frozen=True)
class Cell:
    """One question of the grid."""

    asker: Asker
    broker: Broker
    day: date

    def __str__(self) -> str:
        marks = [*self.broker.regulated_as,
                 *(f"{item.registry} {item.year}" for item in self.broker.registered_in)]
        who = " ".join([self.asker.acting_as, *(["with power"] if self.asker.power else []),
                        *(["declared"] if self.asker.declared else [])])
        return (f"{self.asker.residence}, {who}, to {self.broker.role} in "
                f"{self.broker.country or 'an unknown country'} {marks or ''}, on {self.day}")


@dataclass(frozen=True)
class Finding:
    """Where the product and the second reading disagree."""

    law: str
    right: str
    what: str
    cell: Cell

    def __str__(self) -> str:
        return f"{self.law} {self.right}: {self.what} | {self.cell}"


def as_recipient(broker: Broker) -> Recipient:
    """A registry entry in the words of the facts."""
    return Recipient(
        role=broker.role.value, country=broker.country, drop=broker.id == DROP.id,
        registered=frozenset((item.registry, item.year) for item in broker.registered_in),
        regulated=frozenset(broker.regulated_as))


def walk(
    book: LawBook, facts: Facts, places: Iterable[str], days: Sequence[date] = DAYS
) -> Iterator[Finding]:
    """Each disagreement over all cells of these places.

    A false assertion, an assertion without a limit that it needs, and a right that the facts
    give beyond doubt and that is not offered.
    """
    pairs = [pair for pair in facts.pairs() if pair[0] in book.histories]
    for place in places:
        for asker, recipients in askers(place, facts):
            for broker in recipients:
                to = as_recipient(broker)
                open_pairs = [
                    (law, right) for law, right in pairs
                    if facts.people(
                        law, place, to.country, declared=law in asker.declared).expected
                    and facts.recipient(law, right, to).expected
                    and facts.capacity(
                        law, right, asker.acting_as, power=asker.power).expected]
                for day in days:
                    if asker != Asker(place) and day not in CAPACITY_DAYS:
                        continue
                    wanted = {pair for pair in open_pairs
                              if facts.standing(*pair, day.isoformat()).expected}
                    cell = Cell(asker, broker, day)
                    for law, right, what in _compare(book, facts, cell, wanted):
                        yield Finding(law, right, what, cell)


def _compare(
    book: LawBook, facts: Facts, cell: Cell, wanted: set[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    found = applicable(
        book, [cell.asker.residence], cell.broker, cell.day, ActingAs(cell.asker.acting_as),
        holds_power_of_attorney=cell.asker.power, declared=cell.asker.declared)
    to = as_recipient(cell.broker)
    for footing in found.offered:
        pair = footing.law, footing.right.value
        wanted.discard(pair)
        said = facts.verdict(*pair, cell.asker, to, cell.day.isoformat())
        yield from ((*pair, what) for what in disagreement(footing, said))
    for law, right in sorted(wanted):
        reason = next((item.reason for item in found.withheld
                       if item.law == law and item.right in {right, None}), "no reason given")
        yield law, right, f"NOT OFFERED, though the facts give it ({reason})"


def disagreement(footing: Footing, said: Verdict) -> Iterator[str]:
    """What is wrong with one footing."""
    if not said.may:
        yield f"FALSE ASSERTION ({said.reason})"
        return
    yield from _missing(footing.limits, said.limits)


@cache
def _missing(limits: tuple[Limit, ...], kinds: frozenset[str]) -> tuple[str, ...]:
    words = " | ".join(f"{limit.key} {limit.text} {limit.why}" for limit in limits)
    return tuple(f"LIMIT MISSING ({kind})" for kind in sorted(kinds)
                 if not re.search(LIMIT_WORDS[kind], words, re.IGNORECASE))
