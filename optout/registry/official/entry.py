"""A new entry of the registry from the filings of one broker that it did not know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from optout.domain.places import PostalAddress
from optout.registry.names import plain_contact, plain_name
from optout.registry.official import told
from optout.registry.official.contacts import asking_page, is_desk, own_sites
from optout.registry.official.filing import Filing
from optout.registry.official.layout import Layout

_BASIS = [{"kind": "state_filing"}]
RENEWED_BY = 4
"""The month in which a new year's lists are complete; until then those of the old one count."""

_NO_WAY = ("The filing with {state} names no page, desk or address that a request could be sent "
           "to.")


class Entry:
    """What is known of a broker by its filings alone.

    Args:
        filings: of one broker; at least one.
        dead: contacts that are never used again, in small letters and without a last slash.
        today: the day of the import.
    """

    def __init__(self, filings: Sequence[Filing], layout: Layout, dead: Collection[str],
                 today: date) -> None:
        self._all = filings
        self._filings = told.newest(filings)
        self._layout = layout
        self._dead = dead
        self._today = today
        self._source = told.source(filings, layout, today)
        self.name = self._filings[0].name
        self.domains = own_sites(link for filing in self._filings for link in filing.websites)

    def fields(self) -> dict[str, Any]:
        """Every field but the id, raw as in YAML."""
        year = self._filings[0].year
        country = next((one.country for one in self._filings if one.country), "")
        procedures = list(self._procedures())
        alive = year + self._layout.years > self._today.year - (self._today.month <= RENEWED_BY)
        found: dict[str, Any] = {
            "name": self.name, "role": "broker", "category": "registered_broker",
            "country": country, "domains": list(self.domains), "aliases": self._aliases(),
            "status": {"is": "active" if alive else "unclear"},
            "procedures": procedures,
            "cannot": "" if procedures else _NO_WAY.format(state=self._layout.state),
            "registered_in": told.registrations(self._all),
            "reported": told.reported(self._filings),
            "deletion_requests": told.deletion_requests(self._filings),
            "regulated_as": told.regulated_as(self._filings),
            "sources": [self._source]}
        return {name: value for name, value in found.items() if value}

    def _aliases(self) -> list[str]:
        names = (name for filing in self._all for name in (filing.name, *filing.aliases))
        unlike: dict[str, str] = {}
        for name in names:
            unlike.setdefault(plain_name(name), name)
        unlike.pop(plain_name(self.name), None)
        return list(unlike.values())

    def _procedures(self) -> Iterator[dict[str, Any]]:
        """The ways that the filings name, one of each kind."""
        state = self._layout.state
        page = asking_page(link for one in self._filings for link in one.rights_links
                           if self._usable(link))
        if page:
            yield self._way(
                "web_form", "url", page, ["full_name", "city_state", "reply_email"],
                f"The page that the company named to {state} for requests of this kind; nobody "
                "has looked what it asks for.")
        mailbox = next((box for one in self._filings for box in one.mailboxes
                        if is_desk(box) and self._usable(box)), "")
        if mailbox:
            yield self._way(
                "email", "email", mailbox, ["full_name", "city_state", "reply_email"],
                f"The contact that the company gave {state}; no source says how it answers.")
        place = next((one.address for one in self._filings if one.address), None)
        if place:
            yield self._way(
                "postal_mail", "address", _raw(place),
                ["full_name", "city_state", "reply_address"],
                f"This is the business address registered with {state}, not a desk for opt-outs; "
                "a letter may take its time to reach the right people.")
        number = next((one.phone for one in self._filings
                       if one.phone and self._usable(one.phone)), "")
        if number:
            yield self._way(
                "phone", "phone", number, ["full_name", "city_state"],
                f"The number that the company gave {state}; no source says how it answers, and a "
                "call leaves nothing in writing.")

    def _way(self, channel: str, field: str, contact: Any, needs: list[str],
             limits: str) -> dict[str, Any]:
        return {"channel": channel, field: contact, "needs": needs, "needs_assumed": True,
                "limits": limits, "basis": _BASIS, "checked": self._source["checked"]}

    def _usable(self, contact: str) -> bool:
        return plain_contact(contact) not in self._dead


def _raw(place: PostalAddress) -> dict[str, Any]:
    found: dict[str, Any] = {
        "lines": list(place.lines), "city": place.city, "region": place.region,
        "postal_code": place.postal_code, "country": place.country}
    return {name: value for name, value in found.items() if value}
