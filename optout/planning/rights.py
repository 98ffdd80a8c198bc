"""What the law gives a person against a broker, by what is stored about the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optout.domain.broker import Broker
from optout.domain.footing import Applicable
from optout.domain.person import Authorization, Person
from optout.domain.words import ActingAs
from optout.law.applicable import applicable
from optout.law.model import LawBook


def rights_against(
    laws: LawBook, person: Person, broker: Broker, day: date, *, acting_as: ActingAs,
    authorizations: Sequence[Authorization],
) -> Applicable:
    """The rights by the homes that count on that day, and by the permissions alive on it."""
    return applicable(
        laws, [home.code for home in person.residences_on(day)], broker, day, acting_as,
        holds_power_of_attorney=any(
            a.power_of_attorney and a.living_on(day) for a in authorizations))
