"""What the page of one company shows beside the company itself: its network, and how old it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import AGREEING, Basis, Broker, Source, trust_of
from optout.domain.words import BrokerStatus, Fact, Trust
from optout.planning.reasons import NEVER_FILLED, REASONS
from optout.services import brokers
from optout.services.desk import Library
from optout.web.i18n import counted
from optout.web.i18n import text as _
from optout.web.labels import label
from optout.web.registry_labels import COLLECTS, SOLD

DAYS_IN_A_MONTH = 30
MONTHS_FROM = 90
YEARS_FROM = 730
"""From so many days on, an age is told in months, then in years."""

OLD_AFTER = 365
"""Days after which a source is called old."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another company of the same network.

    Args:
        basis: why the coverage is believed.
        proven: the bases agree; what is not proven is marked.
    """

    id: str
    name: str
    status: BrokerStatus
    basis: tuple[Basis, ...] = ()
    note: str = ""

    @property
    def proven(self) -> bool:
        """Whether more than one source says so."""
        return trust_of(self.basis) is not Trust.UNVERIFIED


@dataclass(frozen=True, slots=True)
class SharedContact:
    """An address of this company that other entries use as well, and that nobody confirmed."""

    contact: str
    others: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One company with all that its page shows.

    Args:
        covers: those that its opt-out also serves.
        covered_by: those whose opt-out also serves it.
        related: those that feed it or that it feeds.
        shared: unconfirmed contacts that it shares: one wrong address would void every request.
        sources: the newest first.
        today: ages are counted up to this day.
    """

    broker: Broker
    covers: tuple[Neighbour, ...]
    covered_by: tuple[Neighbour, ...]
    related: tuple[Neighbour, ...]
    shared: tuple[SharedContact, ...]
    sources: tuple[Source, ...]
    stale: bool
    today: date

    @property
    def gone(self) -> bool:
        """Whether it is kept only so that a search finds it."""
        return self.broker.status is BrokerStatus.DEFUNCT

    @property
    def sold(self) -> tuple[str, ...]:
        """Whom it told California that it sold or shared data to, by flag."""
        return self._told(SOLD, answer=True)

    @property
    def collects(self) -> tuple[str, ...]:
        """What it told California that it collects, by flag."""
        return self._told(COLLECTS, answer=True)

    @property
    def denies(self) -> tuple[str, ...]:
        """What it told California that it does not do, by flag."""
        return self._told([*SOLD, *COLLECTS], answer=False)

    @property
    def told_in(self) -> int | None:
        """The year of its newest filing in California; None where there is none."""
        return max((filing.year for filing in self.broker.registered_in
                    if filing.registry == "us-ca"), default=None)

    @property
    def oldest(self) -> Source:
        """The source that was looked at longest ago."""
        return self.sources[-1]

    def ago(self, day: date) -> str:
        """How long before today a day lies."""
        return ago((self.today - day).days)

    def is_old(self, source: Source) -> bool:
        """Whether a source was looked at more than a year ago."""
        return (self.today - source.checked).days > OLD_AFTER

    def _told(self, flags: Iterable[str], *, answer: bool) -> tuple[str, ...]:
        return tuple(f for f in flags if self.broker.reported.get(f) is answer)


def entry_page(library: Library, broker_id: str, today: date) -> EntryPage:
    """The page of one company.

    Raises:
        NotFound: naming the nearest ids.
    """
    view = brokers.show_broker(library, broker_id, day=today)
    broker = view.broker
    covers = [_neighbour(library, one.id, one.basis, one.note) for one in broker.covers]
    covered_by = [_neighbour(library, by, cover.basis, cover.note) for by in view.covered_by
                  for cover in library.registry.get(by).covers if cover.id == broker.id]
    return EntryPage(
        broker, tuple(covers), tuple(covered_by),
        tuple(_neighbour(library, one) for one in broker.related),
        tuple(_shared(library, broker.id)),
        tuple(sorted(broker.sources, key=lambda source: source.checked, reverse=True)),
        view.stale, today)


def _shared(library: Library, id_: str) -> Iterator[SharedContact]:
    for family in library.registry.shared_contacts(id_):
        if not family.confirmed:
            yield SharedContact(family.contact, tuple(
                _neighbour(library, other) for other in family.ids if other != id_))


def _neighbour(library: Library, id_: str, basis: tuple[Basis, ...] = (),
               note: str = "") -> Neighbour:
    found = library.registry.get(id_)  # the check of the registry knows that it is there
    return Neighbour(id_, found.name, found.status, basis, note)


def ago(days: int) -> str:
    """An age of so many days, in words."""
    if days <= 0:
        return _("today")
    if days < MONTHS_FROM:
        return counted("%(num)d day ago", "%(num)d days ago", days)
    if days < YEARS_FROM:
        months = days // DAYS_IN_A_MONTH
        return counted("about %(num)d month ago", "about %(num)d months ago", months)
    return counted("about %(num)d year ago", "about %(num)d years ago", days // OLD_AFTER)


def bases(found: Iterable[Basis]) -> str:
    """How a fact is known, in words: `a page of their own; 3 lists by others`."""
    return "; ".join(_basis(one) for one in found)


def _basis(basis: Basis) -> str:
    if basis.count >= AGREEING:
        return counted("%(num)d list by others", "%(num)d lists by others", basis.count)
    words = label(basis.kind)
    return f"{words} ({basis.evidence})" if basis.evidence else words


def why(fact: Fact) -> str:
    """Why a way out needs a fact, and what the program never fills in."""
    return " ".join(filter(None, (REASONS.get(fact, ""), NEVER_FILLED.get(fact, ""))))

