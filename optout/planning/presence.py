"""Presence first: whether a broker is known to list the person, and whether one can look."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.domain.person import Person
from optout.domain.words import Fact, Presence
from optout.planning.search import can_carry

LOOK_AGAIN_DAYS = 90
LOOK_AGAIN_DAYS_AT_RISK = 30
"""Days for which a look that found nothing is believed (DESIGN, Words: re-check interval)."""

_NO_MORE_THAN_A_NAME = frozenset({Fact.FULL_NAME, Fact.INTERNET_ADDRESS})

SHOWS_TO_STRANGERS = frozenset({
    "people_search", "phone_lookup", "property_records", "court_records", "background_check",
    "genealogy", "license_records", "face_search",
})
"""Categories of brokers that show records to whoever searches, often out of public records."""


def shows_to_strangers(broker: Broker) -> bool:
    """Whether anybody can search there for a person today."""
    return broker.search is not None or broker.category in SHOWS_TO_STRANGERS


def can_look(broker: Broker) -> bool:
    """Whether one can look there for oneself and give no more than a name."""
    return broker.search is not None and _NO_MORE_THAN_A_NAME.issuperset(
        (*broker.search.reveals, *can_carry(broker.search)))


def presence_at(
    person: Person, broker: Broker, look: Look | None, listings: Collection[str], day: date,
) -> Presence:
    """What is known of whether the broker lists the person.

    Args:
        person: who is looked for.
        broker: where.
        look: the newest look there; None if there was none.
        listings: the listings seen there that are known.
        day: a look that found nothing is believed for a time, then one looks again.
    """
    if look is not None and look.result is LookResult.NOT_FOUND:
        if day < look_again_on(person, look):
            return Presence.NOT_FOUND
        return Presence.NOT_LOOKED if can_look(broker) else Presence.UNKNOWN
    if listings or (look is not None and look.result is LookResult.LISTED):
        return Presence.LISTED
    if look is None and can_look(broker):
        return Presence.NOT_LOOKED
    return Presence.UNKNOWN


def look_again_on(person: Person, look: Look) -> date:
    """The day from which a look that found nothing proves nothing any more."""
    days = LOOK_AGAIN_DAYS_AT_RISK if person.at_risk else LOOK_AGAIN_DAYS
    return look.looked_on + timedelta(days=days)
