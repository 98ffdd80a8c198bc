"""The cheapest set of options that covers all that is wanted, with proof of how cheap it can be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from optout.planning.cover_search import search

LOOKS = 200_000
"""How often the exact search of one component may ask whether an option covers an element.

So a component is small when it can be answered within that, whatever its size: a tenth of a
second or so. Networks of brokers overlap little and take a few hundred; only a tangle of dozens
of options that all overlap is left to the greedy way. Counted, not timed: the answer must not
depend on how busy the machine is.
"""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen.

    Args:
        key: no other option has it; it decides between equals.
        covers: what it serves; may hold more than is wanted.
        cost: in whole units.

    Raises:
        ValueError: when the cost is not positive.
    """

    key: str
    covers: frozenset[str]
    cost: int

    def __post_init__(self) -> None:
        if self.cost < 1:
            raise ValueError(f"Option {self.key!r} costs {self.cost}: a cost is 1 or more.")


@dataclass(frozen=True, slots=True)
class Cover:
    """A set of options that covers all that is wanted.

    Args:
        chosen: as they were given, in the order of their keys.
        cost: of all of them together.
        least_cost: proven: nothing that covers the same costs less than this.
        exact: nothing cheaper exists.
    """

    chosen: tuple[Option, ...]
    cost: int
    least_cost: int
    exact: bool


def cheapest(
    wanted: Collection[str], options: Sequence[Option], *, looks: int = LOOKS,
) -> Cover:
    """The cheapest options that cover all that is wanted.

    Of sets that cost the same, the one of the fewest options; of those, the one that has the
    first key in which they differ. The order of the arguments never matters.

    Args:
        wanted: what must be covered; often many, most of them served by one option alone.
        options: to choose from.
        looks: how much the exact search of one component may ask; beyond that the component is
            answered by the cost for each new element, and `least_cost` is what was proven.

    Raises:
        ValueError: when no option covers something wanted, or two options have the same key.
    """
    _check(wanted, options)
    by_key = {option.key: option for option in options}
    keys, rest = _reduced(set(wanted), options)
    least = sum(by_key[key].cost for key in keys)
    for part in _components(rest):
        found = search({o.key: (o.covers, o.cost) for o in part}, looks)
        keys |= found.keys
        least += found.least_cost
    chosen = tuple(by_key[key] for key in sorted(keys))
    cost = sum(option.cost for option in chosen)
    return Cover(chosen, cost, least, exact=cost == least)


def _check(wanted: Collection[str], options: Sequence[Option]) -> None:
    seen: set[str] = set()
    for option in options:
        if option.key in seen:
            raise ValueError(f"Two options have the key {option.key!r}.")
        seen.add(option.key)
    alone = set(wanted).difference(*(option.covers for option in options))
    if alone:
        raise ValueError(f"No option covers {min(alone)!r}.")


def _reduced(left: set[str], options: Sequence[Option]) -> tuple[set[str], list[Option]]:
    """The keys that the best answer is sure to hold, and the options still to choose from.

    What is left of each option is what the sure ones do not cover yet. Both steps keep the best
    answer, ties included: an element that one option alone serves needs that option; and an
    option can be replaced, wherever it stands, by one that covers as much and comes before it by
    cost, then key.
    """
    sure: set[str] = set()
    live = sorted((o for o in options if not left.isdisjoint(o.covers)), key=_by_cost)
    while True:
        live = [replace(o, covers=o.covers & left) for o in live
                if o.key not in sure and not left.isdisjoint(o.covers)]
        serving = _serving(live)
        forced = [found[0] for found in serving.values() if len(found) == 1]
        if forced:
            sure.update(option.key for option in forced)
            left = left.difference(*(option.covers for option in forced))
            continue
        kept = [o for o in live if not _is_dominated(o, serving)]
        if len(kept) == len(live):
            return sure, kept
        live = kept


def _by_cost(option: Option) -> tuple[int, str]:
    return option.cost, option.key


def _serving(options: Sequence[Option]) -> dict[str, list[Option]]:
    """By element, the options that cover it, in their order."""
    serving: dict[str, list[Option]] = {}
    for option in options:
        for element in option.covers:
            serving.setdefault(element, []).append(option)
    return serving


def _is_dominated(option: Option, serving: dict[str, list[Option]]) -> bool:
    """Whether an option that comes before it covers as much.

    Whoever covers as much covers its rarest element too: only those are asked.
    """
    rarest = min((serving[element] for element in option.covers), key=len)
    return any(other.covers >= option.covers
               for other in takewhile(lambda other: other is not option, rarest))


def _components(options: Sequence[Option]) -> Iterator[list[Option]]:
    """The options in groups that share no element: each can be answered by itself."""
    serving = _serving(options)
    left = {option.key: option for option in options}
    while left:
        _, first = left.popitem()
        part = [first]
        for option in part:
            for element in option.covers:
                part.extend(other for other in serving.pop(element, ())
                            if left.pop(other.key, None) is not None)
        yield part
