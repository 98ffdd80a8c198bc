"""The places and the kinds of recipients of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker, Registration
from optout.domain.regions import US_STATES
from optout.domain.words import ActingAs, BrokerStatus, Role
from optout.law.model import LawBook
from optout.law.reach import EEA

_COUNTRIES = {
    "AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "HR": "Croatia", "CY": "Cyprus",
    "CZ": "Czechia", "DK": "Denmark", "EE": "Estonia", "FI": "Finland", "FR": "France",
    "DE": "Germany", "GR": "Greece", "HU": "Hungary", "IS": "Iceland", "IE": "Ireland",
    "IT": "Italy", "LV": "Latvia", "LI": "Liechtenstein", "LT": "Lithuania",
    "LU": "Luxembourg", "MT": "Malta", "NL": "Netherlands", "NO": "Norway", "PL": "Poland",
    "PT": "Portugal", "RO": "Romania", "SK": "Slovakia", "SI": "Slovenia", "ES": "Spain",
    "SE": "Sweden", "GB": "United Kingdom", "CH": "Switzerland", "CA": "Canada",
    "CA-QC": "Québec", "BR": "Brazil"}
_OUTSIDE_EEA = ("GB", "CH", "CA", "CA-QC", "BR")
_THE_FIRM = Broker(id="recipient", name="This firm", role=Role.BROKER, category="people_search",
                   status=BrokerStatus.ACTIVE, sources=())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person lives, by ISO 3166."""

    code: str
    name: str

    @property
    def american(self) -> bool:
        """Whether federal law of the United States is the law of the place."""
        return self.code.startswith("US-")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of recipient, with an invented firm that stands for it.

    Args:
        column: what the overview calls it, whatever the place.
        name: what the section of a place calls it.
    """

    column: str
    name: str
    broker: Broker


@dataclass(frozen=True, slots=True)
class Asking:
    """Who makes the request."""

    name: str
    acting_as: ActingAs
    power: bool = False


ASKING = (Asking("yourself", ActingAs.SELF), Asking("an agent", ActingAs.AGENT),
          Asking("an agent with a power of attorney", ActingAs.ATTORNEY_IN_FACT))


def places() -> tuple[Place, ...]:
    """The states and territories, the European countries, and what else has a law here."""
    europe = sorted((_COUNTRIES[code], code) for code in EEA)
    return (*(Place(f"US-{code}", name) for code, name in US_STATES.items()),
            *(Place(code, name) for name, code in europe),
            *(Place(code, _COUNTRIES[code]) for code in _OUTSIDE_EEA))


def kinds(book: LawBook, place: Place, days: Sequence[date]) -> tuple[Kind, ...]:
    """The recipients that matter to someone who lives there.

    Args:
        book: the laws; platforms are theirs.
        place: where the person lives.
        days: the days of the table; the registered broker files in each of their years.
    """
    home, abroad, where = ("US", "DE", "the European Union") if place.american else (
        place.code[:2], "US", "the United States")
    filings = tuple(Registration("us-ca", year) for year in sorted({day.year for day in days}))
    return (
        Kind("Broker at home", "A data broker at home", _firm(home)),
        Kind("Broker on California’s list", "A broker registered in California",
             _firm("US", filings=filings)),
        Kind("People-search firm abroad", f"A people-search firm in {where}", _firm(abroad)),
        Kind("US consumer reporting agency", "A consumer reporting agency in the US",
             _firm("US", Role.CONSUMER_REPORTING_AGENCY, "fcra")),
        Kind("US nationwide credit bureau", "A nationwide credit bureau in the US",
             _firm("US", Role.CONSUMER_REPORTING_AGENCY, "fcra_nationwide")),
        *(Kind(name, f"{name}, a state’s platform", _firm("US", Role.PLATFORM, broker=broker))
          for broker, name in _platforms(book)),
        Kind("US federal agency", "A federal agency of the US",
             _firm("US", Role.GOVERNMENT_SYSTEM, "foia")))


def _platforms(book: LawBook) -> tuple[tuple[str, str], ...]:
    return tuple((law.platform.broker, law.platform.name.split(",")[0])
                 for law in book.laws.values() if law.platform is not None)


def _firm(
    country: str, role: Role = Role.BROKER, *marks: str, broker: str = _THE_FIRM.id,
    filings: tuple[Registration, ...] = (),
) -> Broker:
    return Broker(
        id=broker, name=_THE_FIRM.name, role=role, category=_THE_FIRM.category,
        status=_THE_FIRM.status, sources=(), country=country, registered_in=filings,
        regulated_as=marks)
