"""Of the cheapest requests, those that serve nobody twice without need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from optout.planning.options import Candidate


def with_least_overlap(
    chosen: Sequence[Candidate], others: Collection[Candidate], price: Callable[[Candidate], int],
) -> list[Candidate]:
    """The chosen requests; one that serves again whom another serves gives way to a narrower one.

    Two sets can cost the same though one of them asks a brand by itself and its network as well.
    What takes the place of a request costs no more, so that the whole stays the cheapest.
    """
    kept = list(chosen)
    for place, one in enumerate(chosen):
        served = {i for other in kept if other is not one for i in other.serves}
        needed = set(one.serves) - served
        if needed and len(needed) < len(one.serves) and not one.brands:
            kept[place] = min(
                (other for other in others if needed.issubset(other.serves)
                 and len(other.serves) < len(one.serves) and price(other) <= price(one)),
                key=lambda other: (len(other.serves), other.key), default=one)
    return kept
