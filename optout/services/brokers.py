"""The registry as people ask for it: find a broker, see one, count them, check a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optout.domain.broker import Broker
from optout.services.desk import BROKERS_FILE, Library
from optout.settings import resource

if TYPE_CHECKING:
    from optout.registry.check import CheckResult


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


def search_brokers(
    library: Library, text: str = "", *, category: str = "", limit: int | None = None
) -> tuple[Broker, ...]:
    """Brokers by name, domain or alias, best first; all of them, by name, without a text.

    Args:
        library: brokers and laws.
        text: forgives typing errors.
        category: only this category.
        limit: at most so many.
    """
    found = ([broker for broker, _ in library.registry.search(text)] if text.strip()
             else sorted(library.registry.all(), key=lambda broker: broker.name.casefold()))
    return tuple([b for b in found if category in ("", b.category)][:limit])


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


def check(path: Path | None = None) -> CheckResult:
    """Check a registry file against its schema; default: the packaged one."""
    from optout.registry.check import check_file

    return check_file(path or resource(BROKERS_FILE))
