"""The laws as people ask for them: which there are, which rights hold, which dates follow."""

from __future__ import annotations

from datetime import date

from optout.domain.footing import Applicable, Deadlines
from optout.domain.places import Residence
from optout.domain.words import ActingAs, Channel, Right
from optout.law import applicable, deadlines
from optout.law.model import Law
from optout.services.desk import Library


def laws_list(library: Library, *, on: date | None = None) -> tuple[Law, ...]:
    """Every law of the book, in its order, as it stands on a day.

    The default is the day on which the book was checked.
    """
    return library.laws.all_on(on or library.laws.checked)


def applicable_for(
    library: Library, residence: str, broker_id: str | None = None, *, on: date,
    acting_as: ActingAs = ActingAs.SELF, holds_power_of_attorney: bool = False,
) -> Applicable:
    """The rights that someone who lives there may assert, best first, and those they may not.

    Args:
        library: brokers and laws.
        residence: ISO 3166, such as `US-CA` or `DE`.
        broker_id: also laws that reach through this broker's establishment; None for the laws
            of the residence and federal law only.
        on: the day.
        acting_as: in which capacity.
        holds_power_of_attorney: an agent's permission is one.

    Raises:
        InvalidInput: when the residence is no such code.
        NotFound: when there is no such broker.
    """
    place = Residence(residence.strip().upper())
    broker = None if broker_id is None else library.registry.get(broker_id)
    return applicable.applicable(library.laws, [place.code], broker, on, acting_as,
                                 holds_power_of_attorney=holds_power_of_attorney)


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
        NotFound: when the law, the right in it, or the calendar is unknown.
    """
    return deadlines.deadlines(library.laws, law, right, start, channel, calendar)
