"""What a request costs, in minutes and in what weighs like minutes: a table, with its reasons."""

from __future__ import annotations

from datetime import date

from optout.domain.person import Person
from optout.planning.disclosure import guarded, hard_demands
from optout.planning.minutes import minutes_for
from optout.planning.procedures import Way

ONE_MORE_REQUEST = 10
"""One more recipient learns of the person, and one more answer is to be read and followed up."""

HARD_DEMAND = (0, 20, 60)
"""By `hard_demands`: nothing; a birth date; identity papers, a number of the state, a face."""

NEW_FACT = 15
"""Each fact that this recipient is not known to hold: once told, it stays told."""

MISSING_FACT = 5
"""Each fact that has to be found first."""

UNPROVEN_COVER = 2
"""Each broker of which nobody has proven that the request covers it: one more look afterwards."""


def cost_of(person: Person, way: Way, day: date, *, unproven: int = 0) -> int:
    """What a request by this way costs the person, in minutes or what weighs like them.

    Args:
        person: who asks.
        way: the procedure with what it would hand over.
        day: decides which facts hold.
        unproven: how many of the brokers that it serves are not proven to be covered.
    """
    new = sum(guarded(person, need, day) for need in way.disclosure.needs)
    return (ONE_MORE_REQUEST + minutes_for(way.procedure)
            + HARD_DEMAND[hard_demands(way.procedure)] + NEW_FACT * new
            + MISSING_FACT * len(way.disclosure.missing) + UNPROVEN_COVER * unproven)
