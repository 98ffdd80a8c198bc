"""A broker as the registry knows it: what it holds, whom it sells to, how it lets people out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from optout.domain.places import PostalAddress
from optout.domain.words import (
    BasisKind,
    BrokerStatus,
    Channel,
    Confidence,
    Fact,
    Right,
    Role,
    Trust,
    Verification,
)

LOOK_AGAIN_DAYS = 365
"""A way out whose entry names no check-by date is looked at again after this many days."""

AGREEING = 2
"""How many filings, policies or lists must agree before a fact counts as corroborated."""

_VERIFYING = frozenset({BasisKind.DELIVERED_MAIL, BasisKind.REPLY, BasisKind.OWN_LOOK})


@dataclass(frozen=True, slots=True)
class Basis:
    """How one fact is known.

    Args:
        count: the number of independent lists that agree.
        evidence: for a delivery, a reply or an own look, what was seen and when.
    """

    kind: BasisKind
    count: int = 1
    evidence: str = ""

    @property
    def verifies(self) -> bool:
        """Whether this basis alone makes a fact verified."""
        return self.kind in _VERIFYING


def trust_of(bases: tuple[Basis, ...]) -> Trust:
    """How far facts on these bases may be trusted.

    One delivery, reply or own look verifies. Filings, policies and lists corroborate where
    two or more agree (DESIGN, Words: basis).
    """
    if any(basis.verifies for basis in bases):
        return Trust.VERIFIED
    return Trust.CORROBORATED if sum(b.count for b in bases) >= AGREEING else Trust.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read, when it was checked, and how sure it is."""

    url: str
    checked: date
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may use a procedure; empty `residences` means anyone, `text` says the rest."""

    residences: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One way a recipient takes a request.

    Args:
        rights: what can be asked for this way; empty means that the recipient does not say.
        needs: the facts that this way cannot work without; nothing else is ever sent.
        asked_but_optional: facts that the form asks for and that are left empty.
        matches_on: facts beyond `needs` by which the recipient finds records; each one that
            brokers hold already finds more of them. Offered where the person has them, and
            left to the person's own hand when they are at risk.
        expected_days: the recipient's own promise, in calendar days; never law.
        steps: what to do, in our own words, in order.
        needs_assumed: the field list is an assumption and is shown as such.
        check_by: when the fact should be looked at again.
    """

    channel: Channel
    rights: tuple[Right, ...] = ()
    url: str = ""
    email: str = ""
    phone: str = ""
    address: PostalAddress | None = None
    needs: tuple[Fact, ...] = ()
    asked_but_optional: tuple[Fact, ...] = ()
    matches_on: tuple[Fact, ...] = ()
    verification: tuple[Verification, ...] = (Verification.NONE,)
    expected_days: int | None = None
    eligible: Eligibility = Eligibility()
    steps: tuple[str, ...] = ()
    limits: str = ""
    needs_assumed: bool = False
    basis: tuple[Basis, ...] = ()
    checked: date | None = None
    check_by: date | None = None

    @property
    def trust(self) -> Trust:
        """Derived from the bases."""
        return trust_of(self.basis)

    def wants_a_look(self, day: date) -> bool:
        """Whether this way out should be looked at again before it is used on that day."""
        if self.check_by:
            return day > self.check_by
        return self.checked is None or day > self.checked + timedelta(days=LOOK_AGAIN_DAYS)


@dataclass(frozen=True, slots=True)
class Cover:
    """A broker that this one's opt-out also serves, and why that is believed."""

    id: str
    basis: tuple[Basis, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SearchLink:
    """Where one can look for oneself.

    Args:
        url: a page to search on.
        pattern: a link with `{first} {last} {middle} {city} {state}` placeholders; a modifier
            follows a colon (`{state:lower}`, `{city:hyphen+lower}`).
        reveals: the facts that looking hands over.
    """

    url: str = ""
    pattern: str = ""
    reveals: tuple[Fact, ...] = (Fact.FULL_NAME, Fact.INTERNET_ADDRESS)


@dataclass(frozen=True, slots=True)
class Registration:
    """A filing in an official broker registry (`us-ca`, `us-tx`, `us-or`, `us-vt`)."""

    registry: str
    year: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class DeletionRequests:
    """What a broker told California about the deletion requests that it got.

    The figures are the broker's own (Cal. Civ. Code 1798.99.85); nobody checked them.

    Args:
        filed: the year of the filing that tells them.
        received: requests of a year.
        complied: carried out in whole.
        partly: carried out in part.
        denied: turned down.
        median_days: calendar days until half of them were answered; None where not told.
    """

    filed: int
    received: int
    complied: int | None = None
    partly: int | None = None
    denied: int | None = None
    median_days: int | None = None


@dataclass(frozen=True, slots=True)
class DeadContact:
    """A contact point that must never be used again, with the reason."""

    value: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Broker:
    """Any recipient in the registry.

    Args:
        id: slug; a promise, never reused or changed.
        priority: `crucial`, `high` or `normal`.
        holds: kinds of data held, terse keywords.
        procedures: in the recipient's order of preference.
        country: ISO 3166-1 alpha-2 of establishment; empty where unknown.
        reported: what the broker told a state registry about itself, by the registry's flag.
        deletion_requests: what it told California about deletion requests; None if nothing.
        buyers: who is known to buy or use what it holds, terse.
        active_in: countries (ISO 3166-1 alpha-2) whose people it deals in; empty where unknown.
        helps: what a person can do where no way out reaches, in our own words.
        cautions: what to beware of before any request, in our own words.
        related: ids of entries that feed it or that it feeds.
        regulated_as: `fcra_nationwide`, `fcra`, `glba`, `foia`, ... where that limits rights.
        cannot: what no route of this recipient achieves, in our own words.
        line: where the entry begins in its file, for error messages.
    """

    id: str
    name: str
    role: Role
    category: str
    status: BrokerStatus
    sources: tuple[Source, ...]
    operator: str = ""
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    covers: tuple[Cover, ...] = ()
    priority: str = "normal"
    holds: tuple[str, ...] = ()
    country: str = ""
    search: SearchLink | None = None
    procedures: tuple[Procedure, ...] = ()
    dead_contacts: tuple[DeadContact, ...] = ()
    recheck_days: int | None = None
    since: date | None = None
    registered_in: tuple[Registration, ...] = ()
    reported: dict[str, bool] = field(default_factory=dict)
    regulated_as: tuple[str, ...] = ()
    cannot: str = ""
    notes: str = ""
    deletion_requests: DeletionRequests | None = None
    buyers: tuple[str, ...] = ()
    active_in: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    line: int = 0

    def registered_with(self, registry: str, year: int) -> bool:
        """Whether the broker filed with that registry for that year."""
        return any(r.registry == registry and r.year == year for r in self.registered_in)

    def registered_on(self, registry: str, day: date) -> bool:
        """Whether a filing with that registry stands on a day.

        Brokers file anew by the end of January; until then the filing of the year before stands.
        """
        return self.registered_with(registry, day.year) or (
            day.month == 1 and self.registered_with(registry, day.year - 1))

    @property
    def trust(self) -> Trust:
        """The best trust that any procedure has."""
        found = {procedure.trust for procedure in self.procedures}
        return next((t for t in (Trust.VERIFIED, Trust.CORROBORATED) if t in found),
                    Trust.UNVERIFIED)
