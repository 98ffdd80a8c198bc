"""The laws as people ask for them: which there are, which rights hold, which dates follow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.errors import InvalidInput, Refused
from optout.domain.footing import Applicable, Deadlines
from optout.domain.places import Residence
from optout.domain.words import ActingAs, Channel, Right
from optout.law import applicable, deadlines
from optout.law.model import Law
from optout.law.reach import FEDERAL, NEVER_ASKED, lives_under
from optout.services.complaints import Hearing, authorities_for
from optout.services.desk import Library
from optout.services.given_rights import FOR_COUNSEL, rights_of
from optout.services.law_state import LawState, state_on

__all__ = ["LawSheet", "applicable_for", "deadlines_for", "law_sheet", "laws_list", "questions",
           "rights_of"]


@dataclass(frozen=True, slots=True)
class LawSheet:
    """One law whole, as it stands on a day, with who hears a complaint."""

    law: Law
    day: date
    state: LawState
    hearings: tuple[Hearing, ...]


def laws_list(library: Library, on: date, *, place: str = "") -> tuple[Law, ...]:
    """Every law of the book, in its order, as it stands on a day.

    Args:
        library: the laws.
        on: the day.
        place: only the laws under which someone there lives (`US-CA`, `DE`), federal law
            included; or the laws of a jurisdiction by its own name (`EU`, `US federal`).

    Raises:
        InvalidInput: when the place is neither.
    """
    laws = library.laws.all_on(on)
    if not place:
        return laws
    named = tuple(law for law in laws if law.jurisdiction.casefold() == place.casefold())
    try:
        home = Residence(place.strip().upper())
    except InvalidInput:
        if named:
            return named
        raise
    return tuple(law for law in laws if law in named or lives_under(law, home))


def law_sheet(library: Library, law_id: str, day: date) -> LawSheet:
    """One law whole.

    Raises:
        NotFound: naming laws of similar id.
    """
    law = library.laws.law(law_id, day)
    return LawSheet(law, day, state_on(law, day), authorities_for(library, law, ""))


def applicable_for(
    library: Library, residences: Sequence[str], broker_id: str | None = None, *, on: date,
    acting_as: ActingAs = ActingAs.SELF, holds_power_of_attorney: bool = False,
    declared: Collection[str] = (), former: Sequence[str] = (),
) -> Applicable:
    """The rights that someone who lives there may assert, best first, and those they may not.

    Args:
        library: brokers and laws.
        residences: ISO 3166, such as `US-CA` or `DE`.
        broker_id: also laws that reach through this broker's establishment; None for the laws
            of the residence and federal law only.
        on: the day.
        acting_as: in which capacity.
        holds_power_of_attorney: an agent's permission is one.
        declared: laws on certain people of whom the person says now to be one; never stored,
            and never laws that turn on a citizenship.
        former: where the person lived until lately.

    Raises:
        InvalidInput: when a residence is no such code.
        NotFound: when there is no such broker, or no such law.
        Refused: for a declared law that turns on a citizenship.
    """
    broker = None if broker_id is None else library.registry.get(broker_id)
    for law_id in declared:
        law = library.laws.law(law_id, on)
        if law.people.people in NEVER_ASKED:
            raise Refused(f"The {law.name}: {FOR_COUNSEL}", remedy="Ask without it.")
    return applicable.applicable(
        library.laws, _codes(residences), broker, on, acting_as,
        holds_power_of_attorney=holds_power_of_attorney, declared=declared,
        former=_codes(former))


def questions(library: Library, residences: Sequence[str], *, on: date) -> dict[str, str]:
    """What only the person can say: law id to the yes-or-no question that the law turns on.

    The laws of the residences and federal law. An answer is used for one view and kept nowhere.
    Nobody is asked for a citizenship, whatever a law turns on.
    """
    homes = [Residence(code) for code in _codes(residences)]
    return {law.id: law.people.question for law in library.laws.all_on(on)
            if law.people.question and law.people.people not in NEVER_ASKED and any(
                law.jurisdiction == FEDERAL or lives_under(law, home) for home in homes)}


def _codes(residences: Sequence[str]) -> tuple[str, ...]:
    return tuple(Residence(code.strip().upper()).code for code in residences)


def deadlines_for(
    library: Library, law: str, right: Right, start: date, *,
    channel: Channel = Channel.EMAIL, calendar: str | None = None,
) -> Deadlines:
    """The dates that follow when the law's clock starts on a day.

    Args:
        library: brokers and laws.
        law: its id.
        right: the right that is asserted.
        start: the day on which the clock starts.
        channel: electronic by default.
        calendar: region of the holidays; default: the law's own.

    Raises:
        NotFound: when the law, or the right in it, is unknown.
        InvalidInput: for an unknown calendar, or a start that no clock can have.
    """
    return deadlines.deadlines(library.laws, law, right, start, channel, calendar)
