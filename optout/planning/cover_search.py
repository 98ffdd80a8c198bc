"""One connected component of a set cover: branch and bound where it ends soon, else greedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

_FINENESS = 1_000_000
"""How many times more one unit of cost weighs than all that decides between equal costs."""


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of the chosen options, and what nothing can cost less than."""

    keys: frozenset[str]
    least_cost: int


def search(options: Mapping[str, tuple[frozenset[str], int]], looks: int) -> Found:
    """The best cover of all that the options serve.

    Args:
        options: by key, what each covers (never nothing) and its cost (1 or more).
        looks: how many pairs of element and option may be looked at; once they are used up, the
            answer is the greedy one, with the bound that was proven by then.
    """
    part = _Part(options)
    chosen, bound = _best_first(part, looks)
    return Found(frozenset(part.keys[option] for option in _bits(chosen)), part.cost(bound))


class _Part:
    """The component in whole numbers: elements and options are the bits of an integer.

    Each option has a weight such that of two sets the one of less weight is the better: by cost,
    then by number, then by the first key in which they differ. With n options, one more option
    weighs 2^n, less 2^(n-1) if it has the first key, 2^(n-2) if the second and so on: the first
    difference outweighs all later ones together. All of that together is less than a unit of
    cost, by `_FINENESS`. No two sets weigh the same, so there is one best answer.
    """

    def __init__(self, options: Mapping[str, tuple[frozenset[str], int]]) -> None:
        self.keys = sorted(options)
        elements = sorted(frozenset[str]().union(*(covers for covers, _ in options.values())))
        place = {element: number for number, element in enumerate(elements)}
        count = len(self.keys)
        self._ties = count << count
        self._unit = self._ties * _FINENESS
        self.masks = [sum(1 << place[e] for e in options[key][0]) for key in self.keys]
        self.weights = [options[key][1] * self._unit + (1 << count) - (1 << count - 1 - rank)
                        for rank, key in enumerate(self.keys)]
        self.elements = (1 << len(elements)) - 1
        self.options = (1 << count) - 1
        self.served_by = [0] * len(elements)
        for option, mask in enumerate(self.masks):
            for element in _bits(mask):
                self.served_by[element] |= 1 << option

    def weight(self, chosen: int) -> int:
        """Of a set of options."""
        return sum(self.weights[option] for option in _bits(chosen))

    def cost(self, weight: int) -> int:
        """The least whole cost of a set that weighs this or more."""
        return -((self._ties - weight) // self._unit)


def _bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _greedy(part: _Part) -> tuple[int, list[int]]:
    """Again and again the option that weighs least for each new element; and these prices."""
    left, chosen = part.elements, 0
    prices = [0] * len(part.served_by)
    queue = [(weight // mask.bit_count(), option)
             for option, (weight, mask) in enumerate(zip(part.weights, part.masks, strict=True))]
    heapify(queue)
    while left:
        price, option = heappop(queue)
        new = part.masks[option] & left
        # What an option covers anew only shrinks, so a price from before is never too high: the
        # first that still holds is the best.
        if new and part.weights[option] // new.bit_count() == price:
            left ^= new
            chosen |= 1 << option
            for element in _bits(new):
                prices[element] = price
        elif new:
            heappush(queue, (part.weights[option] // new.bit_count(), option))
    return _without_redundant(part, chosen), prices


def _without_redundant(part: _Part, chosen: int) -> int:
    """The choice without the options whose every element another one covers, heaviest first."""
    times = [(options & chosen).bit_count() for options in part.served_by]
    for option in sorted(_bits(chosen), key=lambda o: -part.weights[o]):
        elements = list(_bits(part.masks[option]))
        if all(times[element] > 1 for element in elements):
            chosen ^= 1 << option
            for element in elements:
                times[element] -= 1
    return chosen


# --- bounds ----------------------------------------------------------------------------------
#
# Give each element a price so that no option is overpaid: the prices of what it covers are
# together no more than its weight. Then every cover weighs at least the sum of all prices, since
# each element is paid for in one of its options at least.

class _Bound(NamedTuple):
    """What a cover of some elements weighs at least.

    Args:
        weight: no cover weighs less.
        branches: the allowed options of the element that has the fewest.
        looks: how many pairs of element and option were looked at.
    """

    weight: int
    branches: tuple[int, ...]
    looks: int


def _bound(part: _Part, left: int, allowed: int, spare: Sequence[int]) -> _Bound:
    """Raise one price after the other as far as the options allow.

    Args:
        part: the component.
        left: the elements to cover.
        allowed: the options that may be used; each element has one of them.
        spare: by option, how much it can still be paid.
    """
    choices = sorted(((part.served_by[element] & allowed).bit_count(), element)
                     for element in _bits(left))
    spare = list(spare)
    total = 0
    for _, element in choices:
        options = list(_bits(part.served_by[element] & allowed))
        price = min(spare[option] for option in options)
        if price:
            total += price
            for option in options:
                spare[option] -= price
    narrowest = _bits(part.served_by[choices[0][1]] & allowed) if choices else ()
    return _Bound(total, tuple(sorted(narrowest, key=part.weights.__getitem__)),
                  len(choices) + sum(count for count, _ in choices))


def _bound_by_prices(part: _Part, prices: Sequence[int]) -> int:
    """The bound from prices that may be too high: each is cut by the most overpaid of its options.

    What is left of the options afterwards still raises some.
    """
    paid = [sum(prices[element] for element in _bits(mask)) for mask in part.masks]
    fair = [min(price * min(part.weights[option], paid[option]) // paid[option]
                for option in _bits(options))
            for price, options in zip(prices, part.served_by, strict=True)]
    spare = [weight - sum(fair[element] for element in _bits(mask))
             for weight, mask in zip(part.weights, part.masks, strict=True)]
    more = _bound(part, part.elements, part.options, spare)
    return sum(fair) + more.weight


# --- search ----------------------------------------------------------------------------------

class _Node(NamedTuple):
    """The covers that hold what is chosen and beyond that only what is allowed.

    Args:
        bound: none of them weighs less; nodes are ordered by it, then by what they chose, which
            no two of them share.
        branches: the allowed options of the element that has the fewest.
    """

    bound: int
    chosen: int
    weight: int
    left: int
    allowed: int
    branches: tuple[int, ...]


def _best_first(part: _Part, looks: int) -> tuple[int, int]:
    """The best choice with its weight; or the greedy one, and what none can weigh less than.

    A node stands for the covers that hold what it chose and beyond that only what it allows. Its
    branches choose one of the options of one element each, and forbid those tried before: every
    cover stands behind exactly one branch. The node of the least bound goes first: if it is a
    whole cover, nothing lighter is left; if looks run out, its bound holds for all the others.
    As the element with the fewest options is the one, no branch forbids all options of another.
    """
    greedy, prices = _greedy(part)
    limit = part.weight(greedy)
    first = _bound(part, part.elements, part.options, part.weights)
    queue = [_Node(max(first.weight, _bound_by_prices(part, prices)), 0, 0,
                   part.elements, part.options, first.branches)]
    while queue:
        node = heappop(queue)
        if not node.left:
            return node.chosen, node.weight
        if looks < 0:
            return greedy, node.bound
        allowed = node.allowed
        for option in node.branches:
            allowed &= ~(1 << option)
            weight = node.weight + part.weights[option]
            left = node.left & ~part.masks[option]
            rest = _bound(part, left, allowed, part.weights)
            looks -= rest.looks
            bound = max(node.bound, weight + rest.weight)
            if bound < limit:
                heappush(queue, _Node(bound, node.chosen | 1 << option, weight, left, allowed,
                                      rest.branches))
    return greedy, limit
