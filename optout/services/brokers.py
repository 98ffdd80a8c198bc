"""The registry as people ask for it: find a broker, see one, count them, check a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optout.domain.broker import Broker
from optout.domain.errors import InvalidInput
from optout.domain.words import BrokerStatus, Channel, Right, Role, Trust
from optout.registry.filters import Filters
from optout.services.desk import BROKERS_FILE, Library
from optout.settings import resource

if TYPE_CHECKING:
    from optout.registry.check import CheckResult

ORDERS = ("relevance", "name", "checked", "median_days", "priority")
"""How found brokers can be ordered: `checked` has the newest check first, `median_days` those
that told California they answer fastest."""

PRIORITIES = ("crucial", "high", "normal")


@dataclass(frozen=True, slots=True)
class BrokerView:
    """A broker with what the registry as a whole knows about it.

    Args:
        covered_by: ids of brokers whose opt-out also serves this one.
        stale: a fact about it is due to be looked at again.
        line: where its entry begins in its file.
    """

    broker: Broker
    covered_by: tuple[str, ...]
    stale: bool
    line: int


@dataclass(frozen=True)
class BrokerPage:
    """A part of what was found, and how much there is.

    Args:
        found: everything that was found, in its order.
        offset: how many are left out before the page.
        limit: at most so many on the page; None for all.
        scores: how well each fits the text (1 to 100), by id; empty without a text.
    """

    found: tuple[Broker, ...]
    offset: int = 0
    limit: int | None = None
    scores: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many were found."""
        return len(self.found)

    @property
    def brokers(self) -> tuple[Broker, ...]:
        """Those of this page."""
        end = None if self.limit is None else self.offset + self.limit
        return self.found[self.offset:end]

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """How many of all that were found have each `category`, `channel` and `told` flag."""
        return {
            "category": _counted(broker.category for broker in self.found),
            "channel": _counted(channel.value for broker in self.found for channel in
                                {way.channel for way in broker.procedures}),
            "told": _counted(flag for broker in self.found
                             for flag, answer in broker.reported.items() if answer),
        }


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def search_brokers(
    library: Library, text: str = "", *, filters: Filters | None = None,
    order: str = "relevance", day: date | None = None, limit: int | None = None, offset: int = 0,
) -> BrokerPage:
    """Brokers by name, domain, alias or operator; all of them without a text.

    Args:
        library: brokers and laws.
        text: forgives typing errors.
        filters: conditions that all must hold.
        order: one of `ORDERS`. `relevance` is the best match first, and the name without a text.
        day: on which it is asked what is stale; else the day of the registry itself.
        limit: at most so many on the page.
        offset: how many to leave out before.

    Raises:
        InvalidInput: for an unknown order.
    """
    if order not in ORDERS:
        raise InvalidInput(f"“{order}” is no order.", field="order",
                           remedy=f"Choose one of {', '.join(ORDERS)}.")
    registry = library.registry
    scores = {broker.id: score for broker, score in registry.search(text)}
    found: Sequence[Broker] = ([registry.get(id_) for id_ in scores] if text.strip()
                               else registry.by_name)
    if filters:
        asked, on = filters, day or registry.checked
        found = [broker for broker in found if asked.matches(broker, on)]
    ranks = _RANKS.get(order)
    if ranks:
        found = sorted(found, key=ranks)
    return BrokerPage(tuple(found), offset, limit, scores)


def filters_of(**words: str) -> Filters:
    """Filters from the words of a person, each checked.

    Raises:
        InvalidInput: naming the filter whose word the registry does not know.
    """
    from optout.registry.fields import CATEGORIES, REGISTRIES, REGULATED_AS, REPORTED

    known: dict[str, Collection[str]] = {
        "category": CATEGORIES, "role": list(Role), "channel": list(Channel),
        "status": list(BrokerStatus), "trust": list(Trust), "registered_in": REGISTRIES,
        "told": REPORTED, "right": list(Right), "regulated_as": REGULATED_AS}
    for name, choices in known.items():
        word = words.get(name, "")
        if word and word not in choices:
            near = get_close_matches(word, choices, n=3, cutoff=0.5) or choices
            raise InvalidInput(f"“{word}” is no {name.replace('_', ' ')} of the registry.",
                               field=name, remedy=f"Try one of {', '.join(near)}.")
    return Filters(stale=None, **words)


@dataclass(frozen=True, slots=True)
class Match:
    """Whose page a link is.

    Args:
        host: of the link; its path may name a person and is left out everywhere.
        broker: None where the registry does not know it.
    """

    host: str
    broker: Broker | None


def match(library: Library, link: str) -> Match:
    """The broker that a pasted link belongs to.

    Raises:
        InvalidInput: when it is no link; the message does not repeat it.
    """
    from optout.registry.sites import host_of

    host = host_of(link)
    if not host:
        raise InvalidInput("This is no link to a page.", field="url",
                           remedy="Copy the whole address of the page, like "
                                  "https://www.example.com/page.")
    return Match(host, library.registry.match(host))


def _by_name(broker: Broker) -> tuple[int, str]:
    return 0, broker.name.casefold()


def _by_check(broker: Broker) -> tuple[int, str]:
    checked = max((way.checked for way in broker.procedures if way.checked), default=None)
    return -checked.toordinal() if checked else 0, broker.name.casefold()


def _by_days(broker: Broker) -> tuple[int, str]:
    told = broker.deletion_requests
    days = told.median_days if told else None
    return _NEVER if days is None else days, broker.name.casefold()


def _by_priority(broker: Broker) -> tuple[int, str]:
    return PRIORITIES.index(broker.priority), broker.name.casefold()


_NEVER = 10**6
_RANKS: dict[str, Callable[[Broker], tuple[int, str]]] = {
    "name": _by_name, "checked": _by_check, "median_days": _by_days, "priority": _by_priority}


def show_broker(library: Library, broker_id: str, *, day: date) -> BrokerView:
    """One broker.

    Raises:
        NotFound: naming the nearest ids.
    """
    registry = library.registry
    broker = registry.get(broker_id)
    return BrokerView(broker, registry.covered_by(broker_id), registry.stale(broker_id, day),
                      broker.line)


def stats(library: Library) -> dict[str, Any]:
    """The counts of `optout registry stats` (DESIGN, The command line)."""
    return library.registry.stats()


def check(path: Path | None = None, *, own: Path | None = None,
          day: date | None = None) -> CheckResult:
    """Check a registry file; default: the packaged one.

    Args:
        path: the file.
        own: corrections that lie over it; need not exist.
        day: today, for what is past its check-by date.
    """
    from optout.registry.check import check_file

    return check_file(path or resource(BROKERS_FILE), own, day=day)
