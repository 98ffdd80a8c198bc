"""One broker's filing with a state, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optout.domain.places import PostalAddress


@dataclass(frozen=True, slots=True)
class Filing:
    """What one row of an official file says, cleaned.

    Args:
        row: its number in the file, as a spreadsheet counts.
        registry: `us-ca`, `us-or`, `us-tx` or `us-vt`.
        year: the year for which the broker is registered by it.
        name: the company as it filed.
        id: the state's own number; empty where it gives none.
        aliases: names under which it trades.
        websites: links to its own sites, as whole links.
        rights_links: pages where, by its own word, people ask for their rights.
        mailboxes: in small letters; a person's may be among them.
        phone: like `+14155550142`.
        address: the registered place of business.
        country: of establishment, two letters; empty where not told.
        reported: the answers about what it collects and sells, by the registry's flags.
        regulated_as: laws that it names for some of its data.
        deletions: `received`, `complied`, `partly`, `denied`, `median_days`: whole numbers.
    """

    row: int
    registry: str
    year: int
    name: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    rights_links: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    phone: str = ""
    address: PostalAddress | None = None
    country: str = ""
    reported: Mapping[str, bool] = field(default_factory=dict)
    regulated_as: tuple[str, ...] = ()
    deletions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is no filing, and why."""

    row: int
    reason: str
