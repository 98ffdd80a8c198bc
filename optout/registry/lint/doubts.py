"""What a careful reader would ask of an entry: nothing is broken, but a claim lacks its ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optout.domain.broker import AGREEING, Broker, Procedure
from optout.domain.words import BasisKind
from optout.registry.kinds import Path
from optout.registry.lint.rules import Remark

_CALIFORNIA = "us-ca"
_FILED_ONLY = frozenset({BasisKind.STATE_FILING})


def look_at(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    """Every doubt about these brokers, as warnings.

    Args:
        brokers: those that could be read, by id.
    """
    for broker in brokers.values():
        for path, message in _about(broker):
            yield Remark(broker.id, path, message, only_warns=True)
    yield from _names_of_others(brokers)


def _about(broker: Broker) -> Iterator[tuple[Path, str]]:
    if broker.reported and all(one.registry != _CALIFORNIA for one in broker.registered_in):
        yield ("reported",), ("is what a company told California, and there is no filing with "
                              f"{_CALIFORNIA}: add the filing, or remove this")
    yield from _sources(broker)
    for number, cover in enumerate(broker.covers):
        if sum(basis.count for basis in cover.basis) < AGREEING and not cover.note:
            yield ("covers", number), (f"nothing confirms that “{cover.id}” is covered: say so in "
                                       "“note”, or remove it")
    newest = max(source.checked for source in broker.sources)
    seen: set[tuple[object, ...]] = set()
    for number, procedure in enumerate(broker.procedures):
        path: Path = ("procedures", number)
        if _way(procedure) in seen:
            yield path, "stands here twice: remove one, or name the rights of each"
        seen.add(_way(procedure))
        known_by_us = any(basis.verifies for basis in procedure.basis)
        if procedure.checked and procedure.checked > newest and not known_by_us:
            yield (*path, "checked"), ("is later than every source of the entry: add the source, "
                                       "or mend the date")
        if {basis.kind for basis in procedure.basis} == _FILED_ONLY and not procedure.limits and (
                procedure.email or procedure.address):
            yield path, ("is known from a filing alone: say in “limits” that it is no desk for "
                         "opt-outs")


def _sources(broker: Broker) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for number, source in enumerate(broker.sources):
        if "%20" in source.url:
            yield ("sources", number, "url"), "has a blank in it: give the link of the page alone"
        if source.url in seen:
            yield ("sources", number, "url"), "stands here twice: remove one"
        seen.add(source.url)


def _way(procedure: Procedure) -> tuple[object, ...]:
    return (procedure.channel, procedure.url, procedure.email, procedure.phone, procedure.address,
            procedure.rights)


def _names_of_others(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    """An alias that is the name or a domain of another entry sends people to the wrong one."""
    owners = {word.casefold(): broker.id for broker in brokers.values()
              for word in (broker.name, *broker.domains)}
    for broker in brokers.values():
        for number, alias in enumerate(broker.aliases):
            owner = owners.get(alias.casefold(), broker.id)
            if owner != broker.id:
                yield Remark(broker.id, ("aliases", number), f"“{alias}” is the entry “{owner}”: "
                             "remove it here", only_warns=True)
