"""Check dates that have passed, and check dates that stand there without a ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from optout.domain.broker import Broker, Procedure
from optout.registry.lint.rules import Remark

STAMPED = 100
"""More ways out than this with one date that none of their sources has: nobody looked at them."""


def look_at(brokers: Mapping[str, Broker], day: date) -> Iterator[Remark]:
    """Every way out that wants a look on a day, and every date that was stamped, as warnings.

    Args:
        brokers: those that could be read, by id.
        day: today.
    """
    for broker in brokers.values():
        for number, way in enumerate(broker.procedures):
            if way.wants_a_look(day):
                until = (f"was to be looked at again by {way.check_by}" if way.check_by
                         else f"was last checked on {way.checked}")
                yield Remark(broker.id, ("procedures", number, "checked"),
                             f"{until}: look whether it still works, then write the date of that "
                             "look with its basis", only_warns=True)
    yield from stamps(brokers)


def stamps(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    """A warning for each date that more than `STAMPED` ways carry and no source of theirs does."""
    found: dict[date, list[tuple[str, int]]] = {}
    for broker in brokers.values():
        dated = {source.checked for source in broker.sources}
        for number, way in enumerate(broker.procedures):
            if way.checked and way.checked not in dated and not _seen(way):
                found.setdefault(way.checked, []).append((broker.id, number))
    for checked, places in found.items():
        if len(places) > STAMPED:
            id_, number = places[0]
            yield Remark(id_, ("procedures", number, "checked"),
                         f"{checked} is stamped on {len(places)} ways out, and no source of their "
                         "entries has this date: write when each was really checked",
                         only_warns=True)


def _seen(way: Procedure) -> bool:
    """Whether the way itself says that somebody saw it on that day."""
    return any(basis.verifies and str(way.checked) in basis.evidence for basis in way.basis)
