"""What the registry is asked for by the address of its page, and the part of it that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields

from optout.domain.words import BrokerStatus, Channel, Role, Trust
from optout.registry.filters import Filters, regions_of
from optout.services.brokers import ORDERS, BrokerPage, search_brokers
from optout.services.desk import Library
from optout.web.categories import category_name
from optout.web.i18n import lazy as _
from optout.web.labels import label
from optout.web.places import place_name
from optout.web.registry_labels import COLLECTS, REGISTRIES, REPORTED, SOLD, filing_name

LONGEST_SEARCH = 100
LONGEST_NUMBER = 5
PER_PAGE = 50

SORTS: Mapping[str, str] = {
    "relevance": _("Best match"),
    "name": _("Name"),
    "checked": _("Newest check"),
    "median_days": _("Fastest to answer, by their own account"),
    "priority": _("Most important"),
}

FILTERS: Mapping[str, str] = {
    "category": _("Kind"),
    "channel": _("Way to ask"),
    "role": _("What it is"),
    "region": _("Place"),
    "registered_in": _("Filed as a data broker in"),
    "told": _("Told California that it"),
    "trust": _("How sure"),
    "status": _("Whether it is active"),
}
"""The filters of the page, in the order of their controls; each is a field of `Filters`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter.

    Args:
        count: companies of the whole registry that it stands for; None where nobody counted.
    """

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """A question that one click asks: who told California this?"""

    flag: str
    count: int


@dataclass(frozen=True, slots=True)
class Index:
    """A part of the registry.

    Args:
        asked: what the address asks for, without what it leaves open; safe to repeat.
        number: of the page, from one.
    """

    asked: dict[str, str]
    options: dict[str, list[Option]]
    presets: list[Preset]
    found: BrokerPage
    number: int
    pages: int

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any(name in self.asked for name in FILTERS)

    def at(self, number: int) -> dict[str, str | int]:
        """The query of another page of the same."""
        return {**self.asked, "page": number}


def read_index(library: Library, args: Mapping[str, str]) -> Index:
    """The part of the registry that a query string asks for; what it does not know is left out.

    Args:
        library: brokers and laws.
        args: the query string.
    """
    choices = options_of(library)
    asked = {name: args[name] for name in FILTERS
             if args.get(name) in {one.value for one in choices[name]}}
    text = args.get("q", "")[:LONGEST_SEARCH].strip()
    if text:
        asked["q"] = text
    order = args.get("sort", "")
    if order in ORDERS and order != ORDERS[0]:
        asked["sort"] = order
    number = _whole(args.get("page", ""))
    found = _search(library, asked, number)
    pages = max(1, -(-found.total // PER_PAGE))
    if number > pages:
        number, found = pages, _search(library, asked, pages)
    return Index(asked, choices, _presets(choices["told"]), found, number, pages)


def _search(library: Library, asked: Mapping[str, str], number: int) -> BrokerPage:
    named = {one.name for one in fields(Filters)}
    wanted = {name: value for name, value in asked.items() if name in named}
    return search_brokers(
        library, asked.get("q", ""), filters=Filters(**wanted),  # type: ignore[arg-type]  # texts all, by FILTERS
        order=asked.get("sort", ORDERS[0]), limit=PER_PAGE, offset=(number - 1) * PER_PAGE)


def options_of(library: Library) -> dict[str, list[Option]]:
    """The choices of each filter; those that the registry has nothing for are left out."""
    everyone = search_brokers(library)
    facets = everyone.facets
    regions = {code for broker in everyone.found for code in regions_of(broker)}
    return {
        "category": _by_label(facets["category"], category_name),
        "channel": _options(Channel, label, facets["channel"]),
        "role": _options(Role, label),
        "region": [Option(code, place_name(code)) for code in sorted(
            regions, key=lambda code: (not code.startswith("US"), len(code), place_name(code)))],
        "registered_in": _options(REGISTRIES, filing_name),
        "told": _options(REPORTED, filing_name, facets["told"]),
        "trust": _options(Trust, label),
        "status": _options(BrokerStatus, label),
    }


def _options(values: Iterable[str], name: Callable[..., str],
             counts: Mapping[str, int] | None = None) -> list[Option]:
    return [Option(str(value), name(value), None if counts is None else counts[value])
            for value in values if counts is None or value in counts]


def _by_label(counts: Mapping[str, int], name: Callable[[str], str]) -> list[Option]:
    return sorted(_options(counts, name, counts), key=lambda one: one.label.casefold())


def _presets(told: Iterable[Option]) -> list[Preset]:
    counts = {one.value: one.count or 0 for one in told}
    return [Preset(flag, counts[flag]) for flag in (*SOLD, *COLLECTS) if flag in counts]


def _whole(text: str) -> int:
    known = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if known else 1
